package org.kanqian.gis.measure;

import java.util.List;
import org.kanqian.rules.fact.Position;

/**
 * A walk over the roads.
 *
 * @param metres its length, the way from the site to the road and from the road to the goal
 *     included
 * @param most its length from the worst side the site may lie on: where a wall, or a road that may
 *     only be crossed in places, is nearer than the error of the site; infinite where no walk is
 *     known from there; else the same as {@code metres}
 * @param path all of it, site first, CGCS2000 degrees
 */
public record Walk(double metres, double most, List<Position> path) {
    public Walk {
        path = List.copyOf(path);
        if (!(metres <= most)) {
            throw new IllegalArgumentException(metres + " <= " + most);
        }
    }
}

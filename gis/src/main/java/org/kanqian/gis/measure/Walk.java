package org.kanqian.gis.measure;

import java.util.List;
import org.kanqian.rules.fact.Position;

/**
 * A walk over the roads.
 *
 * @param metres its length, the way from the site to the road and from the road to the goal
 *     included
 * @param path all of it, site first, CGCS2000 degrees
 */
public record Walk(double metres, List<Position> path) {
    public Walk {
        path = List.copyOf(path);
    }
}

package org.kanqian.gis.survey;

import java.util.Optional;
import org.locationtech.jts.geom.Geometry;

/**
 * A site as a request gives it.
 *
 * @param coordinates where it is; empty if only an address is known
 * @param entrances points of its doors, in the datum of {@code coordinates}; empty if not given
 */
public record SiteInput(Optional<Coordinates> coordinates, Optional<Geometry> entrances) {
    /** A site of which no place is known. */
    public static SiteInput nowhere() {
        return new SiteInput(Optional.empty(), Optional.empty());
    }
}

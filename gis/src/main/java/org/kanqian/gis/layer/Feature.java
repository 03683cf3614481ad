package org.kanqian.gis.layer;

import static java.util.Objects.requireNonNull;

import org.locationtech.jts.geom.Geometry;

/**
 * One thing on a map layer.
 *
 * @param id unique in its layer
 * @param name what the map calls it; may be empty
 * @param use the value of the property the layer was selected by; may be empty
 * @param geometry valid, not empty, in CGCS2000 degrees
 */
public record Feature(String id, String name, String use, Geometry geometry) {
    public Feature {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(use, "use");
        requireNonNull(geometry, "geometry");
    }
}

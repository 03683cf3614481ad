package org.kanqian.gis.layer;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Puntal;

/**
 * One thing on a layer.
 *
 * @param id as the file names it, else {@code #} and its index there, from 0
 * @param geometry valid and not empty, in CGCS2000 degrees; never changed by anybody
 * @param attributes what the file says about it, as text; values that were null are left out
 */
public record Feature(String id, Geometry geometry, Map<String, String> attributes) {
    public Feature {
        requireNonNull(id, "id");
        requireNonNull(geometry, "geometry");
        attributes = Map.copyOf(attributes);
    }

    /** The text of an attribute, unless absent or blank. */
    public Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key)).filter(v -> !v.isBlank());
    }

    /** What the map calls it; empty if it has no name. */
    public String name() {
        return attribute("name").orElse("");
    }

    /** The same, in as little memory as it takes. */
    Feature packed() {
        Geometry packed = PackedPath.pack(geometry);
        return packed == geometry ? this : new Feature(id, packed, attributes);
    }

    /** Whether it is drawn as a point only, so that its outline is not known. */
    public boolean isPoint() {
        return geometry instanceof Puntal;
    }
}

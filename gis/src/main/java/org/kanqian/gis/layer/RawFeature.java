package org.kanqian.gis.layer;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** A feature as it stands in the file, still in the file's own coordinates. */
record RawFeature(
        int index, @Nullable String id, Geometry geometry, Map<String, String> attributes) {

    /** What it is called in this layer: its id, else {@code #} and its index. */
    String name() {
        return id == null ? "#" + index : id;
    }

    /** Takes over features one by one, so that a file is never in memory as text. */
    @FunctionalInterface
    interface Sink {
        void accept(RawFeature feature) throws Faults.TooManyFaults;
    }
}

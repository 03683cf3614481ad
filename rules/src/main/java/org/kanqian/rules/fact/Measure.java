package org.kanqian.rules.fact;

import static java.util.Objects.requireNonNull;

/**
 * How a distance is taken. The vocabulary says it for every fact that is a distance; what measures
 * the fact does it so, and its provenance says so again.
 *
 * @param from where on the premises it starts: at the nearest entrance, or at the nearest place of
 *     the boundary
 * @param to where at the other place it ends: at the nearest gate, or at the nearest place of the
 *     boundary
 */
public record Measure(End from, End to, Path path) {
    public Measure {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(path, "path");
    }

    /** Where on the premises or the other place the measure starts or ends. */
    public enum End {
        ENTRANCE,
        BOUNDARY
    }

    /** As the crow flies, or on foot. */
    public enum Path {
        STRAIGHT,
        WALKING
    }
}

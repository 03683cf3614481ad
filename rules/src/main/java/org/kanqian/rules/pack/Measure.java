package org.kanqian.rules.pack;

/** How a distance is taken. */
public record Measure(End from, End to, Path path) {
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

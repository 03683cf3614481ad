package org.kanqian.rules.fact;

/**
 * A place on a map (CGCS2000 longitude and latitude, degrees) or in a plan (metres, x right, y up).
 * Which of the two it is follows from the {@link Provenance} it stands in.
 */
public record Position(double x, double y) {
    public Position {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("not a finite position: " + x + ", " + y);
        }
    }
}

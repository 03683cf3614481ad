package org.kanqian.gis.crs;

/** The box coordinates must lie in: mainland China and its islands, with a margin, in degrees. */
public final class China {
    static final double WEST = 73.0;
    static final double EAST = 136.0;
    static final double SOUTH = 3.0;
    static final double NORTH = 54.0;

    private China() {}

    /** Whether the place lies in the box; false for anything not finite. */
    public static boolean holds(double lon, double lat) {
        return lon >= WEST && lon <= EAST && lat >= SOUTH && lat <= NORTH;
    }
}

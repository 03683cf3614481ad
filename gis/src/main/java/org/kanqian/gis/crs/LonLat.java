package org.kanqian.gis.crs;

/**
 * A place in degrees; which datum it is in, the context says (CGCS2000 unless stated).
 *
 * @param lon longitude, east positive
 * @param lat geodetic latitude, north positive
 */
public record LonLat(double lon, double lat) {

    /** West, south, east and north of the box a site or a layer of this country lies in. */
    private static final double WEST = 73;

    private static final double SOUTH = 3;
    private static final double EAST = 136;
    private static final double NORTH = 54;

    /**
     * Whether this lies in the box 73°–136° E, 3°–54° N around China with its islands. A box, not
     * the border: it catches slips, it does not decide jurisdiction.
     */
    public boolean inChinaBox() {
        return lon >= WEST && lon <= EAST && lat >= SOUTH && lat <= NORTH;
    }

    /** How many degrees this lies outside that box, along the worse of the axes; 0 in it. */
    public double degreesBeyondChinaBox() {
        return Math.max(
                Math.max(0, Math.max(WEST - lon, lon - EAST)),
                Math.max(0, Math.max(SOUTH - lat, lat - NORTH)));
    }

    /** Whether this would lie in the box with longitude and latitude exchanged. */
    public boolean swappedInChinaBox() {
        return !inChinaBox() && new LonLat(lat, lon).inChinaBox();
    }
}

package org.kanqian.gis.crs;

/** The CGCS2000 ellipsoid (GB 22021—2008): a = 6378137 m, 1/f = 298.257222101. */
public final class Ellipsoid {
    static final double A = 6378137.0;
    static final double F = 1 / 298.257222101;
    static final double B = A * (1 - F);
    private static final double E2 = F * (2 - F);

    private Ellipsoid() {}

    /** Metres in one degree of latitude at {@code lat}: the meridian's radius of curvature. */
    public static double metresPerDegreeNorth(double lat) {
        double s = Math.sin(Math.toRadians(lat));
        double w = 1 - E2 * s * s;
        return Math.toRadians(A * (1 - E2) / (w * Math.sqrt(w)));
    }

    /** Metres in one degree of longitude at {@code lat}: the radius of its parallel. */
    public static double metresPerDegreeEast(double lat) {
        double phi = Math.toRadians(lat);
        double s = Math.sin(phi);
        return Math.toRadians(A * Math.cos(phi) / Math.sqrt(1 - E2 * s * s));
    }

    /**
     * Length of a short line, by the radii of curvature at its middle latitude (Gauss's
     * mid-latitude method, first term). Off by less than a millimetre for every kilometre up to 10
     * km.
     */
    public static double shortLine(double lon1, double lat1, double lon2, double lat2) {
        double middle = (lat1 + lat2) / 2;
        return Math.hypot(
                (lon2 - lon1) * metresPerDegreeEast(middle),
                (lat2 - lat1) * metresPerDegreeNorth(middle));
    }
}

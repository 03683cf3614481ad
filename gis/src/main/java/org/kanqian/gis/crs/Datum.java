package org.kanqian.gis.crs;

/**
 * What a pair of degrees refers to. Without one a coordinate says nothing: between two of these the
 * same digits lie up to 1.2 km apart.
 *
 * <p>Everything is converted to CGCS2000, the national datum (GB 22021—2008), and carries the error
 * the conversion may add, in metres:
 *
 * <ul>
 *   <li>{@code CGCS2000}: 0.
 *   <li>{@code WGS84}: taken as equal, 1 m. CGCS2000 stands for the epoch 2000.0; the plate has
 *       since moved some 3 cm a year against the frame satellites use today.
 *   <li>{@code GCJ02}: 2 m, the metre above and one for the obfuscation, whose authoritative
 *       formula is not published.
 *   <li>{@code BD09}: 3 m, one more for the second offset.
 * </ul>
 *
 * <p>The GCJ-02 polynomial is the one published in 2013 as {@code EvilTransform.cs} and taken over,
 * to the centimetre, by coordtransform, gcoord and PRCoords; it works on the Krassovsky ellipsoid
 * (a = 6378245 m, e² = 0.00669342162296594323) and outside 72.004°–137.8347° E, 0.8293°–55.8271° N
 * it is defined as no offset. BD-09 is the polar offset of the same sources with the factor
 * π·3000/180. The inverses have no closed form and are found by fixed-point iteration until two
 * steps differ by less than 10⁻¹¹ degrees (1 µm); both maps contract strongly, so four to seven
 * steps do. Anywhere in the box of China, there and back through any of the four ends within 0.1 mm
 * of where it began.
 */
public enum Datum {
    /** China Geodetic Coordinate System 2000. */
    CGCS2000(0) {
        @Override
        public LonLat toCgcs2000(double lon, double lat) {
            return new LonLat(lon, lat);
        }

        @Override
        public LonLat fromCgcs2000(double lon, double lat) {
            return new LonLat(lon, lat);
        }
    },
    /** World Geodetic System 1984: GPS receivers, OpenStreetMap. */
    WGS84(1) {
        @Override
        public LonLat toCgcs2000(double lon, double lat) {
            return new LonLat(lon, lat);
        }

        @Override
        public LonLat fromCgcs2000(double lon, double lat) {
            return new LonLat(lon, lat);
        }
    },
    /** 国测局坐标: Amap, Tencent, most phone maps. */
    GCJ02(2) {
        @Override
        public LonLat toCgcs2000(double lon, double lat) {
            return invert(lon, lat, Datum::obfuscate);
        }

        @Override
        public LonLat fromCgcs2000(double lon, double lat) {
            return obfuscate(lon, lat);
        }
    },
    /** 百度坐标: Baidu maps. */
    BD09(3) {
        @Override
        public LonLat toCgcs2000(double lon, double lat) {
            LonLat gcj = invert(lon, lat, Datum::baidu);
            return GCJ02.toCgcs2000(gcj.lon(), gcj.lat());
        }

        @Override
        public LonLat fromCgcs2000(double lon, double lat) {
            LonLat gcj = obfuscate(lon, lat);
            return baidu(gcj.lon(), gcj.lat());
        }
    };

    private static final double KRASSOVSKY_A = 6378245.0;
    private static final double KRASSOVSKY_EE = 0.00669342162296594323;
    private static final double BAIDU_PI = Math.PI * 3000 / 180;
    private static final double CLOSE_ENOUGH = 1e-11;
    private static final int MOST_STEPS = 50;

    private final double errorMetres;

    Datum(double errorMetres) {
        this.errorMetres = errorMetres;
    }

    /**
     * Whether its degrees are shifted on purpose, by a rule that holds in China only. Elsewhere
     * they are refused, by {@link SourceCrs#toCgcs2000(double, double)} and wherever a place is
     * asked about.
     */
    public boolean offset() {
        return this == GCJ02 || this == BD09;
    }

    /** How far off, in metres, the converted place may be through the conversion alone. */
    public double errorMetres() {
        return errorMetres;
    }

    /**
     * The CGCS2000 degrees of a place given in this datum.
     *
     * @param lon degrees, finite
     * @param lat degrees, finite
     */
    public abstract LonLat toCgcs2000(double lon, double lat);

    /** The degrees in this datum of a CGCS2000 place; undoes {@link #toCgcs2000}. */
    public abstract LonLat fromCgcs2000(double lon, double lat);

    @FunctionalInterface
    private interface Shift {
        LonLat apply(double lon, double lat);
    }

    private static LonLat invert(double lon, double lat, Shift shift) {
        double x = lon;
        double y = lat;
        for (int step = 0; step < MOST_STEPS; step++) {
            LonLat there = shift.apply(x, y);
            double dx = lon - there.lon();
            double dy = lat - there.lat();
            x += dx;
            y += dy;
            if (Math.abs(dx) < CLOSE_ENOUGH && Math.abs(dy) < CLOSE_ENOUGH) {
                break;
            }
        }
        return new LonLat(x, y);
    }

    private static LonLat obfuscate(double lon, double lat) {
        if (lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271) {
            return new LonLat(lon, lat);
        }
        double x = lon - 105;
        double y = lat - 35;
        double waves = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2 / 3;
        double north =
                -100
                        + 2 * x
                        + 3 * y
                        + 0.2 * y * y
                        + 0.1 * x * y
                        + 0.2 * Math.sqrt(Math.abs(x))
                        + waves
                        + (20 * Math.sin(y * Math.PI) + 40 * Math.sin(y / 3 * Math.PI)) * 2 / 3
                        + (160 * Math.sin(y / 12 * Math.PI) + 320 * Math.sin(y * Math.PI / 30))
                                * 2
                                / 3;
        double east =
                300
                        + x
                        + 2 * y
                        + 0.1 * x * x
                        + 0.1 * x * y
                        + 0.1 * Math.sqrt(Math.abs(x))
                        + waves
                        + (20 * Math.sin(x * Math.PI) + 40 * Math.sin(x / 3 * Math.PI)) * 2 / 3
                        + (150 * Math.sin(x / 12 * Math.PI) + 300 * Math.sin(x / 30 * Math.PI))
                                * 2
                                / 3;
        double phi = Math.toRadians(lat);
        double magic = 1 - KRASSOVSKY_EE * Math.sin(phi) * Math.sin(phi);
        double root = Math.sqrt(magic);
        double dLat = north * 180 / (KRASSOVSKY_A * (1 - KRASSOVSKY_EE) / (magic * root) * Math.PI);
        double dLon = east * 180 / (KRASSOVSKY_A / root * Math.cos(phi) * Math.PI);
        return new LonLat(lon + dLon, lat + dLat);
    }

    private static LonLat baidu(double lon, double lat) {
        double z = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * BAIDU_PI);
        double theta = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * BAIDU_PI);
        return new LonLat(z * Math.cos(theta) + 0.0065, z * Math.sin(theta) + 0.006);
    }
}

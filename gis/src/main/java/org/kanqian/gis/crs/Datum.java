package org.kanqian.gis.crs;

import org.kanqian.rules.fact.Position;

/**
 * What a longitude and latitude are measured against (坐标基准). All are turned into CGCS2000 degrees
 * before anything is measured.
 *
 * <p>GCJ-02 is the obfuscation Chinese web maps apply, published by reverse engineering only; it
 * moves a point by 300 to 700 m. BD-09 is a second one on top of it. Their inverses are found by
 * iteration, not by the common one-step formula, which is off by up to a metre.
 */
public enum Datum {
    /** China Geodetic Coordinate System 2000, EPSG:4490. */
    CGCS2000(0) {
        @Override
        Position toCgcs2000(Position p) {
            return p;
        }
    },
    /**
     * World Geodetic System 1984 as receivers and open maps give it. Taken as CGCS2000: the frames
     * agree at their epoch, and have drifted apart by less than the metre counted as error here.
     */
    WGS84(1) {
        @Override
        Position toCgcs2000(Position p) {
            return p;
        }
    },
    /** The offset of web maps such as Amap and Tencent; its inverse is iterated. */
    GCJ02(2) {
        @Override
        Position toCgcs2000(Position p) {
            return invert(p, Datum::toGcj02);
        }
    },
    /** Baidu's offset on top of GCJ-02. */
    BD09(3) {
        @Override
        Position toCgcs2000(Position p) {
            return GCJ02.toCgcs2000(invert(p, Datum::gcj02ToBd09));
        }
    };

    private static final double KRASOVSKY_AXIS = 6378245.0;
    private static final double KRASOVSKY_ECCENTRICITY_SQUARED = 0.00669342162296594323;
    private static final double BAIDU_PI = Math.PI * 3000.0 / 180.0;

    private final double errorMetres;

    Datum(double errorMetres) {
        this.errorMetres = errorMetres;
    }

    /** Half the width of the error band the conversion to CGCS2000 adds, in metres. */
    public double errorMetres() {
        return errorMetres;
    }

    /**
     * The same place in CGCS2000 degrees.
     *
     * @param p longitude and latitude in this datum, within {@link China#holds}
     */
    abstract Position toCgcs2000(Position p);

    /** {@link #toCgcs2000(Position)} of a longitude and a latitude in degrees. */
    public Position toCgcs2000(double lon, double lat) {
        return toCgcs2000(new Position(lon, lat));
    }

    private interface Forward {
        Position apply(Position p);
    }

    /** Fixed-point iteration; each step gains about three digits. */
    private static Position invert(Position target, Forward forward) {
        double lon = target.x();
        double lat = target.y();
        for (int i = 0; i < 30; i++) {
            Position image = forward.apply(new Position(lon, lat));
            double dLon = target.x() - image.x();
            double dLat = target.y() - image.y();
            lon += dLon;
            lat += dLat;
            if (Math.abs(dLon) < 1e-11 && Math.abs(dLat) < 1e-11) {
                break;
            }
        }
        return new Position(lon, lat);
    }

    /** WGS 84 to GCJ-02, as published in eviltransform and checked against three libraries. */
    static Position toGcj02(Position p) {
        double x = p.x() - 105.0;
        double y = p.y() - 35.0;
        double root = Math.sqrt(Math.abs(x));
        double wave =
                (20.0 * Math.sin(6.0 * x * Math.PI) + 20.0 * Math.sin(2.0 * x * Math.PI)) * 2 / 3;
        double north =
                -100.0
                        + 2.0 * x
                        + 3.0 * y
                        + 0.2 * y * y
                        + 0.1 * x * y
                        + 0.2 * root
                        + wave
                        + (20.0 * Math.sin(y * Math.PI) + 40.0 * Math.sin(y / 3.0 * Math.PI))
                                * 2
                                / 3
                        + (160.0 * Math.sin(y / 12.0 * Math.PI)
                                        + 320.0 * Math.sin(y * Math.PI / 30.0))
                                * 2
                                / 3;
        double east =
                300.0
                        + x
                        + 2.0 * y
                        + 0.1 * x * x
                        + 0.1 * x * y
                        + 0.1 * root
                        + wave
                        + (20.0 * Math.sin(x * Math.PI) + 40.0 * Math.sin(x / 3.0 * Math.PI))
                                * 2
                                / 3
                        + (150.0 * Math.sin(x / 12.0 * Math.PI)
                                        + 300.0 * Math.sin(x / 30.0 * Math.PI))
                                * 2
                                / 3;
        double lat = Math.toRadians(p.y());
        double magic = 1 - KRASOVSKY_ECCENTRICITY_SQUARED * Math.sin(lat) * Math.sin(lat);
        double meridian =
                KRASOVSKY_AXIS * (1 - KRASOVSKY_ECCENTRICITY_SQUARED) / (magic * Math.sqrt(magic));
        double parallel = KRASOVSKY_AXIS / Math.sqrt(magic) * Math.cos(lat);
        return new Position(
                p.x() + Math.toDegrees(east / parallel), p.y() + Math.toDegrees(north / meridian));
    }

    /** GCJ-02 to BD-09. */
    static Position gcj02ToBd09(Position p) {
        double z = Math.hypot(p.x(), p.y()) + 0.00002 * Math.sin(p.y() * BAIDU_PI);
        double theta = Math.atan2(p.y(), p.x()) + 0.000003 * Math.cos(p.x() * BAIDU_PI);
        return new Position(z * Math.cos(theta) + 0.0065, z * Math.sin(theta) + 0.006);
    }
}

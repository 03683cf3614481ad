package org.kanqian.gis.measure;

import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LocalFrame;
import org.locationtech.jts.algorithm.Distance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * Sees from the centre of a frame how far away a thing is before it is projected. Degrees stretched
 * to metres at the centre are off from the frame by less than a known amount that grows with the
 * square of the distance, 0.1 m at 1 km. So most of what is too far is seen to be, and of what is
 * near only those sides are projected that may be the nearest: the distance is the very one that
 * projecting all of it gives.
 */
final class Eye {
    /** Beyond this nothing is seen, metres. */
    private static final double FARTHEST = 20_000;

    private static final double EARTH_RADIUS = 6_330_000;

    /** For what doubles lose, metres. */
    private static final double ROUNDING = 1e-6;

    private final LocalFrame frame;
    private final Coordinate centre;
    private final double lon;
    private final double lat;
    private final double east;
    private final double north;
    private final double bend;

    /**
     * @param centre of the frame, in its metres
     */
    Eye(LocalFrame frame, Coordinate centre) {
        this.frame = frame;
        this.centre = centre;
        this.lon = frame.centre().lon();
        this.lat = frame.centre().lat();
        this.east = Ellipsoid.metresPerDegreeEast(lat);
        this.north = Ellipsoid.metresPerDegreeNorth(lat);
        // To the second order a corner is off by (xy, x²/2)·tan φ/R: at most 0.58·tan φ·d²/R.
        this.bend = (0.65 * Math.abs(Math.tan(Math.toRadians(lat))) + 0.05) / EARTH_RADIUS;
    }

    /**
     * What is seen of a line or an area.
     *
     * @param low metres to it, at least; 0 if the centre may lie in it or on it
     * @param high metres to it, at most; infinite if it is not seen clearly enough to be measured
     *     by {@link #measure}
     */
    record Sight(double low, double high) {
        static final Sight NONE = new Sight(0, Double.POSITIVE_INFINITY);

        boolean clear() {
            return high < Double.POSITIVE_INFINITY;
        }
    }

    /** How far away, and where it is nearest, in metres of the frame. */
    record Measured(double metres, Coordinate end) {}

    Sight look(Geometry degrees) {
        Looking looking = new Looking();
        if (!looking.at(degrees) || looking.inside || !(looking.low > 0)) {
            return Sight.NONE;
        }
        return new Sight(looking.low, looking.high);
    }

    /** Measures what was seen clearly: as JTS does it, with only the sides that count. */
    Measured measure(Geometry degrees, Sight sight) {
        Measuring measuring = new Measuring(sight.high);
        measuring.at(degrees);
        return new Measured(measuring.least, measuring.end);
    }

    /** By how much a side may be off whose farther end is so far away, given squared. */
    private double off(double squared) {
        return squared * bend + ROUNDING;
    }

    private static double toSegment(double x1, double y1, double x2, double y2) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : -(x1 * dx + y1 * dy) / length;
        double to = Math.max(0, Math.min(1, along));
        double x = x1 + to * dx;
        double y = y1 + to * dy;
        return Math.sqrt(x * x + y * y);
    }

    /** Goes through all parts of a geometry in the order in which JTS measures them. */
    private abstract static class Parts {
        /** False if there is more than can be seen. */
        final boolean at(Geometry geometry) {
            if (geometry instanceof Polygon polygon) {
                boolean seen = path(polygon.getExteriorRing().getCoordinateSequence(), true);
                for (int i = 0; seen && i < polygon.getNumInteriorRing(); i++) {
                    seen = path(polygon.getInteriorRingN(i).getCoordinateSequence(), true);
                }
                return seen;
            }
            if (geometry instanceof LineString line) {
                return path(line.getCoordinateSequence(), false);
            }
            if (geometry instanceof GeometryCollection
                    && !(geometry.getGeometryN(0) instanceof Point)) {
                boolean seen = true;
                for (int i = 0; seen && i < geometry.getNumGeometries(); i++) {
                    seen = at(geometry.getGeometryN(i));
                }
                return seen;
            }
            return false;
        }

        abstract boolean path(CoordinateSequence path, boolean ring);
    }

    private final class Looking extends Parts {
        private double low = Double.POSITIVE_INFINITY;
        private double high = Double.POSITIVE_INFINITY;
        private boolean inside;

        @Override
        boolean path(CoordinateSequence path, boolean ring) {
            double x1 = 0;
            double y1 = 0;
            double squared1 = 0;
            for (int i = 0; i < path.size(); i++) {
                double x2 = (path.getX(i) - lon) * east;
                double y2 = (path.getY(i) - lat) * north;
                double squared2 = x2 * x2 + y2 * y2;
                if (!(squared2 <= FARTHEST * FARTHEST)) {
                    return false;
                }
                if (i > 0) {
                    double metres = toSegment(x1, y1, x2, y2);
                    double off = off(Math.max(squared1, squared2));
                    low = Math.min(low, metres - off);
                    high = Math.min(high, metres + off);
                    if (ring && (y1 > 0) != (y2 > 0) && x1 - y1 * (x2 - x1) / (y2 - y1) > 0) {
                        inside = !inside;
                    }
                }
                x1 = x2;
                y1 = y2;
                squared1 = squared2;
            }
            return true;
        }
    }

    private final class Measuring extends Parts {
        private final double high;
        private double least = Double.MAX_VALUE;
        private Coordinate end = centre;

        private Measuring(double high) {
            this.high = high;
        }

        @Override
        boolean path(CoordinateSequence path, boolean ring) {
            double x1 = 0;
            double y1 = 0;
            double squared1 = 0;
            Coordinate last = centre;
            int projected = -1;
            for (int i = 0; i < path.size(); i++) {
                double x2 = (path.getX(i) - lon) * east;
                double y2 = (path.getY(i) - lat) * north;
                double squared2 = x2 * x2 + y2 * y2;
                if (i > 0
                        && toSegment(x1, y1, x2, y2) - off(Math.max(squared1, squared2)) <= high) {
                    Coordinate from =
                            projected == i - 1
                                    ? last
                                    : frame.toMetres(path.getX(i - 1), path.getY(i - 1));
                    Coordinate to = frame.toMetres(path.getX(i), path.getY(i));
                    double metres = Distance.pointToSegment(centre, from, to);
                    if (metres < least) {
                        least = metres;
                        end = new LineSegment(from, to).closestPoint(centre);
                    }
                    last = to;
                    projected = i;
                }
                x1 = x2;
                y1 = y2;
                squared1 = squared2;
            }
            return true;
        }
    }
}

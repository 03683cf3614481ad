package org.kanqian.gis.layer;

import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateXY;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * The corners of a line as one array, 16 bytes each. An object for every corner takes three times
 * that; JTS' own packed sequence makes those objects again at the first use and keeps them.
 */
final class PackedPath implements CoordinateSequence {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final LinearRing[] NO_HOLES = {};

    private final double[] xy;

    private PackedPath(double[] xy) {
        this.xy = xy;
    }

    /** A geometry of the same corners, heights left out, packed, and never the same object. */
    static Geometry pack(Geometry geometry) {
        if (geometry instanceof Polygon polygon) {
            return polygon(polygon);
        }
        if (geometry instanceof MultiPolygon) {
            Polygon[] parts = new Polygon[geometry.getNumGeometries()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = polygon((Polygon) geometry.getGeometryN(i));
            }
            return FACTORY.createMultiPolygon(parts);
        }
        if (geometry instanceof MultiLineString) {
            LineString[] parts = new LineString[geometry.getNumGeometries()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = FACTORY.createLineString(path((LineString) geometry.getGeometryN(i)));
            }
            return FACTORY.createMultiLineString(parts);
        }
        if (geometry instanceof Point point && !point.isEmpty()) {
            return FACTORY.createPoint(new PackedPath(new double[] {point.getX(), point.getY()}));
        }
        return geometry instanceof LineString line && !(geometry instanceof LinearRing)
                ? FACTORY.createLineString(path(line))
                : geometry;
    }

    private static Polygon polygon(Polygon polygon) {
        int count = polygon.getNumInteriorRing();
        LinearRing[] holes = count == 0 ? NO_HOLES : new LinearRing[count];
        for (int i = 0; i < count; i++) {
            holes[i] = FACTORY.createLinearRing(path(polygon.getInteriorRingN(i)));
        }
        return FACTORY.createPolygon(
                FACTORY.createLinearRing(path(polygon.getExteriorRing())), holes);
    }

    private static CoordinateSequence path(LineString line) {
        CoordinateSequence given = line.getCoordinateSequence();
        if (given instanceof PackedPath) {
            return given;
        }
        double[] xy = new double[2 * given.size()];
        for (int i = 0; i < given.size(); i++) {
            xy[2 * i] = given.getX(i);
            xy[2 * i + 1] = given.getY(i);
        }
        return new PackedPath(xy);
    }

    @Override
    public int getDimension() {
        return 2;
    }

    @Override
    public int getMeasures() {
        return 0;
    }

    @Override
    public int size() {
        return xy.length / 2;
    }

    @Override
    public double getX(int i) {
        return xy[2 * i];
    }

    @Override
    public double getY(int i) {
        return xy[2 * i + 1];
    }

    @Override
    public double getOrdinate(int i, int ordinate) {
        return ordinate > 1 ? Double.NaN : xy[2 * i + ordinate];
    }

    @Override
    public void setOrdinate(int i, int ordinate, double value) {
        xy[2 * i + ordinate] = value;
    }

    @Override
    public Coordinate getCoordinate(int i) {
        return new CoordinateXY(getX(i), getY(i));
    }

    @Override
    public Coordinate getCoordinateCopy(int i) {
        return getCoordinate(i);
    }

    @Override
    public void getCoordinate(int i, Coordinate into) {
        into.setX(getX(i));
        into.setY(getY(i));
    }

    @Override
    public Coordinate createCoordinate() {
        return new CoordinateXY();
    }

    @Override
    public Coordinate[] toCoordinateArray() {
        Coordinate[] all = new Coordinate[size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = getCoordinate(i);
        }
        return all;
    }

    @Override
    public Envelope expandEnvelope(Envelope box) {
        for (int i = 0; i < xy.length; i += 2) {
            box.expandToInclude(xy[i], xy[i + 1]);
        }
        return box;
    }

    @Override
    public CoordinateSequence copy() {
        return new PackedPath(xy.clone());
    }

    @Override
    @Deprecated
    public Object clone() {
        return copy();
    }

    @Override
    public String toString() {
        return List.of(toCoordinateArray()).toString();
    }
}

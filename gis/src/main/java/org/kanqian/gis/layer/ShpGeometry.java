package org.kanqian.gis.layer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;

/**
 * The geometry of one record of a {@code .shp}: points, lines and polygons, with heights and
 * measures passed over. Rings that run clockwise are shells, the others holes of the smallest shell
 * around them.
 */
final class ShpGeometry {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int MOST_VERTICES = 1_000_000;

    private ShpGeometry() {}

    static Geometry read(ByteBuffer in, int at, int length) throws GeometryFault {
        in.order(ByteOrder.LITTLE_ENDIAN);
        int type = in.getInt(at);
        return switch (type) {
            case 0 -> throw new GeometryFault("缺少几何", "no geometry");
            case 1, 11, 21 -> {
                need(length, 20);
                yield FACTORY.createPoint(coordinate(in, at + 4));
            }
            case 8, 18, 28 -> {
                need(length, 40);
                int points = count(in.getInt(at + 36));
                need(length, 40 + 16L * points);
                yield FACTORY.createMultiPointFromCoords(path(in, at + 40, points));
            }
            case 3, 13, 23 -> {
                List<LineString> lines = new ArrayList<>();
                for (Coordinate[] path : parts(in, at, length)) {
                    if (path.length < 2) {
                        throw new GeometryFault("线少于两个点", "a line of fewer than two points");
                    }
                    lines.add(FACTORY.createLineString(path));
                }
                yield lines.size() == 1
                        ? lines.get(0)
                        : FACTORY.createMultiLineString(lines.toArray(new LineString[0]));
            }
            case 5, 15, 25 -> polygon(parts(in, at, length));
            default ->
                    throw new GeometryFault("不支持的几何类型 " + type, "unsupported shape type " + type);
        };
    }

    private static void need(int length, long wanted) throws GeometryFault {
        if (length < wanted) {
            throw new GeometryFault("几何被截断", "geometry cut short");
        }
    }

    private static int count(int points) throws GeometryFault {
        if (points < 0 || points > MOST_VERTICES) {
            throw new GeometryFault("一个要素超过一百万个点", "over a million vertices in one feature");
        }
        return points;
    }

    private static List<Coordinate[]> parts(ByteBuffer in, int at, int length)
            throws GeometryFault {
        need(length, 44);
        int parts = count(in.getInt(at + 36));
        int points = count(in.getInt(at + 40));
        need(length, 44 + 4L * parts + 16L * points);
        int first = at + 44 + 4 * parts;
        List<Coordinate[]> paths = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            int from = in.getInt(at + 44 + 4 * p);
            int to = p + 1 < parts ? in.getInt(at + 44 + 4 * (p + 1)) : points;
            if (from < 0 || to < from || to > points) {
                throw new GeometryFault("几何各部分的起点不对", "parts begin where they cannot");
            }
            paths.add(path(in, first + 16 * from, to - from));
        }
        if (paths.isEmpty()) {
            throw new GeometryFault("空几何", "empty geometry");
        }
        return paths;
    }

    private static Coordinate coordinate(ByteBuffer in, int at) {
        return new Coordinate(in.getDouble(at), in.getDouble(at + 8));
    }

    private static Coordinate[] path(ByteBuffer in, int at, int points) {
        Coordinate[] path = new Coordinate[points];
        for (int i = 0; i < points; i++) {
            path[i] = coordinate(in, at + 16 * i);
        }
        return path;
    }

    private static Geometry polygon(List<Coordinate[]> paths) throws GeometryFault {
        List<LinearRing> shells = new ArrayList<>();
        List<LinearRing> holes = new ArrayList<>();
        for (Coordinate[] path : paths) {
            if (path.length < 4 || !path[0].equals2D(path[path.length - 1])) {
                throw new GeometryFault(
                        "多边形的环少于四个点或没有闭合", "a ring of fewer than four points, or not closed");
            }
            if (!Arrays.stream(path).allMatch(Coordinate::isValid)) {
                throw new GeometryFault("坐标不是有限的数", "a coordinate is not finite");
            }
            (paths.size() > 1 && Orientation.isCCW(path) ? holes : shells)
                    .add(FACTORY.createLinearRing(path));
        }
        if (shells.isEmpty()) {
            throw new GeometryFault("多边形只有洞，没有外环", "a polygon of holes without a shell");
        }
        if ((long) shells.size() * holes.size() > MOST_VERTICES) {
            throw new GeometryFault("环太多，请拆成单独的要素", "too many rings; split it into features");
        }
        List<List<LinearRing>> holesOf = new ArrayList<>();
        shells.forEach(s -> holesOf.add(new ArrayList<>()));
        List<Shell> around = shells.stream().map(Shell::of).toList();
        for (LinearRing hole : holes) {
            holesOf.get(around(hole, around)).add(hole);
        }
        Polygon[] polygons = new Polygon[shells.size()];
        for (int i = 0; i < polygons.length; i++) {
            polygons[i] =
                    FACTORY.createPolygon(shells.get(i), holesOf.get(i).toArray(new LinearRing[0]));
        }
        return polygons.length == 1 ? polygons[0] : FACTORY.createMultiPolygon(polygons);
    }

    private static int around(LinearRing hole, List<Shell> shells) throws GeometryFault {
        return IntStream.range(0, shells.size())
                .filter(i -> shells.get(i).holds(hole))
                .boxed()
                .min(Comparator.comparingDouble(i -> shells.get(i).area()))
                .orElseThrow(() -> new GeometryFault("洞在外环之外", "a hole outside every shell"));
    }

    /** A shell, its index built once however many holes are held against it. */
    private record Shell(Envelope box, double area, IndexedPointInAreaLocator locator) {
        static Shell of(LinearRing ring) {
            Polygon area = FACTORY.createPolygon(ring);
            return new Shell(
                    ring.getEnvelopeInternal(),
                    area.getArea(),
                    new IndexedPointInAreaLocator(area));
        }

        boolean holds(LinearRing hole) {
            if (!box.contains(hole.getEnvelopeInternal())) {
                return false;
            }
            for (Coordinate c : hole.getCoordinates()) {
                int where = locator.locate(c);
                if (where != Location.BOUNDARY) {
                    return where == Location.INTERIOR;
                }
            }
            return true;
        }
    }
}

package org.kanqian.gis.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.algorithm.LineIntersector;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * What may not be walked across: walls, fences, guard rails and locked points of {@code barrier}
 * layers, except at a passage. A line or an area with {@code pass: yes} stops nobody; a point is a
 * passage unless it says {@code pass: no}. Gates are passages.
 *
 * <p>Built once, then only read; safe to share.
 */
final class Obstacles {
    /** What two things drawn at one place may lie apart at least, metres. */
    private static final double SAME_PLACE = 1;

    private static final double METRES_PER_DEGREE = 110_500;

    private final STRtree walls = new STRtree();
    private final STRtree passages = new STRtree();
    private final boolean any;

    /**
     * @param barriers layers of barriers
     * @param gates layers of gates of any kind; one with {@code walk: no} is none
     */
    Obstacles(List<Layer> barriers, List<Layer> gates) {
        boolean some = false;
        for (Layer layer : barriers) {
            for (Feature barrier : layer.features()) {
                boolean no = barrier.attribute("pass").filter("no"::equals).isPresent();
                boolean yes = barrier.attribute("pass").filter("yes"::equals).isPresent();
                if (barrier.isPoint()) {
                    if (no) {
                        Coordinate at = barrier.geometry().getCoordinate();
                        walls.insert(new Envelope(at), new LineSegment(at, at));
                        some = true;
                    } else {
                        passage(barrier, layer.accuracyMetres());
                    }
                } else if (!yes) {
                    segments(
                            barrier.geometry(),
                            (a, b) -> walls.insert(new Envelope(a, b), new LineSegment(a, b)));
                    some = true;
                }
            }
        }
        double walled = barriers.stream().mapToDouble(Layer::accuracyMetres).max().orElse(0);
        if (some) {
            for (Layer layer : gates) {
                for (Feature gate : layer.features()) {
                    if (!gate.attribute("walk").orElse("yes").equals("no")) {
                        passage(gate, layer.accuracyMetres() + walled);
                    }
                }
            }
        }
        this.any = some;
        walls.build();
        passages.build();
    }

    private void passage(Feature at, double accuracy) {
        double reach = Math.max(SAME_PLACE, accuracy);
        for (Coordinate c : at.geometry().getCoordinates()) {
            Envelope box = new Envelope(c);
            box.expandBy(reach / Ellipsoid.metresPerDegreeEast(c.y), reach / METRES_PER_DEGREE);
            passages.insert(box, new Passage(c, reach));
        }
    }

    private record Passage(Coordinate at, double reach) {}

    /** Hands over the straight pieces of lines and outlines. */
    static void segments(Geometry geometry, BiConsumer<Coordinate, Coordinate> sink) {
        for (int part = 0; part < geometry.getNumGeometries(); part++) {
            Geometry one = geometry.getGeometryN(part);
            List<Geometry> lines = new ArrayList<>();
            if (one instanceof Polygon area) {
                lines.add(area.getExteriorRing());
                for (int ring = 0; ring < area.getNumInteriorRing(); ring++) {
                    lines.add(area.getInteriorRingN(ring));
                }
            } else if (one instanceof LineString) {
                lines.add(one);
            }
            for (Geometry line : lines) {
                Coordinate[] path = line.getCoordinates();
                for (int i = 1; i < path.length; i++) {
                    sink.accept(path[i - 1], path[i]);
                }
            }
        }
    }

    /** Whether there are none. */
    boolean none() {
        return !any;
    }

    /**
     * Whether something stands between two places, CGCS2000 degrees. To touch a wall is to meet it;
     * to go along it is not.
     */
    boolean between(Coordinate a, Coordinate b) {
        if (!any) {
            return false;
        }
        LineIntersector meet = new RobustLineIntersector();
        Envelope box = new Envelope(a, b);
        box.expandBy(SAME_PLACE / METRES_PER_DEGREE);
        for (Object found : walls.query(box)) {
            LineSegment wall = (LineSegment) found;
            Coordinate at;
            if (wall.p0.equals2D(wall.p1)) {
                at = new LineSegment(a, b).closestPoint(wall.p0);
                if (metres(at, wall.p0) > SAME_PLACE) {
                    continue;
                }
                at = wall.p0;
            } else {
                meet.computeIntersection(a, b, wall.p0, wall.p1);
                if (meet.getIntersectionNum() != LineIntersector.POINT_INTERSECTION) {
                    continue;
                }
                at = meet.getIntersection(0);
            }
            if (!passable(at)) {
                return true;
            }
        }
        return false;
    }

    /** Walls nearer than some metres to a place: the nearest place of each piece. */
    List<Coordinate> near(Coordinate place, double metres) {
        List<Coordinate> near = new ArrayList<>();
        if (any && metres > 0) {
            Envelope box = new Envelope(place);
            box.expandBy(
                    metres / Ellipsoid.metresPerDegreeEast(place.y), metres / METRES_PER_DEGREE);
            for (Object found : walls.query(box)) {
                LineSegment wall = (LineSegment) found;
                Coordinate closest = closest(wall, place);
                if (metres(closest, place) <= metres) {
                    near.add(closest);
                }
            }
        }
        return near;
    }

    /** The nearest place of a segment of degrees, in metres. */
    static Coordinate closest(LineSegment degrees, Coordinate to) {
        double east = Ellipsoid.metresPerDegreeEast(to.y);
        double north = Ellipsoid.metresPerDegreeNorth(to.y);
        LineSegment line =
                new LineSegment(
                        (degrees.p0.x - to.x) * east,
                        (degrees.p0.y - to.y) * north,
                        (degrees.p1.x - to.x) * east,
                        (degrees.p1.y - to.y) * north);
        Coordinate at = line.closestPoint(new Coordinate(0, 0));
        return new Coordinate(to.x + at.x / east, to.y + at.y / north);
    }

    static double metres(Coordinate a, Coordinate b) {
        return Ellipsoid.shortLine(a.x, a.y, b.x, b.y);
    }

    private boolean passable(Coordinate at) {
        for (Object found : passages.query(new Envelope(at))) {
            Passage passage = (Passage) found;
            if (metres(passage.at(), at) <= passage.reach()) {
                return true;
            }
        }
        return false;
    }
}

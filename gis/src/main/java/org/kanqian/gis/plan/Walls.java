package org.kanqian.gis.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * Which rooms share a wall: their faces run parallel (within 5°), at most 0.5 m apart, over at
 * least 0.3 m in all.
 */
final class Walls {
    private static final double THICKEST = 0.5;
    private static final double SHORTEST = 0.3;
    private static final double PARALLEL = Math.sin(Math.toRadians(5));
    private static final long MOST_COMPARISONS = 20_000_000;

    private final Map<String, List<String>> neighbours = new HashMap<>();
    private boolean tooDense;

    private record Face(int room, LineSegment line) {}

    Walls(List<Room> rooms) {
        Map<String, List<Integer>> storeys = new LinkedHashMap<>();
        for (int i = 0; i < rooms.size(); i++) {
            storeys.computeIfAbsent(rooms.get(i).storey(), s -> new ArrayList<>()).add(i);
        }
        for (List<Integer> storey : storeys.values()) {
            storey(rooms, storey);
        }
    }

    /** Ids of the rooms that share a wall with {@code room}. */
    List<String> beside(String room) {
        return neighbours.getOrDefault(room, List.of());
    }

    /** Whether the drawing was too entangled to look at every pair of walls. */
    boolean tooDense() {
        return tooDense;
    }

    private void storey(List<Room> rooms, List<Integer> storey) {
        STRtree index = new STRtree();
        List<Face> faces = new ArrayList<>();
        for (int i : storey) {
            Polygon polygon = rooms.get(i).polygon();
            faces(i, polygon.getExteriorRing().getCoordinates(), faces);
            for (int h = 0; h < polygon.getNumInteriorRing(); h++) {
                faces(i, polygon.getInteriorRingN(h).getCoordinates(), faces);
            }
        }
        faces.forEach(f -> index.insert(new Envelope(f.line().p0, f.line().p1), f));
        Map<Long, Double> shared = new HashMap<>();
        long[] compared = {0};
        for (Face face : faces) {
            Envelope near = new Envelope(face.line().p0, face.line().p1);
            near.expandBy(THICKEST);
            index.query(
                    near,
                    found -> {
                        Face other = (Face) found;
                        if (other.room() > face.room() && ++compared[0] <= MOST_COMPARISONS) {
                            double length = facing(face.line(), other.line());
                            if (length > 0) {
                                long pair = ((long) face.room() << 32) | other.room();
                                shared.merge(pair, length, Double::sum);
                            }
                        }
                    });
            if (compared[0] > MOST_COMPARISONS) {
                tooDense = true;
                break;
            }
        }
        shared.forEach(
                (pair, length) -> {
                    if (length >= SHORTEST - 1e-6) {
                        String a = rooms.get((int) (pair >> 32)).id();
                        String b = rooms.get((int) (pair & 0xFFFFFFFFL)).id();
                        neighbours.computeIfAbsent(a, k -> new ArrayList<>()).add(b);
                        neighbours.computeIfAbsent(b, k -> new ArrayList<>()).add(a);
                    }
                });
    }

    private static void faces(int room, Coordinate[] ring, List<Face> faces) {
        for (int i = 1; i < ring.length; i++) {
            if (ring[i - 1].distance(ring[i]) > 1e-6) {
                faces.add(new Face(room, new LineSegment(ring[i - 1], ring[i])));
            }
        }
    }

    /** Over what length two wall faces lie opposite each other, metres. */
    private static double facing(LineSegment a, LineSegment b) {
        double length = a.getLength();
        double ux = (a.p1.x - a.p0.x) / length;
        double uy = (a.p1.y - a.p0.y) / length;
        double other = b.getLength();
        double cross = (ux * (b.p1.y - b.p0.y) - uy * (b.p1.x - b.p0.x)) / other;
        if (Math.abs(cross) > PARALLEL) {
            return 0;
        }
        double s = (b.p0.x - a.p0.x) * ux + (b.p0.y - a.p0.y) * uy;
        double t = (b.p1.x - a.p0.x) * ux + (b.p1.y - a.p0.y) * uy;
        double from = Math.max(0, Math.min(s, t));
        double to = Math.min(length, Math.max(s, t));
        if (to - from <= 0) {
            return 0;
        }
        double middle = (from + to) / 2;
        Coordinate on = new Coordinate(a.p0.x + ux * middle, a.p0.y + uy * middle);
        return b.distancePerpendicular(on) <= THICKEST + 1e-9 ? to - from : 0;
    }
}

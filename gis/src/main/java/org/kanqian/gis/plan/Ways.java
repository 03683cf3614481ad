package org.kanqian.gis.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.locationtech.jts.algorithm.MinimumDiameter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.operation.distance.DistanceOp;

/**
 * How far people walk to get out: through the middles of doors, inside a room the shortest way that
 * stays in it. Furniture is no obstacle.
 */
final class Ways {
    /** More corners than this in a room that is not convex, and its ways are given up. */
    private static final int MOST_CORNERS = 160;

    /** Corners and jambs on the outline count as inside. */
    private static final double TOUCHING = 1e-6;

    private final List<Room> rooms;
    private final Map<String, List<Opening>> doors = new HashMap<>();
    private final Set<String> exits = new HashSet<>();
    private final Map<String, Optional<Floor>> floors = new HashMap<>();
    private final Map<String, Double> out = new HashMap<>();
    private final Map<String, String> next = new HashMap<>();

    /**
     * A length that is known to lie between two.
     *
     * @param elements what it was measured along
     */
    record Walk(double low, double high, List<String> elements) {}

    /** Why there is none. */
    static final class NoWay extends Exception {
        private static final long serialVersionUID = 1L;

        NoWay(String zh) {
            super(zh);
        }

        String zh() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * @param rooms in which people may be
     * @param exits doors at which they are safe
     */
    Ways(List<Room> rooms, List<Opening> openings, List<Opening> exits) {
        this.rooms = rooms;
        exits.forEach(e -> this.exits.add(e.id()));
        for (Opening door : openings) {
            if (door.kind() == OpeningKind.DOOR) {
                for (String side : List.of(door.from(), door.to())) {
                    doors.computeIfAbsent(side, s -> new ArrayList<>()).add(door);
                }
            }
        }
    }

    /** The farthest anybody has to walk to the nearest exit. */
    Walk farthest() throws NoWay {
        spread();
        Walk farthest = new Walk(0, 0, List.of());
        for (Room room : rooms) {
            Walk walk = from(room);
            farthest =
                    new Walk(
                            Math.max(farthest.low, walk.low),
                            Math.max(farthest.high, walk.high),
                            walk.low >= farthest.low ? walk.elements : farthest.elements);
        }
        return farthest;
    }

    /**
     * At best and at worst: every corner by the door nearest to it, and all of the room by the one
     * door that serves it best. With one door that matters the two are the same.
     */
    private Walk from(Room room) throws NoWay {
        Floor floor = floor(room);
        double[] nearest = new double[floor.corners];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        double high = Double.POSITIVE_INFINITY;
        Opening by = null;
        for (Opening door : doors.getOrDefault(room.id(), List.of())) {
            double beyond = out.getOrDefault(door.id(), Double.POSITIVE_INFINITY);
            if (beyond == Double.POSITIVE_INFINITY) {
                continue;
            }
            double[] walk = floor.from(door);
            double farthest = 0;
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = Math.min(nearest[i], beyond + walk[i]);
                farthest = Math.max(farthest, beyond + walk[i]);
            }
            if (farthest < high) {
                high = farthest;
                by = door;
            }
        }
        if (by == null || high == Double.POSITIVE_INFINITY) {
            throw new NoWay("从" + PlanReader.quote(room.title()) + "走不到安全出口。");
        }
        double low = Arrays.stream(nearest).max().orElse(0);
        Set<String> elements = new LinkedHashSet<>(List.of(room.id()));
        for (String door = by.id(); door != null; door = next.get(door)) {
            elements.add(door);
        }
        return new Walk(Math.min(low, high), high, List.copyOf(elements));
    }

    private record Step(String door, double metres) {}

    /** From every exit inwards, door by door. */
    private void spread() throws NoWay {
        Map<String, Opening> all = new HashMap<>();
        doors.values().forEach(list -> list.forEach(d -> all.put(d.id(), d)));
        Map<String, Room> byId = new HashMap<>();
        rooms.forEach(r -> byId.put(r.id(), r));
        PriorityQueue<Step> open = new PriorityQueue<>(Comparator.comparingDouble(Step::metres));
        for (String exit : exits) {
            out.put(exit, 0.0);
            open.add(new Step(exit, 0));
        }
        Set<String> done = new HashSet<>();
        while (!open.isEmpty()) {
            Step step = open.remove();
            Opening door = all.get(step.door);
            if (door == null || !done.add(step.door)) {
                continue;
            }
            for (String side : List.of(door.from(), door.to())) {
                Room room = byId.get(side);
                if (room == null) {
                    continue;
                }
                Floor floor = floor(room);
                double[] walk = floor.from(door);
                for (Opening other : doors.getOrDefault(side, List.of())) {
                    double metres = step.metres + walk[floor.index(other)];
                    if (metres < out.getOrDefault(other.id(), Double.POSITIVE_INFINITY)) {
                        out.put(other.id(), metres);
                        next.put(other.id(), door.id());
                        open.add(new Step(other.id(), metres));
                    }
                }
            }
        }
    }

    /**
     * The longest stretch of a corridor that leads out in one direction only (袋形走道). Of a corridor
     * that is not convex and has several ways out only a bound is known.
     */
    Walk deadEnd(List<Room> corridors) throws NoWay {
        Walk longest = new Walk(0, 0, List.of());
        for (Room corridor : corridors) {
            List<Opening> leading =
                    doors.getOrDefault(corridor.id(), List.of()).stream()
                            .filter(d -> leadsOut(d, corridor))
                            .toList();
            if (leading.isEmpty()) {
                throw new NoWay("从" + PlanReader.quote(corridor.title()) + "走不到安全出口。");
            }
            Floor floor = floor(corridor);
            Walk here =
                    leading.size() > 1 && floor.convex
                            ? beyondTheOutermost(floor, leading)
                            : toTheNearest(floor, leading);
            longest =
                    new Walk(
                            Math.max(longest.low, here.low),
                            Math.max(longest.high, here.high),
                            here.high >= longest.high ? here.elements : longest.elements);
        }
        return longest;
    }

    private static Walk toTheNearest(Floor floor, List<Opening> leading) {
        double[] nearest = new double[floor.corners];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (Opening door : leading) {
            double[] walk = floor.from(door);
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = Math.min(nearest[i], walk[i]);
            }
        }
        double farthest = Arrays.stream(nearest).max().orElse(0);
        return new Walk(leading.size() == 1 ? farthest : 0, farthest, floor.elements(leading));
    }

    /** Along the corridor's longer axis, what lies beyond the first and the last way out. */
    private static Walk beyondTheOutermost(Floor floor, List<Opening> leading) {
        LineString across = new MinimumDiameter(floor.room.polygon()).getDiameter();
        Coordinate a = across.getCoordinateN(0);
        Coordinate b = across.getCoordinateN(1);
        double length = a.distance(b);
        double ux = -(b.y - a.y) / length;
        double uy = (b.x - a.x) / length;
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Opening door : leading) {
            Coordinate at = floor.nodes.get(floor.index(door));
            first = Math.min(first, at.x * ux + at.y * uy);
            last = Math.max(last, at.x * ux + at.y * uy);
        }
        double farthest = 0;
        for (int i = 0; i < floor.corners; i++) {
            Coordinate at = floor.nodes.get(i);
            double along = at.x * ux + at.y * uy;
            farthest = Math.max(farthest, Math.max(first - along, along - last));
        }
        return new Walk(farthest, farthest, floor.elements(leading));
    }

    /** Whether one gets from that door of the room to an exit without coming back into the room. */
    private boolean leadsOut(Opening door, Room room) {
        if (exits.contains(door.id())) {
            return true;
        }
        Set<String> seen = new HashSet<>(List.of(room.id(), FloorPlan.OUTSIDE));
        List<String> open = new ArrayList<>(List.of(door.beyond(room.id())));
        while (!open.isEmpty()) {
            String place = open.remove(open.size() - 1);
            if (!seen.add(place)) {
                continue;
            }
            for (Opening on : doors.getOrDefault(place, List.of())) {
                if (exits.contains(on.id())) {
                    return true;
                }
                open.add(on.beyond(place));
            }
        }
        return false;
    }

    private Floor floor(Room room) throws NoWay {
        return floors.computeIfAbsent(
                        room.id(), id -> Floor.of(room, doors.getOrDefault(room.id(), List.of())))
                .orElseThrow(() -> new NoWay(PlanReader.quote(room.title()) + "的形状过于复杂，算不出疏散距离。"));
    }

    /** The corners of a room and where its doors touch it, and the ways between them. */
    private static final class Floor {
        private final Room room;
        private final boolean convex;
        private final int corners;
        private final List<Coordinate> nodes = new ArrayList<>();
        private final Map<String, Integer> doors = new HashMap<>();
        private final Map<String, Double> depths = new HashMap<>();
        private final Map<String, double[]> walks = new HashMap<>();
        private double @Nullable [][] sight;

        private Floor(Room room, List<Opening> openings) {
            this.room = room;
            Polygon polygon = room.polygon();
            this.convex =
                    polygon.getNumInteriorRing() == 0
                            && polygon.convexHull().getArea() <= polygon.getArea() * (1 + 1e-9);
            nodes.addAll(new LinkedHashSet<>(Arrays.asList(polygon.getCoordinates())));
            this.corners = nodes.size();
            for (Opening door : openings) {
                Coordinate middle = door.at().midPoint();
                Coordinate at =
                        DistanceOp.nearestPoints(polygon, PlanReader.GEOMETRY.createPoint(middle))[
                                0];
                doors.put(door.id(), nodes.size());
                depths.put(door.id(), at.distance(middle));
                nodes.add(at);
            }
        }

        static Optional<Floor> of(Room room, List<Opening> openings) {
            Floor floor = new Floor(room, openings);
            return floor.convex || floor.nodes.size() <= MOST_CORNERS
                    ? Optional.of(floor)
                    : Optional.empty();
        }

        int index(Opening door) {
            return doors.getOrDefault(door.id(), 0);
        }

        List<String> elements(List<Opening> leading) {
            List<String> elements = new ArrayList<>(List.of(room.id()));
            leading.forEach(d -> elements.add(d.id()));
            return elements;
        }

        /** Metres from the middle of a door to every corner, and to the middle of every door. */
        double[] from(Opening door) {
            return walks.computeIfAbsent(door.id(), id -> walk(index(door), depth(id)));
        }

        private double depth(String door) {
            return depths.getOrDefault(door, 0.0);
        }

        private double[] walk(int from, double depth) {
            double[] metres = convex ? straight(from) : around(from);
            for (int i = 0; i < metres.length; i++) {
                metres[i] += depth;
            }
            doors.forEach((id, index) -> metres[index] += index == from ? -depth : depth(id));
            return metres;
        }

        private double[] straight(int from) {
            return nodes.stream().mapToDouble(n -> n.distance(nodes.get(from))).toArray();
        }

        /** Dijkstra over what sees each other. */
        private double[] around(int from) {
            double[][] seen = sight();
            double[] metres = new double[nodes.size()];
            Arrays.fill(metres, Double.POSITIVE_INFINITY);
            metres[from] = 0;
            boolean[] done = new boolean[metres.length];
            for (int round = 0; round < metres.length; round++) {
                int here = -1;
                for (int i = 0; i < metres.length; i++) {
                    if (!done[i] && (here < 0 || metres[i] < metres[here])) {
                        here = i;
                    }
                }
                done[here] = true;
                for (int i = 0; i < metres.length; i++) {
                    metres[i] = Math.min(metres[i], metres[here] + seen[here][i]);
                }
            }
            return metres;
        }

        private double[][] sight() {
            double[][] known = sight;
            if (known != null) {
                return known;
            }
            int n = nodes.size();
            double[][] seen = new double[n][n];
            PreparedGeometry inside =
                    PreparedGeometryFactory.prepare(room.polygon().buffer(TOUCHING));
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    LineString line =
                            PlanReader.GEOMETRY.createLineString(
                                    new Coordinate[] {nodes.get(i), nodes.get(j)});
                    double metres =
                            line.getLength() < TOUCHING || inside.covers(line)
                                    ? line.getLength()
                                    : Double.POSITIVE_INFINITY;
                    seen[i][j] = metres;
                    seen[j][i] = metres;
                }
            }
            sight = seen;
            return seen;
        }
    }
}

package org.kanqian.gis.plan;

import static org.kanqian.gis.plan.PlanReader.quote;
import static org.kanqian.gis.plan.PlanReader.shorten;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.FloorPlan.Element;
import org.kanqian.gis.plan.FloorPlan.Fixture;
import org.kanqian.gis.plan.FloorPlan.Flow;
import org.kanqian.gis.plan.FloorPlan.FlowKind;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.Point;

/**
 * The flows of a plan as lines: from stop to stop through the middles of doors and hatches,
 * straight inside a room. Rooms stop at their centroid (at an interior point where that lies
 * outside).
 */
final class Routes {
    /** Meeting at a common stop is no crossing. */
    private static final double SAME_PLACE = 0.01;

    /** How far along from raw material to table a kind of room is; 0 for those with no rank. */
    private static final Map<String, Integer> STAGES = stages();

    /** Beyond so many legs in all, flows are given up: nobody draws so many. */
    private static final int MOST_LEGS = 5_000;

    private final Map<String, Element> elements = new HashMap<>();
    private final Map<String, List<Opening>> openings = new HashMap<>();
    private final List<Path> paths = new ArrayList<>();
    private final Faults warnings;
    private @Nullable SimpleWeightedGraph<String, DefaultWeightedEdge> graph;
    private int legsInAll;

    private record Leg(LineSegment line, String storey) {}

    /** One flow as drawn; {@code whole} if doors lead all the way. */
    private record Path(
            Flow flow, List<Leg> legs, List<String> rooms, List<String> doors, boolean whole) {}

    /**
     * What was found out.
     *
     * @param crosses empty if nothing crosses as far as can be seen, but not all can be seen
     * @param elements the flows, and what they meet in
     */
    record Found(Optional<Boolean> crosses, List<String> elements) {}

    Routes(FloorPlan plan, Faults warnings) {
        this.warnings = warnings;
        plan.rooms().forEach(r -> elements.put(r.id(), r));
        plan.fixtures().forEach(f -> elements.put(f.id(), f));
        for (Opening opening : plan.openings()) {
            elements.put(opening.id(), opening);
            if (opening.kind() != OpeningKind.WINDOW) {
                for (String side : List.of(opening.from(), opening.to())) {
                    openings.computeIfAbsent(side, s -> new ArrayList<>()).add(opening);
                }
            }
        }
        plan.flows().forEach(f -> paths.add(path(f)));
    }

    /** Whether there is a flow of that kind. */
    boolean has(FlowKind kind) {
        return paths.stream().anyMatch(p -> p.flow().kind() == kind);
    }

    /**
     * Whether a flow of that kind goes back: through a door or into a room a second time (passages
     * apart), across its own line, or from a later stage of the work to an earlier one.
     */
    Found returns(FlowKind kind) {
        Set<String> seen = new LinkedHashSet<>();
        boolean whole = true;
        boolean returns = false;
        for (Path path : paths) {
            if (path.flow().kind() != kind) {
                continue;
            }
            seen.add(path.flow().id());
            whole &= path.whole();
            Optional<String> twice = twice(path);
            twice.ifPresent(seen::add);
            returns |= twice.isPresent() || crossesItself(path);
        }
        return new Found(
                returns ? Optional.of(true) : whole ? Optional.of(false) : Optional.empty(),
                List.copyOf(seen));
    }

    /** Whether a flow of one kind uses a door of, or crosses the line of, one of the other kind. */
    Found cross(FlowKind one, FlowKind other) {
        Set<String> seen = new LinkedHashSet<>();
        boolean whole = true;
        boolean crosses = false;
        for (Path a : paths) {
            for (Path b : paths) {
                if (a.flow().kind() != one || b.flow().kind() != other) {
                    continue;
                }
                seen.add(a.flow().id());
                seen.add(b.flow().id());
                whole &= a.whole() && b.whole();
                Set<String> shared = new LinkedHashSet<>(a.doors());
                shared.retainAll(new HashSet<>(b.doors()));
                seen.addAll(shared);
                crosses |= !shared.isEmpty() || meet(a, b);
            }
        }
        return new Found(
                crosses ? Optional.of(true) : whole ? Optional.of(false) : Optional.empty(),
                List.copyOf(seen));
    }

    private Optional<String> twice(Path path) {
        Set<String> doors = new HashSet<>();
        for (String door : path.doors()) {
            if (!doors.add(door)) {
                return Optional.of(door);
            }
        }
        Set<String> left = new HashSet<>();
        String last = "";
        int stage = 0;
        for (String id : path.rooms()) {
            if (id.equals(last)) {
                continue;
            }
            Room room = (Room) elements.get(id);
            int now = room == null ? 0 : STAGES.getOrDefault(room.type(), 0);
            boolean passage = room == null || Types.passage(room.type());
            boolean back = path.flow().kind() == FlowKind.FOOD && now > 0 && now < stage;
            if ((!passage && left.contains(id)) || back) {
                return Optional.of(id);
            }
            stage = Math.max(stage, now);
            left.add(last);
            last = id;
        }
        return Optional.empty();
    }

    private static boolean crossesItself(Path path) {
        List<Leg> legs = path.legs();
        for (int i = 0; i < legs.size(); i++) {
            for (int j = i + 2; j < legs.size(); j++) {
                if (crossing(legs.get(i), legs.get(j), List.of())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean meet(Path a, Path b) {
        List<Coordinate> common = new ArrayList<>();
        for (String stop : a.flow().stops()) {
            if (b.flow().stops().contains(stop)) {
                common.add(place(stop));
            }
        }
        for (Leg leg : a.legs()) {
            for (Leg other : b.legs()) {
                if (crossing(leg, other, common)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean crossing(Leg a, Leg b, List<Coordinate> except) {
        if (!a.storey().equals(b.storey())) {
            return false;
        }
        RobustLineIntersector cut = new RobustLineIntersector();
        cut.computeIntersection(a.line().p0, a.line().p1, b.line().p0, b.line().p1);
        for (int i = 0; i < cut.getIntersectionNum(); i++) {
            Coordinate at = cut.getIntersection(i);
            if (except.stream().noneMatch(c -> c.distance(at) < SAME_PLACE)) {
                return true;
            }
        }
        return false;
    }

    private Path path(Flow flow) {
        List<Leg> legs = new ArrayList<>();
        List<String> rooms = new ArrayList<>();
        List<String> doors = new ArrayList<>();
        boolean whole = true;
        List<String> stops = flow.stops();
        visit(stops.get(0), rooms, doors);
        for (int i = 1; i < stops.size(); i++) {
            String from = stops.get(i - 1);
            String to = stops.get(i);
            Optional<List<String>> way = way(from, to);
            List<Coordinate> corners = new ArrayList<>();
            List<String> storeys = new ArrayList<>();
            corners.add(place(from));
            storeys.add(storey(from));
            for (String id : way.orElse(List.of())) {
                if (elements.get(id) instanceof Opening opening) {
                    doors.add(id);
                    corners.add(opening.at().midPoint());
                    storeys.add(opening.storey());
                } else {
                    rooms.add(id);
                }
            }
            corners.add(place(to));
            storeys.add(storey(to));
            visit(to, rooms, doors);
            for (int c = 1; c < corners.size(); c++) {
                boolean level = storeys.get(c - 1).equals(storeys.get(c));
                if (legsInAll >= MOST_LEGS) {
                    whole = false;
                } else if (level && corners.get(c - 1).distance(corners.get(c)) > 1e-9) {
                    legsInAll++;
                    legs.add(
                            new Leg(
                                    new LineSegment(corners.get(c - 1), corners.get(c)),
                                    storeys.get(c)));
                }
            }
            if (way.isEmpty()) {
                whole = false;
                warnings.add(
                        "/flows",
                        "流线“"
                                + shorten(flow.id())
                                + "”从"
                                + quote(from)
                                + "到"
                                + quote(to)
                                + "没有画出相通的门。",
                        "Flow '"
                                + shorten(flow.id())
                                + "': no doors are drawn that lead from '"
                                + shorten(from)
                                + "' to '"
                                + shorten(to)
                                + "'.");
            }
        }
        return new Path(flow, legs, rooms, doors, whole);
    }

    private void visit(String stop, List<String> rooms, List<String> doors) {
        if (elements.get(stop) instanceof Opening) {
            doors.add(stop);
        } else {
            room(stop).ifPresent(rooms::add);
        }
    }

    private Optional<String> room(String stop) {
        Element element = elements.get(stop);
        if (element instanceof Room room) {
            return Optional.of(room.id());
        }
        return element instanceof Fixture fixture ? fixture.room() : Optional.empty();
    }

    private String storey(String stop) {
        Element element = elements.get(stop);
        return element == null ? "" : element.storey();
    }

    private Coordinate place(String stop) {
        Element element = elements.get(stop);
        if (element instanceof Opening opening) {
            return opening.at().midPoint();
        }
        if (element == null) {
            return new Coordinate();
        }
        Point middle = element.geometry().getCentroid();
        return element.geometry().covers(middle)
                ? middle.getCoordinate()
                : element.geometry().getInteriorPoint().getCoordinate();
    }

    /** Openings and rooms between two stops, both apart; empty if no doors lead there. */
    private Optional<List<String>> way(String from, String to) {
        String start = node(from);
        String end = node(to);
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (start.equals(end) || touches(start, end) || touches(end, start)) {
            return Optional.of(List.of());
        }
        Optional<Opening> direct =
                openings.getOrDefault(start, List.of()).stream()
                        .filter(o -> o.beyond(start).equals(end))
                        .min((a, b) -> Double.compare(detour(a, from, to), detour(b, from, to)));
        if (direct.isPresent()) {
            return Optional.of(List.of(direct.get().id()));
        }
        SimpleWeightedGraph<String, DefaultWeightedEdge> doors = graph();
        if (!doors.containsVertex(start) || !doors.containsVertex(end)) {
            return Optional.empty();
        }
        GraphPath<String, DefaultWeightedEdge> path =
                new DijkstraShortestPath<>(doors).getPath(start, end);
        return path == null
                ? Optional.empty()
                : Optional.of(
                        path.getVertexList().stream()
                                .filter(id -> !id.equals(start) && !id.equals(end))
                                .toList());
    }

    private double detour(Opening door, String from, String to) {
        Coordinate middle = door.at().midPoint();
        return place(from).distance(middle) + middle.distance(place(to));
    }

    private boolean touches(String opening, String room) {
        return elements.get(opening) instanceof Opening o && o.joins(room);
    }

    private String node(String stop) {
        return elements.get(stop) instanceof Opening ? stop : room(stop).orElse("");
    }

    private SimpleWeightedGraph<String, DefaultWeightedEdge> graph() {
        if (graph != null) {
            return graph;
        }
        SimpleWeightedGraph<String, DefaultWeightedEdge> built =
                new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        openings.forEach(
                (room, doors) -> {
                    if (room.equals(FloorPlan.OUTSIDE)) {
                        return;
                    }
                    built.addVertex(room);
                    Coordinate middle = place(room);
                    for (Opening door : doors) {
                        built.addVertex(door.id());
                        DefaultWeightedEdge edge = built.addEdge(room, door.id());
                        if (edge != null) {
                            built.setEdgeWeight(edge, middle.distance(door.at().midPoint()));
                        }
                    }
                });
        graph = built;
        return built;
    }

    private static Map<String, Integer> stages() {
        Map<String, Integer> stages = new HashMap<>();
        for (String store : Types.members("food_store")) {
            stages.put(store, 1);
        }
        stages.put("rough_processing", 2);
        stages.put("cutting", 3);
        for (String room : List.of("cooking", "cooking_room", "steaming", "pastry")) {
            stages.put(room, 4);
        }
        for (String room : Types.members("special_room")) {
            stages.put(room, 5);
        }
        stages.put("serving_room", 6);
        for (String room : Types.members("dining")) {
            stages.put(room, 7);
        }
        return Map.copyOf(stages);
    }
}

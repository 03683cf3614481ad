package org.kanqian.api.bench;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.FloorPlan.Element;
import org.kanqian.gis.plan.FloorPlan.Fixture;
import org.kanqian.gis.plan.FloorPlan.Flow;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.kanqian.gis.plan.PlanSurveyor;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.locationtech.jts.algorithm.MinimumDiameter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.GeometryItemDistance;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.buffer.BufferOp;
import org.locationtech.jts.operation.buffer.BufferParameters;

/**
 * All facts of plans of 15 to 800 rooms, against the bare operations of JTS and JGraphT they need:
 * areas and outlines, the narrowest width of each room, which walls lie side by side, the closest
 * pair of every two types, the ways of the flows.
 */
final class PlansBench {
    private static final int[] ROOMS = {15, 25, 50, 100, 200, 400, 800};
    private static final int ROUNDS = 9;
    private static final BufferParameters SHARP =
            new BufferParameters(8, BufferParameters.CAP_FLAT, BufferParameters.JOIN_MITRE, 10);

    private PlansBench() {}

    static void run() throws Exception {
        List<String> vocabulary =
                StandardsPack.load(PackSource.classPath()).facts().stream()
                        .filter(f -> f.sources().contains(FactDefinition.Source.PLAN))
                        .map(FactDefinition::name)
                        .toList();
        List<String> curve = new ArrayList<>();
        for (int rooms : ROOMS) {
            byte[] json = Mall.plan(rooms).getBytes(StandardCharsets.UTF_8);
            FloorPlan plan = FloorPlan.read(new ByteArrayInputStream(json));
            int facts = PlanSurveyor.survey(plan).facts().size();
            List<Race.Place> places =
                    new Race("plan of " + rooms + " rooms", ROUNDS, 300_000_000)
                            .with("bare JTS and JGraphT", i -> bare(plan))
                            .with("all " + facts + " facts", i -> PlanSurveyor.survey(plan))
                            .with(
                                    vocabulary.size() + " facts of the vocabulary",
                                    i -> PlanSurveyor.survey(plan, vocabulary))
                            .with(
                                    "reading and checking the file",
                                    i -> FloorPlan.read(new ByteArrayInputStream(json)))
                            .run();
            StringBuilder line = new StringBuilder(String.format("%7d", rooms));
            for (Race.Place place : places) {
                line.append(
                        String.format(
                                " %12.0f %8.2f",
                                place.cpuMicros(),
                                place.cpuMicros() / (rooms * Math.log(rooms) / Math.log(2))));
            }
            curve.add(line.toString());
        }
        System.out.printf(
                "%nCPU µs, and over n·log₂ n%n%7s %21s %21s %21s %21s%n",
                "rooms", "bare", "all facts", "vocabulary", "reading");
        curve.forEach(System.out::println);
    }

    /** Everything measured once, nothing said about it. */
    static double bare(FloorPlan plan) {
        double sum = 0;
        STRtree tree = new STRtree();
        for (Room room : plan.rooms()) {
            sum += room.polygon().getArea() + room.polygon().getLength();
            sum += narrowest(room.polygon());
            tree.insert(room.polygon().getEnvelopeInternal(), room);
        }
        for (Room room : plan.rooms()) {
            Envelope near = room.polygon().getEnvelopeInternal();
            near.expandBy(0.5);
            for (Object other : tree.query(near)) {
                sum += ((Room) other).polygon().distance(room.polygon());
            }
        }
        return sum + closest(plan) + ways(plan);
    }

    private static double narrowest(Polygon room) {
        double widest = new MinimumDiameter(room).getLength();
        if (room.convexHull().getArea() <= room.getArea() * (1 + 1e-9)) {
            return widest;
        }
        double fits = 0;
        double tooWide = widest;
        for (int i = 0; i < 24 && tooWide - fits > 1e-4; i++) {
            double brush = (fits + tooWide) / 2;
            Geometry core = BufferOp.bufferOp(room, -brush / 2, SHARP);
            Geometry swept = BufferOp.bufferOp(core, brush / 2, SHARP);
            if (swept.getArea() >= room.getArea() * 0.99) {
                fits = brush;
            } else {
                tooWide = brush;
            }
        }
        return fits;
    }

    private static double closest(FloorPlan plan) {
        Map<String, STRtree> types = new TreeMap<>();
        List<Element> elements = new ArrayList<>(plan.rooms());
        elements.addAll(plan.fixtures());
        for (Element element : elements) {
            String type = element instanceof Room r ? r.type() : ((Fixture) element).type();
            types.computeIfAbsent(type, t -> new STRtree())
                    .insert(element.geometry().getEnvelopeInternal(), element.geometry());
        }
        double sum = 0;
        for (String a : types.keySet()) {
            for (String b : types.keySet()) {
                if (a.compareTo(b) < 0) {
                    Object[] pair =
                            types.get(a).nearestNeighbour(types.get(b), new GeometryItemDistance());
                    sum += ((Geometry) pair[0]).distance((Geometry) pair[1]);
                }
            }
        }
        return sum;
    }

    private static double ways(FloorPlan plan) {
        SimpleWeightedGraph<String, DefaultWeightedEdge> doors =
                new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        Map<String, Room> rooms = new HashMap<>();
        for (Room room : plan.rooms()) {
            doors.addVertex(room.id());
            rooms.put(room.id(), room);
        }
        for (Opening door : plan.openings()) {
            doors.addVertex(door.id());
            for (String side : List.of(door.from(), door.to())) {
                Room room = rooms.get(side);
                if (room != null) {
                    doors.setEdgeWeight(
                            doors.addEdge(door.id(), side),
                            room.polygon()
                                    .getCentroid()
                                    .getCoordinate()
                                    .distance(door.at().midPoint()));
                }
            }
        }
        double sum = 0;
        for (Flow flow : plan.flows()) {
            for (int i = 1; i < flow.stops().size(); i++) {
                sum +=
                        new DijkstraShortestPath<>(doors)
                                .getPath(flow.stops().get(i - 1), flow.stops().get(i))
                                .getWeight();
            }
        }
        return sum;
    }
}

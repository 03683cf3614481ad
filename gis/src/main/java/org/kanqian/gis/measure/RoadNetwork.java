package org.kanqian.gis.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * The ways of a road layer as a network to walk on: ways meet where they share a vertex. Immutable,
 * built once per layer; a walk is found by Dijkstra's algorithm from several starts at once, which
 * the graph libraries at hand do not offer.
 */
public final class RoadNetwork {
    /** A site farther than this from every way is not on the network, in metres. */
    static final double SNAP = 150;

    /** How near a way must pass to lead to a place, in metres. */
    static final double ARRIVE = 15;

    /** Walks longer than this are not looked for, in metres. */
    static final double LONGEST = 5_000;

    private final List<Coordinate> nodes = new ArrayList<>();
    private final List<List<Edge>> edges = new ArrayList<>();
    private final STRtree segments = new STRtree();
    private final STRtree nodeIndex = new STRtree();

    private record Edge(int to, double metres) {}

    private record Segment(int a, int b, double metres) {}

    private record Start(int node, double metres, Coordinate at) {}

    /**
     * A walk.
     *
     * @param metres its length, the legs to and from the network included
     * @param path from the site to the place, in degrees
     */
    public record Walk(Ruler.Reached to, double metres, List<Position> path) {}

    /** The network of a layer of lines. */
    public RoadNetwork(Layer roads) {
        Map<Coordinate, Integer> ids = new HashMap<>();
        for (Feature feature : roads.features()) {
            for (int i = 0; i < feature.geometry().getNumGeometries(); i++) {
                if (feature.geometry().getGeometryN(i) instanceof LineString line) {
                    add(line, ids);
                }
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            nodeIndex.insert(new Envelope(nodes.get(i)), i);
        }
        segments.build();
        nodeIndex.build();
    }

    private void add(LineString line, Map<Coordinate, Integer> ids) {
        Coordinate middle = line.getEnvelopeInternal().centre();
        LocalFrame frame = LocalFrame.centredOn(new Position(middle.x, middle.y));
        Coordinate[] metres = frame.project(line).getCoordinates();
        Coordinate[] degrees = line.getCoordinates();
        for (int i = 0; i < degrees.length; i++) {
            int node = ids.computeIfAbsent(degrees[i], this::node);
            if (i > 0) {
                int previous = java.util.Objects.requireNonNull(ids.get(degrees[i - 1]));
                double length = metres[i].distance(metres[i - 1]);
                edges.get(previous).add(new Edge(node, length));
                edges.get(node).add(new Edge(previous, length));
                segments.insert(
                        new Envelope(degrees[i - 1], degrees[i]),
                        new Segment(previous, node, length));
            }
        }
    }

    private int node(Coordinate at) {
        nodes.add(at);
        edges.add(new ArrayList<>());
        return nodes.size() - 1;
    }

    /**
     * The shortest walk from the ruler's site to any of the places.
     *
     * @return empty if the site or none of the places is near a way, or all are too far
     */
    public Optional<Walk> shortest(Ruler ruler, List<Ruler.Reached> places) {
        Map<Integer, Arrival> arrivals = arrivals(ruler, places);
        List<Start> starts = starts(ruler);
        if (arrivals.isEmpty() || starts.isEmpty()) {
            return Optional.empty();
        }
        double[] best = new double[nodes.size()];
        int[] before = new int[nodes.size()];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        Arrays.fill(before, -1);
        Map<Integer, Start> from = new HashMap<>();
        PriorityQueue<double[]> open = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
        for (Start start : starts) {
            if (start.metres() < best[start.node()]) {
                best[start.node()] = start.metres();
                from.put(start.node(), start);
                open.add(new double[] {start.metres(), start.node()});
            }
        }
        double length = Double.POSITIVE_INFINITY;
        int last = -1;
        while (!open.isEmpty()) {
            double[] head = open.remove();
            int node = (int) head[1];
            if (head[0] > best[node]) {
                continue;
            }
            if (head[0] >= length || head[0] > LONGEST) {
                break;
            }
            Arrival arrival = arrivals.get(node);
            if (arrival != null && head[0] + arrival.metres() < length) {
                length = head[0] + arrival.metres();
                last = node;
            }
            for (Edge edge : edges.get(node)) {
                double metres = head[0] + edge.metres();
                if (metres < best[edge.to()]) {
                    best[edge.to()] = metres;
                    before[edge.to()] = node;
                    from.remove(edge.to());
                    open.add(new double[] {metres, edge.to()});
                }
            }
        }
        if (last < 0) {
            return Optional.empty();
        }
        return Optional.of(walk(ruler, arrivals.get(last), from, before, last, length));
    }

    private Walk walk(
            Ruler ruler,
            @org.jspecify.annotations.Nullable Arrival arrival,
            Map<Integer, Start> from,
            int[] before,
            int last,
            double length) {
        Arrival there = java.util.Objects.requireNonNull(arrival);
        List<Position> path = new ArrayList<>();
        path.add(ruler.frame().unproject(there.at()));
        int node = last;
        while (true) {
            path.add(new Position(nodes.get(node).x, nodes.get(node).y));
            if (before[node] < 0) {
                break;
            }
            node = before[node];
        }
        Start start = java.util.Objects.requireNonNull(from.get(node));
        path.add(ruler.frame().unproject(start.at()));
        path.add(ruler.frame().unproject(ruler.site().getCoordinate()));
        Collections.reverse(path);
        return new Walk(there.place(), length, path);
    }

    /** Where the walk may leave the network for one of the places. */
    private record Arrival(Ruler.Reached place, double metres, Coordinate at) {}

    private Map<Integer, Arrival> arrivals(Ruler ruler, List<Ruler.Reached> places) {
        Map<Integer, Arrival> arrivals = new HashMap<>();
        for (Ruler.Reached place : places) {
            Geometry there = ruler.frame().project(place.feature().geometry());
            Envelope box = new Envelope(place.feature().geometry().getEnvelopeInternal());
            box.expandBy(ARRIVE / 50_000, ARRIVE / 100_000);
            for (Object item : nodeIndex.query(box)) {
                int node = (Integer) item;
                Geometry at = there.getFactory().createPoint(ruler.frame().project(position(node)));
                double metres = there.distance(at);
                Arrival known = arrivals.get(node);
                if (metres <= ARRIVE && (known == null || metres < known.metres())) {
                    Coordinate end =
                            org.locationtech.jts.operation.distance.DistanceOp.nearestPoints(
                                    there, at)[0];
                    arrivals.put(node, new Arrival(place, metres, end));
                }
            }
        }
        return arrivals;
    }

    /** The two ends of the way nearest to each point of the site. */
    private List<Start> starts(Ruler ruler) {
        List<Start> starts = new ArrayList<>();
        Envelope box = ruler.box(SNAP);
        for (Coordinate door : ruler.site().getCoordinates()) {
            double nearest = SNAP;
            List<Start> here = List.of();
            for (Object item : segments.query(box)) {
                Segment s = (Segment) item;
                LineSegment line =
                        new LineSegment(
                                ruler.frame().project(position(s.a())),
                                ruler.frame().project(position(s.b())));
                double metres = line.distance(door);
                if (metres < nearest) {
                    nearest = metres;
                    Coordinate at = line.closestPoint(door);
                    here =
                            List.of(
                                    new Start(s.a(), metres + at.distance(line.p0), at),
                                    new Start(s.b(), metres + at.distance(line.p1), at));
                }
            }
            starts.addAll(here);
        }
        return starts;
    }

    private Position position(int node) {
        return new Position(nodes.get(node).x, nodes.get(node).y);
    }
}

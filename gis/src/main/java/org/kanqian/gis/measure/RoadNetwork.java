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
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.distance.DistanceOp;

/**
 * The ways of a road layer as a network to walk on: ways meet where they share a vertex. Immutable,
 * built once per layer; a walk is found by Dijkstra's algorithm from several starts at once, which
 * the graph libraries at hand do not offer.
 */
public final class RoadNetwork {
    /** A site or place farther than this from every way is not on the network, in metres. */
    static final double SNAP = 150;

    /** Every way that passes this near to a place leads to it, in metres. */
    static final double ARRIVE = 15;

    /** Walks longer than this are not looked for, in metres. */
    static final double LONGEST = 5_000;

    private final List<Coordinate> nodes = new ArrayList<>();
    private final List<List<Edge>> edges = new ArrayList<>();
    private final STRtree segments = new STRtree();
    private final STRtree nodeIndex = new STRtree();

    private record Edge(int to, double metres) {}

    private record Segment(int a, int b) {}

    /** A node, how far it is from a place, and where at the place the leg begins. */
    private record Snap(int node, double metres, Coordinate at) {}

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
                        new Envelope(degrees[i - 1], degrees[i]), new Segment(previous, node));
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
        List<Snap> starts = starts(ruler);
        if (arrivals.isEmpty() || starts.isEmpty()) {
            return Optional.empty();
        }
        double[] best = new double[nodes.size()];
        int[] before = new int[nodes.size()];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        Arrays.fill(before, -1);
        Map<Integer, Snap> from = new HashMap<>();
        PriorityQueue<double[]> open = new PriorityQueue<>((a, b) -> Double.compare(a[0], b[0]));
        for (Snap start : starts) {
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
            Map<Integer, Snap> from,
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
        Snap start = java.util.Objects.requireNonNull(from.get(node));
        path.add(ruler.frame().unproject(start.at()));
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
            box.expandBy(SNAP / 50_000, SNAP / 100_000);
            List<Snap> leading = leading(ruler, there, box);
            // A place off the ways is reached from the nearest point of them.
            for (Snap snap : leading.isEmpty() ? nearest(ruler, there, box) : leading) {
                arrivals.merge(
                        snap.node(),
                        new Arrival(place, snap.metres(), snap.at()),
                        (x, y) -> x.metres() <= y.metres() ? x : y);
            }
        }
        return arrivals;
    }

    /** The nodes not farther than {@link #ARRIVE} from a place. */
    private List<Snap> leading(Ruler ruler, Geometry place, Envelope box) {
        List<Snap> leading = new ArrayList<>();
        for (Object item : nodeIndex.query(box)) {
            int node = (Integer) item;
            DistanceOp line =
                    new DistanceOp(
                            place,
                            place.getFactory().createPoint(ruler.frame().project(position(node))));
            if (line.distance() <= ARRIVE) {
                leading.add(new Snap(node, line.distance(), line.nearestPoints()[0]));
            }
        }
        return leading;
    }

    private List<Snap> starts(Ruler ruler) {
        List<Snap> starts = new ArrayList<>();
        Envelope box = ruler.box(SNAP);
        for (int i = 0; i < ruler.site().getNumGeometries(); i++) {
            starts.addAll(nearest(ruler, ruler.site().getGeometryN(i), box));
        }
        return starts;
    }

    /** Both ends of the way nearest to a place; none if it is farther than {@link #SNAP}. */
    private List<Snap> nearest(Ruler ruler, Geometry place, Envelope box) {
        double nearest = SNAP;
        List<Snap> ends = List.of();
        for (Object item : segments.query(box)) {
            Segment s = (Segment) item;
            Coordinate a = ruler.frame().project(position(s.a()));
            Coordinate b = ruler.frame().project(position(s.b()));
            DistanceOp line =
                    new DistanceOp(
                            place, place.getFactory().createLineString(new Coordinate[] {a, b}));
            if (line.distance() < nearest) {
                nearest = line.distance();
                Coordinate from = line.nearestPoints()[0];
                Coordinate at = line.nearestPoints()[1];
                ends =
                        List.of(
                                new Snap(s.a(), nearest + at.distance(a), from),
                                new Snap(s.b(), nearest + at.distance(b), from));
            }
        }
        return ends;
    }

    private Position position(int node) {
        return new Position(nodes.get(node).x, nodes.get(node).y);
    }
}

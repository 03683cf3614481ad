package org.kanqian.gis.measure;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
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
 * The roads people may walk on, as a graph. Lines meet where they share a vertex, as in
 * OpenStreetMap: a bridge does not meet the road below. A road with the attribute {@code walk: no}
 * is left out; one-way streets are not, since they bind vehicles.
 *
 * <p>Built once, then only read; safe to share.
 */
public final class WalkingNetwork {
    /** How far from a road a site or a goal may lie, metres. */
    public static final double SNAP = 150;

    /** Longest walk looked for, metres. */
    public static final double LONGEST = 5_000;

    private final SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph =
            new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    private final List<Coordinate> nodes = new ArrayList<>();
    private final STRtree stretches = new STRtree();
    private @Nullable ShortestWays ways;

    private WalkingNetwork() {}

    /** The network of these layers. */
    public static WalkingNetwork of(List<Layer> roads) {
        WalkingNetwork network = new WalkingNetwork();
        Map<Coordinate, Integer> known = new HashMap<>();
        for (Layer layer : roads) {
            for (Feature road : layer.features()) {
                if (!road.attribute("walk").orElse("yes").equals("no")) {
                    network.add(road.geometry(), known);
                }
            }
        }
        network.stretches.build();
        network.ways = new ShortestWays(network.graph);
        return network;
    }

    private void add(Geometry road, Map<Coordinate, Integer> known) {
        for (int part = 0; part < road.getNumGeometries(); part++) {
            if (road.getGeometryN(part) instanceof LineString line) {
                Coordinate[] path = line.getCoordinates();
                for (int i = 1; i < path.length; i++) {
                    int from = node(path[i - 1], known);
                    int to = node(path[i], known);
                    if (from != to) {
                        join(from, to);
                    }
                }
            }
        }
    }

    private int node(Coordinate at, Map<Coordinate, Integer> known) {
        Coordinate plain = new Coordinate(at.x, at.y);
        return known.computeIfAbsent(
                plain,
                c -> {
                    nodes.add(c);
                    graph.addVertex(nodes.size() - 1);
                    return nodes.size() - 1;
                });
    }

    private void join(int from, int to) {
        if (graph.containsEdge(from, to)) {
            return;
        }
        Coordinate a = nodes.get(from);
        Coordinate b = nodes.get(to);
        graph.setEdgeWeight(graph.addEdge(from, to), Ellipsoid.shortLine(a.x, a.y, b.x, b.y));
        stretches.insert(new Envelope(a, b), new Stretch(from, to));
    }

    /** Places where roads begin, end, bend or meet, CGCS2000 degrees. Not to be changed. */
    public List<Coordinate> nodes() {
        return List.copyOf(nodes);
    }

    /**
     * The shortest walk from a place to each of some goals.
     *
     * @param from CGCS2000 degrees
     * @param goals CGCS2000 degrees
     * @return one for each goal, in their order; empty where no road is within {@link #SNAP} of
     *     either end, or no walk up to {@link #LONGEST} joins them. That a network knows no walk
     *     does not mean there is none.
     */
    public List<Optional<Walk>> walks(Coordinate from, List<Coordinate> goals) {
        LocalFrame frame = LocalFrame.at(new LonLat(from.x, from.y));
        @Nullable Snap start = snap(frame, from);
        if (start == null || goals.isEmpty()) {
            return Collections.nCopies(goals.size(), Optional.empty());
        }
        ShortestWays.Search viaFrom = requireNonNull(ways).from(start.stretch.from, LONGEST);
        ShortestWays.Search viaTo = requireNonNull(ways).from(start.stretch.to, LONGEST);
        List<Optional<Walk>> walks = new ArrayList<>();
        for (Coordinate goal : goals) {
            @Nullable Snap end = snap(frame, goal);
            walks.add(
                    end == null
                            ? Optional.empty()
                            : walk(frame, start, end, viaFrom, viaTo)
                                    .filter(w -> w.metres() <= LONGEST));
        }
        return walks;
    }

    private Optional<Walk> walk(
            LocalFrame frame,
            Snap start,
            Snap end,
            ShortestWays.Search viaFrom,
            ShortestWays.Search viaTo) {
        double shortest = Double.POSITIVE_INFINITY;
        ShortestWays.@Nullable Search via = null;
        int last = 0;
        if (end.stretch.equals(start.stretch)) {
            shortest = start.place.distance(end.place);
        }
        for (boolean first : List.of(true, false)) {
            ShortestWays.Search paths = first ? viaFrom : viaTo;
            for (boolean beginning : List.of(true, false)) {
                int node = beginning ? end.stretch.from : end.stretch.to;
                double metres = start.along(first) + paths.metres(node) + end.along(beginning);
                if (metres < shortest) {
                    shortest = metres;
                    via = paths;
                    last = node;
                }
            }
        }
        if (shortest == Double.POSITIVE_INFINITY) {
            return Optional.empty();
        }
        List<Position> path = new ArrayList<>();
        path.add(position(frame, start.given));
        path.add(position(frame, start.place));
        if (via != null) {
            for (int node : via.path(last)) {
                path.add(new Position(nodes.get(node).x, nodes.get(node).y));
            }
        }
        path.add(position(frame, end.place));
        path.add(position(frame, end.given));
        return Optional.of(new Walk(start.off + shortest + end.off, path));
    }

    private static Position position(LocalFrame frame, Coordinate metres) {
        LonLat place = frame.toDegrees(metres);
        return new Position(place.lon(), place.lat());
    }

    /** The nearest place on a road, in metres of {@code frame}. */
    private @Nullable Snap snap(LocalFrame frame, Coordinate degrees) {
        Coordinate given = frame.toMetres(degrees.x, degrees.y);
        @Nullable Snap best = null;
        for (Object found : stretches.query(frame.degreesWithin(new Envelope(degrees), SNAP))) {
            Stretch stretch = (Stretch) found;
            Coordinate a = nodes.get(stretch.from);
            Coordinate b = nodes.get(stretch.to);
            LineSegment line = new LineSegment(frame.toMetres(a.x, a.y), frame.toMetres(b.x, b.y));
            Coordinate place = line.closestPoint(given);
            double off = place.distance(given);
            if (off <= SNAP && (best == null || off < best.off)) {
                best = new Snap(stretch, line, given, place, off);
            }
        }
        return best;
    }

    private record Stretch(int from, int to) {}

    private record Snap(
            Stretch stretch, LineSegment line, Coordinate given, Coordinate place, double off) {

        /** From the place on the road to the beginning of the stretch, or to its end. */
        private double along(boolean toBeginning) {
            return place.distance(toBeginning ? line.p0 : line.p1);
        }
    }
}

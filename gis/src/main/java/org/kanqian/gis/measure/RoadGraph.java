package org.kanqian.gis.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.distance.DistanceOp;

/**
 * Roads as a graph, while it is built. A road that may only be crossed in marked places ({@code
 * cross: marked}) has two sides: at each of its vertices the roads that end there divide the ground
 * around it into corners, every corner is a node of its own, and only a crossing joins the corners
 * of a vertex.
 */
final class RoadGraph {
    /** A crossing nearer than this to a vertex is at the vertex, metres. */
    private static final double AT_VERTEX = 0.5;

    final SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph =
            new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    final List<Coordinate> nodes = new ArrayList<>();
    final STRtree stretches = new STRtree();

    /** Vertices of marked roads: which corner lies in which direction. */
    final Map<Coordinate, Corners> corners = new HashMap<>();

    /** The straight pieces of marked roads, which a way to a road may not cross either. */
    final STRtree marked = new STRtree();

    private final Obstacles obstacles;
    private final Map<Coordinate, Integer> plain = new HashMap<>();
    private final Set<Piece> known = new HashSet<>();
    private final Map<Piece, Boolean> pieces = new LinkedHashMap<>();
    private final Set<Coordinate> crossed = new HashSet<>();

    /**
     * A straight piece of road one may walk along.
     *
     * @param side 0 for the whole road; 1 for the left side from {@code from} to {@code to}, −1 for
     *     the right
     */
    record Stretch(int from, int to, int side) {}

    private record Piece(Coordinate a, Coordinate b) {}

    /**
     * @param crossings marked crossings; they say where roads may be crossed only where their
     *     layers claim to be complete
     */
    RoadGraph(List<Layer> roads, List<Layer> crossings, Obstacles obstacles) {
        this.obstacles = obstacles;
        STRtree zebra = zebra(crossings);
        for (Layer layer : roads) {
            for (Feature road : layer.features()) {
                if (!road.attribute("walk").orElse("yes").equals("no")) {
                    add(layer, road, crossings, zebra);
                }
            }
        }
        Map<Coordinate, List<Coordinate>> walls = new LinkedHashMap<>();
        pieces.forEach(
                (piece, isMarked) -> {
                    if (isMarked) {
                        walls.computeIfAbsent(piece.a, c -> new ArrayList<>()).add(piece.b);
                        walls.computeIfAbsent(piece.b, c -> new ArrayList<>()).add(piece.a);
                    }
                });
        walls.forEach((at, ends) -> corners.put(at, corners(at, ends)));
        pieces.forEach(this::join);
        for (Coordinate at : crossed) {
            Corners around = corners.get(at);
            for (int i = 1; around != null && i < around.nodes.length; i++) {
                edge(around.nodes[i - 1], around.nodes[i], 0);
            }
        }
        stretches.build();
        marked.build();
    }

    private record Zebra(Geometry geometry, double reach) {}

    private static STRtree zebra(List<Layer> crossings) {
        STRtree tree = new STRtree();
        for (Layer layer : crossings) {
            double reach = Math.max(1, layer.accuracyMetres());
            for (Feature crossing : layer.features()) {
                tree.insert(
                        crossing.geometry().getEnvelopeInternal(),
                        new Zebra(crossing.geometry(), reach));
            }
        }
        tree.build();
        return tree;
    }

    private void add(Layer layer, Feature road, List<Layer> crossings, STRtree zebra) {
        boolean marks = road.attribute("cross").filter("marked"::equals).isPresent();
        boolean over =
                road.attribute("bridge").filter(v -> !v.equals("no")).isPresent()
                        || road.attribute("tunnel").filter(v -> !v.equals("no")).isPresent();
        Geometry geometry = road.geometry();
        for (int part = 0; part < geometry.getNumGeometries(); part++) {
            if (geometry.getGeometryN(part) instanceof LineString line) {
                Coordinate[] path = line.getCoordinates();
                for (int i = 1; i < path.length; i++) {
                    Coordinate a = flat(path[i - 1]);
                    Coordinate b = flat(path[i]);
                    boolean two =
                            marks
                                    && crossings.stream()
                                            .anyMatch(
                                                    c -> c.covers(a.x, a.y) && c.covers(b.x, b.y));
                    if (two) {
                        divided(a, b, zebra, layer.accuracyMetres(), over);
                    } else {
                        piece(a, b, false, over);
                    }
                }
            }
        }
    }

    private static Coordinate flat(Coordinate c) {
        return new Coordinate(c.x, c.y);
    }

    /** A piece of a marked road, cut where a crossing meets it. */
    private void divided(Coordinate a, Coordinate b, STRtree zebra, double accuracy, boolean over) {
        LineString line =
                new org.locationtech.jts.geom.GeometryFactory()
                        .createLineString(new Coordinate[] {a, b});
        Envelope box = new Envelope(a, b);
        box.expandBy(0.001);
        List<Coordinate> cuts = new ArrayList<>();
        for (Object found : zebra.query(box)) {
            Zebra crossing = (Zebra) found;
            Coordinate[] ends = DistanceOp.nearestPoints(line, crossing.geometry());
            if (Obstacles.metres(ends[0], ends[1]) <= crossing.reach() + accuracy) {
                cuts.add(ends[0]);
            }
        }
        cuts.sort((x, y) -> Double.compare(x.distance(a), y.distance(a)));
        Coordinate from = a;
        for (Coordinate cut : cuts) {
            Coordinate at =
                    Obstacles.metres(cut, a) < AT_VERTEX
                            ? a
                            : Obstacles.metres(cut, b) < AT_VERTEX
                                    ? b
                                    : Obstacles.metres(cut, from) < AT_VERTEX ? from : flat(cut);
            crossed.add(at);
            piece(from, at, true, over);
            from = at;
        }
        piece(from, b, true, over);
    }

    private void piece(Coordinate a, Coordinate b, boolean isMarked, boolean over) {
        if (a.equals2D(b) || known.contains(new Piece(a, b)) || known.contains(new Piece(b, a))) {
            return;
        }
        if (!over && obstacles.between(a, b)) {
            return;
        }
        known.add(new Piece(a, b));
        pieces.put(new Piece(a, b), isMarked);
    }

    private Corners corners(Coordinate at, List<Coordinate> ends) {
        double[] directions = ends.stream().mapToDouble(e -> direction(at, e)).sorted().toArray();
        int[] ids = new int[directions.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = newNode(at);
        }
        return new Corners(directions, ids);
    }

    private int newNode(Coordinate at) {
        nodes.add(at);
        graph.addVertex(nodes.size() - 1);
        return nodes.size() - 1;
    }

    private void join(Piece piece, boolean isMarked) {
        Coordinate a = piece.a;
        Coordinate b = piece.b;
        double metres = Obstacles.metres(a, b);
        if (!isMarked) {
            stretch(node(a, b), node(b, a), 0, metres);
            return;
        }
        Corners atA = java.util.Objects.requireNonNull(corners.get(a));
        Corners atB = java.util.Objects.requireNonNull(corners.get(b));
        stretch(atA.after(direction(a, b)), atB.before(direction(b, a)), 1, metres);
        stretch(atA.before(direction(a, b)), atB.after(direction(b, a)), -1, metres);
        marked.insert(new Envelope(a, b), new LineSegment(a, b));
    }

    private int node(Coordinate at, Coordinate towards) {
        Corners around = corners.get(at);
        return around == null
                ? plain.computeIfAbsent(at, this::newNode)
                : around.at(direction(at, towards));
    }

    private void stretch(int from, int to, int side, double metres) {
        if (from != to) {
            edge(from, to, metres);
        }
        stretches.insert(new Envelope(nodes.get(from), nodes.get(to)), new Stretch(from, to, side));
    }

    private void edge(int from, int to, double metres) {
        if (!graph.containsEdge(from, to)) {
            graph.setEdgeWeight(graph.addEdge(from, to), metres);
        }
    }

    /** Radians, counted from the east against the clock. */
    static double direction(Coordinate from, Coordinate to) {
        return Math.atan2(
                (to.y - from.y) * Ellipsoid.metresPerDegreeNorth(from.y),
                (to.x - from.x) * Ellipsoid.metresPerDegreeEast(from.y));
    }

    /**
     * The ground around a vertex of marked roads.
     *
     * @param directions of its marked roads, ascending
     * @param nodes the corner that begins at each of them, against the clock
     */
    record Corners(double[] directions, int[] nodes) {

        /** The corner a direction points into. */
        int at(double direction) {
            int place = Arrays.binarySearch(directions, direction);
            int last = place >= 0 ? place : -place - 2;
            return nodes[last < 0 ? nodes.length - 1 : last];
        }

        /** The corner to the left of a marked road, seen from the vertex. */
        int after(double direction) {
            return at(direction);
        }

        /** The corner to its right. */
        int before(double direction) {
            int i = Math.max(0, Arrays.binarySearch(directions, direction));
            return nodes[(i + nodes.length - 1) % nodes.length];
        }
    }
}

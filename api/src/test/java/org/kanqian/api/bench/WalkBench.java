package org.kanqian.api.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.measure.Walk;
import org.kanqian.gis.measure.WalkingNetwork;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/**
 * The walk from a place to eight others at most a kilometre away. Ours snaps all of them to roads
 * and draws the paths; plain Dijkstra of JGraphT is handed the nodes, searches pair by pair and
 * stops at the goal. On the roads of the sample quarters, and on a grid of 100,000 crossings.
 */
final class WalkBench {
    private static final int GRID = 316;
    private static final double STEP = 0.0005;
    private static final int GOALS = 8;
    private static final int TRIPS = 256;
    private static final double FAR = 1_000;

    private WalkBench() {}

    static void run() throws Exception {
        LayerSet samples = LayerSet.load(Path.of(System.getenv("KANQIAN_HOME"), "samples/layers"));
        for (Layer road : samples.layers("road")) {
            run(road);
        }
        run(grid());
    }

    private static void run(Layer roads) throws Exception {
        WalkingNetwork network = WalkingNetwork.of(List.of(roads));
        SimpleWeightedGraph<Coordinate, DefaultWeightedEdge> graph = graph(roads);
        List<Coordinate> nodes = List.copyOf(graph.vertexSet());
        Random random = new Random(20261123);
        List<Coordinate> starts = new ArrayList<>();
        List<List<Coordinate>> goals = new ArrayList<>();
        while (starts.size() < TRIPS) {
            Coordinate start = nodes.get(random.nextInt(nodes.size()));
            List<Coordinate> near = new ArrayList<>();
            for (int i = 0; i < 4_000 && near.size() < GOALS; i++) {
                Coordinate goal = nodes.get(random.nextInt(nodes.size()));
                if (Ellipsoid.shortLine(start.x, start.y, goal.x, goal.y) <= FAR) {
                    near.add(goal);
                }
            }
            starts.add(start);
            goals.add(near);
        }
        DijkstraShortestPath<Coordinate, DefaultWeightedEdge> dijkstra =
                new DijkstraShortestPath<>(graph);
        for (int i = 0; i < TRIPS; i++) {
            same(network.walks(starts.get(i), goals.get(i)), dijkstra, starts.get(i), goals.get(i));
        }
        new Race(
                        String.format(
                                "eight walks on %s, %,d nodes, %,d edges",
                                roads.id(), nodes.size(), graph.edgeSet().size()))
                .with(
                        "JGraphT Dijkstra, pair by pair",
                        i -> plain(dijkstra, starts.get(i % TRIPS), goals.get(i % TRIPS)))
                .with(
                        "JGraphT Dijkstra, once up to 5 km",
                        i -> once(graph, starts.get(i % TRIPS), goals.get(i % TRIPS)))
                .with(
                        "ours, whole",
                        i -> network.walks(starts.get(i % TRIPS), goals.get(i % TRIPS)))
                .run();
    }

    private static Object plain(
            DijkstraShortestPath<Coordinate, DefaultWeightedEdge> dijkstra,
            Coordinate start,
            List<Coordinate> goals) {
        List<Object> paths = new ArrayList<>();
        for (Coordinate goal : goals) {
            paths.add(Optional.ofNullable(dijkstra.getPath(start, goal)));
        }
        return paths;
    }

    private static Object once(
            SimpleWeightedGraph<Coordinate, DefaultWeightedEdge> graph,
            Coordinate start,
            List<Coordinate> goals) {
        var found = new DijkstraShortestPath<>(graph, WalkingNetwork.LONGEST).getPaths(start);
        List<Object> paths = new ArrayList<>();
        for (Coordinate goal : goals) {
            paths.add(Optional.ofNullable(found.getPath(goal)));
        }
        return paths;
    }

    private static void same(
            List<Optional<Walk>> walks,
            DijkstraShortestPath<Coordinate, DefaultWeightedEdge> dijkstra,
            Coordinate start,
            List<Coordinate> goals) {
        for (int i = 0; i < goals.size(); i++) {
            double plain = dijkstra.getPathWeight(start, goals.get(i));
            double ours = walks.get(i).map(Walk::metres).orElse(Double.POSITIVE_INFINITY);
            boolean both = plain > WalkingNetwork.LONGEST && ours == Double.POSITIVE_INFINITY;
            if (!both && !(Math.abs(plain - ours) < 0.1)) {
                throw new IllegalStateException(plain + " m is not " + ours);
            }
        }
    }

    private static SimpleWeightedGraph<Coordinate, DefaultWeightedEdge> graph(Layer roads) {
        SimpleWeightedGraph<Coordinate, DefaultWeightedEdge> graph =
                new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        for (Feature road : roads.features()) {
            if (road.attribute("walk").orElse("yes").equals("no")) {
                continue;
            }
            for (int part = 0; part < road.geometry().getNumGeometries(); part++) {
                Geometry line = road.geometry().getGeometryN(part);
                Coordinate[] path = line.getCoordinates();
                for (int i = 0; i < path.length; i++) {
                    path[i] = new Coordinate(path[i].x, path[i].y);
                    graph.addVertex(path[i]);
                    if (i > 0 && !path[i].equals2D(path[i - 1])) {
                        DefaultWeightedEdge edge = graph.addEdge(path[i - 1], path[i]);
                        if (edge != null) {
                            graph.setEdgeWeight(
                                    edge,
                                    Ellipsoid.shortLine(
                                            path[i - 1].x, path[i - 1].y, path[i].x, path[i].y));
                        }
                    }
                }
            }
        }
        return graph;
    }

    /** Streets some 50 m apart, one feature each, none of them quite straight. */
    private static Layer grid() {
        Random random = new Random(20261123);
        Coordinate[][] nodes = new Coordinate[GRID][GRID];
        for (int x = 0; x < GRID; x++) {
            for (int y = 0; y < GRID; y++) {
                nodes[x][y] =
                        new Coordinate(
                                104 + (x + 0.3 * random.nextDouble()) * STEP,
                                30.6 + (y + 0.3 * random.nextDouble()) * STEP);
            }
        }
        List<Feature> streets = new ArrayList<>();
        for (int i = 0; i < GRID; i++) {
            Coordinate[] across = new Coordinate[GRID];
            for (int j = 0; j < GRID; j++) {
                across[j] = nodes[j][i];
            }
            Map<String, String> none = new HashMap<>();
            streets.add(new Feature("v" + i, Places.FACTORY.createLineString(nodes[i]), none));
            streets.add(new Feature("h" + i, Places.FACTORY.createLineString(across), none));
        }
        return Places.layer("road", streets);
    }
}

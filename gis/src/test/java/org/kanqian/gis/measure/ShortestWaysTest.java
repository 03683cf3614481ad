package org.kanqian.gis.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.junit.jupiter.api.Test;

class ShortestWaysTest {
    private static final double LONGEST = 300;

    private final Random random = new Random(20261128);

    private SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph(int nodes, int edges) {
        SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph =
                new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
        for (int i = 0; i < nodes; i++) {
            graph.addVertex(i);
        }
        for (int i = 0; i < edges; i++) {
            int a = random.nextInt(nodes);
            int b = random.nextInt(nodes);
            if (a != b && !graph.containsEdge(a, b)) {
                graph.setEdgeWeight(graph.addEdge(a, b), random.nextDouble() * 100);
            }
        }
        return graph;
    }

    @Test
    void everyWayIsAsLongAsJGraphTFindsItAndIsThereToBeWalked() {
        for (int round = 0; round < 20; round++) {
            var graph = graph(1_000, 1_500);
            var jgrapht = new DijkstraShortestPath<>(graph, LONGEST).getPaths(7);
            ShortestWays.Search search = new ShortestWays(graph).from(7, LONGEST);

            for (int i = 0; i < 500; i++) {
                int goal = random.nextInt(1_000);

                double metres = search.metres(goal);

                assertThat(metres).isEqualTo(jgrapht.getWeight(goal));
                if (metres < Double.POSITIVE_INFINITY) {
                    assertThat(length(graph, search.path(goal))).isEqualTo(metres);
                }
            }
        }
    }

    private static double length(
            SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph, List<Integer> path) {
        double metres = 0;
        for (int i = 1; i < path.size(); i++) {
            metres += graph.getEdgeWeight(graph.getEdge(path.get(i - 1), path.get(i)));
        }
        return metres;
    }

    @Test
    void theStartIsNoWayOffAndWhatIsNotInReachHasNoPath() {
        var graph = graph(3, 0);
        ShortestWays.Search search = new ShortestWays(graph).from(0, LONGEST);

        assertThat(search.metres(0)).isZero();
        assertThat(search.path(0)).containsExactly(0);
        assertThat(search.metres(2)).isInfinite();
        assertThatThrownBy(() -> search.path(2)).isInstanceOf(IllegalArgumentException.class);
    }
}

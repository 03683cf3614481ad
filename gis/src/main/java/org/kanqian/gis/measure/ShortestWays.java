package org.kanqian.gis.measure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.traverse.ClosestFirstIterator;

/**
 * Shortest ways in a finished graph of nodes 0 to n − 1. A search goes on only until the nodes
 * asked for are reached: most goals are near, and what lies beyond them is not looked at.
 * Immutable; a search is for one thread.
 */
final class ShortestWays {
    private final Graph<Integer, DefaultWeightedEdge> graph;

    /** To which net a node belongs: no way leads from one to another. */
    private final int[] net;

    /** The ways in this graph, which may not change any more. */
    ShortestWays(Graph<Integer, DefaultWeightedEdge> graph) {
        this.graph = graph;
        this.net = new int[graph.vertexSet().size()];
        int nets = 0;
        for (Set<Integer> nodes : new ConnectivityInspector<>(graph).connectedSets()) {
            for (int node : nodes) {
                net[node] = nets;
            }
            nets++;
        }
    }

    /** A search from a node, not beyond so many metres. */
    Search from(int node, double longest) {
        return new Search(node, longest);
    }

    /** Dijkstra's search, which goes as far as it is asked. */
    final class Search {
        private final int start;
        private final ClosestFirstIterator<Integer, DefaultWeightedEdge> nearest;
        private final Set<Integer> settled = new HashSet<>();

        private Search(int start, double longest) {
            this.start = start;
            this.nearest = new ClosestFirstIterator<>(graph, start, longest);
        }

        /** Metres from the start; infinite if no way within reach leads there. */
        double metres(int node) {
            if (net[node] != net[start]) {
                return Double.POSITIVE_INFINITY;
            }
            while (!settled.contains(node) && nearest.hasNext()) {
                settled.add(nearest.next());
            }
            return settled.contains(node)
                    ? nearest.getShortestPathLength(node)
                    : Double.POSITIVE_INFINITY;
        }

        /** The nodes from the start to {@code node}, both included; it must be in reach. */
        List<Integer> path(int node) {
            if (metres(node) == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("not in reach: " + node);
            }
            Deque<Integer> path = new ArrayDeque<>(List.of(node));
            for (int at = node; at != start; ) {
                at = Graphs.getOppositeVertex(graph, nearest.getSpanningTreeEdge(at), at);
                path.addFirst(at);
            }
            return List.copyOf(path);
        }
    }
}

package org.kanqian.gis.measure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.traverse.ClosestFirstIterator;

/**
 * Dijkstra's search over the roads from one node, which goes only as far as it is asked: most goals
 * are near, and what lies beyond them is not looked at. For one thread.
 */
final class Search {
    private final Graph<Integer, DefaultWeightedEdge> graph;
    private final int start;
    private final ClosestFirstIterator<Integer, DefaultWeightedEdge> nearest;
    private final Set<Integer> settled = new HashSet<>();

    /** A search from a node, not beyond so many metres. */
    Search(Graph<Integer, DefaultWeightedEdge> graph, int start, double longest) {
        this.graph = graph;
        this.start = start;
        this.nearest = new ClosestFirstIterator<>(graph, start, longest);
    }

    /** Metres from the start; infinite if no way within reach leads there. */
    double metres(int node) {
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

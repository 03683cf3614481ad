package org.kanqian.gis.measure;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.kanqian.gis.layer.NearestFirst;

/**
 * A finished graph of nodes 0 to n − 1 as arrays, to find shortest ways in. A search goes on only
 * until the nodes asked for are reached: most goals are near, and what lies beyond them is not
 * looked at. Immutable; a search is for one thread.
 */
final class ShortestWays {
    private final int[] first;
    private final int[] to;
    private final double[] metres;

    /** To which net a node belongs: no way leads from one to another. */
    private final int[] net;

    /** The ways in this graph, as it is now. */
    ShortestWays(Graph<Integer, DefaultWeightedEdge> graph) {
        int nodes = graph.vertexSet().size();
        int[] degrees = new int[nodes + 1];
        for (DefaultWeightedEdge edge : graph.edgeSet()) {
            degrees[graph.getEdgeSource(edge)]++;
            degrees[graph.getEdgeTarget(edge)]++;
        }
        first = new int[nodes + 1];
        for (int i = 0; i < nodes; i++) {
            first[i + 1] = first[i] + degrees[i];
        }
        to = new int[first[nodes]];
        metres = new double[first[nodes]];
        int[] next = first.clone();
        for (DefaultWeightedEdge edge : graph.edgeSet()) {
            int a = graph.getEdgeSource(edge);
            int b = graph.getEdgeTarget(edge);
            to[next[a]] = b;
            metres[next[a]++] = graph.getEdgeWeight(edge);
            to[next[b]] = a;
            metres[next[b]++] = graph.getEdgeWeight(edge);
        }
        net = nets(nodes);
    }

    private int[] nets(int nodes) {
        int[] nets = new int[nodes];
        Arrays.fill(nets, -1);
        int[] stack = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            int size = 0;
            if (nets[i] < 0) {
                nets[i] = i;
                stack[size++] = i;
            }
            while (size > 0) {
                int node = stack[--size];
                for (int k = first[node]; k < first[node + 1]; k++) {
                    if (nets[to[k]] < 0) {
                        nets[to[k]] = i;
                        stack[size++] = to[k];
                    }
                }
            }
        }
        return nets;
    }

    /** A search from a node, not beyond so many metres. */
    Search from(int node, double longest) {
        return new Search(node, longest);
    }

    /** Dijkstra's search, which goes as far as it is asked. */
    final class Search {
        private static final int NONE = -1;

        private final int start;
        private final double longest;

        /** What is known of the nodes met so far, in a hash table of open addresses. */
        private int[] nodes = new int[256];

        private double[] least = new double[256];
        private int[] before = new int[256];
        private boolean[] settled = new boolean[256];
        private int met;

        private final NearestFirst waiting = new NearestFirst();

        private Search(int start, double longest) {
            this.start = start;
            this.longest = longest;
            Arrays.fill(nodes, NONE);
            meet(start, 0, NONE);
        }

        /** Metres from the start; infinite if no way within reach leads there. */
        double metres(int node) {
            if (net[node] != net[start]) {
                return Double.POSITIVE_INFINITY;
            }
            int slot = slot(node);
            while (!(nodes[slot] == node && settled[slot]) && !waiting.isEmpty()) {
                settleNext();
                slot = slot(node);
            }
            return nodes[slot] == node && settled[slot] ? least[slot] : Double.POSITIVE_INFINITY;
        }

        /** The nodes from the start to {@code node}, both included; it must be in reach. */
        List<Integer> path(int node) {
            if (metres(node) == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("not in reach: " + node);
            }
            Deque<Integer> path = new ArrayDeque<>();
            for (int at = node; at != start; at = before[slot(at)]) {
                path.addFirst(at);
            }
            path.addFirst(start);
            return List.copyOf(path);
        }

        private void settleNext() {
            double key = waiting.distance();
            int node = waiting.remove();
            int slot = slot(node);
            if (settled[slot]) {
                return;
            }
            settled[slot] = true;
            for (int i = first[node]; i < first[node + 1]; i++) {
                if (key + metres[i] <= longest) {
                    meet(to[i], key + metres[i], node);
                }
            }
        }

        private void meet(int node, double distance, int from) {
            int slot = slot(node);
            if (nodes[slot] == node) {
                if (settled[slot] || least[slot] <= distance) {
                    return;
                }
            } else {
                if (2 * ++met > nodes.length) {
                    grow();
                    slot = slot(node);
                }
                nodes[slot] = node;
            }
            least[slot] = distance;
            before[slot] = from;
            waiting.add(distance, node);
        }

        private int slot(int node) {
            int slot = (node * 0x9E3779B9) >>> 7 & (nodes.length - 1);
            while (nodes[slot] != NONE && nodes[slot] != node) {
                slot = (slot + 1) & (nodes.length - 1);
            }
            return slot;
        }

        private void grow() {
            int[] oldNodes = nodes;
            double[] oldLeast = least;
            int[] oldBefore = before;
            boolean[] oldSettled = settled;
            int length = 2 * oldNodes.length;
            nodes = new int[length];
            Arrays.fill(nodes, NONE);
            least = new double[length];
            before = new int[length];
            settled = new boolean[length];
            for (int i = 0; i < oldNodes.length; i++) {
                if (oldNodes[i] != NONE) {
                    int slot = slot(oldNodes[i]);
                    nodes[slot] = oldNodes[i];
                    least[slot] = oldLeast[i];
                    before[slot] = oldBefore[i];
                    settled[slot] = oldSettled[i];
                }
            }
        }
    }
}

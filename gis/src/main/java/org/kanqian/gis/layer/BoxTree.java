package org.kanqian.gis.layer;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.hprtree.HilbertEncoder;

/**
 * Numbered boxes in an R-tree that is packed along a Hilbert curve into two arrays: 37 bytes a box,
 * where a tree of objects takes over a hundred, and nothing to follow but indexes. Immutable.
 */
final class BoxTree {
    private static final int NODE = 8;
    private static final int HILBERT_BITS = 15;

    /** Four numbers a box: west, south, east, north. First the items, then level after level. */
    private final double[] boxes;

    /** The numbers of the items, in the order of their boxes. */
    private final int[] items;

    /** Where each level begins, counted in boxes; the last is the end. */
    private final int[] levels;

    /**
     * Of so many boxes, each given by its number.
     *
     * @param boxes none of them null
     */
    BoxTree(int size, java.util.function.IntFunction<Envelope> given) {
        double[] own = new double[4 * size];
        Envelope all = new Envelope();
        for (int i = 0; i < size; i++) {
            Envelope box = given.apply(i);
            all.expandToInclude(box);
            put(own, i, box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY());
        }
        items = order(own, size, all);
        levels = levels(size);
        boxes = new double[4 * levels[levels.length - 1]];
        for (int i = 0; i < size; i++) {
            System.arraycopy(own, 4 * items[i], boxes, 4 * i, 4);
        }
        for (int level = 1; level < levels.length - 1; level++) {
            for (int i = levels[level]; i < levels[level + 1]; i++) {
                int from = levels[level - 1] + (i - levels[level]) * NODE;
                int to = Math.min(from + NODE, levels[level]);
                System.arraycopy(boxes, 4 * from, boxes, 4 * i, 4);
                for (int child = from + 1; child < to; child++) {
                    put(
                            boxes,
                            i,
                            Math.min(boxes[4 * i], boxes[4 * child]),
                            Math.min(boxes[4 * i + 1], boxes[4 * child + 1]),
                            Math.max(boxes[4 * i + 2], boxes[4 * child + 2]),
                            Math.max(boxes[4 * i + 3], boxes[4 * child + 3]));
                }
            }
        }
    }

    private static void put(
            double[] boxes, int i, double west, double south, double east, double north) {
        boxes[4 * i] = west;
        boxes[4 * i + 1] = south;
        boxes[4 * i + 2] = east;
        boxes[4 * i + 3] = north;
    }

    private static int[] order(double[] boxes, int size, Envelope all) {
        HilbertEncoder hilbert = new HilbertEncoder(HILBERT_BITS, all);
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            Envelope box =
                    new Envelope(
                            boxes[4 * i], boxes[4 * i + 2], boxes[4 * i + 1], boxes[4 * i + 3]);
            keys[i] = (long) hilbert.encode(box) << 32 | i;
        }
        Arrays.sort(keys);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    private static int[] levels(int size) {
        int[] levels = new int[12];
        int count = 1;
        int width = size;
        levels[count++] = size;
        while (width > 1) {
            width = (width + NODE - 1) / NODE;
            levels[count] = levels[count - 1] + width;
            count++;
        }
        return Arrays.copyOf(levels, count);
    }

    /** Hands over the numbers of all boxes that meet this one, in no order. */
    void meeting(Envelope box, IntConsumer found) {
        if (items.length > 0 && !box.isNull()) {
            int top = levels.length - 2;
            meeting(
                    top,
                    levels[top],
                    box.getMinX(),
                    box.getMinY(),
                    box.getMaxX(),
                    box.getMaxY(),
                    found);
        }
    }

    private void meeting(
            int level,
            int at,
            double west,
            double south,
            double east,
            double north,
            IntConsumer found) {
        if (boxes[4 * at] > east
                || boxes[4 * at + 2] < west
                || boxes[4 * at + 1] > north
                || boxes[4 * at + 3] < south) {
            return;
        }
        if (level == 0) {
            found.accept(items[at]);
            return;
        }
        int from = levels[level - 1] + (at - levels[level]) * NODE;
        int to = Math.min(from + NODE, levels[level]);
        for (int child = from; child < to; child++) {
            meeting(level - 1, child, west, south, east, north, found);
        }
    }

    /**
     * The number of the nearest item, the lowest of several as near; -1 if there is none.
     *
     * @param distance of an item by its number; at least that of its box
     */
    int nearest(Envelope to, IntToDoubleFunction distance) {
        int best = -1;
        if (items.length == 0) {
            return best;
        }
        double least = Double.POSITIVE_INFINITY;
        NearestFirst queue = new NearestFirst();
        int top = levels.length - 2;
        queue.add(0, levels[top]);
        while (!queue.isEmpty() && queue.distance() <= least * least) {
            int at = queue.remove();
            if (at < items.length) {
                double metres = distance.applyAsDouble(items[at]);
                if (metres < least || (metres == least && items[at] < best)) {
                    least = metres;
                    best = items[at];
                }
                continue;
            }
            int level = top;
            while (at < levels[level]) {
                level--;
            }
            int from = levels[level - 1] + (at - levels[level]) * NODE;
            int end = Math.min(from + NODE, levels[level]);
            for (int child = from; child < end; child++) {
                double apart = apart(child, to);
                if (apart <= least * least) {
                    queue.add(apart, child);
                }
            }
        }
        return best;
    }

    /** The square of how far apart, taken a hair too small: sums and roots are rounded. */
    private double apart(int i, Envelope to) {
        double dx =
                Math.max(0, Math.max(boxes[4 * i] - to.getMaxX(), to.getMinX() - boxes[4 * i + 2]));
        double dy =
                Math.max(
                        0,
                        Math.max(boxes[4 * i + 1] - to.getMaxY(), to.getMinY() - boxes[4 * i + 3]));
        return (dx * dx + dy * dy) * (1 - 1e-12);
    }
}

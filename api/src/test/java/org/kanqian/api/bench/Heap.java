package org.kanqian.api.bench;

/** How much of the heap is in use once the garbage is gone. */
final class Heap {
    private Heap() {}

    /** Bytes in use: the least of several looks, each after a collection. */
    static long inUse() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}

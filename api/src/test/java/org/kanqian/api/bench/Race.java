package org.kanqian.api.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times several ways of doing the same thing against each other. They run in turn, a slice each,
 * round after round, so that all of them meet the same weather on a busy machine. What counts is
 * the ratio to the reference within one round. Beside it stand the best time of all rounds and the
 * time the processors spent on it in the mean, which other programs lengthen least.
 */
final class Race {
    private static final int ROUNDS = 15;
    private static final long SLICE_NANOS = 250_000_000;
    private static final long WARM_UP_NANOS = 3_000_000_000L;

    private static volatile int sink;

    private final String title;
    private final int rounds;
    private final long slice;
    private final List<Runner> runners = new ArrayList<>();

    /** One turn of a runner; what it returns is only there to be made. */
    @FunctionalInterface
    interface Turn {
        Object take(int turn) throws Exception;
    }

    /** How a runner did: its best time, and its ratio to the reference round by round. */
    record Place(
            String name,
            double bestMicros,
            double cpuMicros,
            double low,
            double ratio,
            double high) {}

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final class Runner {
        private final String name;
        private final Turn turn;
        private final List<Double> micros = new ArrayList<>();
        private final LongSupplier elsewhere;
        private long cpu;
        private int counted;
        private int turns;

        private Runner(String name, LongSupplier elsewhere, Turn turn) {
            this.name = name;
            this.elsewhere = elsewhere;
            this.turn = turn;
        }

        /** Runs for a while, at least once; microseconds a turn. */
        private double run(long nanos) throws Exception {
            long cpuBefore = THREADS.getCurrentThreadCpuTime() + elsewhere.getAsLong();
            long start = System.nanoTime();
            long end = start;
            int before = turns;
            while (turns == before || end - start < nanos) {
                sink ^= System.identityHashCode(turn.take(turns++));
                end = System.nanoTime();
            }
            cpu += THREADS.getCurrentThreadCpuTime() + elsewhere.getAsLong() - cpuBefore;
            counted += turns - before;
            return (end - start) / 1e3 / (turns - before);
        }

        private void forget() {
            cpu = 0;
            counted = 0;
        }

        private double cpuMicros() {
            return cpu / 1e3 / counted;
        }
    }

    /** A race of turns that take microseconds. */
    Race(String title) {
        this(title, ROUNDS, SLICE_NANOS);
    }

    /** A race of so many rounds, in which every runner has so many nanoseconds or one turn. */
    Race(String title, int rounds, long sliceNanos) {
        this.title = title;
        this.rounds = rounds;
        this.slice = sliceNanos;
    }

    /** Adds a runner; the first is the reference. */
    Race with(String name, Turn turn) {
        return with(name, () -> 0, turn);
    }

    /**
     * Adds a runner that has work done elsewhere.
     *
     * @param elsewhere nanoseconds of CPU used there so far
     */
    Race with(String name, LongSupplier elsewhere, Turn turn) {
        runners.add(new Runner(name, elsewhere, turn));
        return this;
    }

    /** Warms up, runs, prints. */
    List<Place> run() throws Exception {
        if (slice > 0) {
            for (Runner runner : runners) {
                runner.run(Math.min(WARM_UP_NANOS, 8 * slice));
                runner.forget();
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Runner runner : runners) {
                runner.micros.add(runner.run(slice));
            }
        }
        System.out.printf(
                "%n%s%n  %-44s %12s %12s %8s  %s%n",
                title, "", "best µs", "CPU µs", "ratio", "quarter to quarter");
        List<Place> places = new ArrayList<>();
        for (Runner runner : runners) {
            Place place = place(runner);
            places.add(place);
            System.out.printf(
                    "  %-44s %12.2f %12.2f %8s  %s–%s%n",
                    place.name(),
                    place.bestMicros(),
                    place.cpuMicros(),
                    shown(place.ratio()) + "×",
                    shown(place.low()),
                    shown(place.high()));
        }
        return places;
    }

    private Place place(Runner runner) {
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = runner.micros.get(i) / runners.get(0).micros.get(i);
        }
        Arrays.sort(ratios);
        return new Place(
                runner.name,
                runner.micros.stream().mapToDouble(m -> m).min().orElseThrow(),
                runner.cpuMicros(),
                ratios[rounds / 4],
                ratios[rounds / 2],
                ratios[rounds - 1 - rounds / 4]);
    }

    private static String shown(double ratio) {
        return ratio < 0.1
                ? String.format("%.3f", ratio)
                : ratio < 10 ? String.format("%.2f", ratio) : String.format("%.0f", ratio);
    }
}

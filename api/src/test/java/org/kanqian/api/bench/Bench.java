package org.kanqian.api.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks by name and prints each as a ratio to a reference in the same run: machines
 * differ and are noisy, ratios less so.
 */
public final class Bench {
    private static final Map<String, Benchmark> ALL = all();

    private Bench() {}

    /** A benchmark that prints its own figures. */
    @FunctionalInterface
    private interface Run {
        void run() throws Exception;
    }

    private record Benchmark(String what, Run run) {}

    private static Map<String, Benchmark> all() {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put(
                "item",
                new Benchmark(
                        "one item judged, against the same conditions in Java; 1 min",
                        () -> jmh(ItemBenchmark.class)));
        all.put(
                "law",
                new Benchmark(
                        "many items, several at once, reloading; 3 min",
                        () -> jmh(LawBenchmark.class)));
        all.put(
                "places",
                new Benchmark(
                        "nearest and within 200 m of 200,000 and of 2,000,000 polygons, against"
                                + " bare trees and PostGIS, and their memory; 4 min",
                        PlacesBench::run));
        all.put(
                "site",
                new Benchmark(
                        "all facts of a site, in a quarter and in a city, against bare trees; 1"
                                + " min",
                        SiteBench::run));
        all.put(
                "walk",
                new Benchmark(
                        "walks along roads, against Dijkstra of JGraphT; 1 min", WalkBench::run));
        all.put(
                "load",
                new Benchmark(
                        "a GeoPackage of 2,000,000 polygons through the gate, against GDAL reading"
                                + " it; 5 min",
                        LoadBench::run));
        all.put(
                "plans",
                new Benchmark(
                        "all facts of plans of 15 to 800 rooms, against bare JTS, and how they"
                                + " grow; 2 min",
                        PlansBench::run));
        return Collections.unmodifiableMap(all);
    }

    /** Arguments: names of benchmarks, or {@code all}. */
    public static void main(String[] args) throws Exception {
        List<String> wanted =
                List.of(args).equals(List.of("all")) ? List.copyOf(ALL.keySet()) : List.of(args);
        List<String> unknown = wanted.stream().filter(name -> !ALL.containsKey(name)).toList();
        if (wanted.isEmpty() || !unknown.isEmpty()) {
            unknown.forEach(name -> System.err.println("no benchmark " + name));
            System.err.println("./kanqian bench NAME…, or all:");
            ALL.forEach((name, one) -> System.err.printf("  %-8s %s%n", name, one.what()));
            System.exit(64);
        }
        System.out.printf(
                "%s %s, %d processors%n",
                System.getProperty("java.vm.name"),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        for (Map.Entry<String, Benchmark> one : ALL.entrySet()) {
            if (wanted.contains(one.getKey())) {
                one.getValue().run().run();
            }
        }
    }

    private static void jmh(Class<?> type) throws RunnerException {
        Collection<RunResult> results =
                new Runner(new OptionsBuilder().include(type.getSimpleName()).build()).run();
        Map<String, List<RunResult>> byClass = new LinkedHashMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            byClass.computeIfAbsent(
                            name.substring(0, name.lastIndexOf('.')), c -> new ArrayList<>())
                    .add(result);
        }
        System.out.printf("%n%-60s %12s %12s %s%n", "benchmark", "µs", "reference", "ratio");
        byClass.values().forEach(Bench::print);
    }

    private static void print(List<RunResult> runs) {
        double reference =
                runs.stream()
                        .filter(r -> name(r).startsWith("reference"))
                        .mapToDouble(r -> r.getPrimaryResult().getScore())
                        .findFirst()
                        .orElse(Double.NaN);
        for (RunResult run : runs) {
            double score = run.getPrimaryResult().getScore();
            if (!name(run).startsWith("reference")) {
                System.out.printf(
                        "%-60s %12.2f %12.2f %.1f×%n",
                        run.getParams().getBenchmark(), score, reference, score / reference);
            }
        }
    }

    private static String name(RunResult run) {
        String name = run.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}

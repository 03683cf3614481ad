package org.kanqian.api.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks and prints each as a ratio to the {@code reference…} method of its class, run
 * in the same run: machines differ and are noisy, ratios less so.
 */
public final class Bench {
    private Bench() {}

    /** Arguments: parts of names of benchmarks; none for all. */
    public static void main(String[] args) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        List<String> wanted = args.length == 0 ? List.of("org.kanqian.api.bench") : List.of(args);
        wanted.forEach(options::include);
        if (System.getenv("KANQIAN_TEST_PG_URL") == null) {
            System.err.println(
                    "!! KANQIAN_TEST_PG_URL is not set: PostgisBenchmark is LEFT OUT; it needs"
                            + " PostgreSQL with PostGIS");
            options.exclude(PostgisBenchmark.class.getSimpleName());
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        Map<String, List<RunResult>> byClass = new LinkedHashMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            byClass.computeIfAbsent(
                            name.substring(0, name.lastIndexOf('.')), c -> new ArrayList<>())
                    .add(result);
        }
        System.out.printf("%n%-60s %12s %12s %s%n", "benchmark", "µs", "reference", "ratio");
        byClass.forEach((type, runs) -> print(runs));
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

package org.kanqian.api.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.PreCheckAnswer;
import org.kanqian.gis.plan.drawing.Mark;
import org.kanqian.rules.verdict.Status;

/** Turns what a pre-check found into marks on the plan. */
public final class FindingMarks {
    private static final String PLAN = "PLAN";
    private static final String PLAN_FACT = "plan.";
    static final int MOST = 999;

    private FindingMarks() {}

    /** Which findings are marked. */
    public enum Mode {
        /** What is violated or marginal. */
        FINDINGS,
        /** What is met besides: for plans others learn from. */
        MODEL
    }

    /**
     * A mark, and what was found there: one finding for each item that asks it, the worst first.
     */
    public record Marked(Mark mark, List<PreCheckAnswer.Found> found) {
        public Marked {
            found = List.copyOf(found);
        }
    }

    /** As {@link #marked}, the marks alone. */
    public static List<Mark> of(PreCheckAnswer answer, Mode mode) {
        return marked(answer, mode).stream().map(Marked::mark).toList();
    }

    /**
     * Marks for the findings that rest on the plan, numbered in the order of the fix list and, in
     * {@link Mode#MODEL}, on through what is met. A point several items share is one mark. A
     * finding that rests on facts of the plan but on nothing drawn, such as a room that is missing,
     * makes a mark without elements.
     */
    public static List<Marked> marked(PreCheckAnswer answer, Mode mode) {
        Map<String, List<PreCheckAnswer.Found>> points = new LinkedHashMap<>();
        for (PreCheckAnswer.Fix fix : answer.fixes()) {
            points.put(fix.point(), new ArrayList<>());
        }
        Map<String, List<PreCheckAnswer.Found>> met = new LinkedHashMap<>();
        for (PreCheckAnswer.Item item : answer.items()) {
            for (PreCheckAnswer.Found found : item.findings()) {
                if (!onPlan(found)) {
                    continue;
                }
                if (found.status() == Status.VIOLATED || found.status() == Status.MARGINAL) {
                    points.computeIfAbsent(found.point(), p -> new ArrayList<>()).add(found);
                } else if (found.status() == Status.MET && mode == Mode.MODEL) {
                    met.computeIfAbsent(found.point(), p -> new ArrayList<>()).add(found);
                }
            }
        }
        points.values().removeIf(List::isEmpty);
        List<Marked> marks = new ArrayList<>();
        points.values().forEach(f -> add(marks, alarm(marks.size() + 1, f), f));
        met.values().forEach(f -> add(marks, met(marks.size() + 1, f), f));
        return marks;
    }

    private static void add(List<Marked> marks, Mark mark, List<PreCheckAnswer.Found> found) {
        if (marks.size() < MOST - 1) {
            marks.add(
                    new Marked(
                            mark,
                            found.stream()
                                    .sorted(
                                            Comparator.comparing(
                                                    f -> f.status() != Status.VIOLATED))
                                    .toList()));
        }
    }

    /** Whether a finding rests on the plan. */
    public static boolean onPlan(PreCheckAnswer.Found found) {
        return found.because().stream()
                .anyMatch(b -> b.fact().startsWith(PLAN_FACT) || fromPlan(b.from()));
    }

    private static boolean fromPlan(PreCheckAnswer.@Nullable From from) {
        return from != null && from.kind().equals(PLAN);
    }

    private static Mark alarm(int number, List<PreCheckAnswer.Found> found) {
        PreCheckAnswer.Found worst =
                found.stream()
                        .filter(f -> f.status() == Status.VIOLATED)
                        .findFirst()
                        .orElse(found.get(0));
        return new Mark(
                number,
                worst.status() == Status.VIOLATED ? Mark.Kind.VIOLATED : Mark.Kind.MARGINAL,
                elements(found),
                worst.title().zh() + "。" + worst.text().zh() + cited(worst),
                worst.title().en().isEmpty()
                        ? ""
                        : worst.title().en() + ". " + worst.text().en() + cited(worst));
    }

    private static Mark met(int number, List<PreCheckAnswer.Found> found) {
        PreCheckAnswer.Found first = found.get(0);
        return new Mark(
                number, Mark.Kind.MET, place(found), first.title().zh(), first.title().en());
    }

    /**
     * Where it shows best that a point is met: what the facts that rest on least were read from.
     */
    private static List<String> place(List<PreCheckAnswer.Found> found) {
        List<List<String>> read =
                found.stream()
                        .flatMap(f -> f.because().stream())
                        .map(FindingMarks::drawn)
                        .filter(elements -> !elements.isEmpty())
                        .toList();
        int fewest = read.stream().mapToInt(List::size).min().orElse(0);
        return read.stream()
                .filter(elements -> elements.size() == fewest)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static String cited(PreCheckAnswer.Found found) {
        Optional<PreCheckAnswer.Cited> basis = found.basis().stream().findFirst();
        return basis.map(b -> "《" + b.title() + "》" + Objects.requireNonNullElse(b.article(), ""))
                .orElse("");
    }

    /**
     * What the measured fact was measured on; what any fact was read from, where none was, the
     * facts that rest on least first: they say best where it is.
     */
    private static List<String> elements(List<PreCheckAnswer.Found> found) {
        Set<String> elements = new LinkedHashSet<>();
        for (PreCheckAnswer.Found f : found) {
            PreCheckAnswer.Measured measured = f.measured();
            List<String> of =
                    measured == null
                            ? List.of()
                            : f.because().stream()
                                    .filter(b -> b.fact().equals(measured.fact()))
                                    .flatMap(b -> drawn(b).stream())
                                    .toList();
            elements.addAll(
                    of.isEmpty()
                            ? f.because().stream()
                                    .map(FindingMarks::drawn)
                                    .sorted(Comparator.comparingInt(List::size))
                                    .flatMap(List::stream)
                                    .toList()
                            : of);
        }
        return List.copyOf(elements);
    }

    private static List<String> drawn(PreCheckAnswer.Because because) {
        PreCheckAnswer.From from = because.from();
        return from != null && fromPlan(from) ? from.elements() : List.of();
    }
}

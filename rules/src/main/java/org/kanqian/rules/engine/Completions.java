package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.FactValue;

/**
 * Every way the facts not known for certain could turn out, as far as the rules of one point can
 * tell the difference.
 *
 * <p>A number that is not one number is cut at every value it is compared with; one representative
 * stands for each piece, so that the finite product of representatives shows all a rule could say.
 * A point with nothing uncertain has exactly one completion.
 *
 * @see <a href="../../../../../../../../docs/decisions/">decision 0002</a>
 */
final class Completions {
    /** Beyond this a point is left undecided: {@link #tooMany}. */
    static final int MOST = 4096;

    /** One thing that is uncertain, and the representatives of what it could be. */
    record Axis(String name, List<Object> values, List<String> missing) {}

    private final Map<String, Object> certain = new LinkedHashMap<>();
    private final List<Axis> axes = new ArrayList<>();
    private final int count;

    /** Completions of what the rules of one point read. */
    Completions(Shape shape, Facts facts) {
        for (String flag : shape.flags()) {
            flag(flag, facts.value(flag));
        }
        shape.named().forEach((f, v) -> choice(f, facts.value(f), v, facts));
        for (Term term : shape.numbers().values()) {
            number(term, shape, facts);
        }
        long product = 1;
        for (Axis axis : axes) {
            product = Math.min(product * axis.values().size(), MOST + 1L);
        }
        count = (int) product;
    }

    /** How many completions there are; at least one. */
    int count() {
        return count;
    }

    boolean tooMany() {
        return count > MOST;
    }

    List<Axis> axes() {
        return axes;
    }

    /** Puts completion number {@code completion} into a world. */
    void fill(int completion, World world, Slots slots) {
        certain.forEach((name, value) -> world.put(slots, name, value));
        int rest = completion;
        for (Axis axis : axes) {
            int size = axis.values().size();
            world.put(slots, axis.name(), axis.values().get(rest % size));
            rest /= size;
        }
    }

    private void flag(String fact, FactValue value) {
        if (value instanceof FactValue.Flag f) {
            certain.put(fact, f.value());
        } else {
            axes.add(new Axis(fact, List.of(true, false), missing(fact, value)));
        }
    }

    private void choice(String fact, FactValue value, Set<String> named, Facts facts) {
        if (value instanceof FactValue.Choice c) {
            certain.put(fact, c.value());
            return;
        }
        List<Object> values = new ArrayList<>(named);
        facts.values(fact).stream()
                .filter(v -> !named.contains(v))
                .findFirst()
                .ifPresent(values::add);
        axes.add(new Axis(fact, values, missing(fact, value)));
    }

    private static List<String> missing(String fact, FactValue value) {
        return value instanceof FactValue.Missing m && m.why() == FactValue.Reason.WITHIN_ERROR
                ? List.of()
                : List.of(fact);
    }

    private void number(Term term, Shape shape, Facts facts) {
        String name = term.name();
        Range range = facts.range(term);
        if (range.single()) {
            certain.put(name, java.util.Objects.requireNonNull(range.low()));
            return;
        }
        TreeSet<BigDecimal> cuts = new TreeSet<>();
        int uncertain = 0;
        for (String other : shape.joined().getOrDefault(name, Set.of())) {
            Range r = facts.range(java.util.Objects.requireNonNull(shape.numbers().get(other)));
            add(cuts, r.low());
            add(cuts, r.high());
            uncertain += r.single() ? 0 : 1;
        }
        List<Object> values = new ArrayList<>();
        representatives(cuts, uncertain).stream()
                .flatMap(v -> range.integer() ? whole(v) : java.util.stream.Stream.of(v))
                .filter(range::holds)
                .distinct()
                .sorted()
                .forEach(values::add);
        if (values.isEmpty()) {
            // A count between two whole numbers cannot be; keep what was said of it.
            values.add(
                    range.low() != null
                            ? range.low()
                            : java.util.Objects.requireNonNull(range.high()));
        }
        axes.add(new Axis(name, values, range.missing()));
    }

    private static java.util.stream.Stream<BigDecimal> whole(BigDecimal value) {
        BigDecimal down = value.setScale(0, RoundingMode.FLOOR);
        BigDecimal up = value.setScale(0, RoundingMode.CEILING);
        return java.util.stream.Stream.of(
                down.subtract(BigDecimal.ONE), down, up, up.add(BigDecimal.ONE));
    }

    private static void add(SortedSet<BigDecimal> cuts, @Nullable BigDecimal value) {
        if (value != null) {
            cuts.add(value.stripTrailingZeros());
        }
    }

    /**
     * Every cut, and {@code each} values in every gap and beyond both ends: enough for that many
     * uncertain numbers to stand in any order to the cuts and to each other.
     */
    private static List<BigDecimal> representatives(SortedSet<BigDecimal> cuts, int each) {
        List<BigDecimal> values = new ArrayList<>();
        if (cuts.isEmpty()) {
            cuts.add(BigDecimal.ZERO);
        }
        BigDecimal previous = null;
        for (BigDecimal cut : cuts) {
            for (int i = 1; i <= each; i++) {
                values.add(
                        previous == null
                                ? cut.subtract(BigDecimal.valueOf(each + 1L - i))
                                : previous.add(
                                        cut.subtract(previous)
                                                .multiply(BigDecimal.valueOf(i))
                                                .divide(
                                                        BigDecimal.valueOf(each + 1L),
                                                        MathContext.DECIMAL64)));
            }
            values.add(cut);
            previous = cut;
        }
        for (int i = 1; i <= each; i++) {
            values.add(cuts.last().add(BigDecimal.valueOf(i)));
        }
        return values;
    }
}

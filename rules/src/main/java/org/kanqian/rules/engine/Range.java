package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.pack.Parameter;

/**
 * What is known of a number: everything from {@code low} to {@code high}, null for no bound.
 *
 * @param integer whether it is a count
 * @param missing facts that would have to be known to make it one number; empty where only the
 *     error of a measurement keeps it from being one
 */
record Range(
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        boolean integer,
        List<String> missing) {

    private static final BigDecimal ENDLESS = BigDecimal.TEN.pow(15);

    static Range of(BigDecimal value) {
        return new Range(value, value, false, List.of());
    }

    boolean single() {
        return low != null && high != null && low.compareTo(high) == 0;
    }

    boolean holds(BigDecimal value) {
        return (low == null || low.compareTo(value) <= 0)
                && (high == null || high.compareTo(value) >= 0);
    }

    /** The least range that holds both. */
    Range with(Range other) {
        return new Range(
                low == null || other.low == null ? null : low.min(other.low),
                high == null || other.high == null ? null : high.max(other.high),
                integer && other.integer,
                missing);
    }

    /**
     * This range divided by another; neither below zero. A divisor that may be zero leaves the
     * quotient without an upper bound; something for nobody at all is more than any limit.
     */
    Range dividedBy(Range under) {
        BigDecimal from =
                low == null || under.high == null
                        ? BigDecimal.ZERO
                        : under.high.signum() != 0
                                ? low.divide(under.high, MathContext.DECIMAL64)
                                : low.signum() > 0 ? ENDLESS : BigDecimal.ZERO;
        BigDecimal to =
                high == null || under.low == null || under.low.signum() <= 0
                        ? null
                        : high.divide(under.low, MathContext.DECIMAL64);
        return new Range(
                from,
                to,
                false,
                java.util.stream.Stream.concat(missing.stream(), under.missing.stream())
                        .distinct()
                        .toList());
    }

    /** {@code base} and its steps over this range; a limit may grow or shrink with them. */
    Range steps(BigDecimal base, Parameter.Steps steps) {
        BigDecimal from = low == null ? base : step(low, base, steps);
        BigDecimal to = high == null ? null : step(high, base, steps);
        return steps.add().signum() >= 0
                ? new Range(from, to, false, missing)
                : new Range(to, from, false, missing);
    }

    private static BigDecimal step(BigDecimal value, BigDecimal base, Parameter.Steps steps) {
        BigDecimal beyond = value.subtract(steps.above()).max(BigDecimal.ZERO);
        BigDecimal many =
                switch (steps.round()) {
                    case UP -> beyond.divide(steps.per(), 0, RoundingMode.CEILING);
                    case DOWN -> beyond.divide(steps.per(), 0, RoundingMode.FLOOR);
                    case NONE -> beyond.divide(steps.per(), MathContext.DECIMAL64);
                };
        return base.add(steps.add().multiply(many));
    }
}

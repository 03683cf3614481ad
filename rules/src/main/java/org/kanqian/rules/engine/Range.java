package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * This range divided by another; neither below zero. A divisor that may be zero leaves the
     * quotient without an upper bound.
     */
    Range dividedBy(Range under) {
        BigDecimal from =
                low == null || under.high == null || under.high.signum() == 0
                        ? BigDecimal.ZERO
                        : low.divide(under.high, MathContext.DECIMAL64);
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

    /**
     * {@code base} plus {@code add} for every started {@code per} of this range beyond {@code
     * above}.
     */
    Range steps(BigDecimal base, BigDecimal above, BigDecimal per, BigDecimal add) {
        return new Range(
                low == null ? base : step(low, base, above, per, add),
                high == null ? null : step(high, base, above, per, add),
                false,
                missing);
    }

    private static BigDecimal step(
            BigDecimal value, BigDecimal base, BigDecimal above, BigDecimal per, BigDecimal add) {
        BigDecimal started =
                value.subtract(above).divide(per, 0, RoundingMode.CEILING).max(BigDecimal.ZERO);
        return base.add(add.multiply(started));
    }
}

package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dated, regional limit (限值) of a point.
 *
 * @param stricter which way the limit gets stricter; joint checks take the strictest
 * @param ask fact that supplies the limit where no value is published for a region; without it, a
 *     missing value is an error of the pack
 * @param values every value with its place and time
 */
public record Parameter(
        String name, String unit, Stricter stricter, Optional<String> ask, List<Value> values) {

    public Parameter {
        values = List.copyOf(values);
    }

    /** This limit with its {@code index}th value moved by one step up or down. */
    public Parameter shifted(int index, int sign, BigDecimal step) {
        List<Value> other = new java.util.ArrayList<>(values);
        Value v = other.get(index);
        other.set(
                index,
                new Value(
                        v.region(),
                        v.since(),
                        v.until(),
                        v.value().add(sign > 0 ? step : step.negate()),
                        v.steps(),
                        v.basis()));
        return new Parameter(name, unit, stricter, ask, other);
    }

    /** Which way a limit gets stricter. */
    public enum Stricter {
        HIGHER,
        LOWER
    }

    /**
     * One value.
     *
     * @param since first day it holds; null where the start is not known
     * @param until last day it holds, inclusive
     * @param steps for a limit that grows with a fact; null for a plain limit
     * @param basis citations of this value, beyond those of the point
     */
    public record Value(
            String region,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            BigDecimal value,
            @Nullable Steps steps,
            List<Basis> basis) {
        public Value {
            basis = List.copyOf(basis);
        }
    }

    /**
     * A limit that grows by {@code add} for every {@code per} of {@code fact} beyond {@code above}:
     * 200 平方米以下 2 人, 每增 200 平方米加 1 人.
     *
     * @param round whether a begun {@code per} counts whole, not at all, or in proportion
     */
    public record Steps(
            String fact, BigDecimal above, BigDecimal per, BigDecimal add, Round round) {}

    /** How a part of a step counts. */
    public enum Round {
        UP,
        DOWN,
        NONE
    }
}

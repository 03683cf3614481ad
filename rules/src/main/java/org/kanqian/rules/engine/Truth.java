package org.kanqian.rules.engine;

import java.math.BigDecimal;
import org.kanqian.rules.fact.FactValue;

/** Whether a sentence holds, as far as the facts tell. */
enum Truth {
    YES,
    NO,
    UNKNOWN;

    static Truth of(boolean holds) {
        return holds ? YES : NO;
    }

    static Truth of(Condition condition, Facts facts) {
        if (condition instanceof Condition.FlagIs f) {
            return flag(f.fact(), f.answer(), facts);
        }
        if (condition instanceof Condition.AnyFlag any) {
            return over(any.facts(), any.answer(), facts, YES);
        }
        if (condition instanceof Condition.AllFlags all) {
            return over(all.facts(), all.answer(), facts, NO);
        }
        if (condition instanceof Condition.ChoiceIs c) {
            return facts.value(c.fact()) instanceof FactValue.Choice v
                    ? of(c.values().contains(v.value()) == c.among())
                    : UNKNOWN;
        }
        Condition.Comparison c = (Condition.Comparison) condition;
        return compare(facts.range(c.left()), c.relation(), facts.range(c.right()));
    }

    private static Truth flag(String fact, boolean answer, Facts facts) {
        return facts.value(fact) instanceof FactValue.Flag f ? of(f.value() == answer) : UNKNOWN;
    }

    /** {@code settling} if any flag is that, else unknown if any is, else the other. */
    private static Truth over(
            java.util.List<String> names, boolean answer, Facts facts, Truth settling) {
        boolean open = false;
        for (String name : names) {
            Truth one = flag(name, answer, facts);
            if (one == settling) {
                return settling;
            }
            open |= one == UNKNOWN;
        }
        return open ? UNKNOWN : settling == YES ? NO : YES;
    }

    private static Truth compare(Range left, Relation relation, Range right) {
        switch (relation) {
            case LESS:
                return below(left, right, true);
            case AT_MOST:
                return below(left, right, false);
            case GREATER:
                return below(right, left, true);
            case AT_LEAST:
                return below(right, left, false);
            case EQUAL:
                return equal(left, right);
            default:
                Truth same = equal(left, right);
                return same == UNKNOWN ? UNKNOWN : same == YES ? NO : YES;
        }
    }

    private static Truth below(Range a, Range b, boolean strictly) {
        if (a.high() != null && b.low() != null && before(a.high(), b.low(), strictly)) {
            return YES;
        }
        return a.low() != null && b.high() != null && !before(a.low(), b.high(), strictly)
                ? NO
                : UNKNOWN;
    }

    private static boolean before(BigDecimal a, BigDecimal b, boolean strictly) {
        int order = a.compareTo(b);
        return strictly ? order < 0 : order <= 0;
    }

    private static Truth equal(Range a, Range b) {
        if (a.single() && b.single()) {
            return of(
                    java.util.Objects.requireNonNull(a.low())
                                    .compareTo(java.util.Objects.requireNonNull(b.low()))
                            == 0);
        }
        boolean apart =
                (a.high() != null && b.low() != null && a.high().compareTo(b.low()) < 0)
                        || (a.low() != null && b.high() != null && a.low().compareTo(b.high()) > 0);
        return apart ? NO : UNKNOWN;
    }
}

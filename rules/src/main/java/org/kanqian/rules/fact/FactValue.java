package org.kanqian.rules.fact;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one fact. Not knowing is a value here, never a null.
 *
 * <p>Values are exact decimals; {@link Number#error} is half the width of the error band in the
 * unit the vocabulary gives the fact.
 */
public sealed interface FactValue {

    /** A fact that is known, if perhaps only within an error band. */
    sealed interface Known extends FactValue permits Number, Flag, Choice {
        /** Who says so. */
        Provenance from();
    }

    /**
     * A measured, counted or answered number.
     *
     * @param value the best estimate, in {@code unit}
     * @param unit the unit as the vocabulary writes it (m, m2, 个, …); empty for a bare number
     * @param error half the width of the error band, in {@code unit}; 0 for counts and answers
     */
    record Number(BigDecimal value, String unit, BigDecimal error, Provenance from)
            implements Known {
        public Number {
            requireNonNull(value, "value");
            requireNonNull(unit, "unit");
            requireNonNull(from, "a fact without a source cannot be filed");
            if (error.signum() < 0) {
                throw new IllegalArgumentException("error below zero: " + error);
            }
        }

        /** A number without an error band: a count, or what an applicant answered. */
        public static Number exact(BigDecimal value, String unit, Provenance from) {
            return new Number(value, unit, BigDecimal.ZERO, from);
        }

        /** As {@link #exact}, for a count. */
        public static Number count(long value, String unit, Provenance from) {
            return exact(BigDecimal.valueOf(value), unit, from);
        }
    }

    /** Yes or no. */
    record Flag(boolean value, Provenance from) implements Known {
        public Flag {
            requireNonNull(from, "a fact without a source cannot be filed");
        }
    }

    /** One of a closed list of values the vocabulary names for the fact. */
    record Choice(String value, Provenance from) implements Known {
        public Choice {
            requireNonNull(value, "value");
            requireNonNull(from, "a fact without a source cannot be filed");
        }
    }

    /**
     * Not known, and why.
     *
     * @param detail one sentence in Chinese for the reader, e.g. which layer is too old; may be
     *     empty
     * @param low the fact is known not to lie below this, although it is not known exactly: a
     *     school layer that ends 300 m away proves "not nearer than 300 m" and nothing more
     * @param high the fact is known not to lie above this
     * @param seen what was measured instead, and drawn: the campus whose gate is not on the map
     */
    record Missing(
            Reason why,
            String detail,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            Optional<Provenance.Map> seen)
            implements FactValue {
        public Missing {
            requireNonNull(seen, "seen");
            requireNonNull(why, "why");
            requireNonNull(detail, "detail");
            if (low != null && high != null && low.compareTo(high) > 0) {
                throw new IllegalArgumentException("low above high: " + low + " > " + high);
            }
        }

        /** Known to lie between two bounds, and nothing to draw. */
        public Missing(
                Reason why, String detail, @Nullable BigDecimal low, @Nullable BigDecimal high) {
            this(why, detail, low, high, Optional.empty());
        }

        /** Nothing is known about the value at all. */
        public Missing(Reason why, String detail) {
            this(why, detail, null, null);
        }
    }

    /** Why a fact is not known. */
    enum Reason {
        /** Nobody was asked yet. */
        NOT_ANSWERED,
        /** The applicant answered 我不知道. */
        DONT_KNOW,
        /** No layer of that kind is loaded. */
        NO_LAYER,
        /**
         * The site, or part of what would have to be searched, lies outside the layer's coverage.
         */
        OUTSIDE_COVERAGE,
        /** The layer is older than its maximum age on the day asked for. */
        LAYER_STALE,
        /**
         * The value hangs on less than the error of the measurement: inside or outside cannot be
         * told.
         */
        WITHIN_ERROR,
        /** The place itself is not known, or is one of several. */
        SITE_UNKNOWN,
        /** No plan came with the request. */
        NO_PLAN,
        /** The part of the plan the fact is read from failed the quality gate. */
        PLAN_DEFECT,
        /** The plan does not say: an attribute, a height or a swing was left out. */
        NOT_DRAWN
    }

    /** The known form, if it is known. */
    default Optional<Known> known() {
        return this instanceof Known k ? Optional.of(k) : Optional.empty();
    }
}

package org.kanqian.gis.plan.drawing;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Something to say about parts of a plan.
 *
 * @param number shown in the badge and before the text; 1 to 999
 * @param elements ids of rooms, openings and fixtures it is about, the most telling first; ids the
 *     plan does not have are passed over, and a mark left with none is told in the legend alone
 * @param zh what is said, Chinese; cut off after 300 characters
 * @param en the same in English; may be empty
 */
public record Mark(int number, Kind kind, List<String> elements, String zh, String en) {

    /** What the mark says of its elements. */
    public enum Kind {
        /** Does not meet a requirement: outlined red, with a badge in it. */
        VIOLATED,
        /** Within the error band of a limit: outlined amber, with a badge in it. */
        MARGINAL,
        /** Meets a requirement: a green call-out. */
        MET,
        /** Anything else worth knowing: a grey call-out. */
        NOTE;

        /** Whether it must be put right, or may have to be. */
        boolean alarms() {
            return this == VIOLATED || this == MARGINAL;
        }
    }

    public Mark {
        if (number < 1 || number > 999) {
            throw new IllegalArgumentException("a mark's number lies between 1 and 999: " + number);
        }
        requireNonNull(kind, "kind");
        elements = List.copyOf(elements);
        requireNonNull(zh, "zh");
        requireNonNull(en, "en");
    }
}

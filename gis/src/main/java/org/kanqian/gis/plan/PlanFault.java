package org.kanqian.gis.plan;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong, or at least odd, in a floor plan.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) from the root of the plan; empty for the whole
 *     of it
 * @param zh what is wrong and how to mend it, Chinese
 * @param en the same in English
 */
public record PlanFault(String pointer, String zh, String en) {
    public PlanFault {
        requireNonNull(pointer, "pointer");
        requireNonNull(zh, "zh");
        requireNonNull(en, "en");
    }
}

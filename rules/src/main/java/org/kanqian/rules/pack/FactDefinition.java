package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.Measure;

/**
 * One entry of the fact vocabulary.
 *
 * @param name e.g. {@code site.distance.school}
 * @param label what rule sentences call it between {@code <…>}; unique
 * @param unit unit of a number; empty for a bare number, a flag or a choice
 * @param sources who can supply it
 * @param values the closed list of a choice; empty otherwise
 * @param min least possible value of a number, null if unbounded
 * @param max greatest possible value of a number, null if unbounded
 * @param measure how a distance is taken
 * @param rounding step the measured value is rounded to before it is compared; null for none
 */
public record FactDefinition(
        String name,
        String label,
        Type type,
        String unit,
        Set<Source> sources,
        Text ask,
        Text help,
        List<Option> values,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        Optional<Measure> measure,
        @Nullable BigDecimal rounding) {

    public FactDefinition {
        sources = Set.copyOf(sources);
        values = List.copyOf(values);
    }

    /** Kind of value. */
    public enum Type {
        NUMBER,
        INTEGER,
        BOOLEAN,
        CHOICE
    }

    /** Who can supply a fact. */
    public enum Source {
        MAP,
        PLAN,
        ANSWER,
        REQUEST
    }

    /** One value of a choice: what rules and requests write, and what people read. */
    public record Option(String value, Text title) {}

    /** Whether the applicant may answer it. */
    public boolean answerable() {
        return sources.contains(Source.ANSWER);
    }
}

package org.kanqian.rules.fact;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything known about one site, plan and applicant: fact name to value. Immutable; a name it
 * does not hold is {@link FactValue.Reason#NOT_ANSWERED}.
 */
public final class FactSheet {
    private static final FactValue NOT_ANSWERED =
            new FactValue.Missing(FactValue.Reason.NOT_ANSWERED, "");

    private final SortedMap<String, FactValue> values;

    private FactSheet(SortedMap<String, FactValue> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /** A sheet of exactly these values. */
    public static FactSheet of(Map<String, ? extends FactValue> values) {
        return new FactSheet(new TreeMap<>(values));
    }

    /** What is known about {@code fact}. */
    public FactValue get(String fact) {
        return values.getOrDefault(fact, NOT_ANSWERED);
    }

    /** All values by name, in name order. */
    public SortedMap<String, FactValue> values() {
        return values;
    }

    /**
     * This sheet with {@code others} filled in where it does not know better: a known value stays
     * before any other, and a missing one gives way only to a known one.
     */
    public FactSheet orElse(Map<String, ? extends FactValue> others) {
        SortedMap<String, FactValue> merged = new TreeMap<>(values);
        others.forEach(
                (name, other) ->
                        merged.merge(
                                name,
                                other,
                                (mine, theirs) ->
                                        mine instanceof FactValue.Missing
                                                        && theirs instanceof FactValue.Known
                                                ? theirs
                                                : mine));
        return new FactSheet(merged);
    }

    /** This sheet with {@code others} put over it, known or not. */
    public FactSheet with(Map<String, ? extends FactValue> others) {
        SortedMap<String, FactValue> merged = new TreeMap<>(values);
        merged.putAll(others);
        return new FactSheet(merged);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FactSheet f && values.equals(f.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}

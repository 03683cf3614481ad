package org.kanqian.gis.layer;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.Nearest;

/** The fields of a declaration, each fault said once. */
record Fields(Map<String, Object> map, String where, Faults faults) {

    void onlyKnown(Set<String> keys) throws Faults.TooManyFaults {
        for (String key : map.keySet()) {
            if (!keys.contains(key)) {
                Optional<String> near = Nearest.to(key, keys);
                faults.add(
                        "不认识的键 " + where + key + near.map(n -> "，是不是 " + n + "？").orElse(""),
                        "unknown key "
                                + where
                                + key
                                + near.map(n -> "; did you mean " + n + "?").orElse(""));
            }
        }
    }

    @Nullable Object any(String key) {
        return map.get(key);
    }

    /** The fields below a key; empty if it is not there. */
    Optional<Fields> below(String key) throws Faults.TooManyFaults {
        @Nullable Object value = any(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> below
                && below.keySet().stream().allMatch(String.class::isInstance)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            below.forEach((k, v) -> fields.put((String) k, v));
            return Optional.of(new Fields(fields, where + key + ".", faults));
        }
        faults.add(where + key + " 应为“键: 值”", where + key + " must be a mapping");
        return Optional.empty();
    }

    Optional<String> text(String key) {
        return any(key) instanceof String s && !s.isBlank() ? Optional.of(s) : Optional.empty();
    }

    Optional<String> required(String key) throws Faults.TooManyFaults {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            faults.add("缺少 " + where + key, where + key + " is missing");
        }
        return text;
    }

    boolean flag(String key) throws Faults.TooManyFaults {
        @Nullable Object value = any(key);
        if (value != null && !(value instanceof Boolean)) {
            faults.add(key + " 应为 true 或 false", key + " must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    Optional<Double> number(String key, @Nullable Double otherwise, double low, double high)
            throws Faults.TooManyFaults {
        @Nullable Object value = any(key);
        if (value == null && otherwise != null) {
            return Optional.of(otherwise);
        }
        if (value instanceof Number n && n.doubleValue() >= low && n.doubleValue() <= high) {
            return Optional.of(n.doubleValue());
        }
        faults.add(
                key + " 应为 " + low + "–" + high + " 之间的数",
                key + " must be a number from " + low + " to " + high);
        return Optional.empty();
    }

    Optional<LocalDate> day(String key) throws Faults.TooManyFaults {
        try {
            return Optional.of(LocalDate.parse(String.valueOf(any(key))));
        } catch (DateTimeParseException e) {
            faults.add(key + " 应为日期，如 2026-11-23", key + " must be a day, as 2026-11-23");
            return Optional.empty();
        }
    }
}

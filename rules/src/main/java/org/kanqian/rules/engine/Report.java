package org.kanqian.rules.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects which rules fired in which world. One per session; not thread-safe. */
public final class Report {
    private final Map<Integer, List<Integer>> violated = new HashMap<>();
    private final Map<Integer, List<Integer>> applies = new HashMap<>();

    /** Called by a rule that found its point violated. */
    public void violated(int rule, int world) {
        violated.computeIfAbsent(rule, r -> new ArrayList<>()).add(world);
    }

    /** Called by a rule that found its point to apply. */
    public void applies(int rule, int world) {
        applies.computeIfAbsent(rule, r -> new ArrayList<>()).add(world);
    }

    List<Integer> worldsViolatedBy(int rule) {
        return violated.getOrDefault(rule, List.of());
    }

    List<Integer> worldsAppliedBy(int rule) {
        return applies.getOrDefault(rule, List.of());
    }
}

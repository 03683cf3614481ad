package org.kanqian.rules.engine;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rules of one point read, and what they compare with what: all that {@link Completions}
 * needs to know of them.
 *
 * @param named the values the rules name of each choice
 * @param numbers every number by its name
 * @param joined for each number, every number it is joined to by comparisons, itself included
 */
record Shape(
        List<String> flags,
        Map<String, Set<String>> named,
        Map<String, Term> numbers,
        Map<String, Set<String>> joined) {

    static Shape of(List<Rule> rules) {
        Map<String, Term> numbers = new LinkedHashMap<>();
        Map<String, Set<String>> named = new LinkedHashMap<>();
        Set<String> flags = new LinkedHashSet<>();
        Map<String, Set<String>> joined = new LinkedHashMap<>();
        for (Rule rule : rules) {
            for (Condition condition : rule.conditions()) {
                if (condition instanceof Condition.Comparison c) {
                    numbers.put(c.left().name(), c.left());
                    numbers.put(c.right().name(), c.right());
                    join(joined, c.left().name(), c.right().name());
                } else if (condition instanceof Condition.ChoiceIs c) {
                    named.computeIfAbsent(c.fact(), n -> new LinkedHashSet<>()).addAll(c.values());
                } else {
                    flags.addAll(condition.facts());
                }
            }
        }
        return new Shape(List.copyOf(flags), named, numbers, joined);
    }

    private static void join(Map<String, Set<String>> joined, String a, String b) {
        Set<String> both = new HashSet<>(Set.of(a));
        both.add(b);
        both.addAll(joined.getOrDefault(a, Set.of()));
        both.addAll(joined.getOrDefault(b, Set.of()));
        both.forEach(n -> joined.put(n, both));
    }
}

package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;

/** Finds rules whose sentences contradict each other, or what the vocabulary allows. */
final class DeadRules {
    private DeadRules() {}

    /**
     * Why it can never fire; empty if it can, or says what another rule of its point says first.
     */
    static Optional<Text> why(Rule rule, ItemBase base, StandardsPack pack) {
        Optional<Text> never =
                impossible(rule, base, pack)
                        .map(
                                fact ->
                                        new Text(
                                                "规则“"
                                                        + rule.title()
                                                        + "”永远不会触发：对 <"
                                                        + pack.fact(fact)
                                                                .map(FactDefinition::label)
                                                                .orElse(fact)
                                                        + "> 的几句话互相矛盾。",
                                                "Rule "
                                                        + rule.title()
                                                        + " can never fire: what it says of "
                                                        + fact
                                                        + " contradicts itself."));
        if (never.isPresent()) {
            return never;
        }
        for (Rule other : base.rulesOf(rule.point())) {
            if (other.index() < rule.index()
                    && other.applies() == rule.applies()
                    && new HashSet<>(rule.conditions()).containsAll(other.conditions())) {
                return Optional.of(
                        new Text(
                                "规则“" + rule.title() + "”多余：“" + other.title() + "”已经包括它。",
                                "Rule " + rule.title() + " is implied by " + other.title() + "."));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> impossible(Rule rule, ItemBase base, StandardsPack pack) {
        Map<String, Boolean> flags = new HashMap<>();
        Map<String, Set<String>> choices = new HashMap<>();
        Map<String, BigDecimal> least = new HashMap<>();
        Map<String, BigDecimal> most = new HashMap<>();
        for (Condition condition : rule.conditions()) {
            if (condition instanceof Condition.FlagIs f) {
                Boolean before = flags.put(f.fact(), f.answer());
                if (before != null && before != f.answer()) {
                    return Optional.of(f.fact());
                }
            } else if (condition instanceof Condition.ChoiceIs c) {
                Set<String> left =
                        choices.computeIfAbsent(c.fact(), f -> new HashSet<>(all(f, base, pack)));
                left.removeIf(v -> c.values().contains(v) != c.among());
                if (left.isEmpty()) {
                    return Optional.of(c.fact());
                }
            } else if (condition instanceof Condition.Comparison c
                    && c.right() instanceof Term.Limit l) {
                bound(c, values(base, l), least, most);
                BigDecimal low = least.get(c.left().name());
                BigDecimal high = most.get(c.left().name());
                if (low != null && high != null && low.compareTo(high) > 0) {
                    return c.left().facts().stream().findFirst();
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> all(String fact, ItemBase base, StandardsPack pack) {
        return (fact.equals("variant")
                        ? base.item().variants()
                        : pack.fact(fact).orElseThrow().values())
                .stream().map(FactDefinition.Option::value).toList();
    }

    private static List<BigDecimal> values(ItemBase base, Term.Limit limit) {
        RequirementPoint point = base.item().point(limit.point()).orElseThrow();
        return point.parameter(limit.parameter()).values().stream()
                .filter(v -> v.steps() == null)
                .map(Parameter.Value::value)
                .toList();
    }

    /** The widest bound any value of the limit allows. */
    private static void bound(
            Condition.Comparison c,
            List<BigDecimal> values,
            Map<String, BigDecimal> least,
            Map<String, BigDecimal> most) {
        String name = c.left().name();
        values.stream()
                .max(BigDecimal::compareTo)
                .filter(v -> c.relation() == Relation.LESS || c.relation() == Relation.AT_MOST)
                .ifPresent(v -> most.merge(name, v, BigDecimal::min));
        values.stream()
                .min(BigDecimal::compareTo)
                .filter(v -> c.relation() == Relation.GREATER || c.relation() == Relation.AT_LEAST)
                .ifPresent(v -> least.merge(name, v, BigDecimal::max));
    }
}

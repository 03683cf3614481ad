package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.verdict.Contradiction;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Status;

/**
 * Finds where two items of one check cannot both be met: each rule whose other sentences all hold
 * here leaves its last sentence to be avoided, which says what one fact must be. Two such demands
 * on one fact, from two items, that no value meets are a contradiction.
 */
final class Contradictions {
    private Contradictions() {}

    /** One item as it was judged. */
    record Side(ItemBase base, Facts facts, List<Judge.Judged> judged) {}

    /** What a fact must be, for a point of an item to be met. */
    private record Demand(
            String fact,
            Contradiction.Side said,
            @Nullable BigDecimal low,
            boolean lowItself,
            @Nullable BigDecimal high,
            boolean highItself,
            @Nullable Set<Object> values) {

        boolean against(Demand other) {
            if (values != null && other.values != null) {
                return values.stream().noneMatch(other.values::contains);
            }
            return none(low, lowItself, other.high, other.highItself)
                    || none(other.low, other.lowItself, high, highItself);
        }

        private static boolean none(
                @Nullable BigDecimal low,
                boolean lowIn,
                @Nullable BigDecimal high,
                boolean highIn) {
            if (low == null || high == null) {
                return false;
            }
            int order = low.compareTo(high);
            return order > 0 || (order == 0 && !(lowIn && highIn));
        }
    }

    static List<Contradiction> among(List<Side> sides) {
        if (sides.size() < 2) {
            return List.of();
        }
        Map<String, List<Demand>> byFact = new TreeMap<>();
        for (Side side : sides) {
            for (Demand demand : demands(side)) {
                byFact.computeIfAbsent(demand.fact(), f -> new ArrayList<>()).add(demand);
            }
        }
        List<Contradiction> found = new ArrayList<>();
        byFact.forEach(
                (fact, demands) -> {
                    demands.sort(
                            Comparator.comparing((Demand d) -> d.said().item())
                                    .thenComparing(d -> d.said().point()));
                    for (Demand a : demands) {
                        for (Demand b : demands) {
                            if (a.said().item().compareTo(b.said().item()) < 0 && a.against(b)) {
                                found.add(
                                        new Contradiction(
                                                sides.get(0)
                                                        .facts()
                                                        .pack()
                                                        .fact(fact)
                                                        .orElseThrow(),
                                                a.said(),
                                                b.said()));
                            }
                        }
                    }
                });
        return found.stream().distinct().toList();
    }

    private static List<Demand> demands(Side side) {
        List<Demand> demands = new ArrayList<>();
        for (Judge.Judged judged : side.judged()) {
            Finding finding = judged.finding();
            if (finding.status() == Status.VISIT || finding.status() == Status.NOT_APPLICABLE) {
                continue;
            }
            for (Rule rule : side.base().rulesOf(finding.point().id())) {
                List<Condition> conditions = rule.conditions();
                if (!rule.applies()
                        && conditions.subList(0, conditions.size() - 1).stream()
                                .allMatch(c -> Truth.of(c, side.facts()) == Truth.YES)) {
                    demand(side, finding, conditions.get(conditions.size() - 1), demands);
                }
            }
        }
        return demands;
    }

    private static void demand(
            Side side, Finding finding, Condition avoided, List<Demand> demands) {
        Contradiction.Side said =
                new Contradiction.Side(
                        side.base().item().id(), finding.point().id(), finding.text());
        if (avoided instanceof Condition.FlagIs f) {
            demands.add(is(f.fact(), said, Set.of(!f.answer())));
        } else if (avoided instanceof Condition.AnyFlag any) {
            any.facts().forEach(f -> demands.add(is(f, said, Set.of(!any.answer()))));
        } else if (avoided instanceof Condition.ChoiceIs c) {
            Set<Object> left = new LinkedHashSet<>(side.facts().values(c.fact()));
            left.removeIf(v -> c.values().contains(v) == c.among());
            if (!c.fact().equals("variant")) {
                demands.add(is(c.fact(), said, left));
            }
        } else if (avoided instanceof Condition.Comparison c
                && c.left() instanceof Term.Fact fact
                && side.facts().range(c.right()).single()) {
            BigDecimal limit = Objects.requireNonNull(side.facts().range(c.right()).low());
            switch (c.relation()) {
                case LESS -> demands.add(from(fact.name(), said, limit, true));
                case AT_MOST -> demands.add(from(fact.name(), said, limit, false));
                case GREATER -> demands.add(upTo(fact.name(), said, limit, true));
                case AT_LEAST -> demands.add(upTo(fact.name(), said, limit, false));
                default -> {}
            }
        }
    }

    private static Demand is(String fact, Contradiction.Side said, Set<Object> values) {
        return new Demand(fact, said, null, false, null, false, values);
    }

    private static Demand from(
            String fact, Contradiction.Side said, BigDecimal low, boolean itself) {
        return new Demand(fact, said, low, itself, null, false, null);
    }

    private static Demand upTo(
            String fact, Contradiction.Side said, BigDecimal high, boolean itself) {
        return new Demand(fact, said, null, false, high, itself, null);
    }
}

package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
        for (String fact : demandedTwice(sides)) {
            List<Demand> demands = new ArrayList<>();
            for (Side side : sides) {
                for (Law.Demanding d : side.facts().law().demands().getOrDefault(fact, List.of())) {
                    demand(side, fact, d, demands);
                }
            }
            byFact.put(fact, demands);
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

    /**
     * The facts of which two or more items demand something, by different points; items that share
     * one common point can differ in how strict it is, not in what it wants.
     */
    private static Set<String> demandedTwice(List<Side> sides) {
        Map<String, Object> seen = new HashMap<>();
        Set<String> twice = new LinkedHashSet<>();
        for (Side side : sides) {
            side.facts()
                    .law()
                    .demands()
                    .forEach(
                            (fact, rules) -> {
                                Object by = whose(side, rules);
                                Object other = seen.putIfAbsent(fact, by);
                                if (other != null && !other.equals(by)) {
                                    twice.add(fact);
                                }
                            });
        }
        return twice;
    }

    /** The common point that alone demands it, else the item. */
    private static Object whose(Side side, List<Law.Demanding> rules) {
        String common = null;
        for (Law.Demanding d : rules) {
            Law.Ready ready = side.facts().law().points().get(d.place());
            String id = ready.point().id();
            if (!ready.point().common() || (common != null && !common.equals(id))) {
                return side.base();
            }
            common = id;
        }
        return String.valueOf(common);
    }

    private static void demand(
            Side side, String fact, Law.Demanding demanding, List<Demand> demands) {
        Finding finding = side.judged().get(demanding.place()).finding();
        List<Condition> conditions = demanding.rule().conditions();
        if (finding.status() == Status.VISIT || finding.status() == Status.NOT_APPLICABLE) {
            return;
        }
        for (int i = 0; i < conditions.size() - 1; i++) {
            if (Truth.of(conditions.get(i), side.facts()) != Truth.YES) {
                return;
            }
        }
        Condition avoided = conditions.get(conditions.size() - 1);
        Contradiction.Side said =
                new Contradiction.Side(
                        side.base().item().id(), finding.point().id(), finding.text());
        if (avoided instanceof Condition.FlagIs f) {
            demands.add(is(f.fact(), said, Set.of(!f.answer())));
        } else if (avoided instanceof Condition.AnyFlag any) {
            demands.add(is(fact, said, Set.of(!any.answer())));
        } else if (avoided instanceof Condition.ChoiceIs c) {
            Set<Object> left = new LinkedHashSet<>(side.facts().values(c.fact()));
            left.removeIf(v -> c.values().contains(v) == c.among());
            if (!c.fact().equals("variant")) {
                demands.add(is(c.fact(), said, left));
            }
        } else if (avoided instanceof Condition.Comparison c
                && c.left() instanceof Term.Fact left
                && left.name().equals(fact)
                && side.facts().range(c.right()).single()) {
            BigDecimal limit = Objects.requireNonNull(side.facts().range(c.right()).low());
            switch (c.relation()) {
                case LESS -> demands.add(from(fact, said, limit, true));
                case AT_MOST -> demands.add(from(fact, said, limit, false));
                case GREATER -> demands.add(upTo(fact, said, limit, true));
                case AT_LEAST -> demands.add(upTo(fact, said, limit, false));
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

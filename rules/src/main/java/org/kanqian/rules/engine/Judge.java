package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.inforce.InForce;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.CheckKind;
import org.kanqian.rules.pack.DecisionTable;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.pack.Unit;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Status;

/** Judges the points of one item on one day: one session over all completions of all points. */
final class Judge {

    /**
     * A finding, and which missing facts could change it.
     *
     * @param settles those of {@code finding.missing()} of which some value alone decides the point
     */
    record Judged(Finding finding, Set<String> settles) {}

    private final ItemBase base;
    private final Facts facts;

    private final Shared shared;

    /**
     * @param shared what other items of the same check found about the common points they share
     *     with this one; added to
     */
    Judge(ItemBase base, Facts facts, Shared shared) {
        this.base = base;
        this.facts = facts;
        this.shared = shared;
    }

    /** Findings about common points, for the items of one check that share them. */
    static final class Shared {
        private final Map<String, Judged> byId = new HashMap<>();

        @Nullable Judged get(RequirementPoint point) {
            Judged judged = point.common() ? byId.get(point.id()) : null;
            return judged != null && judged.finding().point().equals(point) ? judged : null;
        }

        void put(Judged judged) {
            byId.putIfAbsent(judged.finding().point().id(), judged);
        }
    }

    private record Worlds(RequirementPoint point, Completions completions, int first) {}

    List<Judged> judge() {
        List<RequirementPoint> points =
                InForce.points(base.item(), facts.region(), facts.asOf()).stream()
                        .sorted(Comparator.comparing(RequirementPoint::stage))
                        .toList();
        List<Worlds> worlds = new ArrayList<>();
        // World 0 is shared by all points about which nothing is uncertain.
        Map<String, Object> memory = new LinkedHashMap<>();
        List<Object> checks = new ArrayList<>();
        int next = 1;
        for (RequirementPoint point : points) {
            if (point.check() == CheckKind.VISIT || shared.get(point) != null) {
                continue;
            }
            Completions completions = new Completions(base.rulesOf(point.id()), facts);
            if (completions.tooMany()) {
                worlds.add(new Worlds(point, completions, next));
                continue;
            }
            int first = completions.count() == 1 ? 0 : next;
            for (int i = 0; i < completions.count(); i++) {
                completions.insert(i, first + i, memory);
                checks.add(new Check(point.id(), first + i));
            }
            worlds.add(new Worlds(point, completions, first));
            next += first == 0 ? 0 : completions.count();
        }
        checks.addAll(memory.values());
        Report report = base.run(checks);
        Map<String, Worlds> byPoint =
                worlds.stream().collect(Collectors.toMap(w -> w.point().id(), w -> w));
        List<Judged> all = new ArrayList<>();
        for (RequirementPoint point : points) {
            Judged judged = shared.get(point);
            if (judged == null) {
                Worlds w = byPoint.get(point.id());
                judged =
                        w == null
                                ? new Judged(
                                        finding(point, Status.VISIT, List.of(), List.of()),
                                        Set.of())
                                : conclude(w, report);
                if (base.sharable(point)) {
                    shared.put(judged);
                }
            }
            all.add(judged);
        }
        return all;
    }

    private Judged conclude(Worlds worlds, Report report) {
        RequirementPoint point = worlds.point();
        List<Rule> rules = base.rulesOf(point.id());
        Completions completions = worlds.completions();
        if (completions.tooMany()) {
            List<String> missing =
                    completions.axes().stream()
                            .flatMap(a -> a.missing().stream())
                            .distinct()
                            .toList();
            return new Judged(finding(point, Status.UNKNOWN, missing, List.of()), Set.of());
        }
        int count = completions.count();
        boolean conditional = rules.stream().anyMatch(Rule::applies);
        boolean[] applies = new boolean[count];
        boolean[] violated = new boolean[count];
        List<Rule> fired = new ArrayList<>();
        for (Rule rule : rules) {
            List<Integer> where =
                    rule.applies()
                            ? report.worldsAppliedBy(rule.index())
                            : report.worldsViolatedBy(rule.index());
            boolean here = false;
            for (int world : where) {
                int i = world - worlds.first();
                if (i >= 0 && i < count) {
                    (rule.applies() ? applies : violated)[i] = true;
                    here = true;
                }
            }
            if (here) {
                fired.add(rule);
            }
        }
        int applicable = 0;
        int bad = 0;
        for (int i = 0; i < count; i++) {
            applies[i] |= !conditional;
            violated[i] &= applies[i];
            applicable += applies[i] ? 1 : 0;
            bad += violated[i] ? 1 : 0;
        }
        if (applicable == 0) {
            return new Judged(finding(point, Status.NOT_APPLICABLE, List.of(), fired), Set.of());
        }
        if (bad == 0 || bad == count) {
            Status status = bad == 0 ? Status.MET : Status.VIOLATED;
            return new Judged(
                    finding(point, forRegion(point, status), regionIfOpen(point, status), fired),
                    Set.of());
        }
        return open(point, completions, violated, fired);
    }

    private Judged open(
            RequirementPoint point, Completions completions, boolean[] violated, List<Rule> fired) {
        Set<String> missing = new LinkedHashSet<>();
        Set<String> settles = new LinkedHashSet<>();
        int stride = 1;
        for (Completions.Axis axis : completions.axes()) {
            int size = axis.values().size();
            if (matters(violated, stride, size)) {
                missing.addAll(axis.missing());
                if (settles(violated, stride, size)) {
                    settles.addAll(axis.missing());
                }
            }
            stride *= size;
        }
        Status status = missing.isEmpty() ? Status.MARGINAL : Status.UNKNOWN;
        return new Judged(finding(point, status, List.copyOf(missing), fired), settles);
    }

    /** Whether two completions that differ in this axis alone differ in the outcome. */
    private static boolean matters(boolean[] violated, int stride, int size) {
        for (int i = 0; i < violated.length; i++) {
            int at = i / stride % size;
            if (at > 0 && violated[i] != violated[i - stride]) {
                return true;
            }
        }
        return false;
    }

    /** Whether some value of this axis leaves only one outcome. */
    private static boolean settles(boolean[] violated, int stride, int size) {
        for (int value = 0; value < size; value++) {
            int seen = 0;
            for (int i = 0; i < violated.length; i++) {
                if (i / stride % size == value) {
                    seen |= violated[i] ? 1 : 2;
                }
            }
            if (seen != 3) {
                return true;
            }
        }
        return false;
    }

    /** Without a region nobody knows whether a local rule stands in for this one. */
    private Status forRegion(RequirementPoint point, Status status) {
        return regionIfOpen(point, status).isEmpty() ? status : Status.UNKNOWN;
    }

    private List<String> regionIfOpen(RequirementPoint point, Status status) {
        return facts.region().isEmpty() && InForce.variesByRegion(base.item(), point, facts.asOf())
                ? List.of(RuleBook.REGION)
                : List.of();
    }

    private Finding finding(
            RequirementPoint point, Status status, List<String> missing, List<Rule> fired) {
        List<Traced> traced =
                base.rulesOf(point.id()).stream()
                        .filter(r -> !r.applies())
                        .map(r -> trace(r, fired.contains(r)))
                        .toList();
        Map<String, Facts.Limit> limits = new LinkedHashMap<>();
        point.parameters().forEach((name, p) -> limits.put(name, facts.limit(point, p)));
        List<Finding.Limit> settled = new ArrayList<>();
        limits.forEach((name, limit) -> settle(point, name, name, limit, settled));
        Set<Basis> basis = new LinkedHashSet<>();
        limits.values()
                .forEach(l -> l.value().map(Parameter.Value::basis).ifPresent(basis::addAll));
        Map<String, Range> spans = new LinkedHashMap<>();
        rows(point, traced, spans, settled, basis);
        basis.addAll(point.basis());
        Optional<Condition.Comparison> comparison = comparison(traced);
        return new Finding(
                point,
                status,
                text(point, limits, spans),
                List.copyOf(basis),
                comparison.flatMap(this::measured),
                comparison.flatMap(c -> required(point, c)),
                because(point),
                missing,
                traced.stream().map(Traced::trace).toList(),
                settled,
                List.of());
    }

    /**
     * A rule and how each of its sentences stands.
     *
     * @param open whether nothing but a comparison keeps it from firing
     */
    private record Traced(Rule rule, Finding.RuleTrace trace, boolean open) {}

    private Traced trace(Rule rule, boolean fired) {
        List<String> heldBack = new ArrayList<>();
        boolean open = true;
        for (int i = 0; i < rule.conditions().size(); i++) {
            Condition condition = rule.conditions().get(i);
            if (Truth.of(condition, facts) == Truth.NO) {
                heldBack.add(rule.sentences().get(i));
                open &=
                        condition instanceof Condition.Comparison
                                && i == rule.conditions().size() - 1;
            }
        }
        return new Traced(
                rule,
                new Finding.RuleTrace(
                        rule.title(), rule.file(), rule.line(), fired, rule.sentences(), heldBack),
                open);
    }

    /** The limits of the rows of the point's tables that speak of this case, or still may. */
    private void rows(
            RequirementPoint point,
            List<Traced> traced,
            Map<String, Range> spans,
            List<Finding.Limit> settled,
            Set<Basis> basis) {
        if (point.tables().isEmpty()) {
            return;
        }
        Map<String, List<Facts.Limit>> byColumn = new LinkedHashMap<>();
        Map<String, List<Facts.Limit>> possible = new LinkedHashMap<>();
        for (Traced t : traced) {
            Condition last = t.rule().conditions().get(t.rule().conditions().size() - 1);
            if (last instanceof Condition.Comparison c
                    && c.right() instanceof Term.Limit l
                    && l.parameter().indexOf('.') > 0) {
                Facts.Limit limit = facts.limit(point, point.parameter(l.parameter()));
                String column = DecisionTable.column(l.parameter());
                byColumn.computeIfAbsent(column, k -> new ArrayList<>()).add(limit);
                if (t.open()) {
                    possible.computeIfAbsent(column, k -> new ArrayList<>()).add(limit);
                    limit.value().map(Parameter.Value::basis).ifPresent(basis::addAll);
                    settle(point, column, l.parameter(), limit, settled);
                }
            }
        }
        byColumn.forEach(
                (column, all) -> spans.put(column, span(possible.getOrDefault(column, all))));
    }

    private static Range span(List<Facts.Limit> limits) {
        Range span = limits.get(0).range();
        for (Facts.Limit limit : limits) {
            span = span.with(limit.range());
        }
        return span;
    }

    private static void settle(
            RequirementPoint point,
            String shown,
            String name,
            Facts.Limit limit,
            List<Finding.Limit> settled) {
        if (limit.range().single()) {
            Parameter parameter = point.parameter(name);
            settled.add(
                    new Finding.Limit(
                            shown,
                            java.util.Objects.requireNonNull(limit.range().low()),
                            parameter.unit(),
                            parameter.stricter(),
                            limit.value().map(Parameter.Value::basis).orElse(List.of())));
        }
    }

    private static Text text(
            RequirementPoint point, Map<String, Facts.Limit> limits, Map<String, Range> spans) {
        Text text = point.text();
        for (Map.Entry<String, Facts.Limit> limit : limits.entrySet()) {
            String unit = point.parameter(limit.getKey()).unit();
            Range range = limit.getValue().range();
            text =
                    text.with(
                            limit.getKey(),
                            range.single()
                                    ? Unit.amount(
                                            java.util.Objects.requireNonNull(range.low()), unit)
                                    : limit.getValue()
                                            .value()
                                            .map(v -> Unit.amount(v.value(), unit))
                                            .orElse(
                                                    new Text(
                                                            "当地规定的数值（待核实）",
                                                            "the local figure (to be confirmed)")));
        }
        for (DecisionTable table : point.tables()) {
            for (Map.Entry<String, String> name : table.names().entrySet()) {
                Range span = spans.get(name.getKey());
                if (span != null) {
                    text = text.with(name.getKey(), shown(span, name.getValue()));
                }
            }
        }
        return text;
    }

    /** One amount, or from which to which where the case is not settled. */
    private static Text shown(Range span, String unit) {
        Text from = Unit.amount(java.util.Objects.requireNonNull(span.low()), unit);
        if (span.single()) {
            return from;
        }
        Text to = Unit.amount(java.util.Objects.requireNonNull(span.high()), unit);
        return new Text(
                from.zh() + "至" + to.zh() + "（按情形）",
                from.en() + " to " + to.en() + " (as the case may be)");
    }

    /** The comparison to show: of the rule that fired if one did, else of one that may concern. */
    private static Optional<Condition.Comparison> comparison(List<Traced> traced) {
        return java.util.stream.Stream.of(
                        traced.stream().filter(t -> t.trace().fired()),
                        traced.stream().filter(Traced::open),
                        traced.stream())
                .flatMap(s -> s)
                .flatMap(
                        t -> {
                            List<Condition> conditions = t.rule().conditions();
                            return java.util.stream.IntStream.rangeClosed(1, conditions.size())
                                    .mapToObj(i -> conditions.get(conditions.size() - i));
                        })
                .filter(Condition.Comparison.class::isInstance)
                .map(Condition.Comparison.class::cast)
                .findFirst();
    }

    private Optional<Finding.Measured> measured(Condition.Comparison comparison) {
        if (comparison.left() instanceof Term.Fact f
                && facts.sheet().get(f.name()) instanceof FactValue.Number n) {
            return Optional.of(new Finding.Measured(f.name(), n.value(), n.unit(), n.error()));
        }
        Range range = facts.range(comparison.left());
        return comparison.left() instanceof Term.Ratio r && range.single()
                ? Optional.of(
                        new Finding.Measured(
                                r.name(),
                                java.util.Objects.requireNonNull(range.low()),
                                unit(comparison),
                                BigDecimal.ZERO))
                : Optional.empty();
    }

    private Optional<Finding.Required> required(
            RequirementPoint point, Condition.Comparison comparison) {
        Range range = facts.range(comparison.right());
        return range.single()
                ? Optional.of(
                        new Finding.Required(
                                comparison.relation().negated().operator(),
                                java.util.Objects.requireNonNull(range.low()),
                                unit(comparison)))
                : Optional.empty();
    }

    private String unit(Condition.Comparison comparison) {
        if (comparison.right() instanceof Term.Limit l) {
            return base.item().point(l.point()).orElseThrow().parameter(l.parameter()).unit();
        }
        return facts.pack().fact(comparison.right().name()).orElseThrow().unit();
    }

    private List<Finding.Because> because(RequirementPoint point) {
        Set<String> names = new LinkedHashSet<>(base.factsOf(point.id()));
        for (Parameter parameter : point.parameters().values()) {
            Optional<Parameter.Value> value =
                    InForce.value(parameter, facts.region(), facts.asOf());
            if (value.isEmpty()) {
                parameter.ask().ifPresent(names::add);
            } else if (value.get().steps() != null) {
                names.add(java.util.Objects.requireNonNull(value.get().steps()).fact());
            }
        }
        return names.stream()
                .map(
                        n ->
                                new Finding.Because(
                                        n,
                                        facts.pack().fact(n).orElseThrow().label(),
                                        facts.sheet().get(n)))
                .toList();
    }
}

package org.kanqian.rules.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.CheckKind;
import org.kanqian.rules.pack.DecisionTable;
import org.kanqian.rules.pack.FactDefinition;
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

    private record Worlds(Law.Ready ready, Completions completions, int first) {}

    List<Judged> judge() {
        List<Law.Ready> points = facts.law().points();
        List<@Nullable Worlds> worlds = new ArrayList<>(points.size());
        // World 0 is shared by all points about which nothing is uncertain.
        List<World> all = new ArrayList<>();
        all.add(base.world(0));
        for (Law.Ready ready : points) {
            boolean judges =
                    ready.point().check() != CheckKind.VISIT && shared.get(ready.point()) == null;
            worlds.add(judges ? worlds(ready, all) : null);
        }
        Report report = base.run(all);
        List<Judged> found = new ArrayList<>(points.size());
        for (int i = 0; i < points.size(); i++) {
            found.add(judged(points.get(i), worlds.get(i), report));
        }
        return found;
    }

    private Worlds worlds(Law.Ready ready, List<World> all) {
        Completions completions = new Completions(ready.shape(), facts);
        if (completions.tooMany()) {
            return new Worlds(ready, completions, 0);
        }
        int first = completions.count() == 1 ? 0 : all.size();
        int place = base.place(ready.point().id());
        for (int i = 0; i < completions.count(); i++) {
            World world = first == 0 ? all.get(0) : base.world(first + i);
            world.isAbout(place);
            completions.fill(i, world, base.slots());
            if (first > 0) {
                all.add(world);
            }
        }
        return new Worlds(ready, completions, first);
    }

    private Judged judged(Law.Ready ready, @Nullable Worlds worlds, Report report) {
        Judged judged = shared.get(ready.point());
        if (judged == null) {
            judged =
                    worlds == null
                            ? new Judged(
                                    finding(ready, Status.VISIT, List.of(), List.of()), Set.of())
                            : conclude(worlds, report);
            if (base.sharable(ready.point())) {
                shared.put(judged);
            }
        }
        return judged;
    }

    private Judged conclude(Worlds worlds, Report report) {
        Law.Ready ready = worlds.ready();
        List<Rule> rules = ready.rules();
        Completions completions = worlds.completions();
        if (completions.tooMany()) {
            List<String> missing =
                    completions.axes().stream()
                            .flatMap(a -> a.missing().stream())
                            .distinct()
                            .toList();
            return new Judged(finding(ready, Status.UNKNOWN, missing, List.of()), Set.of());
        }
        int count = completions.count();
        boolean conditional = ready.conditional();
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
            return new Judged(finding(ready, Status.NOT_APPLICABLE, List.of(), fired), Set.of());
        }
        if (bad == 0 || bad == count) {
            Status status = bad == 0 ? Status.MET : Status.VIOLATED;
            return new Judged(
                    finding(ready, forRegion(ready, status), regionIfOpen(ready), fired), Set.of());
        }
        return open(ready, completions, violated, fired);
    }

    private Judged open(
            Law.Ready ready, Completions completions, boolean[] violated, List<Rule> fired) {
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
        return new Judged(finding(ready, status, List.copyOf(missing), fired), settles);
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
    private Status forRegion(Law.Ready ready, Status status) {
        return regionIfOpen(ready).isEmpty() ? status : Status.UNKNOWN;
    }

    private List<String> regionIfOpen(Law.Ready ready) {
        return facts.region().isEmpty() && ready.varies() ? List.of(RuleBook.REGION) : List.of();
    }

    private Finding finding(
            Law.Ready ready, Status status, List<String> missing, List<Rule> fired) {
        List<Traced> traced = new ArrayList<>(ready.violations().size());
        List<Finding.RuleTrace> traces = new ArrayList<>(ready.violations().size());
        for (Rule rule : ready.violations()) {
            Traced one = trace(rule, fired.contains(rule));
            traced.add(one);
            traces.add(one.trace());
        }
        Law.Settled settled = ready.settled();
        if (settled == null) {
            settled = settle(ready.point(), traced);
        }
        Optional<Condition.Comparison> comparison = comparison(traced);
        return new Finding(
                ready.point(),
                status,
                settled.text(),
                settled.basis(),
                comparison.flatMap(this::measured),
                comparison.flatMap(this::required),
                because(ready),
                missing,
                traces,
                settled.limits(),
                List.of());
    }

    /** Text, clauses and limits where a fact has a say in them. */
    private Law.Settled settle(RequirementPoint point, List<Traced> traced) {
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
        return new Law.Settled(text(point, limits, spans), List.copyOf(basis), settled);
    }

    /**
     * A rule and how each of its sentences stands.
     *
     * @param open whether nothing but a comparison keeps it from firing
     */
    private record Traced(Rule rule, Finding.RuleTrace trace, boolean open) {}

    private Traced trace(Rule rule, boolean fired) {
        List<String> heldBack = List.of();
        boolean open = true;
        for (int i = 0; i < rule.conditions().size(); i++) {
            Condition condition = rule.conditions().get(i);
            if (Truth.of(condition, facts) == Truth.NO) {
                heldBack = heldBack.isEmpty() ? new ArrayList<>(2) : heldBack;
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
        Condition.Comparison best = null;
        int rank = 0;
        for (Traced t : traced) {
            int own = t.trace().fired() ? 3 : t.open() ? 2 : 1;
            List<Condition> conditions = t.rule().conditions();
            for (int i = conditions.size() - 1; own > rank && i >= 0; i--) {
                if (conditions.get(i) instanceof Condition.Comparison c) {
                    best = c;
                    rank = own;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<Finding.Measured> measured(Condition.Comparison comparison) {
        if (comparison.left() instanceof Term.Fact f
                && facts.value(f.name()) instanceof FactValue.Number n) {
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

    private Optional<Finding.Required> required(Condition.Comparison comparison) {
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
            return base.item().points().get(base.place(l.point())).parameter(l.parameter()).unit();
        }
        return facts.pack().fact(comparison.right().name()).orElseThrow().unit();
    }

    private List<Finding.Because> because(Law.Ready ready) {
        List<Finding.Because> because = new ArrayList<>(ready.reads().size());
        for (FactDefinition fact : ready.reads()) {
            because.add(new Finding.Because(fact.name(), fact.label(), facts.value(fact.name())));
        }
        return because;
    }
}

package org.kanqian.rules.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.inforce.InForce;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.pack.Unit;
import org.kanqian.rules.verdict.Finding;

/**
 * What one item asks in one place on one day: everything about its points that does not depend on
 * the premises. Worked out once and kept by the {@link ItemBase}; immutable.
 *
 * @param points in the order of the stages
 * @param constants the limits that are plain numbers, by the name of their {@link Term}
 * @param demands by fact: the rules whose last sentence is about it, and their point's place in
 *     {@code points}
 * @param regional whether the item asks more or other things somewhere than in the country at large
 */
record Law(
        List<Ready> points,
        Map<String, Range> constants,
        Map<String, List<Demanding>> demands,
        boolean regional) {

    /** A rule that, where all its other sentences hold, leaves its last one to be avoided. */
    record Demanding(int place, Rule rule) {}

    /**
     * A point in force, made ready to be judged.
     *
     * @param rules all its rules; {@code violations} those that say how it is violated
     * @param conditional whether rules say when it applies
     * @param settled its text, clauses and limits where no fact has a say in them; null where one
     *     has
     * @param reads the facts its rules and limits read
     * @param varies whether anything of it depends on where in the country the site lies
     */
    record Ready(
            RequirementPoint point,
            List<Rule> rules,
            List<Rule> violations,
            boolean conditional,
            Shape shape,
            @Nullable Settled settled,
            List<FactDefinition> reads,
            boolean varies) {}

    /** A point's text, clauses and limits. */
    record Settled(Text text, List<Basis> basis, List<Finding.Limit> limits) {}

    /**
     * @throws NotInForceException where the item has no law yet on that day, or a limit none any
     *     more
     */
    static Law of(ItemBase base, StandardsPack pack, Optional<String> region, LocalDate asOf) {
        InForce.firstDay(base.item())
                .filter(asOf::isBefore)
                .ifPresent(
                        first -> {
                            throw NotInForceException.tooEarly(base.item().id(), first);
                        });
        Map<String, Range> constants = new HashMap<>();
        List<Ready> points =
                InForce.points(base.item(), region, asOf).stream()
                        .sorted(Comparator.comparing(RequirementPoint::stage))
                        .map(p -> ready(base, pack, p, region, asOf, constants))
                        .toList();
        return new Law(
                points, constants, demands(points), InForce.hasRegionalPoints(base.item(), asOf));
    }

    private static Map<String, List<Demanding>> demands(List<Ready> points) {
        Map<String, List<Demanding>> demands = new HashMap<>();
        for (int i = 0; i < points.size(); i++) {
            for (Rule rule : points.get(i).violations()) {
                for (String fact : rule.conditions().get(rule.conditions().size() - 1).facts()) {
                    demands.computeIfAbsent(fact, f -> new ArrayList<>())
                            .add(new Demanding(i, rule));
                }
            }
        }
        return demands;
    }

    private static Ready ready(
            ItemBase base,
            StandardsPack pack,
            RequirementPoint point,
            Optional<String> region,
            LocalDate asOf,
            Map<String, Range> constants) {
        lawStands(base, point, asOf);
        Map<String, Parameter.Value> plain = new LinkedHashMap<>();
        boolean constant = point.tables().isEmpty();
        Set<String> reads = new LinkedHashSet<>(base.factsOf(point.id()));
        for (Parameter parameter : point.limits().values()) {
            Optional<Parameter.Value> value = InForce.value(parameter, region, asOf);
            Parameter.Steps steps = value.map(Parameter.Value::steps).orElse(null);
            if (value.isPresent() && steps == null) {
                plain.put(parameter.name(), value.get());
                constants.put(
                        new Term.Limit(point.id(), parameter.name()).name(),
                        Range.of(value.get().value()));
                continue;
            }
            constant = false;
            if (steps != null) {
                reads.add(steps.fact());
            } else {
                reads.add(
                        parameter
                                .ask()
                                .orElseThrow(
                                        () ->
                                                NotInForceException.ended(
                                                        base.item().id(),
                                                        point.id(),
                                                        parameter.name(),
                                                        InForce.lastDay(parameter, region)
                                                                .orElse(null))));
            }
        }
        List<Rule> rules = base.rulesOf(point.id());
        return new Ready(
                point,
                rules,
                rules.stream().filter(r -> !r.applies()).toList(),
                rules.stream().anyMatch(Rule::applies),
                Shape.of(rules),
                constant ? settled(point, plain) : null,
                reads.stream().map(n -> pack.fact(n).orElseThrow()).toList(),
                InForce.variesByRegion(base.item(), point, asOf));
    }

    /** A point may not outlive all the law it cites, unless that law names its successor. */
    private static void lawStands(ItemBase base, RequirementPoint point, LocalDate asOf) {
        LocalDate last = null;
        for (Basis basis : point.basis()) {
            LocalDate until = basis.law().until();
            if (until == null || !asOf.isAfter(until) || basis.law().supersededBy().isPresent()) {
                return;
            }
            last = last == null || until.isAfter(last) ? until : last;
        }
        if (last != null) {
            throw NotInForceException.ended(base.item().id(), point.id(), "", last);
        }
    }

    private static Settled settled(RequirementPoint point, Map<String, Parameter.Value> plain) {
        Text text = point.text();
        Set<Basis> basis = new LinkedHashSet<>();
        List<Finding.Limit> limits = new ArrayList<>();
        for (String name : point.parameters().keySet()) {
            Parameter.Value value = plain.get(name);
            if (value != null) {
                Parameter parameter = point.parameter(name);
                text = text.with(name, Unit.amount(value.value(), parameter.unit()));
                basis.addAll(value.basis());
                limits.add(
                        new Finding.Limit(
                                name,
                                value.value(),
                                parameter.unit(),
                                parameter.stricter(),
                                value.basis()));
            }
        }
        basis.addAll(point.basis());
        return new Settled(text, List.copyOf(basis), List.copyOf(limits));
    }
}

package org.kanqian.api.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kanqian.api.plan.PlanAnswers.Asked;
import org.kanqian.api.plan.PlanAnswers.Attribute;
import org.kanqian.api.precheck.PreCheckAnswer.Choice;
import org.kanqian.gis.plan.Catalogue;
import org.kanqian.gis.plan.FloorPlan.FlowKind;
import org.kanqian.gis.plan.PlanVocabulary;
import org.kanqian.gis.plan.PlanVocabulary.Named;
import org.kanqian.gis.plan.PlanVocabulary.Statement;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.Text;

/**
 * The vocabulary of plans, with what some items ask of them: worked out from the facts they read.
 */
final class Words {
    private static final Map<FlowKind, Text> FLOWS =
            Map.of(
                    FlowKind.FOOD, new Text("食品：原料进来到上桌", "food, from raw material to the table"),
                    FlowKind.DISH_RETURN, new Text("回收餐具", "used dishes"),
                    FlowKind.PEOPLE, new Text("人流", "people"),
                    FlowKind.MATERIAL, new Text("物流", "material"),
                    FlowKind.CLEAN, new Text("洁净流线", "clean"),
                    FlowKind.DIRTY, new Text("污物流线", "dirty"),
                    FlowKind.INSTRUMENT,
                            new Text("器械：用过到灭菌存放", "instruments, from use to the sterile store"),
                    FlowKind.MEN, new Text("男宾流线", "men"),
                    FlowKind.WOMEN, new Text("女宾流线", "women"));

    private final RuleBook book;

    /** The points that read a fact of a plan, by fact. */
    private final Map<String, Set<Asked>> readers = new LinkedHashMap<>();

    private Words(RuleBook book, List<ApprovalItem> items) {
        this.book = book;
        for (ApprovalItem item : items) {
            for (RequirementPoint point : item.points()) {
                for (String fact : book.factsOf(item.id(), point.id())) {
                    if (fact.startsWith("plan.")) {
                        readers.computeIfAbsent(fact, f -> new LinkedHashSet<>())
                                .add(new Asked(item.id(), point.id(), point.title()));
                    }
                }
            }
        }
    }

    /** What can be drawn, and which of it these items ask about. */
    static PlanAnswers.Vocabulary of(RuleBook book, List<ApprovalItem> items) {
        Words words = new Words(book, items);
        return new PlanAnswers.Vocabulary(
                words.types(Catalogue.rooms()),
                words.types(Catalogue.fixtures()),
                words.flows(),
                words.attributes());
    }

    private List<PlanAnswers.Type> types(List<Catalogue.Entry> listed) {
        Map<String, Set<Asked>> askedOf = new LinkedHashMap<>();
        readers.forEach(
                (fact, points) ->
                        PlanVocabulary.typesIn(fact)
                                .forEach(
                                        t ->
                                                askedOf.computeIfAbsent(
                                                                t, k -> new LinkedHashSet<>())
                                                        .addAll(points)));
        return listed.stream()
                .map(
                        e ->
                                new PlanAnswers.Type(
                                        e.type(),
                                        e.look(),
                                        new Text(e.zh(), e.en()),
                                        List.copyOf(askedOf.getOrDefault(e.type(), Set.of()))))
                .sorted(Comparator.comparing(t -> t.asked().isEmpty()))
                .toList();
    }

    private List<PlanAnswers.Flow> flows() {
        return Stream.of(FlowKind.values())
                .map(
                        k ->
                                new PlanAnswers.Flow(
                                        k,
                                        Objects.requireNonNull(FLOWS.get(k)),
                                        askedBy(f -> PlanVocabulary.flowsIn(f).contains(k))))
                .sorted(Comparator.comparingInt(f -> -f.asked().size()))
                .toList();
    }

    private List<Attribute> attributes() {
        List<Attribute> all = new ArrayList<>();
        for (Statement s : PlanVocabulary.statements()) {
            all.add(
                    new Attribute(
                            s.of(),
                            s.key(),
                            Set.of(),
                            new Text(s.zh(), s.en()),
                            s.type(),
                            s.unit(),
                            List.of(),
                            askedBy(s::helps)));
        }
        for (String fact : readers.keySet()) {
            PlanVocabulary.named(fact).ifPresent(n -> all.add(named(fact, n)));
        }
        // The same attribute may be asked of several types by several facts: one entry for all.
        return all.stream()
                .collect(
                        Collectors.toMap(
                                a -> a.of() + " " + a.key(),
                                a -> a,
                                Words::both,
                                LinkedHashMap::new))
                .values()
                .stream()
                .sorted(Comparator.comparingInt(a -> -a.asked().size()))
                .toList();
    }

    private Attribute named(String fact, Named named) {
        FactDefinition f = book.fact(fact).orElseThrow();
        return new Attribute(
                named.of(),
                named.key(),
                new TreeSet<>(named.types()),
                new Text(f.label(), f.ask().en()),
                f.type().name().toLowerCase(Locale.ROOT),
                f.unit(),
                f.values().stream().map(o -> new Choice(o.value(), o.title())).toList(),
                askedBy(fact::equals));
    }

    private static Attribute both(Attribute a, Attribute b) {
        Set<String> types = new TreeSet<>(a.types());
        types.addAll(b.types());
        Set<Asked> asked = new LinkedHashSet<>(a.asked());
        asked.addAll(b.asked());
        return new Attribute(
                a.of(),
                a.key(),
                a.types().isEmpty() ? a.types() : types,
                a.name(),
                a.type(),
                a.unit(),
                a.choices(),
                List.copyOf(asked));
    }

    private List<Asked> askedBy(java.util.function.Predicate<String> reads) {
        return readers.entrySet().stream()
                .filter(e -> reads.test(e.getKey()))
                .flatMap(e -> e.getValue().stream())
                .distinct()
                .toList();
    }
}

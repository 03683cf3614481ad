package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Fix;
import org.kanqian.rules.verdict.Judgement;
import org.kanqian.rules.verdict.Question;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;

/**
 * What the engine says of facts it does not know, against the plain truth: every completion over a
 * small domain judged one by one with nothing unknown.
 */
class UnknownFactsProperties {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final RuleBook BOOK = smallPack();

    /**
     * For each fact a domain that holds both sides of every limit, the limit itself, and both ends.
     */
    private static final Map<String, List<Object>> DOMAIN =
            Map.ofEntries(
                    Map.entry("site.distance.school", numbers("0", "199.9", "200", "400", "1000")),
                    Map.entry("site.rule.distance", numbers("0", "200", "300", "1000")),
                    Map.entry("facility.fume.produces", List.of(true, false)),
                    Map.entry("facility.flue", List.of(true, false)),
                    Map.entry("staff.pharmacist", numbers("0", "1", "2", "10")),
                    Map.entry("staff.technician", numbers("0", "1", "2", "10")),
                    Map.entry("staff.guards", numbers("0", "2", "3", "4", "51", "52", "100")),
                    Map.entry("plan.area", numbers("0", "150", "200", "201", "10000")),
                    Map.entry("plan.persons", numbers("1", "50", "100", "1000")),
                    Map.entry("facility.fuel", List.of("电", "天然气", "瓶装气")),
                    Map.entry("variant", List.of("甲", "乙")));

    @Property(tries = 150)
    void everyFindingAgreesWithEveryCompletion(@ForAll("partlyKnown") Map<String, Object> known) {
        Judgement judgement = judge(known);

        for (Finding finding : judgement.items().get(0).findings()) {
            Set<Status> truth = truth(finding, known);
            assertThat(agrees(finding.status(), truth))
                    .as(
                            "%s is %s, completions say %s",
                            finding.point().id(), finding.status(), truth)
                    .isTrue();
        }
    }

    @Property(tries = 150)
    void everyQuestionCanChangeAPointItSaysItDecides(
            @ForAll("partlyKnown") Map<String, Object> known) {
        Judgement judgement = judge(known);

        for (Question question : judgement.questions()) {
            String fact = question.fact().name();
            assertThat(known).doesNotContainKey(fact);
            Set<String> outcomes = new TreeSet<>();
            for (Map<String, Object> completion :
                    completions(factsBehind(question, judgement), known)) {
                outcomes.add(statuses(judge(completion)).toString());
            }
            assertThat(outcomes).as(fact).hasSizeGreaterThan(1);
        }
    }

    @Property(tries = 100)
    void answeringEveryQuestionEndsNeedInfo(@ForAll("partlyKnown") Map<String, Object> known) {
        Map<String, Object> answered = new HashMap<>(known);
        Judgement judgement = judge(answered);
        int asked = 0;

        while (!judgement.questions().isEmpty()) {
            String fact = judgement.questions().get(0).fact().name();
            answered.put(fact, Objects.requireNonNull(DOMAIN.get(fact)).get(asked % 2));
            judgement = judge(answered);
            asked++;
        }

        assertThat(judgement.verdict()).isNotEqualTo(Verdict.NEED_INFO);
        assertThat(asked).isLessThanOrEqualTo(DOMAIN.size());
    }

    /** Every fix applied gives a pass; one left out does not. */
    @Property(tries = 100)
    void theFixListIsCompleteAndEveryFixIsNeeded(@ForAll("fullyKnown") Map<String, Object> known) {
        Judgement before = judge(known);
        if (before.verdict() != Verdict.FIX) {
            return;
        }

        Map<String, Object> mended = known;
        for (Fix fix : before.fixes()) {
            mended = mended(fix, mended);
        }
        assertThat(judge(mended).verdict()).isEqualTo(Verdict.PASS);
        for (Fix leftOut : before.fixes()) {
            Map<String, Object> almost = known;
            for (Fix fix : before.fixes()) {
                almost = fix.equals(leftOut) ? almost : mended(fix, almost);
            }
            assertThat(judge(almost).verdict())
                    .as("without %s", leftOut.point().id())
                    .isEqualTo(Verdict.FIX);
        }
    }

    /**
     * {@code known} with facts the point reads changed so that it is met and nothing else worse.
     */
    private static Map<String, Object> mended(Fix fix, Map<String, Object> known) {
        List<String> others = violated(judge(known));
        others.remove(fix.point().id());
        List<String> read =
                judge(known).items().get(0).findings().stream()
                        .filter(f -> f.point().id().equals(fix.point().id()))
                        .flatMap(f -> f.because().stream())
                        .map(Finding.Because::fact)
                        .filter(f -> !f.equals("variant"))
                        .toList();
        Map<String, Object> rest = new HashMap<>(known);
        rest.keySet().removeAll(read);
        return completions(read, rest).stream()
                .filter(c -> violated(judge(c)).equals(others))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> violated(Judgement judgement) {
        List<String> violated = new ArrayList<>();
        judgement.items().get(0).findings().stream()
                .filter(f -> f.status() == Status.VIOLATED)
                .forEach(f -> violated.add(f.point().id()));
        return violated;
    }

    private static boolean agrees(Status found, Set<Status> truth) {
        return switch (found) {
            case UNKNOWN -> truth.contains(Status.VIOLATED) && truth.size() > 1;
            case VIOLATED -> truth.equals(Set.of(Status.VIOLATED));
            case MET -> truth.contains(Status.MET) && !truth.contains(Status.VIOLATED);
            case NOT_APPLICABLE -> truth.equals(Set.of(Status.NOT_APPLICABLE));
            case VISIT -> truth.equals(Set.of(Status.VISIT));
            case MARGINAL -> false;
        };
    }

    private static Set<Status> truth(Finding finding, Map<String, Object> known) {
        Set<Status> statuses = new TreeSet<>();
        List<String> read = finding.because().stream().map(Finding.Because::fact).toList();
        for (Map<String, Object> completion : completions(read, known)) {
            judge(completion).items().get(0).findings().stream()
                    .filter(f -> f.point().id().equals(finding.point().id()))
                    .forEach(f -> statuses.add(f.status()));
        }
        return statuses;
    }

    private static List<String> factsBehind(Question question, Judgement judgement) {
        Set<String> facts = new TreeSet<>(Set.of(question.fact().name()));
        judgement.items().get(0).findings().stream()
                .filter(f -> f.missing().contains(question.fact().name()))
                .flatMap(f -> f.because().stream())
                .forEach(b -> facts.add(b.fact()));
        return List.copyOf(facts);
    }

    private static List<String> statuses(Judgement judgement) {
        return judgement.items().get(0).findings().stream()
                .map(f -> f.point().id() + f.status())
                .toList();
    }

    /** {@code known} with each of {@code facts} it does not hold given each value of its domain. */
    private static List<Map<String, Object>> completions(
            List<String> facts, Map<String, Object> known) {
        List<Map<String, Object>> completions = List.of(known);
        for (String fact : facts) {
            if (known.containsKey(fact)) {
                continue;
            }
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> shorter : completions) {
                for (Object value : Objects.requireNonNull(DOMAIN.get(fact), fact)) {
                    Map<String, Object> one = new HashMap<>(shorter);
                    one.put(fact, value);
                    longer.add(one);
                }
            }
            completions = longer;
        }
        return completions;
    }

    private static Judgement judge(Map<String, Object> known) {
        Map<String, FactValue> values = new HashMap<>();
        known.forEach((name, value) -> values.put(name, value(name, value)));
        return BOOK.judge(
                new Inquiry(
                        List.of(new Inquiry.ItemInquiry("demo", Optional.empty())),
                        FactSheet.of(values),
                        Optional.of("110108"),
                        TODAY,
                        0));
    }

    private static FactValue value(String name, Object value) {
        Provenance from = new Provenance.Answer();
        if (value instanceof Boolean b) {
            return new FactValue.Flag(b, from);
        }
        if (value instanceof String s) {
            return new FactValue.Choice(s, from);
        }
        FactDefinition fact = BOOK.fact(name).orElseThrow();
        return FactValue.Number.exact((BigDecimal) value, fact.unit(), from);
    }

    @Provide
    Arbitrary<Map<String, Object>> fullyKnown() {
        return known(Arbitraries.just(DOMAIN.keySet()));
    }

    @Provide
    Arbitrary<Map<String, Object>> partlyKnown() {
        return known(Arbitraries.subsetOf(DOMAIN.keySet()));
    }

    private static Arbitrary<Map<String, Object>> known(Arbitrary<? extends Set<String>> facts) {
        return facts.flatMap(
                names -> {
                    Arbitrary<Map<String, Object>> sheet = Arbitraries.just(Map.of());
                    for (String name : new TreeSet<>(names)) {
                        sheet =
                                sheet.flatMap(
                                        map ->
                                                Arbitraries.of(
                                                                Objects.requireNonNull(
                                                                        DOMAIN.get(name)))
                                                        .map(v -> with(map, name, v)));
                    }
                    return sheet;
                });
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> more = new HashMap<>(map);
        more.put(name, value);
        return more;
    }

    private static List<Object> numbers(String... values) {
        List<Object> numbers = new ArrayList<>();
        for (String value : values) {
            numbers.add(new BigDecimal(value));
        }
        return numbers;
    }

    private static RuleBook smallPack() {
        try {
            return RuleBook.compile(
                    StandardsPack.load(
                            PackSource.directory(
                                    Path.of(
                                            Objects.requireNonNull(
                                                            UnknownFactsProperties.class
                                                                    .getResource("/packs/small"))
                                                    .toURI()))));
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

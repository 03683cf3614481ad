package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.WorkedCase;
import org.kanqian.rules.verdict.ItemJudgement;
import org.kanqian.rules.verdict.Judgement;
import org.kanqian.rules.verdict.Verdict;

/** Several items of the packaged standards in one inquiry, whatever their order and the facts. */
class JointCheckProperties {
    private static final RuleBook BOOK =
            RuleBook.compile(StandardsPack.load(PackSource.classPath()));
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final List<String> REGIONS = List.of("110108", "510106", "610103", "440103");

    @Property(tries = 60)
    void everyItemIsJudgedAsItWouldBeAlone(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> items = someItems(random);
        FactSheet facts = someFacts(random);
        Optional<String> region = someRegion(random);

        Judgement joint = judge(items, facts, region);

        Verdict worst = Verdict.PASS;
        for (ItemJudgement item : joint.items()) {
            Judgement alone = judge(List.of(item.item().id()), facts, region);
            assertThat(statuses(item)).isEqualTo(statuses(alone.items().get(0)));
            worst = worst.and(alone.verdict());
        }
        assertThat(joint.verdict()).isEqualTo(worst);
    }

    @Property(tries = 60)
    void theOrderOfItemsAndFactsChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> items = someItems(random);
        FactSheet facts = someFacts(random);
        Optional<String> region = someRegion(random);
        List<String> reversed = new ArrayList<>(items);
        Collections.reverse(reversed);

        Judgement one = judge(items, facts, region);
        Judgement other = judge(reversed, facts, region);

        assertThat(other.verdict()).isEqualTo(one.verdict());
        assertThat(byItem(other)).isEqualTo(byItem(one));
        assertThat(other.questions().stream().map(q -> q.fact().name()).toList())
                .isEqualTo(one.questions().stream().map(q -> q.fact().name()).toList());
        assertThat(fixes(other)).isEqualTo(fixes(one));
    }

    @Property(tries = 60)
    void anAnsweredQuestionIsNotAskedAgain(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> items = someItems(random);
        FactSheet facts = someFacts(random);

        judge(items, facts, Optional.of("110108"))
                .questions()
                .forEach(
                        q ->
                                assertThat(facts.get(q.fact().name()))
                                        .as(q.fact().name())
                                        .isInstanceOf(FactValue.Missing.class));
    }

    private static Judgement judge(List<String> items, FactSheet facts, Optional<String> region) {
        return BOOK.judge(
                new Inquiry(
                        items.stream()
                                .map(i -> new Inquiry.ItemInquiry(i, Optional.empty()))
                                .toList(),
                        facts,
                        region,
                        TODAY,
                        0));
    }

    private static Map<String, String> statuses(ItemJudgement item) {
        Map<String, String> statuses = new TreeMap<>();
        item.findings().forEach(f -> statuses.put(f.point().id(), f.status() + " " + f.missing()));
        return statuses;
    }

    private static Map<String, Map<String, String>> byItem(Judgement judgement) {
        Map<String, Map<String, String>> items = new TreeMap<>();
        judgement.items().forEach(i -> items.put(i.item().id(), statuses(i)));
        return items;
    }

    private static Set<String> fixes(Judgement judgement) {
        return judgement.fixes().stream()
                .map(f -> f.point().id() + new TreeSet<>(f.items()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> someItems(Random random) {
        List<String> items =
                new ArrayList<>(BOOK.pack().items().stream().map(ApprovalItem::id).toList());
        Collections.shuffle(items, random);
        return List.copyOf(items.subList(0, 2 + random.nextInt(2)));
    }

    private static Optional<String> someRegion(Random random) {
        return random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(REGIONS.get(random.nextInt(REGIONS.size())));
    }

    /** Facts of worked cases, some left out, some flags turned round. */
    private static FactSheet someFacts(Random random) {
        Map<String, FactValue> facts = new HashMap<>();
        for (WorkedCase c : BOOK.pack().cases()) {
            if (random.nextInt(20) == 0) {
                facts.putAll(c.given().values());
            }
        }
        facts.remove("variant");
        for (FactDefinition fact : BOOK.pack().facts()) {
            int luck = random.nextInt(10);
            if (luck < 3) {
                facts.remove(fact.name());
            } else if (luck == 3 && facts.get(fact.name()) instanceof FactValue.Flag f) {
                facts.put(fact.name(), new FactValue.Flag(!f.value(), new Provenance.Answer()));
            }
        }
        return FactSheet.of(facts);
    }
}

package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.Bundle;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.ItemJudgement;
import org.kanqian.rules.verdict.JointFinding;
import org.kanqian.rules.verdict.Judgement;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;

class JointCheckTest {
    private static final String COMMON =
            "points:\n"
                    + Packs.point(
                            "room-size",
                            "面积不小于 {minimum}",
                            "parameters:\n"
                                    + "  minimum: {unit: m2, stricter: higher,"
                                    + " values: [{value: 10, since: 2020-01-01}]}")
                    + Packs.point("vent", "有排风", "score: 20");
    private static final String COMMON_RULES =
            """
            rule "面积不足"
            when
              要点 room-size
              <机房面积> 小于 限值 minimum
            then
              不符合
            end
            rule "没有排风"
            when
              要点 vent
              <有排风> 为 否
            then
              不符合
            end
            """;
    private static final String STRICTER =
            """
            - common: room-size
              parameters: {minimum: {values: [{value: 15, since: 2020-01-01}]}}
              basis: [{law: law-b, article: 第九条}]
            - common: vent
            """;
    private static final String PLAIN =
            """
            - common: room-size
            - common: vent
            """;

    private static RuleBook book(String moreOfA, String rulesOfA, String moreOfB, String rulesOfB) {
        return Packs.compile(
                Packs.files(
                        "pack.yaml",
                        Packs.pack(
                                "a, b",
                                "common: [rooms]\n"
                                        + "bundles: [{id: both, name: {zh: 都办, en: Both},"
                                        + " items: [{item: a}, {item: b}]}]\n"),
                        "common/rooms.yaml",
                        COMMON,
                        "common/rooms.dslr",
                        COMMON_RULES,
                        "items/a/item.yaml",
                        Packs.item("a", "score: {pass: 10}\n", PLAIN + moreOfA),
                        "items/a/rules.dslr",
                        rulesOfA,
                        "items/a/cases.yaml",
                        "cases: []",
                        "items/b/item.yaml",
                        Packs.item("b", "", STRICTER + moreOfB),
                        "items/b/rules.dslr",
                        rulesOfB,
                        "items/b/cases.yaml",
                        "cases: []"));
    }

    @Test
    void theStrictestLimitWinsAndEveryClauseIsCredited() {
        for (String[] order : new String[][] {{"a", "b"}, {"b", "a"}}) {
            Judgement judgement =
                    judge(
                            book("", "", "", ""),
                            Map.of("plan.area.room", number("12"), "facility.vent", flag(true)),
                            order);

            JointFinding joint = judgement.joint().get(0);
            assertThat(joint.point().id()).isEqualTo("room-size");
            assertThat(joint.items()).containsExactly("a", "b");
            assertThat(joint.status()).isEqualTo(Status.VIOLATED);
            assertThat(joint.text().zh()).isEqualTo("面积不小于 15 平方米");
            assertThat(joint.basis())
                    .extracting(b -> b.law().id() + " " + b.article().orElse(""))
                    .containsExactlyInAnyOrder("law-a 第二条", "law-b 第九条");
            assertThat(judgement.fixes())
                    .singleElement()
                    .satisfies(f -> assertThat(f.asked().zh()).isEqualTo("面积不小于 15 平方米"));
            assertThat(judgement.verdict()).isEqualTo(Verdict.FIX);
            assertThat(item(judgement, "a").verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void aCommonFactIsAskedOnceForBoth() {
        Judgement judgement =
                judge(book("", "", "", ""), Map.of("plan.area.room", number("20")), "a", "b");

        assertThat(judgement.questions())
                .singleElement()
                .satisfies(
                        q -> {
                            assertThat(q.fact().name()).isEqualTo("facility.vent");
                            assertThat(q.decides()).containsExactly("a/vent", "b/vent");
                        });
    }

    @Test
    void whatNoPremisesCanBothBeIsReported() {
        String small =
                Packs.point(
                        "small",
                        "面积不大于 {maximum}",
                        "parameters:\n"
                                + "  maximum: {unit: m2, stricter: lower,"
                                + " values: [{value: 12, since: 2020-01-01}]}");
        String smallRule =
                """
                rule "太大"
                when
                  要点 small
                  <机房面积> 大于 限值 maximum
                then
                  不符合
                end
                """;
        RuleBook book = book(small, smallRule, "", "");

        for (String[] order : new String[][] {{"a", "b"}, {"b", "a"}}) {
            assertThat(judge(book, Map.of(), order).contradictions())
                    .singleElement()
                    .satisfies(
                            c -> {
                                assertThat(c.fact().name()).isEqualTo("plan.area.room");
                                assertThat(c.one().point()).isEqualTo("small");
                                assertThat(c.other().point()).isEqualTo("room-size");
                                assertThat(c.other().asks().zh()).isEqualTo("面积不小于 15 平方米");
                            });
        }
        assertThat(judge(book, Map.of(), "a").contradictions()).isEmpty();
    }

    @Test
    void aYesHereAndANoThereIsReported() {
        String point = Packs.point("lead", "铅门", "");
        String rule =
                """
                rule "铅门"
                when
                  要点 lead
                  以下任一为 %s：<有铅门>、<有警示灯>
                then
                  不符合
                end
                """;

        assertThat(
                        judge(
                                        book(
                                                point,
                                                rule.formatted("是"),
                                                point,
                                                rule.formatted("否")),
                                        Map.of(),
                                        "a",
                                        "b")
                                .contradictions())
                .extracting(c -> c.fact().name())
                .containsExactly("facility.lead", "facility.sign");
    }

    @Test
    void aScoreSaysWhatIsCertainAndWhatCanStillBecome() {
        RuleBook book = book("", "", "", "");

        ItemJudgement open =
                judge(book, Map.of("plan.area.room", number("20")), "a").items().get(0);
        ItemJudgement bad = judge(book, Map.of("facility.vent", flag(false)), "a").items().get(0);

        assertThat(open.score().orElseThrow().got()).isEqualByComparingTo("0");
        assertThat(open.score().orElseThrow().atMost()).isEqualByComparingTo("20");
        assertThat(bad.score().orElseThrow().atMost()).isEqualByComparingTo("0");
        assertThat(bad.score().orElseThrow().pass()).isEqualByComparingTo("10");
        assertThat(judge(book, Map.of(), "b").items().get(0).score()).isEmpty();
    }

    @Test
    void aMetPointSaysWhatKeptItsRuleFromFiring() {
        Judgement judgement =
                judge(
                        book("", "", "", ""),
                        Map.of("plan.area.room", number("20"), "facility.vent", flag(true)),
                        "a");

        assertThat(judgement.items().get(0).findings())
                .allSatisfy(
                        f -> {
                            assertThat(f.status()).isEqualTo(Status.MET);
                            assertThat(f.rules())
                                    .singleElement()
                                    .satisfies(
                                            r -> {
                                                assertThat(r.fired()).isFalse();
                                                assertThat(r.heldBack()).isEqualTo(r.sentences());
                                                assertThat(r.file()).isEqualTo("common/rooms.dslr");
                                            });
                        })
                .extracting(f -> f.rules().get(0).line())
                .containsExactly(1, 8);
    }

    @Test
    void setsOfFactsAreDecidedByTheOneThatSettlesThem() {
        String point = Packs.point("signs", "标志", "");
        String any =
                """
                rule "缺一不可"
                when
                  要点 signs
                  以下任一为 否：<有铅门>、<有警示灯>
                then
                  不符合
                end
                """;
        String all =
                """
                rule "至少有一"
                when
                  要点 signs
                  以下全部为 否：<有铅门>、<有警示灯>
                then
                  不符合
                end
                """;
        RuleBook anyMissing = book(point, any, "", "");
        RuleBook allMissing = book(point, all, "", "");
        Map<String, FactValue> lead = Map.of("facility.lead", flag(true));
        Map<String, FactValue> none = Map.of("facility.lead", flag(false));

        assertThat(status(anyMissing, lead)).isEqualTo(Status.UNKNOWN);
        assertThat(status(anyMissing, none)).isEqualTo(Status.VIOLATED);
        assertThat(status(allMissing, lead)).isEqualTo(Status.MET);
        assertThat(status(allMissing, none)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aBundleNamesItsItems() {
        assertThat(book("", "", "", "").pack().bundles())
                .singleElement()
                .satisfies(
                        b ->
                                assertThat(b.items())
                                        .extracting(Bundle.Member::item)
                                        .containsExactly("a", "b"));
    }

    @Test
    void aSharedPointNobodyDefinedIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> book("- common: room-siz\n", "", "", ""))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("是否想写 room-size");
    }

    @Test
    void anItemsOwnPointIsNotJudgedByACommonRuleOfTheSameName() {
        String own = Packs.point("lead", "铅门", "");
        String rule =
                """
                rule "铅门"
                when
                  要点 lead
                  <有铅门> 为 否
                then
                  不符合
                end
                """;
        RuleBook book =
                Packs.compile(
                        Packs.files(
                                "pack.yaml",
                                Packs.pack("a", "common: [rooms]\n"),
                                "common/rooms.yaml",
                                COMMON,
                                "common/rooms.dslr",
                                COMMON_RULES,
                                "items/a/item.yaml",
                                Packs.item(
                                        "a",
                                        "",
                                        "- common: room-size\n" + own.replace("lead", "vent")),
                                "items/a/rules.dslr",
                                rule.replace("lead", "vent"),
                                "items/a/cases.yaml",
                                "cases: []"));

        assertThat(judge(book, Map.of("facility.lead", flag(true)), "a").items().get(0).findings())
                .filteredOn(f -> f.point().id().equals("vent"))
                .singleElement()
                .satisfies(f -> assertThat(f.status()).isEqualTo(Status.MET));
    }

    @Test
    void aRuleOfTheItemForACommonPointIsRefused() {
        String rule =
                """
                rule "另加一条"
                when
                  要点 vent
                  <有铅门> 为 否
                then
                  不符合
                end
                """;

        assertThatThrownBy(() -> book("", rule, "", ""))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("items/a/rules.dslr:3")
                .hasMessageContaining("共用要点");
    }

    private static Status status(RuleBook book, Map<String, FactValue> facts) {
        return judge(book, facts, "a").items().get(0).findings().stream()
                .filter(f -> f.point().id().equals("signs"))
                .map(Finding::status)
                .findFirst()
                .orElseThrow();
    }

    private static ItemJudgement item(Judgement judgement, String id) {
        return judgement.items().stream()
                .filter(i -> i.item().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Judgement judge(RuleBook book, Map<String, FactValue> facts, String... items) {
        return book.judge(
                new Inquiry(
                        Arrays.stream(items)
                                .map(i -> new Inquiry.ItemInquiry(i, Optional.empty()))
                                .toList(),
                        FactSheet.of(facts),
                        Optional.of("510106"),
                        LocalDate.of(2026, 11, 23),
                        0));
    }

    private static FactValue number(String value) {
        return FactValue.Number.exact(new BigDecimal(value), "m2", new Provenance.Answer());
    }

    private static FactValue flag(boolean value) {
        return new FactValue.Flag(value, new Provenance.Answer());
    }
}

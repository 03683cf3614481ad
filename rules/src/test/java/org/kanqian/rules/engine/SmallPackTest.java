package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kanqian.rules.authoring.WorkedCases;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Judgement;
import org.kanqian.rules.verdict.Question;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;

class SmallPackTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static RuleBook book;

    @BeforeAll
    static void compile() throws URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(SmallPackTest.class.getResource("/packs/small"))
                                .toURI());
        book = RuleBook.compile(StandardsPack.load(PackSource.directory(folder)));
    }

    @Test
    void everyWorkedCaseHolds() {
        assertThat(book.pack().cases()).hasSizeGreaterThan(20);
        assertThat(WorkedCases.run(book)).isEmpty();
    }

    @Test
    void aLaterLawIsSeenComing() {
        Judgement judgement = judge(Map.of("site.distance.school", number("250")), "110108");

        Finding school = finding(judgement, "school");
        assertThat(school.status()).isEqualTo(Status.MET);
        assertThat(school.ahead())
                .containsExactly(new Finding.Ahead(LocalDate.of(2027, 1, 1), Status.VIOLATED));
        assertThat(school.text().zh()).contains("200 米");
    }

    @Test
    void aFindingShowsWhatWasMeasuredAndWhatIsRequired() {
        Judgement judgement = judge(Map.of("site.distance.school", number("150")), "110108");

        Finding school = finding(judgement, "school");
        assertThat(school.measured().orElseThrow().value()).isEqualByComparingTo("150");
        assertThat(school.required().orElseThrow().relation()).isEqualTo(">=");
        assertThat(school.required().orElseThrow().value()).isEqualByComparingTo("200");
        assertThat(school.rules()).extracting(Finding.RuleTrace::name).containsExactly("距学校不足");
    }

    @Test
    void sitingIsAskedFirstAndAWrongSiteIsAskedNothing() {
        Judgement open = judge(Map.of(), "110108");
        Judgement wrong = judge(Map.of("site.distance.school", number("10")), "110108");

        assertThat(open.questions().get(0).fact().name()).isEqualTo("site.distance.school");
        assertThat(wrong.verdict()).isEqualTo(Verdict.WRONG_SITE);
        assertThat(wrong.questions()).isEmpty();
    }

    @Test
    void aFactThatCannotChangeAnythingIsNotAsked() {
        Judgement judgement =
                judge(
                        Map.of(
                                "facility.flue", flag(true),
                                "staff.technician", number("1")),
                        "110108");

        assertThat(judgement.questions())
                .extracting((Question q) -> q.fact().name())
                .doesNotContain("facility.fume.produces", "staff.pharmacist");
    }

    @Test
    void answeringEveryQuestionEndsNeedInfo() {
        Map<String, FactValue> known = new HashMap<>();
        for (int round = 0; round < 20; round++) {
            Judgement judgement = judge(known, "110108");
            if (judgement.questions().isEmpty()) {
                break;
            }
            Question first = judgement.questions().get(0);
            known.put(first.fact().name(), answer(first));
        }

        assertThat(judge(known, "110108").verdict()).isNotEqualTo(Verdict.NEED_INFO);
    }

    @Test
    void theDayBeforeAnyLawIsRefusedNamingTheFirst() {
        Inquiry inquiry =
                new Inquiry(
                        List.of(new Inquiry.ItemInquiry("demo", Optional.of("甲"))),
                        FactSheet.of(Map.of()),
                        Optional.of("110108"),
                        LocalDate.of(2019, 12, 31),
                        0);

        assertThatThrownBy(() -> book.judge(inquiry))
                .isInstanceOfSatisfying(
                        NotInForceException.class,
                        e -> assertThat(e.day()).contains(LocalDate.of(2020, 1, 1)));
    }

    private static FactValue answer(Question question) {
        switch (question.fact().type()) {
            case BOOLEAN:
                return flag(true);
            case CHOICE:
                return new FactValue.Choice(
                        question.fact().values().get(0).value(), new Provenance.Answer());
            default:
                return number("1");
        }
    }

    private static FactValue number(String value) {
        return FactValue.Number.exact(new BigDecimal(value), "m", new Provenance.Answer());
    }

    private static FactValue flag(boolean value) {
        return new FactValue.Flag(value, new Provenance.Answer());
    }

    private static Judgement judge(Map<String, FactValue> facts, String region) {
        return book.judge(
                new Inquiry(
                        List.of(new Inquiry.ItemInquiry("demo", Optional.of("甲"))),
                        FactSheet.of(facts),
                        Optional.of(region),
                        TODAY,
                        12));
    }

    private static Finding finding(Judgement judgement, String point) {
        return judgement.items().get(0).findings().stream()
                .filter(f -> f.point().id().equals(point))
                .findFirst()
                .orElseThrow();
    }
}

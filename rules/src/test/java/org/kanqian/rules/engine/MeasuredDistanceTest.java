package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Status;

/** How a measured distance is rounded and compared, and which distance a point asks for. */
class MeasuredDistanceTest {
    private static final String FACTS =
            """
            facts:
              variant: {label: 情形, type: choice, sources: [request], ask: {zh: 情形？, en: Form?}}
              site.distance.school: {label: 到学校的距离, type: number, unit: m, min: 0, max: 99999, sources: [map, answer], ask: {zh: 多远？, en: How far?}, measure: {from: boundary, to: boundary, path: straight}}
              site.distance.planned_school: {label: 到规划学校的距离, type: number, unit: m, min: 0, max: 99999, sources: [map, answer], ask: {zh: 多远？, en: How far?}, measure: {from: entrance, to: boundary, path: straight}}
              site.gates.school: {label: 到校门的距离, type: number, unit: m, min: 0, max: 99999, sources: [map, answer], ask: {zh: 多远？, en: How far?}, measure: {from: entrance, to: entrance, path: straight}, rounding: 0.1}
              site.walking.school: {label: 到学校的步行距离, type: number, unit: m, min: 0, max: 99999, sources: [map, answer], ask: {zh: 多远？, en: How far?}, measure: {from: entrance, to: entrance, path: walking}, rounding: 1}
            """;

    private static final RuleBook BOOK =
            Packs.compile(
                    Packs.files(
                            "vocabulary/facts.yaml",
                            FACTS,
                            "pack.yaml",
                            Packs.pack("near", ""),
                            "items/near/item.yaml",
                            Packs.item(
                                    "near",
                                    "",
                                    point("boundary")
                                            + point("gate")
                                            + point("walk")
                                            + point("planned")),
                            "items/near/rules.dslr",
                            rule("boundary", "到学校的距离")
                                    + rule("gate", "到校门的距离")
                                    + rule("walk", "到学校的步行距离")
                                    + rule("planned", "到规划学校的距离"),
                            "items/near/cases.yaml",
                            "cases: []\n"));

    @ParameterizedTest
    @CsvSource({
        // Not rounded: compared as it is.
        "boundary, site.distance.school, 199.99, 0, VIOLATED",
        "boundary, site.distance.school, 200.00, 0, MET",
        "boundary, site.distance.school, 203, 5, MARGINAL",
        "boundary, site.distance.school, 197, 5, MARGINAL",
        "boundary, site.distance.school, 205, 5, MET",
        "boundary, site.distance.school, 194.9, 5, VIOLATED",
        // Rounded to 0.1 m, half up.
        "gate, site.gates.school, 199.94, 0, VIOLATED",
        "gate, site.gates.school, 199.95, 0, MET",
        "gate, site.gates.school, 200.94, 1, MARGINAL",
        "gate, site.gates.school, 200.95, 1, MET",
        // Rounded to whole metres.
        "walk, site.walking.school, 199.49, 0, VIOLATED",
        "walk, site.walking.school, 199.50, 0, MET",
    })
    void aDistanceIsRoundedAsTheVocabularySaysAndThenComparedWithItsError(
            String point, String fact, String metres, String error, Status status) {
        assertThat(judged(point, fact, measured(metres, error)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "199.95, , MET",
        "199.94, 900, UNKNOWN",
        "0, 199.94, VIOLATED",
        // Rounding may still lift it to the limit.
        "0, 199.95, UNKNOWN",
    })
    void boundsOfWhatIsNotKnownAreRoundedToo(BigDecimal low, BigDecimal high, Status status) {
        FactValue bounded = new FactValue.Missing(FactValue.Reason.NOT_DRAWN, "门不在图上", low, high);

        assertThat(judged("gate", "site.gates.school", bounded).status()).isEqualTo(status);
    }

    @Test
    void whatOnlyTheErrorKeepsOpenIsMarginal() {
        FactValue side =
                new FactValue.Missing(
                        FactValue.Reason.WITHIN_ERROR,
                        "分不清在哪一侧",
                        new BigDecimal("120"),
                        new BigDecimal("460"));

        assertThat(judged("walk", "site.walking.school", side).status()).isEqualTo(Status.MARGINAL);
    }

    @Test
    void moreErrorNeverMakesAMarginalDistanceMet() {
        for (int metres = 150; metres <= 250; metres += 5) {
            boolean open = false;
            for (int error = 0; error <= 60; error += 3) {
                Status status =
                        judged(
                                        "boundary",
                                        "site.distance.school",
                                        measured(String.valueOf(metres), String.valueOf(error)))
                                .status();
                assertThat(open && status != Status.MARGINAL).isFalse();
                open |= status == Status.MARGINAL;
            }
        }
    }

    @Test
    void aPointThatNamesPlannedSchoolsIsJudgedByThem() {
        Finding near = judged("planned", "site.distance.planned_school", measured("120", "6"));
        Finding far = judged("planned", "site.distance.planned_school", measured("320", "6"));
        Finding built = judged("planned", "site.distance.school", measured("120", "6"));

        assertThat(near.status()).isEqualTo(Status.VIOLATED);
        assertThat(near.measured().orElseThrow().fact()).isEqualTo("site.distance.planned_school");
        assertThat(far.status()).isEqualTo(Status.MET);
        assertThat(built.status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void thePackSaysHowEachDistanceIsTaken() {
        assertThat(BOOK.pack().measures())
                .containsEntry(
                        "site.distance.school",
                        new Measure(
                                Measure.End.BOUNDARY, Measure.End.BOUNDARY, Measure.Path.STRAIGHT))
                .containsEntry(
                        "site.walking.school",
                        new Measure(
                                Measure.End.ENTRANCE, Measure.End.ENTRANCE, Measure.Path.WALKING));
    }

    @Test
    void aStepToRoundToHasToBeAboveZero() {
        String wrong = FACTS.replace("rounding: 0.1", "rounding: 0");

        assertThatThrownBy(
                        () ->
                                Packs.compile(
                                        Packs.files(
                                                "vocabulary/facts.yaml",
                                                wrong,
                                                "pack.yaml",
                                                Packs.pack("", ""))))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("rounding");
    }

    private static String point(String id) {
        return Packs.point(
                id,
                "不少于 {minimum}",
                "parameters:\n"
                        + "  minimum: {unit: m, stricter: higher, values: [{since: 2020-01-01,"
                        + " value: 200}]}\n");
    }

    private static String rule(String point, String fact) {
        return "rule \""
                + point
                + "\"\nwhen\n  要点 "
                + point
                + "\n  <"
                + fact
                + "> 小于 限值 minimum\nthen\n  不符合\nend\n\n";
    }

    private static FactValue measured(String metres, String error) {
        return new FactValue.Number(
                new BigDecimal(metres),
                "m",
                new BigDecimal(error),
                new Provenance.Map("school", "sha256:x", "1", "", List.of()));
    }

    private static Finding judged(String point, String fact, FactValue value) {
        return BOOK
                .judge(
                        new Inquiry(
                                List.of(new Inquiry.ItemInquiry("near", Optional.empty())),
                                FactSheet.of(Map.of(fact, value)),
                                Optional.of("110108"),
                                LocalDate.of(2026, 11, 23),
                                0))
                .items()
                .get(0)
                .findings()
                .stream()
                .filter(f -> f.point().id().equals(point))
                .findFirst()
                .orElseThrow();
    }
}

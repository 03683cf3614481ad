package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Status;

/**
 * Decided cases in which the place or the year changed the rule: 广东 measures on foot what the
 * nation measures straight and asks 100 m of kindergartens (2023), 泸州 was a trial city in which
 * walking counted and a shop in a compound was let in, until the trial ended.
 */
class DecidedRulesTest {
    private static final RuleBook BOOK =
            Packs.compile(
                    Packs.files(
                            "vocabulary/facts.yaml",
                            """
                            facts:
                              variant: {label: 情形, type: choice, sources: [request], ask: {zh: 情形？, en: Form?}}
                              site.distance.school: {label: 到学校的距离, type: number, unit: m, min: 0, max: 99999, sources: [map, answer], ask: {zh: 多远？, en: How far?}}
                              site.walking.school: {label: 到学校的步行距离, type: number, unit: m, min: 0, max: 99999, sources: [map, answer], ask: {zh: 多远？, en: How far?}}
                              site.inside.residential_compound: {label: 在住宅小区内, type: boolean, sources: [map, answer], ask: {zh: 在吗？, en: In it?}}
                              site.building.residential: {label: 在住宅楼内, type: boolean, sources: [map, answer], ask: {zh: 在吗？, en: In it?}}
                            """,
                            "pack.yaml",
                            Packs.pack("cafe", ""),
                            "items/cafe/item.yaml",
                            Packs.item(
                                    "cafe",
                                    "",
                                    point("school", "CN", "", "", true)
                                            + point("gd", "44", "school", "", true)
                                            + point(
                                                    "lz",
                                                    "5105",
                                                    "school",
                                                    "until: 2019-12-31\n",
                                                    true)
                                            + point("compound", "CN", "", "", false)
                                            + point(
                                                    "house",
                                                    "5105",
                                                    "compound",
                                                    "until: 2019-12-31\n",
                                                    false)),
                            "items/cafe/rules.dslr",
                            rule("school", "<到学校的距离> 小于 限值 minimum")
                                    + rule("gd", "<到学校的步行距离> 小于 限值 minimum")
                                    + rule("lz", "<到学校的步行距离> 小于 限值 minimum")
                                    + rule("compound", "<在住宅小区内> 为 是")
                                    + rule("house", "<在住宅楼内> 为 是"),
                            "items/cafe/cases.yaml",
                            "cases: []\n"));

    /** 165 m to the wall, 460 m on foot; in a compound, not in a house. */
    private static final FactSheet FACTS =
            FactSheet.of(
                    Map.of(
                            "site.distance.school", metres("165"),
                            "site.walking.school", metres("460"),
                            "site.inside.residential_compound", flag(true),
                            "site.building.residential", flag(false)));

    @ParameterizedTest
    @CsvSource({
        "110108, 2026-11-23, school, VIOLATED",
        "440103, 2026-11-23, gd, MET",
        "510502, 2016-05-01, lz, MET",
        "510502, 2020-01-01, school, VIOLATED",
        "510104, 2016-05-01, school, VIOLATED",
        "510502, 2016-05-01, house, MET",
        "510502, 2020-01-01, compound, VIOLATED",
        "110108, 2016-05-01, compound, VIOLATED",
    })
    void thePlaceAndTheDayChooseTheWayOfMeasuring(
            String region, LocalDate day, String point, Status status) {
        List<Finding> findings =
                BOOK.judge(
                                new Inquiry(
                                        List.of(new Inquiry.ItemInquiry("cafe", Optional.empty())),
                                        FACTS,
                                        Optional.of(region),
                                        day,
                                        0))
                        .items()
                        .get(0)
                        .findings();

        assertThat(findings).hasSize(2);
        assertThat(findings)
                .filteredOn(f -> f.point().id().equals(point))
                .extracting(Finding::status)
                .containsExactly(status);
    }

    private static String point(
            String id, String region, String replaces, String more, boolean limited) {
        String point =
                Packs.point(
                        id,
                        limited ? "不少于 {minimum}" : "不得",
                        (region.equals("CN") ? "" : "region: \"" + region + "\"\n")
                                + (replaces.isEmpty() ? "" : "replaces: [" + replaces + "]\n")
                                + more
                                + (limited
                                        ? "parameters:\n  minimum: {unit: m, stricter: higher,"
                                                + " values: [{since: 2010-01-01, value: 200}]}\n"
                                        : ""));
        return point.replace("in_force: 2020-01-01", "in_force: 2010-01-01");
    }

    private static String rule(String point, String condition) {
        return "rule \""
                + point
                + "\"\nwhen\n  要点 "
                + point
                + "\n  "
                + condition
                + "\nthen\n  不符合\nend\n\n";
    }

    private static FactValue metres(String value) {
        return new FactValue.Number(
                new BigDecimal(value),
                "m",
                BigDecimal.ONE,
                new Provenance.Map("school", "sha256:x", "1", "", List.of()));
    }

    private static FactValue flag(boolean value) {
        return new FactValue.Flag(value, new Provenance.Answer());
    }
}

package org.kanqian.api.precheck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.verdict.Status;
import tools.jackson.databind.json.JsonMapper;

/** What an applicant reads about a school whose gate is on no map. */
class UndrawnGateTest {
    private static final String DECLARATION =
            """
            kind: school
            title: 学校
            file: school.geojson
            crs: CGCS2000
            source: 测试
            licence: CC0-1.0
            surveyed: '2026-11-01'
            max_age_days: 365
            accuracy_m: 1
            coverage: {bbox: [108.0, 34.0, 109.0, 35.0]}
            """;

    /** A campus some 100 by 110 metres. */
    private static final String CAMPUS =
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"s1","properties":{"name":"示范小学"},
            "geometry":{"type":"Polygon","coordinates":[[[108.95,34.25],[108.951,34.25],[108.951,34.251],[108.95,34.251],[108.95,34.25]]]}}]}
            """;

    @TempDir static Path folder;

    @Test
    void nearTheWallTheAnswerSaysHowFarTheBoundaryIsAndDrawsTheLine() throws Exception {
        PreCheckAnswer answer = check(108.9499, 34.2505);

        PreCheckAnswer.Found gate = gate(answer);
        PreCheckAnswer.Because because = because(gate);
        PreCheckAnswer.Unknown unknown = requireNonNull(because.unknown());
        assertThat(gate.status()).isEqualTo(Status.UNKNOWN);
        assertThat(unknown.why()).isEqualTo(FactValue.Reason.NOT_DRAWN);
        assertThat(unknown.detail()).contains("示范小学", "最近处 9 米", "最远处", "门不在图上");
        assertThat(requireNonNull(unknown.high()).doubleValue()).isBetween(100.0, 130.0);
        assertThat(requireNonNull(because.from()).how()).contains("直线量到“示范小学”的边界最近处");
        assertThat(requireNonNull(gate.geometry()).path("coordinates")).hasSize(2);
    }

    @Test
    void farFromTheWallNobodyNeedsToKnowTheGate() throws Exception {
        PreCheckAnswer answer = check(108.947, 34.2505);

        assertThat(gate(answer).status()).isEqualTo(Status.MET);
        assertThat(answer.questions())
                .extracting(PreCheckAnswer.Question::fact)
                .doesNotContain("site.gates.school");
    }

    private static PreCheckAnswer check(double lon, double lat) throws Exception {
        Path layer = Files.createDirectories(folder.resolve("school"));
        Files.writeString(layer.resolve("layer.yaml"), DECLARATION);
        Files.writeString(layer.resolve("school.geojson"), CAMPUS);
        PreCheckService service =
                new PreCheckService(
                        RuleBook.compile(StandardsPack.load(PackSource.classPath())),
                        new SiteSurveyor(LayerSet.load(folder)),
                        Signer.passing(),
                        Clock.fixed(Instant.parse("2026-11-23T04:00:00Z"), ZoneOffset.UTC));
        return service.check(
                JsonMapper.builder()
                        .build()
                        .readTree(
                                """
                                {"items": [{"item": "tobacco-retail", "variant": "卷烟雪茄"}],
                                 "site": {"coordinates": {"lon": %s, "lat": %s, "datum": "CGCS2000", "accuracy": 1}},
                                 "answers": {"site.region": "610103", "site.rule.tobacco_school_distance": 50}}
                                """
                                        .formatted(lon, lat)));
    }

    private static PreCheckAnswer.Found gate(PreCheckAnswer answer) {
        List<PreCheckAnswer.Found> found =
                answer.items().get(0).findings().stream()
                        .filter(
                                f ->
                                        f.because().stream()
                                                .anyMatch(
                                                        b -> b.fact().equals("site.gates.school")))
                        .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static PreCheckAnswer.Because because(PreCheckAnswer.Found found) {
        return found.because().stream()
                .filter(b -> b.fact().equals("site.gates.school"))
                .findFirst()
                .orElseThrow();
    }
}

package org.kanqian.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The samples give the verdicts they are listed with, and name the clause of every finding. */
class SamplesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path REQUESTS = Path.of("../samples/requests");

    @TempDir static Path data;
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A request and the verdict it is listed with. */
    record Sample(String file, String verdict) {}

    static List<Sample> samples() throws IOException {
        return Files.readAllLines(REQUESTS.resolve("expected.tsv")).stream()
                .filter(l -> !l.startsWith("#"))
                .map(l -> l.split("\t"))
                .map(f -> new Sample(f[0], f[1]))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theVerdictIsTheListedOne(Sample sample) throws IOException {
        JsonNode answer = server.check(Files.readString(REQUESTS.resolve(sample.file())));

        assertThat(answer.path("verdict").asString("")).isEqualTo(sample.verdict());
        for (JsonNode item : answer.path("items")) {
            assertThat(item.path("findings")).isNotEmpty();
            for (JsonNode finding : item.path("findings")) {
                assertThat(finding.path("basis"))
                        .as(finding.path("point").asString(""))
                        .isNotEmpty();
                assertThat(finding.path("text").asString("")).isNotBlank().doesNotContain("{");
            }
        }
    }

    @Test
    void everyRequestIsListedAndEveryVerdictOccurs() throws IOException {
        Set<String> present;
        try (Stream<Path> files = Files.list(REQUESTS)) {
            present =
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> f.endsWith(".json"))
                            .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(samples().stream().map(Sample::file)).containsExactlyElementsOf(present);
        assertThat(samples().stream().map(Sample::verdict))
                .contains("PASS", "NEED_INFO", "FIX", "WRONG_SITE");
    }

    @Test
    void thePlansInRequestsAreThePlansBesideThem() throws IOException {
        List<JsonNode> plans = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("../samples/plans"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                plans.add(JSON.readTree(Files.readString(file)));
            }
        }

        for (Sample sample : samples()) {
            JsonNode plan =
                    JSON.readTree(Files.readString(REQUESTS.resolve(sample.file()))).path("plan");
            if (!plan.isMissingNode()) {
                assertThat(plans).as(sample.file()).contains(plan);
            }
        }
    }

    @Test
    void aMeasuredDistanceComesWithBothEndsAndTheFeatureItWasMeasuredTo() throws IOException {
        JsonNode answer =
                server.check(
                        Files.readString(
                                REQUESTS.resolve("01-internet-cafe-too-near-school.json")));
        JsonNode finding =
                answer.path("items")
                        .path(0)
                        .path("findings")
                        .valueStream()
                        .filter(f -> f.path("point").asString("").equals("beijing-200"))
                        .findFirst()
                        .orElseThrow();

        assertThat(finding.path("measured").path("value").asDouble(0)).isEqualTo(145.49);
        assertThat(finding.path("geometry").path("coordinates").size()).isEqualTo(2);
        assertThat(finding.path("because").path(0).path("from").path("feature").asString(""))
                .isEqualTo("way/226936163");
    }

    @Test
    void itemsPointsFactsLayersAndTheDescriptionOfTheApiAreThere() {
        assertThat(Server.json(server.get("/v1/items")).path("items").size())
                .isGreaterThanOrEqualTo(6);
        JsonNode today = Server.json(server.get("/v1/items/internet-cafe?region=110108"));
        JsonNode then =
                Server.json(server.get("/v1/items/internet-cafe?region=110108&asOf=2003-06-01"));
        assertThat(today.toString()).contains("beijing-200");
        assertThat(then.toString()).doesNotContain("beijing-200").contains("school-200");
        assertThat(Server.json(server.get("/v1/facts")).path("facts").size()).isGreaterThan(50);
        assertThat(Server.json(server.get("/v1/layers")).path("layers").size()).isGreaterThan(10);
        assertThat(Server.json(server.get("/v1/layers/haidian/school")).path("features").size())
                .isPositive();
        assertThat(
                        Server.json(server.get("/openapi.json"))
                                .path("paths")
                                .path("/v1/pre-checks")
                                .isObject())
                .isTrue();
        assertThat(server.get("/swagger-ui/index.html").body()).contains("Swagger UI");
        assertThat(server.get("/v1/items", "Accept-Language", "en").body())
                .contains("Licence for an internet café");
    }
}

package org.kanqian.api.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kanqian.api.Server;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sample rooms (样板间) applicants copy from, {@code samples/requests/*-ok.json}: whatever a
 * machine reads off them is met, and their drawings are the ones checked in. To draw them anew
 * after a change, set {@code -Dkanqian.redraw=true}.
 */
class ModelPlansTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path REQUESTS = Path.of("../samples/requests");
    private static final Path DRAWINGS = Path.of("../samples/plans/drawings");
    private static final int LARGEST = 100_000;

    /** Drawings are of this day, so that they do not change when a law does. */
    private static final String DAY = "2026-11-23";

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

    static List<String> models() throws Exception {
        return named("-ok.json");
    }

    static List<String> drawn() throws Exception {
        return Stream.concat(
                        models().stream(),
                        Stream.concat(named("-plan.json").stream(), named("-faulty.json").stream()))
                .toList();
    }

    private static List<String> named(String end) throws Exception {
        try (Stream<Path> files = Files.list(REQUESTS)) {
            return List.copyOf(
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> f.endsWith(end))
                            .sorted()
                            .toList());
        }
    }

    private static ObjectNode request(String name) throws Exception {
        ObjectNode request = (ObjectNode) JSON.readTree(Files.readString(REQUESTS.resolve(name)));
        return request.put("asOf", DAY);
    }

    @ParameterizedTest
    @MethodSource("models")
    void whateverIsReadOffAModelPlanIsMet(String name) throws Exception {
        JsonNode answer = server.check(request(name).toString());

        int met = 0;
        for (JsonNode item : answer.path("items")) {
            for (JsonNode finding : item.path("findings")) {
                boolean onPlan =
                        finding.path("because")
                                .valueStream()
                                .anyMatch(b -> b.path("fact").asString("").startsWith("plan."));
                String status = finding.path("status").asString("");
                if (onPlan) {
                    assertThat(status)
                            .as(finding.path("point").asString(""))
                            .isIn("MET", "NOT_APPLICABLE");
                    met += status.equals("MET") ? 1 : 0;
                }
            }
        }
        assertThat(met).isPositive();
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyPointReadOffAModelPlanIsCalledOut(String name) throws Exception {
        JsonNode answer = server.check(request(name).toString());
        List<String> titles =
                answer.path("items")
                        .valueStream()
                        .flatMap(i -> i.path("findings").valueStream())
                        .filter(f -> f.path("status").asString("").equals("MET"))
                        .filter(
                                f ->
                                        f.path("because")
                                                .valueStream()
                                                .anyMatch(
                                                        b ->
                                                                b.path("fact")
                                                                        .asString("")
                                                                        .startsWith("plan.")))
                        .map(f -> f.path("title").asString(""))
                        .toList();

        String svg = server.post("/v1/plans/drawing?model=true", request(name).toString()).body();

        String lettering = svg.substring(svg.indexOf("</desc>")).replaceAll("<[^>]*>", "");
        assertThat(titles).isNotEmpty();
        for (String title : titles) {
            assertThat(lettering.replaceAll("\\s", "")).contains(title.replaceAll("\\s", ""));
        }
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void theDrawingCheckedInIsTheOneThePlanGives(String name) throws Exception {
        String query = name.endsWith("-ok.json") ? "?model=true" : "";
        Path drawing = DRAWINGS.resolve(name.replace(".json", ".svg"));

        String svg = server.post("/v1/plans/drawing" + query, request(name).toString()).body();
        if (Boolean.getBoolean("kanqian.redraw")) {
            Files.writeString(drawing, svg);
        }

        assertThat(svg).isEqualTo(Files.readString(drawing));
        assertThat(svg.length()).isLessThan(LARGEST);
    }

    @Test
    void thereAreModelsForEightItems() throws Exception {
        Set<String> items = new TreeSet<>();
        for (String name : models()) {
            request(name).path("items").forEach(i -> items.add(i.path("item").asString("")));
        }

        assertThat(items).hasSizeGreaterThanOrEqualTo(8);
    }
}

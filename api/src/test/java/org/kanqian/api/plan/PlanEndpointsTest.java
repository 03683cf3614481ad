package org.kanqian.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.api.Server;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a plan editor asks of the service. */
class PlanEndpointsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path REQUESTS = Path.of("../samples/requests");
    private static final Path DXF = Path.of("../gis/src/test/resources/plan/dxf");

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

    private static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Server.json(response);
    }

    private static ObjectNode request(String name) throws Exception {
        return (ObjectNode) JSON.readTree(Files.readString(REQUESTS.resolve(name + ".json")));
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> found = new ArrayList<>();
        list.forEach(e -> found.add(e.path(field).asString("")));
        return found;
    }

    private static JsonNode with(JsonNode list, String field, String value) {
        for (JsonNode e : list) {
            if (e.path(field).asString("").equals(value)) {
                return e;
            }
        }
        throw new AssertionError(value + " is not in " + list);
    }

    // ---- the words ----

    @Test
    void whatTheItemsLookAtComesFirstAndSaysWhichPointsDo() {
        JsonNode words = ok(server.get("/v1/plans/vocabulary?item=food-small-catering"));

        JsonNode sink = with(words.path("fixtures"), "type", "dish_sink");
        assertThat(texts(sink.path("asked"), "point")).contains("water-dish-3sinks");
        assertThat(sink.path("name").asString("")).isEqualTo("餐具水池");
        List<Boolean> asked = new ArrayList<>();
        words.path("rooms").forEach(r -> asked.add(!r.path("asked").isEmpty()));
        assertThat(asked.indexOf(false)).isEqualTo(asked.lastIndexOf(true) + 1);
        assertThat(with(words.path("rooms"), "type", "computer_hall").path("asked")).isEmpty();
    }

    @Test
    void otherItemsLookAtOtherThings() {
        JsonNode words =
                ok(
                        server.get(
                                "/v1/plans/vocabulary?item=internet-cafe&item=food-catering-restaurant",
                                "Accept-Language",
                                "en"));

        JsonNode computer = with(words.path("fixtures"), "type", "computer");
        assertThat(texts(computer.path("asked"), "item")).containsOnly("internet-cafe");
        assertThat(computer.path("name").asString("")).isEqualTo("computer");
        JsonNode food = with(words.path("flows"), "kind", "FOOD");
        assertThat(texts(food.path("asked"), "item")).containsOnly("food-catering-restaurant");
    }

    @Test
    void whatADrawingCannotShowIsOfferedAsAnAttributeOfTheRoomsItIsStatedOf() {
        JsonNode words =
                ok(server.get("/v1/plans/vocabulary?item=beverage-shop&item=hotel-special-trade"));

        JsonNode drain = with(words.path("attributes"), "key", "open_drain");
        assertThat(drain.path("of").asString("")).isEqualTo("ROOM");
        assertThat(drain.path("type").asString("")).isEqualTo("boolean");
        assertThat(drain.path("types").toString()).contains("decorating").doesNotContain("dining");
        assertThat(texts(drain.path("asked"), "item")).containsOnly("beverage-shop");
        JsonNode cameras = with(words.path("attributes"), "key", "cctv.covers_required");
        assertThat(cameras.path("of").asString("")).isEqualTo("PREMISES");
        assertThat(with(words.path("attributes"), "key", "persons").path("type").asString(""))
                .isEqualTo("integer");
    }

    @Test
    void withoutItemsEverythingCanBeDrawnAndNothingIsAsked() {
        JsonNode words = ok(server.get("/v1/plans/vocabulary"));

        assertThat(words.path("rooms").size()).isGreaterThan(80);
        words.path("rooms").forEach(r -> assertThat(r.path("asked")).isEmpty());
    }

    /** An editor that offers a type by its bare code could as well not offer it. */
    @Test
    void everyThingTheStandardsCountHasAName() {
        JsonNode facts = ok(server.get("/v1/facts"));
        JsonNode words = ok(server.get("/v1/plans/vocabulary"));
        List<String> known = texts(words.path("rooms"), "type");
        known.addAll(texts(words.path("fixtures"), "type"));

        List<String> unnamed = new ArrayList<>();
        for (String fact : texts(facts.path("facts"), "fact")) {
            Matcher counted = Pattern.compile("plan\\.count\\.([a-z_0-9]+)").matcher(fact);
            if (counted.matches() && !known.contains(counted.group(1))) {
                unnamed.add(counted.group(1));
            }
        }

        assertThat(texts(facts.path("facts"), "fact")).contains("plan.count.dish_sink");
        assertThat(unnamed).isEmpty();
    }

    @Test
    void anUnknownItemIsNamedWithTheNearestKnownOne() {
        HttpResponse<String> refused = server.get("/v1/plans/vocabulary?item=internet-caffe");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Server.json(refused).path("detail").asString("")).contains("internet-cafe？");
    }

    // ---- the findings ----

    @ParameterizedTest
    @ValueSource(strings = {"09-restaurant-faulty-plan", "11-small-catering-chengdu-faulty"})
    void aPlanIsJudgedAsAPreCheckWouldAndNumberedAsTheDrawingIsAndNothingIsFiled(String name)
            throws Exception {
        String body = request(name).toString();
        int filed = server.filed();

        JsonNode now = ok(server.post("/v1/plans/findings", body));

        assertThat(server.filed()).isEqualTo(filed);
        assertThat(now.path("sound").asBoolean()).isTrue();
        assertThat(now.path("findings")).isNotEmpty();
        String drawn = server.post("/v1/plans/drawing", body).body();
        String about = drawn.substring(drawn.indexOf("<desc"), drawn.indexOf("</desc>"));
        List<String> ids = new ArrayList<>();
        JsonNode plan = Server.json(server.post("/v1/plans/findings", body));
        for (JsonNode finding : now.path("findings")) {
            assertThat(about)
                    .contains(
                            "\n"
                                    + finding.path("number").asInt()
                                    + ". "
                                    + finding.path("title").asString(""));
            assertThat(finding.path("fix").asString("")).isNotBlank();
            finding.path("elements").forEach(e -> ids.add(e.asString("")));
        }
        assertThat(plan).isEqualTo(now);
        for (String id : ids) {
            assertThat(body).contains("\"id\":\"" + id + "\"");
        }
    }

    @Test
    void faultsOfTheDrawingAreNamedByElementAndNothingIsJudgedOnThem() throws Exception {
        ObjectNode request = request("10-small-catering-xian-ok");
        ObjectNode wash = (ObjectNode) request.path("plan").path("rooms").path(2);
        wash.set("polygon", JSON.readTree("[[1,5],[3,5],[3,7],[1,7],[1,5]]"));
        ObjectNode hood = (ObjectNode) request.path("plan").path("fixtures").path(5);
        hood.put("room", "no-such-room");

        JsonNode now = ok(server.post("/v1/plans/findings", request.toString()));

        assertThat(now.path("sound").asBoolean()).isFalse();
        assertThat(now.path("findings")).isEmpty();
        assertThat(texts(now.path("faults"), "element")).contains("wash", "hw1");
        assertThat(texts(now.path("faults"), "pointer")).contains("/plan/rooms/2/polygon");
    }

    @Test
    void whatTheSketchDoesNotTellYetIsListedWithTheReason() throws Exception {
        ObjectNode request = request("10-small-catering-xian-ok");
        ObjectNode plan = (ObjectNode) request.path("plan");
        plan.put("complete", false);
        plan.remove(List.of("openings", "fixtures", "flows"));
        ((ObjectNode) request.path("answers")).remove("plan.room.food_processing.handwash_sinks");

        JsonNode now = ok(server.post("/v1/plans/findings", request.toString()));

        assertThat(now.path("open")).isNotEmpty();
        for (JsonNode open : now.path("open")) {
            assertThat(open.path("title").asString("")).isNotBlank();
            assertThat(open.path("lacking").path(0).path("why").asString("")).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"items\":[]}', /plan",
        "'{\"items\":[{\"item\":\"internet-cafe\"}],\"plan\":7}', /plan",
        "'{\"items\":[{\"item\":\"no-such-item\"}],\"site\":{},\"plan\":{\"format\":\"kanqian-plan/1\",\"storeys\":[{\"id\":\"F1\",\"floor\":1}],\"rooms\":[{\"id\":\"a\",\"type\":\"hall\",\"storey\":\"F1\",\"polygon\":[[0,0],[3,0],[3,3],[0,0]]}]}}', /items/0"
    })
    void anythingElseWrongWithTheRequestIsRefusedAtItsField(String body, String pointer) {
        HttpResponse<String> refused = server.post("/v1/plans/findings", body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(Server.json(refused).path("errors").path(0).path("pointer").asString(""))
                .startsWith(pointer);
    }

    // ---- the import ----

    private static HttpResponse<String> send(String query, byte[] file) {
        return server.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/v1/plans/import" + query))
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(file)));
    }

    private static byte[] dxf(String name) throws Exception {
        return Files.readAllBytes(DXF.resolve(name));
    }

    @Test
    void aDrawingWithoutAUnitIsAQuestionWithTheSizesToChooseFrom() throws Exception {
        HttpResponse<String> asked = send("", dxf("floorplan.dxf"));

        JsonNode question = Server.json(asked);
        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(question.path("type").asString("")).isEqualTo("/problems/plan-units-missing");
        JsonNode inch = with(question.path("units"), "unit", "in");
        assertThat(inch.path("metres").asDouble()).isBetween(15.0, 25.0);
        assertThat(texts(question.path("units"), "unit")).doesNotContain("mm");
    }

    @Test
    void withTheUnitAPlanComesOfItAndWhatWasGuessedIsListed() throws Exception {
        JsonNode imported = ok(send("?units=in", dxf("floorplan.dxf")));

        assertThat(imported.path("plan").path("format").asString("")).isEqualTo("kanqian-plan/1");
        assertThat(imported.path("plan").path("rooms").size()).isGreaterThan(5);
        assertThat(imported.path("plan").has("complete")).isFalse();
        assertThat(texts(imported.path("notes"), "kind")).contains("GUESSED");
        assertThat(texts(imported.path("notes"), "text").get(0)).isNotBlank();
    }

    @Test
    void settingsArriveAsTheSameYamlTheCommandLineReads() throws Exception {
        String yaml =
                URLEncoder.encode("units: in\nfloor: -1\nstorey: B1\n", StandardCharsets.UTF_8);

        JsonNode imported = ok(send("?settings=" + yaml, dxf("floorplan.dxf")));

        assertThat(imported.path("plan").path("storeys").path(0).path("floor").asInt())
                .isEqualTo(-1);
    }

    @Test
    void aPlanPassesThroughAndGeoJsonBecomesOne() throws Exception {
        String plan = Files.readString(Path.of("../samples/plans/small-catering-ok.json"));
        String geo =
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{"
                        + "\"name\":\"厨房\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,3],[0,3],[0,0]]]}}]}";

        JsonNode same = ok(send("", plan.getBytes(StandardCharsets.UTF_8)));
        JsonNode made = ok(send("?units=m", geo.getBytes(StandardCharsets.UTF_8)));

        assertThat(same.path("plan").path("rooms").size()).isEqualTo(3);
        assertThat(made.path("plan").path("rooms").path(0).path("type").asString(""))
                .isEqualTo("kitchen");
    }

    @ParameterizedTest
    @CsvSource({
        "AC1032 a drawing, DXF",
        "PK zipped, 压缩包",
        "ISO-10303-21;, IFC",
        "hello there, 认不出",
        "{ half, JSON"
    })
    void whatCannotBeReadSaysWhyAndWhatToDo(String file, String says) {
        HttpResponse<String> refused = send("", file.getBytes(StandardCharsets.UTF_8));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Server.json(refused).path("type").asString(""))
                .isEqualTo("/problems/plan-not-imported");
        assertThat(Server.json(refused).path("detail").asString("")).contains(says);
    }

    @ParameterizedTest
    @CsvSource({"?units=furlong, units", "?settings=gap_m%3A+far, gap_m", "?unit=mm, units"})
    void aWrongParameterIsNamed(String query, String says) throws Exception {
        HttpResponse<String> refused = send(query, dxf("floorplan.dxf"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Server.json(refused).path("detail").asString("")).contains(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=x", "application/x-www-form-urlencoded"})
    void aFormIsRefusedWithTheContentTypeToSend(String type) throws Exception {
        HttpResponse<String> refused =
                server.send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/v1/plans/import"))
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofByteArray(dxf("floorplan.dxf"))));

        assertThat(refused.statusCode()).isEqualTo(415);
        assertThat(Server.json(refused).path("detail").asString(""))
                .contains("application/octet-stream");
    }

    @Test
    void nothingAndTooMuchAreRefused() {
        assertThat(send("", new byte[0]).statusCode()).isEqualTo(422);
        assertThat(send("", new byte[17 * 1024 * 1024]).statusCode()).isEqualTo(413);
    }
}

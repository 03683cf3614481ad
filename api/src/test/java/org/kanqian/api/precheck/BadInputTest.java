package org.kanqian.api.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.api.Server;
import tools.jackson.databind.JsonNode;

/** Whatever arrives: a clear 4xx that names the field, nothing filed, nothing of our insides. */
class BadInputTest {
    private static final String SITE =
            "\"site\":{\"coordinates\":{\"lon\":116.32,\"lat\":40.0,\"datum\":\"WGS84\"}}";

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

    /** After every test the server still answers, and nothing was filed. */
    @AfterEach
    void unharmed() {
        assertThat(server.filed()).isZero();
        assertThat(server.get("/v1/items").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"items":[{"item":"internet-cafe"}],"site":{"coordinates":{"lon":116.3,"lat":40}}}                     | /site/coordinates/datum
            {"items":[{"item":"internet-cafe"}],"site":{"coordinates":{"lon":116.3,"lat":40,"datum":"GCJ-02"}}}    | /site/coordinates/datum
            {"items":[{"item":"internet-cafe"}],"site":{"coordinates":{"lon":40,"lat":116.3,"datum":"WGS84"}}}     | /site/coordinates
            {"items":[{"item":"internet-cafe"}],"site":{"coordinates":{"lon":2.3,"lat":48.8,"datum":"WGS84"}}}     | /site/coordinates
            {"items":[{"item":"internet-cafe"}],"site":{"coordinates":{"lon":"116","lat":40,"datum":"WGS84"}}}     | /site/coordinates/lon
            {"items":[{"item":"internet-cafe"}],"site":{"coordinates":{"lon":1e400,"lat":40,"datum":"WGS84"}}}     | /site/coordinates/lon
            {"items":[{"item":"internet-cafe"}],"site":{"coordinates":{"lon":1e-999999999,"lat":4,"datum":"BD09"}}}| /site/coordinates/lon
            {"items":[{"item":"internet-cafe"}],"site":{"floor":0}}                                                | /site/floor
            {"items":[{"item":"internet-cafe"}],"site":{"floor":1.5}}                                              | /site/floor
            {"items":[{"item":"internet-cafe"}],"site":{"building":{"use":"城堡"}}}                                 | /site/building/use
            {"items":[{"item":"internet-cafe"}],"site":[]}                                                         | /site
            {"items":[{"item":"internet-caffe"}]}                                                                  | /items/0/item
            {"items":[{"item":"internet-cafe","variant":"赌场"}]}                                                   | /items/0/variant
            {"items":[{"item":"internet-cafe"},{"item":"internet-cafe"}]}                                          | /items/1/item
            {"items":[{"item":7}]}                                                                                 | /items/0/item
            {"items":[{}]}                                                                                         | /items/0/item
            {"items":[]}                                                                                           | /items
            {}                                                                                                     | /items
            {"items":[{"item":"internet-cafe"}],"answers":{"site.moat":true}}                                      | /answers/site.moat
            {"items":[{"item":"internet-cafe"}],"answers":{"site.distance.school":"far"}}                          | /answers/site.distance.school
            {"items":[{"item":"internet-cafe"}],"answers":{"site.distance.school":-1}}                             | /answers/site.distance.school
            {"items":[{"item":"internet-cafe"}],"answers":{"site.region":"北京"}}                                   | /answers/site.region
            {"items":[{"item":"internet-cafe"}],"answers":{"variant":"网吧"}}                                       | /answers/variant
            {"items":[{"item":"internet-cafe"}],"asOf":"tomorrow"}                                                 | /asOf
            {"items":[{"item":"internet-cafe"}],"asOf":"1950-01-01"}                                               | /asOf
            {"items":[{"item":"internet-cafe"}],"asOf":"9999-01-01"}                                               | /asOf
            {"items":[{"item":"internet-cafe"}],"aheadMonths":100000}                                              | /aheadMonths
            {"items":[{"item":"internet-cafe"}],"itemz":1}                                                         | /itemz
            {"items":[{"item":"internet-cafe"}],"site":{"entrances":{"type":"Point","coordinates":["x"]}}}         | /site/entrances
            {"items":[{"item":"internet-cafe"}],"plan":{}}                                                         | /plan/format
            {"items":[{"item":"internet-cafe"}],"plan":[]}                                                         | /plan
            {"items":[{"item":"😀\\u202e\\u0000"}]}                                                                | /items/0/item
            """)
    void aWrongFieldIsNamedInBothLanguages(String body, String pointer) {
        HttpResponse<String> response = server.post("/v1/pre-checks", body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        JsonNode first = Server.json(response).path("errors").path(0);
        assertThat(first.path("pointer").asString("")).isEqualTo(pointer);
        assertThat(first.path("zh").asString("")).isNotBlank();
        assertThat(first.path("en").asString("")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "null",
                "[]",
                "\"text\"",
                "{\"items\":[{\"item\":\"internet-cafe\"}],\"site\":{\"floor\":NaN}}",
                "{\"items\":[],\"items\":[]}",
                "{} {}",
                "{\"items\":[{\"item\":\"\uD83D\"}]"
            })
    void whatIsNoJsonIsRefused(String body) {
        HttpResponse<String> response = server.post("/v1/pre-checks", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Server.json(response).path("type").asString(""))
                .isEqualTo("/problems/invalid-json");
    }

    @Test
    void deepNestingIsRefused() {
        String body = "{\"plan\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        assertThat(server.post("/v1/pre-checks", body).statusCode()).isEqualTo(400);
    }

    @Test
    void fiftyMegabytesAreRefusedWithoutBeingKept() {
        String body = "{\"items\":\"" + "a".repeat(50 * 1024 * 1024) + "\"}";

        HttpResponse<String> response = server.post("/v1/pre-checks", body);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("4 MB");
    }

    @Test
    void fiftyMegabytesOfUnknownLengthAreRefusedToo() {
        byte[] chunk = new byte[1024 * 1024];
        HttpResponse<String> response =
                server.send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/v1/pre-checks"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofByteArrays(
                                                IntStream.range(0, 50)
                                                        .mapToObj(i -> chunk)
                                                        .toList())));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void tenThousandRoomsAreRefused() {
        String rooms =
                IntStream.range(0, 10_000)
                        .mapToObj(
                                i ->
                                        "{\"id\":\"r%d\",\"type\":\"dining\",\"storey\":\"F1\",\"polygon\":[[%d,0],[%d,0],[%d,1],[%d,1],[%d,0]]}"
                                                .formatted(i, i, i + 1, i + 1, i, i))
                        .collect(Collectors.joining(","));
        String body =
                "{\"items\":[{\"item\":\"internet-cafe\"}],\"plan\":{\"format\":\"kanqian-plan/1\","
                        + "\"storeys\":[{\"id\":\"F1\",\"name\":\"一层\",\"floor\":1}],\"rooms\":["
                        + rooms
                        + "]}}";

        HttpResponse<String> response = server.post("/v1/pre-checks", body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("/plan/rooms");
    }

    @Test
    void selfCrossingAndUnclosedRoomsAreNamed() {
        String body =
                """
                {"items":[{"item":"internet-cafe"}],"plan":{"format":"kanqian-plan/1",
                 "storeys":[{"id":"F1","name":"一层","floor":1}],
                 "rooms":[{"id":"a","type":"dining","storey":"F1","polygon":[[0,0],[2,2],[2,0],[0,2],[0,0]]},
                          {"id":"b","type":"dining","storey":"F1","polygon":[[5,0],[8,0],[8,3]]}]}}
                """;

        HttpResponse<String> response = server.post("/v1/pre-checks", body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .contains("/plan/rooms/0/polygon")
                .contains("/plan/rooms/1/polygon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nope", "/v1", "/v1/items/none", "/v1/layers/none", "/v1/pre-checks/none"})
    void whatDoesNotExistIsNotFound(String path) {
        HttpResponse<String> response = server.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Server.json(response).path("status").asInt(0)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /% HTTP/1.1",
                "GET /v1/a|b HTTP/1.1",
                "GET /..%2f..%2fetc/passwd HTTP/1.1",
                "NONSENSE",
                "GET / HTTP/9.9"
            })
    void junkPathsGetAProblemTooAndSayNothingOfTheServer(String line) {
        String answer = server.raw(line + "\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505).*");
        assertThat(answer).doesNotContain("Tomcat").doesNotContain("Exception").doesNotContain("<");
    }

    @Test
    void methodsAndMediaTypesNotTakenAreProblems() {
        HttpRequest.Builder delete =
                HttpRequest.newBuilder(URI.create(server.url() + "/v1/items")).DELETE();
        HttpRequest.Builder form =
                HttpRequest.newBuilder(URI.create(server.url() + "/v1/pre-checks"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("a=b"));

        assertThat(server.send(delete).statusCode()).isEqualTo(405);
        assertThat(server.send(form).statusCode()).isEqualTo(415);
        assertThat(server.get("/v1/items", "Accept", "text/csv").statusCode()).isEqualTo(406);
        assertThat(server.get("/v1/items/internet-cafe?asOf=soon").statusCode()).isEqualTo(400);
        assertThat(server.get("/v1/items/internet-cafe?region=12").statusCode()).isEqualTo(422);
    }

    @Test
    void problemsComeInTheReadersLanguage() {
        String body = "{" + SITE + "}";

        assertThat(server.post("/v1/pre-checks", body, "Accept-Language", "en-GB").body())
                .contains("The request is not valid");
        assertThat(server.post("/v1/pre-checks", body, "Accept-Language", "zh-CN,en;q=0.5").body())
                .contains("请求内容有误");
        assertThat(server.post("/v1/pre-checks", body, "Accept-Language", "!!").body())
                .contains("请求内容有误");
    }

    @Test
    void anEmptyIdempotencyKeyIsRefused() {
        assertThat(
                        server.post(
                                        "/v1/pre-checks",
                                        "{\"items\":[{\"item\":\"internet-cafe\"}]}",
                                        "Idempotency-Key",
                                        "k".repeat(101))
                                .statusCode())
                .isEqualTo(422);
    }
}

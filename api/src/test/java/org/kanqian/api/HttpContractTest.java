package org.kanqian.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What integrators rely on: the description, the addresses, the headers. */
class HttpContractTest {
    private static final String REQUEST =
            "{\"items\":[{\"item\":\"internet-cafe\"}],\"site\":{\"coordinates\":"
                    + "{\"lon\":116.3211281,\"lat\":39.9946176,\"datum\":\"WGS84\",\"accuracy\":5}}}";

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

    private static JsonNode get(String path) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Server.json(response);
    }

    @Test
    void everyAddressIsDescribedWithItsAnswerAndItsProblems() {
        JsonNode api = get("/openapi.json");

        assertThat(api.path("paths").propertyNames())
                .contains(
                        "/v1/pre-checks",
                        "/v1/pre-checks/{id}",
                        "/v1/pre-checks/{id}/request",
                        "/v1/pre-checks/{id}/receipt",
                        "/v1/plans/drawing",
                        "/v1/plans/findings",
                        "/v1/plans/import",
                        "/v1/plans/vocabulary",
                        "/v1/receipts/verify",
                        "/v1/receipts/{id}/verify",
                        "/v1/receipts/{id}/replay",
                        "/v1/layers/{id}/versions",
                        "/v1/items",
                        "/v1/items/{item}",
                        "/v1/facts",
                        "/v1/addresses",
                        "/v1/layers",
                        "/v1/standards",
                        "/v1/keys");
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                String name = call.getKey() + " " + path.getKey();
                JsonNode responses = call.getValue().path("responses");
                assertThat(call.getValue().path("summary").asString("")).as(name).isNotBlank();
                assertThat(call.getValue().path("tags").path(0).asString(""))
                        .as(name)
                        .isNotBlank()
                        .doesNotContain("controller");
                assertThat(responses.path("200").path("content").isObject()).as(name).isTrue();
                assertThat(responses.path("4XX").path("content").propertyNames())
                        .as(name)
                        .containsExactly("application/problem+json");
            }
        }
    }

    @Test
    void withoutAnOfficerKeyNothingIsChangedOverHttpAndTheAnswerSaysHowToSwitchItOn() {
        HttpResponse<String> put =
                server.put(
                        "/v1/layers/haidian.school",
                        new byte[0],
                        "Content-Type",
                        "application/zip");
        HttpResponse<String> delete = server.delete("/v1/layers/haidian.school");

        assertThat(List.of(put.statusCode(), delete.statusCode())).containsOnly(403);
        assertThat(put.body()).contains("KANQIAN_OFFICER_KEY");
    }

    @Test
    void theDescriptionNamesNoMachineAndNoClassOfOurs() {
        String api = server.get("/openapi.json").body();

        assertThat(api)
                .doesNotContain("127.0.0.1")
                .doesNotContain("JsonNode")
                .doesNotContain("org.");
    }

    @Test
    void everySchemaReferredToIsThere() {
        JsonNode api = get("/openapi.json");
        Set<String> schemas = new HashSet<>(api.path("components").path("schemas").propertyNames());
        List<String> references = new ArrayList<>();
        references(api, references);

        assertThat(references).isNotEmpty();
        assertThat(schemas)
                .containsAll(
                        references.stream()
                                .map(r -> r.substring("#/components/schemas/".length()))
                                .toList());
    }

    private static void references(JsonNode node, List<String> found) {
        if (node.path("$ref").isString()) {
            found.add(node.path("$ref").asString());
        }
        node.forEach(n -> references(n, found));
    }

    /** A schema two kinds of thing share by accident describes neither. */
    @Test
    void theAnswerIsDescribedFieldByField() {
        JsonNode api = get("/openapi.json");
        JsonNode answer = server.check(REQUEST);

        described(answer, schema(api, "PreCheckAnswer"), api, "");
        described(get("/v1/items"), schema(api, "Items"), api, "");
        described(get("/v1/items/internet-cafe"), schema(api, "Item"), api, "");
        described(get("/v1/facts"), schema(api, "Facts"), api, "");
        described(get("/v1/layers"), schema(api, "Layers"), api, "");
        described(get("/v1/addresses?q=" + query("成府路")), schema(api, "Addresses"), api, "");
        described(get("/v1/standards"), schema(api, "Standards"), api, "");
        described(get("/v1/keys"), schema(api, "Keys"), api, "");
        String id = answer.path("id").asString("");
        described(get("/v1/pre-checks/" + id + "/receipt"), schema(api, "Receipt"), api, "");
    }

    private static JsonNode schema(JsonNode api, String name) {
        JsonNode schema = api.path("components").path("schemas").path(name);
        assertThat(schema.isObject()).as(name).isTrue();
        return schema;
    }

    private static void described(JsonNode value, JsonNode given, JsonNode api, String at) {
        String reference = given.path("$ref").asString("");
        JsonNode schema =
                reference.isEmpty()
                        ? given
                        : schema(api, reference.substring(reference.lastIndexOf('/') + 1));
        if (value.isArray()) {
            value.forEach(v -> described(v, schema.path("items"), api, at + "/0"));
        } else if (value.isObject() && schema.path("properties").isObject()) {
            assertThat(schema.path("properties").propertyNames())
                    .as(at)
                    .containsExactlyInAnyOrderElementsOf(value.propertyNames());
            value.properties()
                    .forEach(
                            f ->
                                    described(
                                            f.getValue(),
                                            schema.path("properties").path(f.getKey()),
                                            api,
                                            at + "/" + f.getKey()));
        }
    }

    @Test
    void aReceiptIsFetchedVerifiedAndRefusedOnceChanged() {
        String id = server.check(REQUEST).path("id").asString("");
        String receipt = server.get("/v1/pre-checks/" + id + "/receipt").body();

        JsonNode whole = Server.json(server.post("/v1/receipts/verify", receipt));
        JsonNode changed =
                Server.json(
                        server.post(
                                "/v1/receipts/verify",
                                receipt.replaceFirst(
                                        "\"verdict\":\"[A-Z_]+\"", "\"verdict\":\"PASS\"")));

        assertThat(whole.path("valid").asBoolean(false)).isTrue();
        assertThat(whole.path("filed").asBoolean(false)).isTrue();
        assertThat(changed.path("valid").asBoolean(true)).isFalse();
        assertThat(Server.json(server.get("/v1/pre-checks/" + id + "/receipt")).path("key"))
                .isEqualTo(get("/v1/keys").path("keys").path(0).path("key"));
        assertThat(server.post("/v1/receipts/verify", "{}").statusCode()).isEqualTo(422);
        assertThat(server.post("/v1/receipts/verify", "[").statusCode()).isEqualTo(400);
    }

    @Test
    void healthIsAllOperatorsCanSeeFromOutside() {
        assertThat(get("/actuator/health").path("status").asString("")).isEqualTo("UP");
        for (String path :
                List.of("/actuator", "/actuator/env", "/actuator/beans", "/actuator/health/db")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theInteractiveDescriptionIsServed() {
        assertThat(server.get("/swagger-ui/index.html").body()).contains("swagger-ui");
    }

    @ParameterizedTest
    @CsvSource({"zh-CN, zh, 没有", "'en-GB,en;q=0.8', en, There", "fr, zh, 没有"})
    void problemsSayWhichLanguageTheyAreIn(String accepted, String language, String word) {
        for (String path : List.of("/v1/items/none", "/v1/nothing", "/actuator/none")) {
            HttpResponse<String> response = server.get(path, "Accept-Language", accepted);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Language")).contains(language);
            assertThat(String.join(",", response.headers().allValues("Vary")))
                    .containsIgnoringCase("Accept-Language");
            assertThat(response.body()).contains(word);
        }
    }

    @Test
    void anItemIsNotAskedForBeforeThereIsLawForIt() {
        HttpResponse<String> response = server.get("/v1/items/internet-cafe?asOf=1950-01-01");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(Server.json(response).path("errors").path(0).path("pointer").asString(""))
                .isEqualTo("/asOf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/items/internet-cafe?asof=2020-01-01",
                "/v1/items?page=2",
                "/v1/items/internet-cafe?region=990000",
                "/v1/layers?x=%E2%80%AE"
            })
    void aParameterNobodyReadsIsRefused(String path) {
        HttpResponse<String> response = server.get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("参数").doesNotContain("\u202e");
    }

    @Test
    void aMisspeltItemOrParameterIsAnsweredWithTheRightOne() {
        assertThat(server.get("/v1/items/internet-caffe").body()).contains("internet-cafe");
        assertThat(server.get("/v1/items/internet-cafe?asof=2020-01-01").body()).contains("asOf");
    }

    @Test
    void aLayerComesInPiecesAndOnlyWhenItChanged() {
        String path = "/v1/layers/" + layer("school");
        HttpResponse<String> all = server.get(path);
        String version = all.headers().firstValue("ETag").orElse("");
        JsonNode nothing = get(path + "?bbox=0,0,1,1");

        assertThat(Server.json(all).path("features").size()).isPositive();
        assertThat(all.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/geo+json");
        assertThat(nothing.path("features").isEmpty()).isTrue();
        assertThat(get(path + "?bbox=73,3,136,54")).isEqualTo(Server.json(all));
        assertThat(server.get(path, "If-None-Match", version).statusCode()).isEqualTo(304);
        for (String bad : List.of("1,2,3", "a,b,c,d", "2,0,1,1", "NaN,0,1,1", "1e9,0,1,1", "")) {
            assertThat(server.get(path + "?bbox=" + bad).statusCode()).as(bad).isEqualTo(422);
        }
    }

    private static String layer(String kind) {
        for (JsonNode layer : get("/v1/layers").path("layers")) {
            if (layer.path("kind").asString("").equals(kind)) {
                return layer.path("id").asString("");
            }
        }
        throw new AssertionError("no layer of kind " + kind);
    }

    private static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void anAddressIsTakenApartAndFound() {
        JsonNode found = get("/v1/addresses?q=" + query("海淀区成府路１０１號"));

        assertThat(found.path("resolved").asBoolean(false)).isTrue();
        assertThat(found.path("parsed").path("text").asString("")).isEqualTo("北京市海淀区成府路101号");
        JsonNode only = found.path("candidates").path(0);
        assertThat(only.path("address").asString("")).isEqualTo("北京市海淀区成府路101号");
        assertThat(only.path("level").asString("")).isEqualTo("DOOR");
        assertThat(only.path("datum").asString("")).isEqualTo("CGCS2000");
        assertThat(only.path("region").asString("")).isEqualTo("110108");
        assertThat(only.path("score").asDouble(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"成都市武", "中关村南", "成府"})
    void theBeginningOfAnAddressHasCandidatesAndDecidesNothing(String begun) {
        JsonNode found = get("/v1/addresses?limit=3&q=" + query(begun));

        assertThat(found.path("candidates").size()).isBetween(1, 3);
        assertThat(found.path("resolved").asBoolean(true)).isFalse();
    }

    @Test
    void anAddressThatIsNoneOrTooLongIsRefused() {
        String address = query("成府路");
        for (String bad :
                List.of(
                        "",
                        "?q=",
                        "?q=%20",
                        "?q=" + "a".repeat(201),
                        "?limit=0&q=" + address,
                        "?limit=21&q=" + address,
                        "?limit=x&q=" + address,
                        "?query=" + address)) {
            HttpResponse<String> response = server.get("/v1/addresses" + bad);
            assertThat(response.statusCode()).as(bad).isBetween(400, 422);
            assertThat(response.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/problem+json");
        }
    }

    @Test
    void aCompressedBodyIsRefusedRatherThanMisread() {
        HttpResponse<String> response =
                server.post("/v1/pre-checks", REQUEST, "Content-Encoding", "gzip");

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("Content-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "k\u00e9y"})
    void anIdempotencyKeyIsVisibleAscii(String key) {
        int before = server.filed();

        assertThat(
                        server.raw(
                                "POST /v1/pre-checks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                        + "Content-Type: application/json\r\nContent-Length: "
                                        + REQUEST.length()
                                        + "\r\nIdempotency-Key: "
                                        + key
                                        + "\r\n\r\n"
                                        + REQUEST))
                .startsWith("HTTP/1.1 422");
        assertThat(server.filed()).isEqualTo(before);
    }

    @Test
    void idsOfLaterChecksSortLater() {
        String first = server.check(REQUEST).path("id").asString("");
        String second = server.check(REQUEST).path("id").asString("");

        assertThat(first)
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(second.substring(0, 13)).isGreaterThanOrEqualTo(first.substring(0, 13));
        assertThat(second).isNotEqualTo(first);
    }
}

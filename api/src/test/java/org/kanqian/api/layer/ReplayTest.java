package org.kanqian.api.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kanqian.api.layer.TestZip.AUTHORIZATION;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.api.Server;
import org.kanqian.api.TestStandards;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Filed pre-checks worked out once more, on the layers and the pack of their day. */
class ReplayTest {
    private static final String REQUEST =
            "{\"items\":[{\"item\":\"internet-cafe\"}],\"site\":{\"coordinates\":"
                    + "{\"lon\":116.3211281,\"lat\":39.9946176,\"datum\":\"WGS84\",\"accuracy\":5}},"
                    + "\"answers\":{\"site.region\":\"110108\"}}";

    @TempDir Path data;
    @TempDir Path standards;
    @TempDir Path layers;

    private Server start(String database) {
        String[] settings =
                database.equals("H2")
                        ? settings()
                        : settings(
                                "--kanqian.db.url=" + need("KANQIAN_TEST_PG_URL"),
                                "--kanqian.db.user=" + need("KANQIAN_TEST_PG_USER"),
                                "--kanqian.db.password=" + need("KANQIAN_TEST_PG_PASSWORD"));
        return Server.start(data, settings);
    }

    private String[] settings(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--kanqian.officer-key=" + TestZip.KEY,
                                "--kanqian.standards=" + standards,
                                "--kanqian.layers=" + layers),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static String need(String variable) {
        return Objects.requireNonNull(
                System.getenv(variable),
                variable + " is not set: run ./kanqian test, which starts PostgreSQL");
    }

    private static JsonNode replay(Server server, String id) {
        HttpResponse<String> response = server.get("/v1/receipts/" + id + "/replay");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Server.json(response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRESQL"})
    void anOldReceiptComesOutTheSameWhateverServesNow(String database) throws IOException {
        TestStandards.copyTo(standards);
        Path folder = Files.createDirectories(layers.resolve("haidian/school"));
        Files.writeString(folder.resolve("layer.yaml"), TestZip.SCHOOLS);
        Files.writeString(folder.resolve("school.geojson"), TestZip.collection("116.3212,39.9950"));
        String id;
        try (Server server = start(database)) {
            JsonNode filed = server.check(REQUEST);
            id = filed.path("id").asString();
            assertThat(filed.path("verdict").asString()).isEqualTo("WRONG_SITE");
            assertThat(replay(server, id).path("outcome").asString()).isEqualTo("SAME");

            HttpResponse<String> upload =
                    server.put(
                            "/v1/layers/haidian.school",
                            TestZip.schools("116.3100,40.0100"),
                            "Content-Type",
                            "application/zip",
                            "Authorization",
                            AUTHORIZATION);
            assertThat(upload.statusCode()).as(upload.body()).isEqualTo(200);
        }
        Path item = standards.resolve("items/internet-cafe/item.yaml");
        Files.writeString(item, Files.readString(item) + "\n# 改过\n");

        try (Server server = start(database)) {
            JsonNode now = server.check(REQUEST);
            JsonNode replayed = replay(server, id);

            assertThat(now.path("verdict").asString()).isNotEqualTo("WRONG_SITE");
            assertThat(now.path("receipt").path("pack"))
                    .isNotEqualTo(
                            Server.json(server.get("/v1/pre-checks/" + id))
                                    .path("receipt")
                                    .path("pack"));
            assertThat(replayed.path("outcome").asString())
                    .as(replayed.toString())
                    .isEqualTo("SAME");
            assertThat(replayed.path("verdictNow").asString()).isEqualTo("WRONG_SITE");
            assertThat(replayed.path("judgedNow")).isEqualTo(replayed.path("judgedThen"));
            assertThat(replayed.path("differences").size()).isZero();
            assertThat(replay(server, now.path("id").asString("")).path("outcome").asString())
                    .isEqualTo("SAME");

            alteredRecordsAreToldApart(server, id);
            Files.delete(
                    data.resolve("archive/layers")
                            .resolve(version(server, id, "haidian/school").substring(7) + ".json"));
            Files.delete(
                    data.resolve("archive/packs").resolve(pack(server, id).substring(7) + ".json"));
        }
        try (Server server = start(database)) {
            JsonNode replayed = replay(server, id);

            assertThat(replayed.path("outcome").asString()).isEqualTo("NOT_POSSIBLE");
            assertThat(replayed.path("reasons").valueStream().map(r -> r.path("code").asString()))
                    .contains("LAYER_NOT_KEPT", "PACK_NOT_KEPT");
            assertThat(replayed.path("reasons").toString()).contains("haidian/school");
        }
    }

    private static String version(Server server, String id, String layer) {
        return Server.json(server.get("/v1/pre-checks/" + id))
                .path("receipt")
                .path("layers")
                .path(layer)
                .asString();
    }

    private static String pack(Server server, String id) {
        return Server.json(server.get("/v1/pre-checks/" + id))
                .path("receipt")
                .path("pack")
                .asString();
    }

    /** Somebody writes another verdict into the database; nobody is to take it for ours. */
    private static void alteredRecordsAreToldApart(Server server, String id) {
        String altered = server.check(REQUEST).path("id").asString("");
        server.part(JdbcClient.class)
                .sql(
                        "update pre_check set answer = replace(answer, '\"verdict\":\"',"
                                + " '\"verdict\":\"PASS') where id = :id")
                .param("id", altered)
                .update();

        JsonNode replayed = replay(server, altered);

        assertThat(replayed.path("outcome").asString()).isEqualTo("DIFFERENT");
        assertThat(replayed.path("reasons").path(0).path("code").asString())
                .isEqualTo("RECORD_ALTERED");
        assertThat(replayed.path("differences").toString()).contains("/verdict");
        assertThat(replay(server, id).path("outcome").asString()).isEqualTo("SAME");
    }
}

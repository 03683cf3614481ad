package org.kanqian.api.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kanqian.api.Server;
import tools.jackson.databind.JsonNode;

/** What is filed, on both databases. */
class FilingTest {
    private static final String REQUEST =
            "{\"items\":[{\"item\":\"internet-cafe\"}],\"site\":{\"coordinates\":"
                    + "{\"lon\":116.3211281,\"lat\":39.9946176,\"datum\":\"WGS84\",\"accuracy\":5}}}";

    @TempDir Path data;

    enum Database {
        H2 {
            @Override
            String[] settings() {
                return new String[0];
            }
        },
        POSTGRESQL {
            @Override
            String[] settings() {
                return new String[] {
                    "--kanqian.db.url=" + need("KANQIAN_TEST_PG_URL"),
                    "--kanqian.db.user=" + need("KANQIAN_TEST_PG_USER"),
                    "--kanqian.db.password=" + need("KANQIAN_TEST_PG_PASSWORD")
                };
            }
        };

        abstract String[] settings();

        static String need(String variable) {
            return Objects.requireNonNull(
                    System.getenv(variable),
                    variable + " is not set: run ./kanqian test, which starts PostgreSQL");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aPreCheckIsReadBackAsItWasAnswered(Database database) {
        try (Server server = Server.start(data, database.settings())) {
            HttpResponse<String> posted = server.post("/v1/pre-checks", REQUEST);
            JsonNode answer = Server.json(posted);
            String id = answer.path("id").asString("");

            assertThat(posted.headers().firstValue("Location")).contains("/v1/pre-checks/" + id);
            assertThat(Server.json(server.get("/v1/pre-checks/" + id))).isEqualTo(answer);
            assertThat(Server.json(server.get("/v1/pre-checks/" + id + "/request")).path("items"))
                    .isEqualTo(Server.json(posted(REQUEST, server)).path("items"));
            assertThat(answer.path("receipt").path("pack").asString("")).startsWith("sha256:");
            assertThat(answer.path("receipt").path("layers").path("haidian/school").asString(""))
                    .startsWith("sha256:");
        }
    }

    private static HttpResponse<String> posted(String request, Server server) {
        String id = server.check(request).path("id").asString("");
        return server.get("/v1/pre-checks/" + id + "/request");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void recordsAndReceiptsOutliveARestart(Database database) {
        String id;
        JsonNode answer;
        try (Server server = Server.start(data, database.settings())) {
            answer = server.check(REQUEST);
            id = answer.path("id").asString("");
        }
        try (Server server = Server.start(data, database.settings())) {
            assertThat(Server.json(server.get("/v1/pre-checks/" + id))).isEqualTo(answer);
            assertThat(
                            Server.json(server.get("/v1/receipts/" + id + "/verify"))
                                    .path("valid")
                                    .asBoolean(false))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theSameKeyFilesOneRecordHoweverOftenItIsSentAtOnce(Database database) throws Exception {
        try (Server server = Server.start(data, database.settings())) {
            String key = UUID.randomUUID().toString();
            int before = server.filed();
            Callable<String> send =
                    () ->
                            Server.json(
                                            server.post(
                                                    "/v1/pre-checks",
                                                    REQUEST,
                                                    "Idempotency-Key",
                                                    key))
                                    .path("id")
                                    .asString("");
            ExecutorService senders = Executors.newFixedThreadPool(8);
            List<Future<String>> ids =
                    senders.invokeAll(
                            IntStream.range(0, 16)
                                    .mapToObj(i -> send)
                                    .collect(Collectors.toList()));
            senders.shutdown();

            Set<String> distinct = new java.util.HashSet<>();
            for (Future<String> id : ids) {
                distinct.add(id.get());
            }
            assertThat(distinct).hasSize(1).doesNotContain("");
            assertThat(server.filed()).isEqualTo(before + 1);
            assertThat(
                            server.post(
                                            "/v1/pre-checks",
                                            REQUEST.replace("116.3211281", "116.3211282"),
                                            "Idempotency-Key",
                                            key)
                                    .statusCode())
                    .isEqualTo(409);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theSameRequestGivesTheSameFindings(Database database) {
        try (Server server = Server.start(data, database.settings())) {
            JsonNode first = server.check(REQUEST);
            JsonNode second = server.check(REQUEST);

            for (String part : List.of("verdict", "items", "fixes", "questions", "site", "visit")) {
                assertThat(second.path(part)).isEqualTo(first.path(part));
            }
        }
    }
}

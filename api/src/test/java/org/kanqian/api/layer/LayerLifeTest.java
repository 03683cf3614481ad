package org.kanqian.api.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kanqian.api.layer.TestZip.AUTHORIZATION;
import static org.kanqian.api.layer.TestZip.SCHOOLS;
import static org.kanqian.api.layer.TestZip.collection;
import static org.kanqian.api.layer.TestZip.schools;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kanqian.api.Server;
import tools.jackson.databind.JsonNode;

/** The life of a layer over HTTP: uploaded, refused, withdrawn, put back. */
class LayerLifeTest {
    private static final String REQUEST =
            "{\"items\":[{\"item\":\"internet-cafe\"}],\"site\":{\"coordinates\":"
                    + "{\"lon\":116.3211281,\"lat\":39.9946176,\"datum\":\"WGS84\",\"accuracy\":5}},"
                    + "\"answers\":{\"site.region\":\"110108\"}}";

    /** Within 200 m of the site, and far from it. */
    private static final String NEAR = "116.3212,39.9950";

    private static final String FAR = "116.3100,40.0100";

    private static final String SCHOOL = "/v1/layers/haidian.school";

    @TempDir static Path data;
    @TempDir static Path layers;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        folder("haidian/school", SCHOOLS, collection(NEAR));
        server =
                Server.start(
                        data, "--kanqian.layers=" + layers, "--kanqian.officer-key=" + TestZip.KEY);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Whatever a test did, the folder's own version serves again. */
    @AfterEach
    void giveTheLayerBackToTheFolder() {
        String first = Server.json(server.get(SCHOOL + "/versions")).path("folder").asString("");
        ok(restore(first));
    }

    private static void folder(String id, String yaml, String data) throws IOException {
        Path folder = Files.createDirectories(layers.resolve(id));
        Files.writeString(folder.resolve("layer.yaml"), yaml);
        Files.writeString(folder.resolve("school.geojson"), data);
    }

    private static HttpResponse<String> upload(String path, byte[] zip, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", AUTHORIZATION, "Content-Type", "application/zip"));
        return server.put(path, zip, all.toArray(String[]::new));
    }

    private static HttpResponse<String> restore(String version, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", AUTHORIZATION, "Content-Type", "application/json"));
        return server.put(
                SCHOOL,
                TestZip.utf8("{\"version\":\"" + version + "\"}"),
                all.toArray(String[]::new));
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Server.json(response);
    }

    private static String verdict() {
        return server.check(REQUEST).path("verdict").asString("");
    }

    private static String serving(String id) {
        return Server.json(server.get("/v1/layers"))
                .path("layers")
                .valueStream()
                .filter(l -> l.path("id").asString("").equals(id))
                .findFirst()
                .map(l -> l.path("version").asString(""))
                .orElse("");
    }

    private static List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("archive/arriving"))) {
            return files.map(Path::toString).toList();
        }
    }

    @Test
    void anUploadCountsFromTheNextRequestOnAndWhatItReplacedStaysReadable() throws IOException {
        assertThat(verdict()).isEqualTo("WRONG_SITE");
        String before = serving("haidian/school");

        JsonNode change = ok(upload(SCHOOL, schools(FAR)));

        assertThat(verdict()).isNotEqualTo("WRONG_SITE");
        assertThat(change.path("before").asString()).isEqualTo(before);
        assertThat(change.path("version").asString()).isEqualTo(serving("haidian/school"));
        assertThat(change.path("changes").path("changedIds").path(0).asString()).isEqualTo("s0");
        JsonNode old = ok(server.get(SCHOOL + "/versions/" + before));
        assertThat(old.path("serves").asBoolean()).isFalse();
        assertThat(old.path("title").asString()).isEqualTo("学校");
        JsonNode features = ok(server.get(SCHOOL + "/versions/" + before + "/features"));
        assertThat(
                        features.path("features")
                                .path(0)
                                .path("geometry")
                                .path("coordinates")
                                .toString())
                .isEqualTo("[116.3212,39.995]");
        HttpResponse<byte[]> files =
                server.bytes(
                        SCHOOL + "/versions/" + before + "/files", "Authorization", AUTHORIZATION);
        assertThat(files.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(TestZip.unzipped(files.body()))
                .containsExactly(
                        Map.entry("layer.yaml", SCHOOLS),
                        Map.entry("school.geojson", collection(NEAR)));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aDryRunSaysWhatWouldChangeAndChangesNothing() {
        String before = serving("haidian/school");

        JsonNode change = ok(upload(SCHOOL + "?dryRun=true", schools(NEAR, "116.3123,40.0077")));

        assertThat(change.path("done").asBoolean(true)).isFalse();
        assertThat(change.path("changes").path("added").asInt()).isEqualTo(1);
        assertThat(change.path("changes").path("addedIds").path(0).asString()).isEqualTo("s1");
        assertThat(change.path("changes").path("same").asInt()).isEqualTo(1);
        assertThat(serving("haidian/school")).isEqualTo(before);
        assertThat(
                        server.get(SCHOOL + "/versions/" + change.path("version").asString())
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyFaultIsToldByFileAndFeatureInBothLanguagesAndTheOldLayerServesOn()
            throws IOException {
        String before = serving("haidian/school");

        HttpResponse<String> refused = upload(SCHOOL, schools(FAR, "0,0", NEAR, "39.99,116.32"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        JsonNode errors = Server.json(refused).path("errors");
        assertThat(errors.size()).isEqualTo(2);
        assertThat(errors.path(0).path("file").asString())
                .isEqualTo("haidian/school/school.geojson");
        assertThat(errors.path(0).path("feature").asInt()).isEqualTo(1);
        assertThat(errors.path(0).path("id").asString()).isEqualTo("s1");
        assertThat(errors.path(1).path("zh").asString()).contains("写反");
        assertThat(errors.path(1).path("en").asString()).contains("swapped");
        assertThat(serving("haidian/school")).isEqualTo(before);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void theWholeSetIsCheckedBeforeItIsSwapped() {
        String known = "116.3212,39.9950 116.3100,40.0100 116.3200,40.0000 116.3150,40.0050";
        ok(upload(SCHOOL, schools(known.split(" "))));
        // The same schools as a phone map has them: some 500 m to the north-east.
        String shifted = "116.3274,39.9963 116.3162,40.0113 116.3262,40.0013 116.3212,40.0063";

        HttpResponse<String> refused =
                upload("/v1/layers/haidian.phone", schools(shifted.split(" ")));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Server.json(refused).path("errors").path(0).path("zh").asString())
                .contains("crs: GCJ02");
        assertThat(serving("haidian/phone")).isEmpty();
    }

    @Test
    void aWithdrawnLayerMakesUnknownNotAbsent() {
        JsonNode change = ok(server.delete(SCHOOL, "Authorization", AUTHORIZATION));

        JsonNode answer = server.check(REQUEST);
        assertThat(change.path("changes").path("removed").asInt()).isEqualTo(1);
        assertThat(answer.path("verdict").asString()).isEqualTo("NEED_INFO");
        assertThat(
                        answer.path("items")
                                .path(0)
                                .path("findings")
                                .valueStream()
                                .filter(f -> f.toString().contains("site.distance.school"))
                                .map(f -> f.path("status").asString()))
                .contains("UNKNOWN");
        assertThat(
                        Server.json(server.get("/v1/layers"))
                                .path("withdrawn")
                                .path(0)
                                .path("id")
                                .asString())
                .isEqualTo("haidian/school");
        assertThat(server.get(SCHOOL).statusCode()).isEqualTo(404);
        JsonNode history = ok(server.get(SCHOOL + "/versions"));
        assertThat(history.path("versions").path(0).path("by").asString()).isEqualTo("WITHDRAWN");
    }

    @Test
    void aLostUpdateIsRefused() {
        String first = serving("haidian/school");
        String second = ok(upload(SCHOOL, schools(FAR))).path("version").asString();

        HttpResponse<String> late =
                upload(SCHOOL, schools(NEAR, FAR), "If-Match", "\"" + first + "\"");
        HttpResponse<String> create = upload(SCHOOL, schools(NEAR, FAR), "If-None-Match", "*");
        HttpResponse<String> gone =
                server.delete(
                        SCHOOL, "Authorization", AUTHORIZATION, "If-Match", "\"" + first + "\"");

        assertThat(List.of(late.statusCode(), create.statusCode(), gone.statusCode()))
                .containsOnly(412);
        assertThat(late.body()).contains(second);
        assertThat(serving("haidian/school")).isEqualTo(second);
        ok(upload(SCHOOL, schools(NEAR, FAR), "If-Match", "\"" + second + "\""));
    }

    @Test
    void anEarlierVersionIsPutBackByItsHash() {
        String first = serving("haidian/school");
        ok(upload(SCHOOL, schools(FAR)));

        ok(restore(first));

        assertThat(serving("haidian/school")).isEqualTo(first);
        assertThat(verdict()).isEqualTo("WRONG_SITE");
        assertThat(restore("sha256:" + "0".repeat(64)).statusCode()).isEqualTo(404);
        assertThat(restore("latest").statusCode()).isEqualTo(422);
    }

    @Test
    void onlyWhoHasTheKeyWrites() {
        byte[] zip = schools(FAR);
        String before = serving("haidian/school");

        List<HttpResponse<String>> refused =
                List.of(
                        server.put(SCHOOL, zip, "Content-Type", "application/zip"),
                        server.put(
                                SCHOOL,
                                zip,
                                "Content-Type",
                                "application/zip",
                                "Authorization",
                                "Bearer wrong"),
                        server.put(
                                SCHOOL,
                                zip,
                                "Content-Type",
                                "application/zip",
                                "Authorization",
                                "Basic " + TestZip.KEY),
                        server.delete(SCHOOL),
                        server.get(SCHOOL + "/versions/" + before + "/files"));

        assertThat(refused).allSatisfy(r -> assertThat(r.statusCode()).isEqualTo(401));
        assertThat(refused)
                .allSatisfy(
                        r ->
                                assertThat(r.headers().firstValue("WWW-Authenticate"))
                                        .contains("Bearer"));
        assertThat(refused).allSatisfy(r -> assertThat(r.body()).doesNotContain(TestZip.KEY));
        assertThat(serving("haidian/school")).isEqualTo(before);
    }

    @Test
    void whatIsNoZipIsRefusedWithAWord() {
        assertThat(upload(SCHOOL, TestZip.utf8("not a zip")).statusCode()).isEqualTo(422);
        assertThat(upload(SCHOOL, new byte[0]).statusCode()).isEqualTo(422);
        HttpResponse<String> type =
                server.put(
                        SCHOOL,
                        schools(FAR),
                        "Content-Type",
                        "text/plain",
                        "Authorization",
                        AUTHORIZATION);
        assertThat(type.statusCode()).isEqualTo(415);
        assertThat(type.body()).contains("application/zip");
        HttpResponse<String> encoded = upload(SCHOOL, schools(FAR), "Content-Encoding", "gzip");
        assertThat(encoded.statusCode()).isEqualTo(415);
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws IOException {
        String before = serving("haidian/school");
        byte[] zip = schools(FAR);
        String head =
                "PUT /v1/layers/haidian.school HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + AUTHORIZATION
                        + "\r\nContent-Type: application/zip\r\nConnection: close\r\nContent-Length: ";
        URI uri = URI.create(server.url());

        String answer;
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((head + zip.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(zip, 0, zip.length / 2);
            socket.shutdownOutput();
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(leftovers()).isEmpty();
        assertThat(serving("haidian/school")).isEqualTo(before);
    }

    @Test
    void aBodyThatClaimsToBeTooLargeIsNotRead() {
        String answer =
                server.raw(
                        "PUT /v1/layers/haidian.school HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                + AUTHORIZATION
                                + "\r\nContent-Type: application/zip\r\nConnection: close\r\n"
                                + "Content-Length: 99999999999\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void tablesAreNotReadForWhoeverUploads() {
        HttpResponse<String> refused =
                upload(
                        SCHOOL,
                        TestZip.of(
                                SCHOOLS.replace(
                                        "file: school.geojson",
                                        "postgis: {table: public.pre_check, geometry: site, id: id}"),
                                "x.txt",
                                ""));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("postgis").contains("图层文件夹");
    }

    @Test
    void aNewLayerIsCalledByItsDottedName() {
        ok(upload("/v1/layers/haidian.more", schools(FAR)));

        assertThat(serving("haidian/more")).startsWith("sha256:");
        assertThat(server.get("/v1/layers/haidian.more").body())
                .isEqualTo(server.get("/v1/layers/haidian/more").body());
        for (String id :
                List.of(
                        "a.b.c.d",
                        "..",
                        "a%00b",
                        "%F0%9F%92%A9",
                        "a..b",
                        "a%5Cb",
                        "x".repeat(61))) {
            HttpResponse<String> refused = upload("/v1/layers/" + id, schools(FAR));
            assertThat(refused.statusCode()).as(id).isBetween(400, 422);
        }
        ok(server.delete("/v1/layers/haidian.more", "Authorization", AUTHORIZATION));
    }

    /**
     * Pre-checks while layers are swapped and refused: each answer is that of one whole set, the
     * one its receipt names.
     */
    @Test
    void noRequestSeesHalfOfASwap() throws Exception {
        String near = serving("haidian/school");
        String far = ok(upload(SCHOOL, schools(FAR))).path("version").asString();
        AtomicBoolean on = new AtomicBoolean(true);
        ExecutorService checkers = Executors.newFixedThreadPool(3);
        List<Future<Set<String>>> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            seen.add(
                    checkers.submit(
                            () -> {
                                Set<String> pairs = new HashSet<>();
                                while (on.get()) {
                                    JsonNode answer = server.check(REQUEST);
                                    pairs.add(
                                            answer.path("receipt")
                                                            .path("layers")
                                                            .path("haidian/school")
                                                            .asString()
                                                    + (answer.path("verdict")
                                                                    .asString()
                                                                    .equals("WRONG_SITE")
                                                            ? " near"
                                                            : " far"));
                                }
                                return pairs;
                            }));
        }

        for (int i = 0; i < 8; i++) {
            ok(upload(SCHOOL, schools(NEAR)));
            assertThat(upload(SCHOOL, schools("0,0")).statusCode()).isEqualTo(422);
            ok(upload(SCHOOL, schools(FAR)));
        }
        on.set(false);
        Set<String> pairs = new HashSet<>();
        for (Future<Set<String>> each : seen) {
            pairs.addAll(each.get());
        }
        checkers.shutdown();

        assertThat(pairs).isSubsetOf(near + " near", far + " far").isNotEmpty();
    }

    @Test
    void uploadsAtOnceAreTakenOneAfterTheOther() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(3);
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] zip = schools(FAR, "116.3" + (10 + i) + ",40.0050");
            answers.add(senders.submit(() -> upload(SCHOOL, zip)));
        }

        Map<String, String> chain = new java.util.HashMap<>();
        for (Future<HttpResponse<String>> answer : answers) {
            JsonNode change = ok(answer.get());
            chain.put(change.path("before").asString(), change.path("version").asString());
        }
        senders.shutdown();

        assertThat(chain).hasSize(3).containsValue(serving("haidian/school"));
    }
}

package org.kanqian.api.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kanqian.api.layer.TestZip.AUTHORIZATION;
import static org.kanqian.api.layer.TestZip.SCHOOLS;
import static org.kanqian.api.layer.TestZip.collection;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.api.Server;
import org.kanqian.api.archive.Archive;
import org.kanqian.api.problem.ProblemException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What arrives broken, hostile or merely as bureaus have it; the old layer serves on. */
class HostileUploadTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path DATA = Path.of("../gis/src/test/resources");
    private static final String SCHOOL = "/v1/layers/haidian.school";
    private static final String WIDE =
            SCHOOLS.replace("[116.308, 39.990, 116.332, 40.012]", "[116.2, 39.9, 116.5, 40.2]");

    @TempDir static Path data;
    @TempDir static Path layers;
    private static Server server;
    private static String first;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createDirectories(layers.resolve("haidian/school"));
        Files.writeString(folder.resolve("layer.yaml"), SCHOOLS);
        Files.writeString(folder.resolve("school.geojson"), collection("116.3212,39.9950"));
        server =
                Server.start(
                        data, "--kanqian.layers=" + layers, "--kanqian.officer-key=" + TestZip.KEY);
        first = serving();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String serving() {
        return Server.json(server.get("/v1/layers"))
                .path("layers")
                .path(0)
                .path("version")
                .asString("");
    }

    @AfterEach
    void theOldLayerServesOnAndNothingIsLeftBehind() throws IOException {
        assertThat(serving()).isEqualTo(first);
        try (Stream<Path> files = Files.list(data.resolve("archive/arriving"))) {
            assertThat(files).isEmpty();
        }
    }

    private static HttpResponse<String> upload(byte[] zip) {
        return server.put(
                SCHOOL, zip, "Authorization", AUTHORIZATION, "Content-Type", "application/zip");
    }

    /** A layer that is taken, tried only, so that every test begins with the same one. */
    private static JsonNode tried(byte[] zip) {
        HttpResponse<String> response =
                server.put(
                        SCHOOL + "?dryRun=true",
                        zip,
                        "Authorization",
                        AUTHORIZATION,
                        "Content-Type",
                        "application/zip");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Server.json(response);
    }

    private static JsonNode refused(byte[] zip) {
        HttpResponse<String> response = upload(zip);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        JsonNode errors = Server.json(response).path("errors");
        assertThat(errors).isNotEmpty();
        assertThat(errors.size()).isLessThanOrEqualTo(100);
        errors.forEach(
                e -> {
                    assertThat(e.path("zh").asString("")).isNotBlank();
                    assertThat(e.path("en").asString("")).isNotBlank();
                });
        return errors;
    }

    private static byte[] zip(String yaml, String name, byte[] file) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("layer.yaml", TestZip.utf8(yaml));
        files.put(name, file);
        return TestZip.of(files);
    }

    // The zip itself

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../school.geojson",
                "a/../../school.geojson",
                "/etc/school.geojson",
                "C:\\school.geojson",
                "..\\school.geojson",
            })
    void aPathOutOfTheZipIsRefused(String name) {
        JsonNode errors = refused(zip(SCHOOLS, name, TestZip.utf8(collection())));

        assertThat(errors.path(0).path("zh").asString()).contains("不安全");
    }

    @Test
    void aBombIsNotInflated() {
        JsonNode errors = refused(zip(SCHOOLS, "school.geojson", new byte[30_000_000]));

        assertThat(errors.path(0).path("zh").asString()).contains("school.geojson", "压缩比");
    }

    @Test
    void aBombInsideAShapefileIsNotInflatedEither() {
        Map<String, byte[]> inner = new LinkedHashMap<>();
        inner.put("x.shp", new byte[60_000_000]);
        inner.put("x.dbf", new byte[100]);

        JsonNode errors =
                refused(
                        zip(
                                SCHOOLS.replace("school.geojson", "x.zip"),
                                "x.zip",
                                TestZip.of(inner)));

        assertThat(errors.path(0).path("file").asString()).isEqualTo("haidian/school/x.zip");
        assertThat(errors.path(0).path("zh").asString()).contains("压缩比");
    }

    @Test
    void tooManyEntriesAndNoDeclarationAndTwoAreRefused() {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            many.put(i + ".txt", new byte[1]);
        }
        Map<String, byte[]> two = new LinkedHashMap<>();
        two.put("a/layer.yaml", TestZip.utf8(SCHOOLS));
        two.put("b/layer.yaml", TestZip.utf8(SCHOOLS));

        assertThat(refused(TestZip.of(many)).path(0).path("zh").asString()).contains("50");
        assertThat(refused(TestZip.of(two)).path(0).path("zh").asString()).contains("2 个");
        assertThat(refused(TestZip.of(Map.of("x", new byte[1]))).path(0).path("zh").asString())
                .contains("layer.yaml");
    }

    @Test
    void aZipThatIsDamagedAnywhereIsRefusedOrRead() {
        byte[] sound = TestZip.schools("116.3212,39.9950");
        for (int at = 0; at < sound.length; at += 7) {
            byte[] damaged = sound.clone();
            damaged[at] ^= (byte) 0xff;
            assertThat(
                            server.put(
                                            SCHOOL + "?dryRun=true",
                                            damaged,
                                            "Authorization",
                                            AUTHORIZATION,
                                            "Content-Type",
                                            "application/zip")
                                    .statusCode())
                    .as("byte " + at)
                    .isIn(200, 422);
        }
    }

    @Test
    void aFolderInTheZipAndWhatSystemsAddIsNoMatter() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("__MACOSX/school/._layer.yaml", new byte[4]);
        files.put("school/layer.yaml", TestZip.utf8(SCHOOLS));
        files.put("school/school.geojson", TestZip.utf8(collection("116.3212,39.9950")));
        files.put("school/.DS_Store", new byte[4]);
        files.put("school/说明 1.txt", new byte[4]);

        JsonNode change = tried(TestZip.of(files));

        assertThat(change.path("features").asInt()).isEqualTo(1);
        assertThat(change.path("ignored").path(0).asString()).isEqualTo("school/说明 1.txt");
    }

    @Test
    void aSenderThatIsTooSlowOrSendsTooMuchIsLeft() {
        ArrivingLayer.Bounds bounds =
                new ArrivingLayer.Bounds(1_000, 1_000, 50, 200, 1_000, 100, 10);
        long[] seconds = {0};
        InputStream dripping =
                new InputStream() {
                    @Override
                    public int read() {
                        seconds[0]++;
                        return 1;
                    }

                    @Override
                    public int read(byte[] into, int from, int most) {
                        into[from] = (byte) read();
                        return 1;
                    }
                };
        Archive archive = Archive.in(data.resolve("other"));

        assertThatThrownBy(
                        () ->
                                ArrivingLayer.receive(
                                        dripping,
                                        -1,
                                        archive,
                                        bounds,
                                        () -> seconds[0] * 1_000_000_000))
                .isInstanceOf(ProblemException.class)
                .hasMessage("too-slow");
        assertThatThrownBy(
                        () ->
                                ArrivingLayer.receive(
                                        new ByteArrayInputStream(new byte[1_001]),
                                        -1,
                                        archive,
                                        bounds))
                .hasMessage("body-too-large");
        assertThat(archive.scratch().getParent()).isEmptyDirectory();
    }

    // What is in it

    static List<Path> brokenGeoJson() throws IOException {
        try (Stream<Path> files = Files.walk(DATA.resolve("geojson-bad"))) {
            return files.filter(f -> f.toString().endsWith(".geojson")).sorted().toList();
        }
    }

    @Test
    void everyPublishedBrokenFileIsRefusedWithItsFaults() throws IOException {
        List<Path> files = brokenGeoJson();
        assertThat(files).hasSizeGreaterThan(40);
        for (Path file : files) {
            refused(zip(SCHOOLS, "school.geojson", Files.readAllBytes(file)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: &a [*a]",
                "a: &a [1,1]\nb: [*a,*a]",
                "!!java.lang.Thread []",
                "just text",
                "",
            })
    void aDeclarationThatIsNoneIsRefused(String yaml) {
        assertThat(
                        refused(zip(yaml, "school.geojson", TestZip.utf8(collection())))
                                .path(0)
                                .path("file")
                                .asString())
                .isEqualTo("haidian/school/layer.yaml");
    }

    @Test
    void aDeclarationNestedADeepWayIsRefused() {
        refused(zip("kind: " + "[".repeat(100_000), "school.geojson", new byte[1]));
    }

    @Test
    void aTableInGbkIsReadWhenItSaysSoAndRefusedWhenNot() {
        String table = "编号,名称,x,y\n1,清华附小,116.3212,39.9950\n";
        byte[] gbk = table.getBytes(Charset.forName("GBK"));
        String yaml = SCHOOLS.replace("school.geojson", "x.csv") + "columns: {x: x, y: y}\n";

        assertThat(refused(zip(yaml, "x.csv", gbk)).path(0).path("zh").asString())
                .contains("encoding");
        assertThat(tried(zip(yaml + "encoding: GBK\n", "x.csv", gbk)).path("features").asInt())
                .isEqualTo(1);
    }

    @Test
    void aFormulaIsNoData() {
        String table = "编号,x,y\n=cmd|'/C calc'!A0,116.3212,39.9950\n";
        String yaml = SCHOOLS.replace("school.geojson", "x.csv") + "columns: {x: x, y: y}\n";

        JsonNode error = refused(zip(yaml, "x.csv", TestZip.utf8(table))).path(0);

        assertThat(error.path("zh").asString()).contains("公式");
        assertThat(error.path("feature").asInt(-1)).isZero();
    }

    // As bureaus hand it over

    private static Map<String, byte[]> shapefile() throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (String ending : List.of("shp", "shx", "dbf", "prj", "cpg")) {
            parts.put(
                    "xuexiao_gbk." + ending,
                    Files.readAllBytes(DATA.resolve("bureau-style-layers/xuexiao_gbk." + ending)));
        }
        return parts;
    }

    @Test
    void aZippedGbkShapefileInTheZipIsRead() throws IOException {
        String yaml =
                WIDE.replace("school.geojson", "学校.zip").replace("crs: WGS84", "crs: EPSG:4548");

        JsonNode change = tried(zip(yaml, "学校.zip", TestZip.of(shapefile())));

        assertThat(change.path("features").asInt()).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2_000_000_000, 77})
    void anAttributeTableWithALyingHeaderIsRefused(int records) throws IOException {
        Map<String, byte[]> parts = shapefile();
        byte[] dbf = parts.getOrDefault("xuexiao_gbk.dbf", new byte[0]);
        ByteBuffer.wrap(dbf).order(ByteOrder.LITTLE_ENDIAN).putInt(4, records);
        String yaml =
                WIDE.replace("school.geojson", "x.zip").replace("crs: WGS84", "crs: EPSG:4548");

        refused(zip(yaml, "x.zip", TestZip.of(parts)));
    }

    @Test
    void aGeoPackageInGaussKruegerIsReadAndHeldToItsWord() throws IOException {
        byte[] file =
                Files.readAllBytes(DATA.resolve("bureau-style-layers/haidian_cgcs2000_gk117.gpkg"));
        String yaml = WIDE.replace("school.geojson", "x.gpkg") + "table: schools\n";

        assertThat(
                        tried(zip(yaml.replace("WGS84", "EPSG:4548"), "x.gpkg", file))
                                .path("features")
                                .asInt())
                .isGreaterThan(20);
        assertThat(refused(zip(yaml, "x.gpkg", file)).path(0).path("zh").asString())
                .contains("EPSG:4548");
    }

    static Stream<String> packages() {
        return Stream.of(
                "features-0_1.gpkg|0",
                "gdal_sample.gpkg|polygon2d",
                "null_geometry.gpkg|new_geopackage",
                "simple_sewer_features.gpkg|s_manhole",
                "states10.gpkg|statesQGIS");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void publishedGeoPackagesOfElsewhereAreRefused(String which) throws IOException {
        String[] parts = which.split("\\|", -1);

        refused(
                zip(
                        SCHOOLS.replace("school.geojson", "x.gpkg") + "table: '" + parts[1] + "'\n",
                        "x.gpkg",
                        Files.readAllBytes(DATA.resolve("geopackage").resolve(parts[0]))));
    }

    @Test
    void districtsAsPublishedAreMendedAndTold() throws IOException {
        String yaml =
                SCHOOLS.replace("[116.308, 39.990, 116.332, 40.012]", "[102.9, 30.0, 105.0, 31.5]")
                                .replace("WGS84", "GCJ02")
                        + "id: adcode_as_published\n";

        JsonNode change =
                tried(
                        zip(
                                yaml,
                                "school.geojson",
                                Files.readAllBytes(
                                        DATA.resolve("boundaries/chengdu-districts.geojson"))));

        assertThat(change.path("features").asInt()).isEqualTo(20);
        assertThat(
                        change.path("repairs")
                                .valueStream()
                                .filter(r -> r.path("zh").asString().contains("面积不变")))
                .hasSize(18)
                .allSatisfy(r -> assertThat(r.path("feature").isString()).isTrue());
    }

    // Texts

    private static List<String> naughty() throws IOException {
        return JSON.readTree(Files.readString(DATA.resolve("addresses/blns.json")))
                .valueStream()
                .map(JsonNode::asString)
                .distinct()
                .toList();
    }

    @Test
    void naughtyTextsComeBackAsTheyWentIn() throws IOException {
        List<String> texts = naughty();
        StringBuilder features = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            String text = JSON.writeValueAsString(texts.get(i));
            features.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"Feature\",\"id\":")
                    .append(text)
                    .append(",\"properties\":{\"name\":")
                    .append(text)
                    .append("},\"geometry\":{\"type\":\"Point\",\"coordinates\":[116.32,")
                    .append(String.format(Locale.ROOT, "%.4f", 39.995 + i * 0.00001))
                    .append("]}}");
        }
        String before = serving();
        byte[] zip =
                zip(
                        SCHOOLS,
                        "school.geojson",
                        TestZip.utf8(
                                "{\"type\":\"FeatureCollection\",\"features\":["
                                        + features
                                        + "]}"));

        assertThat(upload(zip).statusCode()).isEqualTo(200);
        JsonNode read = Server.json(server.get(SCHOOL)).path("features");
        server.put(
                SCHOOL,
                TestZip.utf8("{\"version\":\"" + before + "\"}"),
                "Authorization",
                AUTHORIZATION,
                "Content-Type",
                "application/json");

        assertThat(read.valueStream().map(f -> f.path("id").asString()))
                .containsExactlyElementsOf(texts);
        assertThat(read.valueStream().map(f -> f.path("properties").path("name").asString()))
                .containsExactlyElementsOf(
                        texts.stream().map(t -> t.isBlank() ? "" : t).toList()); // no name
    }

    @Test
    void naughtyTextsAreNoIdsOfLayersAndNoFileNames() throws IOException {
        byte[] sound = TestZip.schools("116.3212,39.9950");
        for (String text : naughty()) {
            String id = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            HttpResponse<String> response =
                    server.put(
                            "/v1/layers/" + id + "?dryRun=true",
                            sound,
                            "Authorization",
                            AUTHORIZATION,
                            "Content-Type",
                            "application/zip");
            if (response.statusCode() == 200) {
                assertThat(text).matches("[\\p{L}\\p{N}_/.-]+");
            } else {
                assertThat(response.statusCode()).as(text).isBetween(400, 422);
            }
            if (!text.isEmpty() && !text.contains("\0")) {
                HttpResponse<String> named = upload(zip(SCHOOLS, text, new byte[1]));
                assertThat(named.statusCode()).as(text).isEqualTo(422);
            }
        }
    }
}

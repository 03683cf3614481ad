package org.kanqian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.crs.UnknownCrsException;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The layers as a GIS program reads them: GDAL's own programs, from Debian's gdal-bin. */
class OgrinfoTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path LAYERS = Path.of("../samples/layers");
    private static final double MILLIMETRE = 0.001;

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

    private static String service() {
        return "OAPIF:" + server.url() + "/ogc";
    }

    /** What a program prints; it must end well and print nothing but warnings of its own. */
    private static String run(String input, String... command) {
        try {
            Path given = Files.writeString(data.resolve("input"), input);
            Path out = data.resolve("output");
            Path complaints = data.resolve("complaints");
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(given.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(complaints.toFile())
                            .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", command[0]).isTrue();
            String said = Files.readString(complaints);
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said).doesNotContain("ERROR");
            return Files.readString(out, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(
                    "需要 GDAL 的程序，请安装 gdal-bin / GDAL's programs are needed, install gdal-bin: "
                            + command[0],
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> layers() {
        List<JsonNode> layers = new ArrayList<>();
        Server.json(server.get("/v1/layers")).path("layers").forEach(layers::add);
        return layers;
    }

    static Stream<String> everyLayer() throws IOException {
        try (Stream<Path> files = Files.walk(LAYERS)) {
            return files
                    .filter(f -> f.endsWith("layer.yaml"))
                    .map(f -> LAYERS.relativize(f.getParent()).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void everyLayerIsListed() {
        String listed = run("", "ogrinfo", "-ro", service());

        assertThat(listed.lines().filter(l -> l.matches("[0-9]+: .*"))).hasSize(layers().size());
        for (JsonNode layer : layers()) {
            assertThat(listed)
                    .contains(
                            ": "
                                    + layer.path("id").asString("").replace('/', '.')
                                    + " (title: "
                                    + layer.path("title").asString("")
                                    + ")");
        }
    }

    @Test
    void aLayerTellsItsCountItsExtentAndItsAttributes() {
        String told = run("", "ogrinfo", "-ro", "-al", "-so", service(), "haidian.school");

        assertThat(told)
                .contains("Feature Count: 5")
                .contains("Extent: (116.308000, 39.990000) - (116.332000, 40.012000)")
                .contains("name: String")
                .contains("OpenStreetMap contributors")
                .contains("2017-06-24");
    }

    @ParameterizedTest
    @MethodSource("everyLayer")
    void whatIsReadIsWhatTheFileSays(String layer) throws Exception {
        String declared = Files.readString(LAYERS.resolve(layer).resolve("layer.yaml"));
        Path file = LAYERS.resolve(layer).resolve(field(declared, "file"));
        SourceCrs crs = SourceCrs.named(field(declared, "crs"));
        Map<String, JsonNode> expected = new LinkedHashMap<>();
        int number = 0;
        for (JsonNode f : JSON.readTree(Files.readString(file)).path("features")) {
            expected.put(f.path("id").asString("#" + number), f);
            number++;
        }

        String read =
                run(
                        "",
                        "ogr2ogr",
                        "-f",
                        "GeoJSON",
                        "-lco",
                        "COORDINATE_PRECISION=9",
                        "/vsistdout/",
                        service(),
                        layer.replace('/', '.'));
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (JsonNode f : JSON.readTree(read).path("features")) {
            found.put(f.path("properties").path("id").asString(""), f);
        }

        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        for (Map.Entry<String, JsonNode> e : expected.entrySet()) {
            JsonNode feature = found.getOrDefault(e.getKey(), JSON.nullNode());
            assertThat(attributes(feature)).as(e.getKey()).isEqualTo(attributes(e.getValue()));
            Geometry want = crs.toCgcs2000(geometry(e.getValue())).orElseThrow().norm();
            assertThat(geometry(feature).norm().equalsExact(want, 1e-6)).as(e.getKey()).isTrue();
        }
    }

    private static String field(String yaml, String name) {
        return yaml.lines()
                .filter(l -> l.startsWith(name + ": "))
                .map(l -> l.substring(name.length() + 2).strip())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> attributes(JsonNode feature) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> e : feature.path("properties").properties()) {
            if (!e.getKey().equals("id") && !e.getValue().isNull()) {
                attributes.put(e.getKey(), e.getValue().asString(e.getValue().toString()));
            }
        }
        return attributes;
    }

    private static Geometry geometry(JsonNode feature) throws ParseException {
        return new GeoJsonReader().read(feature.path("geometry").toString());
    }

    @Test
    void aLayerOfManyPagesIsReadWhole() {
        String all =
                run("", "ogrinfo", "-ro", "-q", "-al", "-geom=NO", service(), "haidian.building");
        long features = all.lines().filter(l -> l.startsWith("OGRFeature(")).count();

        assertThat(features)
                .isGreaterThan(20)
                .isEqualTo(
                        Server.json(server.get("/ogc/collections/haidian.building/items"))
                                .path("numberMatched")
                                .asInt(0));
    }

    @Test
    void aBoxAskedForFindsWhatTheProgramFindsItself() {
        String[] spat = {"-spat", "116.315", "39.992", "116.318", "39.995"};
        String through = ids(run("", query(service(), "haidian.school", spat)));
        Path copy = data.resolve("copy.geojson");
        run("", "ogr2ogr", "-f", "GeoJSON", copy.toString(), service(), "haidian.school");
        String own = ids(run("", query(copy.toString(), "haidian.school", spat)));

        assertThat(through).contains("way/226670880").isEqualTo(own);
    }

    private static String[] query(String source, String layer, String... spat) {
        return Stream.concat(
                        Stream.of("ogrinfo", "-ro", "-q", "-al", source, layer), Stream.of(spat))
                .toArray(String[]::new);
    }

    private static String ids(String told) {
        return String.join(
                " ", told.lines().filter(l -> l.strip().startsWith("id (String)")).toList());
    }

    /** PROJ, which GDAL projects with, and GeoTools, which we do, know nothing of each other. */
    @ParameterizedTest
    @ValueSource(ints = {4548, 4547, 3857, 4490, 4326})
    void coordinatesAreThoseOfProj(int code) throws UnknownCrsException {
        String path = "/ogc/collections/haidian.school/items?limit=1000";
        boolean metres = code != 4490 && code != 4326;
        List<double[]> degrees = places(path);
        List<double[]> found = places(path + "&crs=http://www.opengis.net/def/crs/EPSG/0/" + code);
        StringBuilder input = new StringBuilder();
        degrees.forEach(p -> input.append(p[0]).append(' ').append(p[1]).append('\n'));
        // From CGCS2000, with longitude first; the answer has the authority's order of axes.
        String source = code == 3857 || code == 4326 ? "OGC:CRS84" : "EPSG:4490";
        String[] projected =
                run(
                                input.toString(),
                                "gdaltransform",
                                "-output_xy",
                                "-s_srs",
                                source,
                                "-t_srs",
                                "EPSG:" + code)
                        .split("\n", -1);

        assertThat(found).hasSameSizeAs(degrees).hasSizeGreaterThan(20);
        for (int i = 0; i < found.size(); i++) {
            String[] eastFirst = projected[i].strip().split(" ", -1);
            int east = code == 3857 ? 0 : 1;
            double tolerance = metres ? MILLIMETRE : 1e-8;
            assertThat(found.get(i)[east])
                    .isCloseTo(Double.parseDouble(eastFirst[0]), within(tolerance));
            assertThat(found.get(i)[1 - east])
                    .isCloseTo(Double.parseDouble(eastFirst[1]), within(tolerance));
        }
    }

    private static List<double[]> places(String path) {
        List<double[]> places = new ArrayList<>();
        Server.json(server.get(path))
                .path("features")
                .forEach(f -> places(f.path("geometry").path("coordinates"), places));
        return places;
    }

    private static void places(JsonNode node, List<double[]> places) {
        if (node.path(0).isNumber()) {
            places.add(new double[] {node.path(0).asDouble(0), node.path(1).asDouble(0)});
        } else {
            node.forEach(n -> places(n, places));
        }
    }
}

package org.kanqian.gis.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.kanqian.gis.TestLayers;

/** Whatever arrives, a layer is read whole or refused with what is wrong: nothing else happens. */
@net.jqwik.api.domains.Domain(LayerFuzzTest.Mutations.class)
@net.jqwik.api.domains.Domain(net.jqwik.api.domains.DomainContext.Global.class)
class LayerFuzzTest {
    private static final String YAML = TestLayers.DECLARATION.replace("file: school.geojson\n", "");

    private Path root = Path.of(".");

    @BeforeProperty
    void makeAFolder() throws IOException {
        root = Files.createTempDirectory("layers");
        Files.createDirectories(root.resolve("a"));
    }

    @AfterProperty
    void clearTheFolder() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        }
    }

    private void survives(String yaml, String file, byte[] data) {
        try {
            Files.writeString(root.resolve("a/layer.yaml"), yaml);
            Files.write(root.resolve("a").resolve(file), data);
            LayerSet.load(root)
                    .layers()
                    .forEach(
                            layer ->
                                    layer.forEach(
                                            f ->
                                                    assertThat(f.geometry().isValid())
                                                            .as(f.toString())
                                                            .isTrue()));
        } catch (LayerException e) {
            assertThat(e.faults())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(101)
                    .allSatisfy(f -> assertThat(f.zh()).isNotBlank())
                    .allSatisfy(f -> assertThat(f.en()).isNotBlank());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // GeoJSON

    @Property(tries = 300)
    void geoJsonOfAnyShape(@ForAll("features") List<String> features) {
        String data =
                "{\"type\":\"FeatureCollection\",\"features\":["
                        + String.join(",", features)
                        + "]}";

        survives(YAML + "file: x.geojson\n", "x.geojson", data.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 300)
    void geoJsonWithSomethingWrong(@ForAll("features") List<String> features, @ForAll Mutation m) {
        String data =
                "{\"type\":\"FeatureCollection\",\"features\":["
                        + String.join(",", features)
                        + "]}";

        survives(
                YAML + "file: x.geojson\n",
                "x.geojson",
                m.of(data.getBytes(StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<List<String>> features() {
        Arbitrary<String> number =
                Arbitraries.frequencyOf(
                        Tuple.of(
                                20,
                                Arbitraries.doubles()
                                        .between(116, 117)
                                        .ofScale(3)
                                        .map(String::valueOf)),
                        Tuple.of(
                                1,
                                Arbitraries.of(
                                        "1e999", "-0", "null", "\"116\"", "[]", "1e-400", "180",
                                        "-181", "116.3e0", "{}")));
        Arbitrary<String> position =
                Combinators.combine(
                                number,
                                Arbitraries.doubles()
                                        .between(39, 41)
                                        .ofScale(3)
                                        .map(String::valueOf))
                        .as((x, y) -> "[" + x + "," + y + "]");
        Arbitrary<String> ring =
                position.list()
                        .ofMaxSize(9)
                        .map(
                                l ->
                                        l.isEmpty()
                                                ? "[]"
                                                : "[" + String.join(",", l) + "," + l.get(0) + "]");
        Arbitrary<String> rings =
                ring.list().ofMaxSize(3).map(l -> "[" + String.join(",", l) + "]");
        Arbitrary<String> polygons =
                rings.list().ofMaxSize(2).map(l -> "[" + String.join(",", l) + "]");
        Arbitrary<String> type =
                Arbitraries.of(
                        "Point",
                        "LineString",
                        "Polygon",
                        "MultiPoint",
                        "MultiLineString",
                        "MultiPolygon",
                        "GeometryCollection",
                        "");
        Arbitrary<String> text =
                Arbitraries.of(
                        "\"学校\"", "null", "\"=1+1\"", "\"\\ud800\"", "[1]", "{\"a\":{}}", "3e5");
        return Combinators.combine(
                        type,
                        Arbitraries.oneOf(position, ring, rings, polygons),
                        text,
                        Arbitraries.of("\"a\"", "\"b\"", "1", "null", "true"))
                .as(
                        (t, c, name, id) ->
                                "{\"type\":\"Feature\",\"id\":"
                                        + id
                                        + ",\"properties\":{\"name\":"
                                        + name
                                        + "},\"geometry\":{\"type\":\""
                                        + t
                                        + "\",\"coordinates\":"
                                        + c
                                        + "}}")
                .list()
                .ofMaxSize(8);
    }

    // Tables of text

    @Property(tries = 300)
    void csvOfAnyShape(@ForAll("cells") List<String> cells) {
        String yaml = YAML + "file: x.csv\ncolumns: {x: x, y: y}\n";

        survives(
                yaml,
                "x.csv",
                ("id,x,y\n1,116.3,39.9\n" + String.join("", cells))
                        .getBytes(StandardCharsets.UTF_8));
        survives(yaml, "x.csv", String.join("", cells).getBytes(StandardCharsets.UTF_16));
    }

    @Provide
    Arbitrary<List<String>> cells() {
        return Arbitraries.of(
                        "id", "x", "y", ",", ",", ",", "\n", "\n", "\r", "\"", "\"\"", "116.3",
                        "39.9", "=1", "-", "+1", "@", "\u0000", "\uFEFF", "校", " ", "1e5", ";")
                .list()
                .ofMaxSize(40);
    }

    // Declarations

    @Property(tries = 400)
    void declarationsOfAnyShape(@ForAll("lines") List<String> lines) throws IOException {
        survives(
                String.join("", lines),
                "school.geojson",
                TestLayers.collection("{\"type\":\"Point\",\"coordinates\":[116.3,39.9]}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> sound =
                Arbitraries.of(TestLayers.DECLARATION.lines().map(l -> l + "\n").toList());
        Arbitrary<String> key =
                Arbitraries.of(
                        "kind",
                        "file",
                        "crs",
                        "coverage",
                        "filter",
                        "attributes",
                        "id",
                        "columns",
                        "control_points",
                        "accuracy_m",
                        "surveyed",
                        "postgis",
                        "store",
                        "encoding",
                        "max_age_days",
                        "table",
                        "?");
        Arbitrary<String> value =
                Arbitraries.of(
                        "[]",
                        "{}",
                        "null",
                        ".nan",
                        ".inf",
                        "-1",
                        "1e999",
                        "'",
                        "\"",
                        "&a",
                        "*a",
                        "!!x y",
                        "{bbox: [1,2,3,4]}",
                        "{bbox: [a]}",
                        "{polygon: [[1,2],[3,4]]}",
                        "{features: true}",
                        "{file: school.geojson}",
                        "name = 'x'",
                        "name LIKE (",
                        "{name: name}",
                        "{name: [1]}",
                        "[{feature: f0}]",
                        "postgis",
                        "GBK",
                        "EPSG:1",
                        "2026-13-45",
                        "|\n  x",
                        "{table: a.b, geometry: g, id: i}",
                        "school",
                        "%");
        Arbitrary<String> odd = Combinators.combine(key, value).as((k, v) -> k + ": " + v + "\n");
        return Arbitraries.frequencyOf(Tuple.of(3, sound), Tuple.of(2, odd)).list().ofMaxSize(25);
    }

    // Binary files: sound ones with bytes changed, moved, cut off

    @Property(tries = 150)
    void shapefilesWithSomethingWrong(
            @ForAll Mutation shp, @ForAll Mutation dbf, @ForAll Mutation zip) throws IOException {
        Path data = TestLayers.RESOURCES.resolve("bureau-style-layers");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (String part : List.of("shp", "dbf", "prj", "cpg")) {
                byte[] sound = Files.readAllBytes(data.resolve("xuexiao_gbk." + part));
                out.putNextEntry(new ZipEntry("x." + part));
                out.write(
                        part.equals("shp")
                                ? shp.of(sound)
                                : part.equals("dbf") ? dbf.of(sound) : sound);
                out.closeEntry();
            }
        }
        String yaml = YAML.replace("CGCS2000", "EPSG:4548") + "file: x.zip\n";

        survives(yaml, "x.zip", bytes.toByteArray());
        survives(yaml, "x.zip", zip.of(bytes.toByteArray()));
    }

    @Property(tries = 150)
    void geoPackagesWithSomethingWrong(@ForAll Mutation file, @ForAll Mutation geometry)
            throws IOException, SQLException {
        String yaml = YAML + "file: x.gpkg\n";
        Path made = root.resolve("made.gpkg");

        HostileLayersTest.geoPackage(made, geometry.of(HostileLayersTest.point()));
        byte[] sound = Files.readAllBytes(made);

        survives(yaml, "x.gpkg", sound);
        survives(yaml, "x.gpkg", file.of(sound));
    }

    /** What is done to the bytes of a sound file. */
    record Mutation(List<int[]> pokes, int cut, int doubled) {
        byte[] of(byte[] sound) {
            byte[] bytes = sound.clone();
            for (int[] poke : pokes) {
                bytes[Math.floorMod(poke[0], bytes.length)] = (byte) poke[1];
            }
            if (cut > 0) {
                bytes = Arrays.copyOf(bytes, bytes.length - cut % bytes.length);
            }
            if (doubled > 0) {
                int from = doubled % bytes.length;
                byte[] twice =
                        Arrays.copyOf(bytes, bytes.length + Math.min(64, bytes.length - from));
                System.arraycopy(bytes, from, twice, bytes.length, twice.length - bytes.length);
                bytes = twice;
            }
            return bytes;
        }
    }

    /** Mutations come near the heads of files, where the lengths stand, as often as elsewhere. */
    public static final class Mutations extends net.jqwik.api.domains.DomainContextBase {
        @Provide
        Arbitrary<Mutation> mutation() {
            Arbitrary<Integer> where =
                    Arbitraries.oneOf(
                            Arbitraries.integers().between(0, 200),
                            Arbitraries.integers().between(0, 1 << 24));
            Arbitrary<int[]> poke =
                    Combinators.combine(
                                    where,
                                    Arbitraries.oneOf(
                                            Arbitraries.of(0, 1, 0x7f, 0x80, 0xff),
                                            Arbitraries.integers().between(0, 255)))
                            .as((at, value) -> new int[] {at, value});
            Arbitrary<Integer> seldom =
                    Arbitraries.frequencyOf(
                            Tuple.of(4, Arbitraries.just(0)),
                            Tuple.of(1, Arbitraries.integers().between(1, 1 << 20)));
            return Combinators.combine(poke.list().ofMaxSize(6), seldom, seldom).as(Mutation::new);
        }
    }
}

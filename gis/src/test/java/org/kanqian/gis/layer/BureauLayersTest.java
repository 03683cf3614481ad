package org.kanqian.gis.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.crs.Ellipsoid;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/** Layers the way bureaus hand them over, and the ways they go wrong. */
class BureauLayersTest {
    private static final Path DATA = TestLayers.RESOURCES.resolve("bureau-style-layers");
    private static final String HAIDIAN = "coverage: {bbox: [116.30, 39.98, 116.34, 40.02]}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void aZippedGbkShapefileIsTheGeoPackageOfTheSameSchools() throws Exception {
        zip("a/schools.zip", shapefile("xuexiao_gbk"));
        Layer shape = load("a", "schools.zip", "EPSG:4548", HAIDIAN);
        Files.createDirectories(root.resolve("b"));
        Files.copy(DATA.resolve("haidian_cgcs2000_gk117.gpkg"), root.resolve("b/haidian.gpkg"));
        Layer gpkg = load("b", "haidian.gpkg", "EPSG:4548", HAIDIAN + "table: schools\n");

        assertThat(shape.size()).isPositive();
        assertThat(shape.features())
                .anySatisfy(f -> assertThat(f.attributes().values()).contains("清华附小"));
        int same = 0;
        for (Feature feature : shape.features()) {
            Coordinate centre = feature.geometry().getCentroid().getCoordinate();
            same +=
                    gpkg.features().stream()
                                    .map(g -> g.geometry().getCentroid().getCoordinate())
                                    .anyMatch(
                                            c ->
                                                    Ellipsoid.shortLine(
                                                                    c.x, c.y, centre.x, centre.y)
                                                            < 0.01)
                            ? 1
                            : 0;
        }
        assertThat(same).isEqualTo(shape.size());
    }

    @Test
    void theRoadsOfChengduKeepTheirNames() throws Exception {
        zip("a/roads.zip", shapefile("chengdu_daolu_gbk"));
        Layer roads =
                load(
                        "a",
                        "roads.zip",
                        "EPSG:4544",
                        "coverage: {bbox: [104.0, 30.6, 104.1, 30.7]}\n");

        assertThat(roads.size()).isEqualTo(852);
        assertThat(roads.features())
                .anySatisfy(f -> assertThat(f.attributes().values()).contains("人民南路三段"));
    }

    @Test
    void thePrjHoldsTheDeclarationToItsWord() throws Exception {
        zip("a/schools.zip", shapefile("xuexiao_gbk"));

        assertThat(faults("a", "schools.zip", "EPSG:4547", HAIDIAN).get(0).zh())
                .contains(".prj")
                .contains("EPSG:4547");
        assertThat(faults("a", "schools.zip", "EPSG:4527", HAIDIAN)).isNotEmpty();
        assertThat(faults("a", "schools.zip", "WGS84", HAIDIAN)).isNotEmpty();
    }

    @Test
    void withoutACpgTheEncodingIsDeclaredOrAskedFor() throws Exception {
        Map<String, byte[]> parts = shapefile("xuexiao_gbk");
        parts.remove("xuexiao_gbk.cpg");
        byte[] dbf = part(parts, "xuexiao_gbk.dbf");
        dbf[29] = 0;
        parts.put("xuexiao_gbk.dbf", dbf);
        zip("a/schools.zip", parts);

        assertThat(faults("a", "schools.zip", "EPSG:4548", HAIDIAN).get(0).zh())
                .contains("encoding");
        Layer layer = load("a", "schools.zip", "EPSG:4548", HAIDIAN + "encoding: GBK\n");
        assertThat(layer.features())
                .anySatisfy(f -> assertThat(f.attributes().values()).contains("清华附小"));
    }

    @Test
    void aFilterTakesTheSchoolsAndAMappingNamesTheFields() throws Exception {
        zip("a/schools.zip", shapefile("xuexiao_gbk"));
        List<String> fields =
                load("a", "schools.zip", "EPSG:4548", HAIDIAN)
                        .features()
                        .get(0)
                        .attributes()
                        .keySet()
                        .stream()
                        .sorted()
                        .toList();
        String name =
                fields.stream()
                        .filter(f -> f.contains("名") || f.equals("name"))
                        .findFirst()
                        .orElseThrow();
        Layer one =
                load(
                        "a",
                        "schools.zip",
                        "EPSG:4548",
                        HAIDIAN
                                + "attributes: {name: "
                                + name
                                + "}\nfilter: \"\\\""
                                + name
                                + "\\\" = '清华附小'\"\n");

        assertThat(one.size()).isPositive();
        assertThat(one.features()).allSatisfy(f -> assertThat(f.name()).isEqualTo("清华附小"));
        assertThat(one.features().get(0).attributes()).containsOnlyKeys("name");
    }

    @Test
    void gcj02ThatClaimsCrs84IsCaughtByAControlPoint() throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.copy(
                DATA.resolve("schools_gcj02_mislabelled_crs84.geojson"),
                root.resolve("a/schools.geojson"));
        Layer layer = load("a", "schools.geojson", "WGS84", HAIDIAN);
        Feature known = layer.byId("node/1362305692").orElseThrow();
        double[] truth = {116.3140, 40.0086};
        double off =
                Ellipsoid.shortLine(
                        known.geometry().getCoordinate().x,
                        known.geometry().getCoordinate().y,
                        truth[0],
                        truth[1]);
        assertThat(off).isBetween(400.0, 700.0);

        List<LayerFault> faults =
                faults(
                        "a",
                        "schools.geojson",
                        "WGS84",
                        HAIDIAN
                                + "control_points: [{feature: node/1362305692, lon: 116.3140, lat:"
                                + " 40.0086, datum: WGS84, tolerance_m: 100}]\n");
        assertThat(faults.get(0).zh()).contains("控制点").contains("GCJ02");
    }

    @Test
    void gcj02ThatClaimsCrs84IsCaughtByALayerThatKnowsBetter() throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.createDirectories(root.resolve("b"));
        Files.copy(
                DATA.resolve("schools_gcj02_mislabelled_crs84.geojson"),
                root.resolve("a/schools.geojson"));
        Files.copy(DATA.resolve("haidian_cgcs2000_gk117.gpkg"), root.resolve("b/haidian.gpkg"));
        yaml("b", "haidian.gpkg", "EPSG:4548", HAIDIAN + "table: schools\n");

        List<LayerFault> faults = faults("a", "schools.geojson", "WGS84", HAIDIAN);

        assertThat(faults).isNotEmpty();
        assertThat(faults.get(0).file()).isEqualTo("a");
        assertThat(faults.get(0).zh()).contains("crs: GCJ02").contains("米");
        // Told what it is, and no longer saying otherwise itself, it is taken.
        Path file = root.resolve("a/schools.geojson");
        String data = Files.readString(file);
        Files.writeString(file, data.replaceAll("\"crs\":\\{.*$", "\"crs\":null}"));
        yaml("a", "schools.geojson", "GCJ02", HAIDIAN);
        assertThat(LayerSet.load(root).layers()).hasSize(2);
    }

    @Test
    void districtsAsPublishedAreMendedWhereThatMovesNothingElseRefusedById() throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.copy(
                TestLayers.RESOURCES.resolve("boundaries/chengdu-districts.geojson"),
                root.resolve("a/districts.geojson"));
        String more = "coverage: {bbox: [102.9, 30.0, 105.0, 31.5]}\nid: adcode_as_published\n";
        yaml("a", "districts.geojson", "GCJ02", more);

        Layer layer = LayerSet.load(root).layers().get(0);

        // Rings that touch themselves at a corner of the 1/1024° grid, and one hole without area.
        assertThat(layer.size()).isEqualTo(20);
        assertThat(layer.repairs())
                .filteredOn(r -> r.zh().contains("面积不变"))
                .hasSize(18)
                .allSatisfy(r -> assertThat(r.id()).isPresent());
        assertThat(layer.features())
                .allSatisfy(
                        f -> {
                            assertThat(f.geometry().isValid()).isTrue();
                            assertThat(f.geometry().getDimension()).isEqualTo(2);
                        });
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyPublishedGeoPackageIsReadOrRefusedWithAFault(String file, String table)
            throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.copy(
                TestLayers.RESOURCES.resolve("geopackage").resolve(file), root.resolve("a/x.gpkg"));

        assertThat(faults("a", "x.gpkg", "WGS84", HAIDIAN + "table: " + table + "\n")).isNotEmpty();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> packages() {
        return Stream.of(
                        "features-0_1.gpkg|0",
                        "gdal_sample.gpkg|point2d",
                        "gdal_sample.gpkg|linestring2d",
                        "gdal_sample.gpkg|polygon2d",
                        "null_geometry.gpkg|new_geopackage",
                        "null_geometry.gpkg|PointExamples",
                        "simple_sewer_features.gpkg|s_manhole",
                        "states10.gpkg|statesQGIS")
                .map(s -> s.split("\\|"))
                .map(s -> org.junit.jupiter.params.provider.Arguments.of(s[0], s[1]));
    }

    // What arrives broken

    @ParameterizedTest
    @ValueSource(strings = {"../evil.shp", "/etc/evil.shp", "a/../../evil.shp", "C:\\evil.shp"})
    void aPathOutOfTheZipIsRefused(String name) throws Exception {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(name, new byte[200]);
        zip("a/x.zip", parts);

        assertThat(faults("a", "x.zip", "EPSG:4548", HAIDIAN).get(0).zh()).contains("不安全");
    }

    @Test
    void aBombIsNotInflated() throws Exception {
        Map<String, byte[]> parts = shapefile("xuexiao_gbk");
        parts.put("xuexiao_gbk.shp", new byte[60_000_000]);
        zip("a/x.zip", parts);

        assertThat(faults("a", "x.zip", "EPSG:4548", HAIDIAN).get(0).zh()).contains("压缩比");
    }

    /** The directory of the zip says that less is there than there is. */
    @Test
    void aZipWhosePartsEndTooSoonIsRefused() throws IOException {
        zip("a/x.zip", shapefile("xuexiao_gbk"));
        Path file = root.resolve("a/x.zip");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i + 46 < bytes.length; i++) {
            if (zip.getInt(i) == 0x02014b50) {
                zip.putInt(i + 20, zip.getInt(i + 20) / 2);
            }
        }
        Files.write(file, bytes);

        assertThat(faults("a", "x.zip", "EPSG:4548", HAIDIAN).get(0).zh()).contains("不是可读的 zip");
    }

    @Test
    void twoShapefilesAndHalfAShapefileAreRefused() throws Exception {
        Map<String, byte[]> parts = shapefile("xuexiao_gbk");
        parts.putAll(shapefile("chengdu_daolu_gbk"));
        zip("a/x.zip", parts);
        assertThat(faults("a", "x.zip", "EPSG:4548", HAIDIAN).get(0).zh()).contains("一套");

        Map<String, byte[]> half = shapefile("xuexiao_gbk");
        half.remove("xuexiao_gbk.dbf");
        zip("a/x.zip", half);
        assertThat(faults("a", "x.zip", "EPSG:4548", HAIDIAN).get(0).zh()).contains(".dbf");
    }

    @ParameterizedTest
    @CsvSource({"4, 2000000000", "4, 1", "8, 33", "8, 65535", "10, 7"})
    void aHeaderThatLiesIsFoundOut(int at, int lie) throws Exception {
        Map<String, byte[]> parts = shapefile("xuexiao_gbk");
        byte[] dbf = part(parts, "xuexiao_gbk.dbf");
        ByteBuffer header = ByteBuffer.wrap(dbf).order(ByteOrder.LITTLE_ENDIAN);
        if (at == 4) {
            header.putInt(at, lie);
        } else {
            header.putShort(at, (short) lie);
        }
        parts.put("xuexiao_gbk.dbf", dbf);
        zip("a/x.zip", parts);

        assertThat(faults("a", "x.zip", "EPSG:4548", HAIDIAN)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e300, 0})
    void acoordinateThatIsNoPlaceIsNamedWithItsFeature(double x) throws Exception {
        Map<String, byte[]> parts = shapefile("xuexiao_gbk");
        byte[] shp = part(parts, "xuexiao_gbk.shp");
        ByteBuffer.wrap(shp).order(ByteOrder.LITTLE_ENDIAN).putDouble(100 + 8 + 44 + 4, x);
        parts.put("xuexiao_gbk.shp", shp);
        zip("a/x.zip", parts);

        assertThat(faults("a", "x.zip", "EPSG:4548", HAIDIAN))
                .anySatisfy(f -> assertThat(f.feature()).hasValue(0));
    }

    @Test
    void damagedFilesAreRefusedAndNothingElseHappens() throws Exception {
        Random random = new Random(7);
        Map<String, byte[]> parts = shapefile("xuexiao_gbk");
        for (int round = 0; round < 60; round++) {
            Map<String, byte[]> damaged = new LinkedHashMap<>(parts);
            String which = round % 2 == 0 ? "xuexiao_gbk.shp" : "xuexiao_gbk.dbf";
            byte[] bytes = part(parts, which);
            for (int i = 0; i <= round; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            damaged.put(which, bytes);
            zip("a/x.zip", damaged);
            tried("x.zip");
        }
        byte[] gpkg = Files.readAllBytes(DATA.resolve("haidian_cgcs2000_gk117.gpkg"));
        for (int round = 0; round < 20; round++) {
            byte[] bytes = gpkg.clone();
            for (int i = 0; i <= round * 20; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(root.resolve("a/x.gpkg"), bytes);
            tried("x.gpkg");
        }
    }

    private void tried(String file) throws IOException {
        yaml("a", file, "EPSG:4548", HAIDIAN + (file.endsWith("gpkg") ? "table: schools\n" : ""));
        try {
            assertThat(LayerSet.load(root).layers()).hasSize(1);
        } catch (LayerException e) {
            assertThat(e.faults()).isNotEmpty();
        }
    }

    // Tables

    @Test
    void aTableWithCoordinatesIsALayer() throws Exception {
        Layer layer = csv("编号,名称,经度,纬度\n1,甲校,116.31,39.99\n2,\"乙,校\",116.32,40.00\n", "", "UTF-8");

        assertThat(layer.features()).extracting(Feature::name).containsExactly("甲校", "乙,校");
        assertThat(layer.features().get(0).id()).isEqualTo("1");
        assertThat(layer.features().get(0).geometry().getEnvelopeInternal())
                .isEqualTo(new Envelope(new Coordinate(116.31, 39.99)));
    }

    @Test
    void aTableInGbkSaysSo() throws Exception {
        String table = "编号,名称,经度,纬度\n1,甲校,116.31,39.99\n";
        assertThat(csvFaults(table, "", "GBK").get(0).zh()).contains("encoding");
        assertThat(csv(table, "encoding: GBK\n", "GBK").features().get(0).name()).isEqualTo("甲校");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,=cmd(),116.31,39.99|公式",
                "1,@sum(a1),116.31,39.99|公式",
                "1,+abc,116.31,39.99|公式",
                "1,甲,116°18'|表头",
                "1,甲,116°18',39.99|度分秒",
                "1,甲,1e999,39.99|不是数",
                "1,甲,NaN,39.99|不是数",
                "1,甲,,39.99|缺少坐标",
                "1,甲,39.99,116.31|写反",
                "1,甲,443458.2,4428000.5|投影坐标",
                ",甲,116.31,39.99|编号",
                "1,甲,116.31,39.99\\n1,乙,116.32,39.99|重复",
            })
    void aRowThatIsWrongIsNamed(String row, String says) throws Exception {
        List<LayerFault> faults =
                csvFaults("编号,名称,经度,纬度\n" + row.replace("\\n", "\n") + "\n", "", "UTF-8");
        assertThat(faults.get(0).zh()).contains(says);
        assertThat(faults.get(0).feature()).isPresent();
    }

    @Test
    void theSameThingTwiceIsToldAndKeptOnce() throws Exception {
        Layer layer = csv("编号,名称,经度,纬度\n1,甲,116.31,39.99\n2,甲,116.31,39.99\n", "", "UTF-8");

        assertThat(layer.size()).isEqualTo(1);
        assertThat(layer.repairs()).hasSize(1);
        assertThat(layer.repairs().get(0).id()).hasValue("2");
    }

    @Test
    void degreesDeclaredAsMetresAreCaught() throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.writeString(root.resolve("a/x.csv"), "编号,名称,经度,纬度\n1,甲,116.31,39.99\n");
        List<LayerFault> faults =
                faults("a", "x.csv", "EPSG:4548", HAIDIAN + "columns: {x: 经度, y: 纬度}\nid: 编号\n");
        assertThat(faults.get(0).zh()).contains("像是经纬度");
        Files.writeString(root.resolve("a/x.csv"), "编号,名称,经度,纬度\n1,甲,4428000.5,443458.2\n");
        assertThat(
                        faults(
                                        "a",
                                        "x.csv",
                                        "EPSG:4548",
                                        HAIDIAN + "columns: {x: 经度, y: 纬度}\nid: 编号\n")
                                .get(0)
                                .zh())
                .contains("写反");
    }

    private Layer csv(String text, String more, String charset) throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.write(root.resolve("a/x.csv"), text.getBytes(charset));
        return load(
                "a",
                "x.csv",
                "WGS84",
                HAIDIAN + "columns: {x: 经度, y: 纬度}\nid: 编号\n" + "attributes: {name: 名称}\n" + more);
    }

    private List<LayerFault> csvFaults(String text, String more, String charset) throws Exception {
        Files.createDirectories(root.resolve("a"));
        Files.write(root.resolve("a/x.csv"), text.getBytes(charset));
        return faults(
                "a",
                "x.csv",
                "WGS84",
                HAIDIAN + "columns: {x: 经度, y: 纬度}\nid: 编号\nattributes: {name: 名称}\n" + more);
    }

    // Fixtures

    private static Map<String, byte[]> shapefile(String stem) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (String ending : List.of("shp", "shx", "dbf", "prj", "cpg")) {
            String name = stem + "." + ending;
            parts.put(name, Files.readAllBytes(DATA.resolve(name)));
        }
        return parts;
    }

    private static byte[] part(Map<String, byte[]> parts, String name) {
        return parts.getOrDefault(name, new byte[0]).clone();
    }

    private void zip(String name, Map<String, byte[]> parts) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
    }

    private void yaml(String folder, String file, String crs, String more) throws IOException {
        Files.writeString(
                root.resolve(folder).resolve("layer.yaml"),
                "kind: school\ntitle: 学校\nfile: "
                        + file
                        + "\ncrs: "
                        + crs
                        + "\nsource: test\nlicence: CC0-1.0\nsurveyed: '2026-11-22'\n"
                        + "max_age_days: 365\naccuracy_m: 1\n"
                        + more);
    }

    private Layer load(String folder, String file, String crs, String more) throws Exception {
        yaml(folder, file, crs, more);
        return LayerSet.load(root).layers().stream()
                .filter(l -> l.id().equals(folder))
                .findFirst()
                .orElseThrow();
    }

    private List<LayerFault> faults(String folder, String file, String crs, String more)
            throws IOException {
        yaml(folder, file, crs, more);
        LayerException thrown =
                catchThrowableOfType(LayerException.class, () -> LayerSet.load(root));
        assertThat(thrown).isNotNull();
        return thrown.faults();
    }
}

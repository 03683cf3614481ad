package org.kanqian.gis.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.kanqian.gis.TestLayers.DECLARATION;
import static org.kanqian.gis.TestLayers.collection;
import static org.kanqian.gis.TestLayers.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.TestLayers;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKBWriter;

class LayerLoadingTest {
    private static final String SQUARE =
            "{\"type\":\"Polygon\",\"coordinates\":[[[116.3,39.9],[116.301,39.9],[116.301,39.901],"
                    + "[116.3,39.901],[116.3,39.9]]]}";
    private static final String POINT = "{\"type\":\"Point\",\"coordinates\":[116.3,39.9]}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void aSoundLayerIsTakenOverWithAllItDeclares() throws LayerException {
        Layer layer =
                LayerSet.load(folder(root, DECLARATION, collection(SQUARE, POINT)))
                        .layers("school")
                        .get(0);

        assertThat(layer.id()).isEqualTo("school");
        assertThat(layer.features()).hasSize(2);
        assertThat(layer.features().get(0).name()).isEqualTo("学校");
        assertThat(layer.features().get(1).isPoint()).isTrue();
        assertThat(layer.version()).matches("sha256:[0-9a-f]{64}");
        assertThat(layer.accuracyMetres()).isEqualTo(1);
        assertThat(layer.covers(116.5, 40)).isTrue();
        assertThat(layer.covers(115.5, 40)).isFalse();
        assertThat(layer.staleOn(TestLayers.TODAY)).isFalse();
        assertThat(layer.staleOn(TestLayers.TODAY.plusYears(1))).isTrue();
    }

    @Test
    void theVersionFollowsEveryByteOfDataAndDeclaration() throws Exception {
        String first = version(DECLARATION, collection(SQUARE));

        assertThat(version(DECLARATION, collection(SQUARE))).isEqualTo(first);
        assertThat(version(DECLARATION, collection(SQUARE) + " ")).isNotEqualTo(first);
        assertThat(version(DECLARATION + "\n", collection(SQUARE))).isNotEqualTo(first);
    }

    private String version(String yaml, String data) throws LayerException {
        return LayerSet.load(folder(root, yaml, data)).layers().get(0).version();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'Polygon','coordinates':[[[116,39],[116.1,39],[116.1,39.1]]]}|四个点",
                "{'type':'Polygon','coordinates':[[[116,39],[116.1,39],[116.1,39.1],[116,39.1]]]}|没有闭合",
                "{'type':'Polygon','coordinates':[[[116,39],[116.1,39.1],[116.1,39],[116,39.1],[116,39]]]}|自相交",
                "{'type':'Polygon','coordinates':[]}|没有环",
                "{'type':'MultiPoint','coordinates':[]}|空几何",
                "{'type':'Point','coordinates':[39.9,116.3]}|写反",
                "{'type':'Point','coordinates':[7.42,43.73]}|不在中国",
                "{'type':'Point','coordinates':[180,39]}|不在中国",
                "{'type':'Point','coordinates':[116,90]}|不在中国",
                "{'type':'Point','coordinates':[443458.2,4428000.5]}|投影坐标",
                "{'type':'Point','coordinates':['116.3','39.9']}|不是数",
                "{'type':'Point','coordinates':[116.3,null]}|不是数",
                "{'type':'Point','coordinates':[1e999,39.9]}|不是数",
                "{'type':'Point','coordinates':[116.3]}|两个数",
                "{'type':'Point','coordinates':[116.3,39.9,1,2]}|两个数",
                "{'type':'LineString','coordinates':[[116.3,39.9]]}|两个点",
                "{'type':'GeometryCollection','geometries':[]}|GeometryCollection",
                "{'type':'Circle','coordinates':[116.3,39.9]}|Circle",
                "{'coordinates':[116.3,39.9]}|不认识",
                "null|缺少几何",
            })
    void aBrokenGeometryIsNamedByFileAndIndexAndNothingIsLoaded(String geometry, String says) {
        String data = collection(SQUARE, geometry.replace('\'', '"'), POINT);

        List<LayerFault> faults = faults(DECLARATION, data);

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).file()).isEqualTo("school/school.geojson");
        assertThat(faults.get(0).feature()).hasValue(1);
        assertThat(faults.get(0).zh()).contains(says);
        assertThat(faults.get(0).en()).isNotBlank();
    }

    @Test
    void everyFaultIsReportedAtOnce() {
        List<LayerFault> faults = faults(DECLARATION, collection("null", SQUARE, "null", "null"));

        assertThat(faults).extracting(f -> f.feature().orElse(-1)).containsExactly(0, 2, 3);
    }

    @Test
    void faultsStopAtAHundred() {
        String[] broken = new String[5000];
        java.util.Arrays.fill(broken, "null");

        assertThat(faults(DECLARATION, collection(broken))).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"type\":\"FeatureCollection\"}",
                "{\"type\":\"FeatureCollection\",\"features\":{}}",
                "{\"type\":\"Feature\",\"geometry\":null,\"properties\":null}",
                "{\"features\":[]}",
                "{\"type\":\"FeatureCollection\",\"features\":[1,null,\"x\",[]]}",
                "{\"type\":\"FeatureCollection\",\"features\":[]} x",
                "{\"type\":\"FeatureCollection\",\"type\":\"FeatureCollection\",\"features\":[]}",
                "not json at all",
            })
    void whatIsNoFeatureCollectionIsRefused(String data) {
        assertThat(faults(DECLARATION, data)).isNotEmpty();
    }

    @Test
    void deepNestingIsRefusedAndDoesNoHarm() {
        String deep = "[".repeat(200_000);

        assertThat(
                        faults(
                                DECLARATION,
                                collection("{\"type\":\"Point\",\"coordinates\":" + deep + "}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void everyPublishedBrokenFileIsRefusedWithAFault(Path file) throws IOException {
        assertThat(faults(DECLARATION, Files.readString(file))).isNotEmpty();
    }

    static Stream<Path> brokenFiles() throws IOException {
        try (Stream<Path> files = Files.walk(TestLayers.RESOURCES.resolve("geojson-bad"))) {
            return files.filter(f -> f.toString().endsWith(".geojson")).sorted().toList().stream();
        }
    }

    @Test
    void noFeaturesIsAFaultUnlessDeclared() throws LayerException {
        assertThat(faults(DECLARATION, collection())).hasSize(1);

        LayerSet declared =
                LayerSet.load(folder(root, DECLARATION + "may_be_empty: true\n", collection()));

        assertThat(declared.layers("school").get(0).features()).isEmpty();
    }

    @Test
    void anIdMayNotBeUsedTwice() {
        String twice = collection(POINT, POINT).replace("f1", "f0");

        assertThat(faults(DECLARATION, twice).get(0).zh()).contains("id 重复");
    }

    @Test
    void aFileMayNotContradictTheDeclaredCrs() {
        String data =
                collection(POINT)
                        .replace(
                                "\"features\"",
                                "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
                                        + "\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\"");

        assertThat(faults(DECLARATION, data).get(0).zh()).contains("WGS84").contains("CGCS2000");
    }

    @Test
    void aControlPointTellsGcj02FromWgs84() throws LayerException {
        String control =
                "control_points: [{feature: f0, lon: 116.3, lat: 39.9, datum: CGCS2000,"
                        + " tolerance_m: 20}]\n";

        assertThat(LayerSet.load(folder(root, DECLARATION + control, collection(POINT))).layers())
                .hasSize(1);
        List<LayerFault> faults =
                faults(
                        (DECLARATION + control).replaceFirst("crs: CGCS2000", "crs: GCJ02"),
                        collection(POINT));
        assertThat(faults.get(0).zh()).contains("控制点").contains("偏差");
    }

    @Test
    void coverageThatHoldsNoFeatureIsAMistake() {
        String elsewhere = DECLARATION.replace("[116.0, 39.0, 117.0, 41.0]", "[100, 30, 101, 31]");

        assertThat(faults(elsewhere, collection(SQUARE)).get(0).zh()).contains("覆盖范围");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: school|kind: School!|kind",
                "title: 学校||title",
                "crs: CGCS2000|crs: EPSG:4214|坐标系",
                "surveyed: '2026-11-22'|surveyed: 去年|surveyed",
                "accuracy_m: 1|accuracy_m: -1|accuracy_m",
                "accuracy_m: 1|acuracy_m: 1|accuracy_m",
                "file: school.geojson|file: ../school/school.geojson|文件夹",
                "file: school.geojson|file: none.geojson|找不到",
                "file: school.geojson|file: layer.yaml|.gpkg",
                "coverage: {bbox: [116.0, 39.0, 117.0, 41.0]}|coverage: everywhere|coverage",
                "coverage: {bbox: [116.0, 39.0, 117.0, 41.0]}|coverage: {bbox: [117, 39, 116, 41]}|bbox",
                "coverage: {bbox: [116.0, 39.0, 117.0, 41.0]}|coverage: {bbox: [-180, -90, 180, 90]}|中国",
            })
    void aWrongDeclarationSaysWhichFieldAndHow(String right, String wrong, String says) {
        String yaml = DECLARATION.replace(right, wrong == null ? "" : wrong);

        assertThat(faults(yaml, collection(SQUARE)))
                .anySatisfy(f -> assertThat(f.zh()).contains(says));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n",
                "- a list",
                "kind: [",
                "!!javax.script.ScriptEngineManager []",
            })
    void hostileYamlIsRefused(String yaml) {
        assertThat(faults(yaml, collection(SQUARE))).isNotEmpty();
    }

    @Test
    void anEmptyFolderIsNoSetOfLayers() {
        assertThatThrownBy(() -> LayerSet.load(root))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("layer.yaml");
        assertThatThrownBy(() -> LayerSet.load(root.resolve("none")))
                .isInstanceOf(LayerException.class);
    }

    @Test
    void aHundredThousandFeaturesLoadWithinTheTestsMemory() throws Exception {
        StringBuilder data = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
        for (int i = 0; i < 100_000; i++) {
            double x = 116.0 + (i % 1000) * 0.0009;
            double y = 39.5 + (i / 1000) * 0.0009;
            data.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"Feature\",\"id\":")
                    .append(i)
                    .append(",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",")
                    .append(
                            String.format(
                                    "\"coordinates\":[[[%1$.5f,%2$.5f],[%3$.5f,%2$.5f],"
                                            + "[%3$.5f,%4$.5f],[%1$.5f,%2$.5f]]]}}",
                                    x, y, x + 0.0005, y + 0.0005));
        }
        data.append("]}");

        Layer layer = LayerSet.load(folder(root, DECLARATION, data.toString())).layers().get(0);

        assertThat(layer.features()).hasSize(100_000);
        assertThat(layer.meeting(layer.features().get(500).geometry().getEnvelopeInternal()))
                .hasSizeBetween(1, 9);
    }

    @Test
    void aGeoPackageInAProjectionIsReadAndItsCrsIsHeldAgainstTheDeclaration() throws Exception {
        Path folder = Files.createDirectories(root.resolve("school"));
        geoPackage(folder.resolve("school.gpkg"), 4548);
        String yaml = DECLARATION.replace("school.geojson", "school.gpkg");
        Files.writeString(folder.resolve("layer.yaml"), yaml.replace("CGCS2000", "EPSG:4548"));

        Feature feature = LayerSet.load(root).layers().get(0).features().get(0);

        assertThat(feature.id()).isEqualTo("way/1");
        assertThat(feature.name()).isEqualTo("附中");
        assertThat(feature.geometry().getEnvelopeInternal().getMinX()).isBetween(116.2, 116.4);
        assertThat(feature.geometry().getEnvelopeInternal().getMinY()).isBetween(39.9, 40.1);

        Files.writeString(folder.resolve("layer.yaml"), yaml.replace("CGCS2000", "EPSG:4547"));
        assertThatThrownBy(() -> LayerSet.load(root)).hasMessageContaining("EPSG:4548");
        Files.writeString(folder.resolve("school.gpkg"), "no database");
        assertThatThrownBy(() -> LayerSet.load(root)).isInstanceOf(LayerException.class);
    }

    private static void geoPackage(Path file, int epsg) throws SQLException, IOException {
        Geometry square =
                TestLayers.wkt(
                        "POLYGON((440000 4428000,440100 4428000,440100 4428100,440000 4428100,"
                                + "440000 4428000))");
        HostileLayersTest.geoPackage(
                file,
                new WKBWriter().write(square),
                "update gpkg_spatial_ref_sys set organization_coordsys_id = " + epsg,
                "alter table schools add column id text",
                "update schools set id = 'way/1'");
    }

    private List<LayerFault> faults(String yaml, String data) {
        LayerException thrown =
                catchThrowableOfType(
                        LayerException.class, () -> LayerSet.load(folder(root, yaml, data)));
        assertThat(thrown).isNotNull();
        return thrown.faults();
    }
}

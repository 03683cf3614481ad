package org.kanqian.gis.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.kanqian.gis.TestLayers.DECLARATION;
import static org.kanqian.gis.TestLayers.collection;
import static org.kanqian.gis.TestLayers.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.TestLayers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Layers that were made to do harm, or look so: refused with the feature named, soon. */
class HostileLayersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String POINT = "{\"type\":\"Point\",\"coordinates\":[116.3,39.9]}";

    @TempDir Path root;

    private List<LayerFault> faults(String yaml, String data) {
        LayerException thrown =
                catchThrowableOfType(
                        LayerException.class, () -> LayerSet.load(folder(root, yaml, data)));
        assertThat(thrown).isNotNull();
        return thrown.faults();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"Polygon\",\"coordinates\":[]}|没有环",
                "{\"type\":\"MultiPolygon\",\"coordinates\":[]}|空几何",
                "{\"type\":\"MultiPoint\",\"coordinates\":[]}|空几何",
                "{\"type\":\"Point\",\"coordinates\":[1e999,39.9]}|不是数",
                "{\"type\":\"Polygon\",\"coordinates\":[[[179,39],[-179,39],[-179,40],[179,39]]]}|不在中国",
                "{\"type\":\"Polygon\",\"coordinates\":[[[116,39],[117,40],[117,39],[116,40],[116,39]]]}|自相交",
            })
    void aGeometryThatIsNoneIsNamed(String geometry, String says) {
        List<LayerFault> faults = faults(DECLARATION, collection(POINT, geometry));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).zh()).contains(says);
        assertThat(faults.get(0).feature()).hasValue(1);
    }

    @Test
    void aPolygonOfMoreThanAMillionVerticesIsNamedWithoutBeingHeldInMemory() {
        StringBuilder ring = new StringBuilder("{\"type\":\"Polygon\",\"coordinates\":[[");
        for (int i = 0; i <= 1_400_000; i++) {
            double turn = 2 * Math.PI * i / 1_400_000;
            ring.append(i == 0 ? "[" : ",[")
                    .append((float) (116.5 + 0.4 * Math.cos(turn)))
                    .append(',')
                    .append((float) (40 + 0.4 * Math.sin(turn)))
                    .append(']');
        }
        String huge = ring.append("]]}").toString();

        List<LayerFault> faults = faults(DECLARATION, collection(POINT, huge, POINT));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).zh()).contains("一百万个点");
        assertThat(faults.get(0).feature()).hasValue(1);
    }

    /** Every edge crosses every other: two hundred million crossings, were they all looked for. */
    @Test
    void aTangleOfEdgesIsGivenUpOn() {
        StringBuilder star = new StringBuilder("{\"type\":\"Polygon\",\"coordinates\":[[");
        int points = 20_001;
        for (int i = 0; i <= points; i++) {
            double turn = 2 * Math.PI * ((long) i * (points / 2) % points) / points;
            star.append(i == 0 ? "[" : ",[")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "%.9f,%.9f]",
                                    116.5 + 0.4 * Math.cos(turn),
                                    40 + 0.4 * Math.sin(turn)));
        }

        List<LayerFault> faults = faults(DECLARATION, collection(star.append("]]}").toString()));

        assertThat(faults.get(0).zh()).contains("自相交");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void deepNestingInADeclarationIsRefused(String opening) {
        assertThat(faults("kind: " + opening.repeat(60_000), collection(POINT))).isNotEmpty();
    }

    @Test
    void aliasesAreRefused() {
        assertThat(faults("a: &a [x]\nb: *a\n", collection(POINT)).get(0).zh()).contains("别名");
    }

    @Test
    void aDeclarationInAnotherEncodingIsToldNotGuessed() throws Exception {
        folder(root, DECLARATION, collection(POINT));
        Files.write(
                root.resolve("school/layer.yaml"),
                DECLARATION.replace("学校", "中小学").getBytes(Charset.forName("GBK")));

        LayerException thrown =
                catchThrowableOfType(LayerException.class, () -> LayerSet.load(root));

        assertThat(thrown.faults().get(0).zh()).contains("UTF-8");
    }

    @Test
    void dataInAnotherEncodingIsRefused() throws Exception {
        folder(root, DECLARATION, "");
        Files.write(
                root.resolve("school/school.geojson"),
                collection(POINT).replace("学校", "中小学").getBytes(Charset.forName("GBK")));

        assertThat(catchThrowableOfType(LayerException.class, () -> LayerSet.load(root)).faults())
                .isNotEmpty();
    }

    @Test
    void aTextOfHalfACharacterIsRefusedByName() {
        for (String bad : List.of("\\ud800", "a\\u0000b")) {
            String data = collection(POINT).replace("\"学校\"", "\"" + bad + "\"");

            List<LayerFault> faults = faults(DECLARATION, data);

            assertThat(faults.get(0).id()).hasValue("f0");
            assertThat(faults.get(0).zh()).contains("存不下");
        }
    }

    @Test
    void naughtyStringsComeBackAsTheyWentInOrAreRefusedByName() throws Exception {
        Set<String> strings = new LinkedHashSet<>();
        for (JsonNode node :
                JSON.readTree(
                        Files.readString(TestLayers.RESOURCES.resolve("addresses/blns.json")))) {
            strings.add(node.asString());
        }
        assertThat(strings).hasSizeGreaterThan(400);
        List<String> features = new ArrayList<>();
        int n = 0;
        for (String s : strings) {
            features.add(
                    JSON.writeValueAsString(
                            JSON.createObjectNode()
                                    .put("type", "Feature")
                                    .put("id", s)
                                    .set(
                                            "properties",
                                            JSON.createObjectNode().put("name", s).put("n", n++))
                                    .set("geometry", JSON.readTree(POINT))));
        }

        Layer layer =
                LayerSet.load(
                                folder(
                                        root,
                                        DECLARATION,
                                        "{\"type\":\"FeatureCollection\",\"features\":["
                                                + String.join(",", features)
                                                + "]}"))
                        .layers()
                        .get(0);

        assertThat(layer.features()).extracting(Feature::id).containsExactlyElementsOf(strings);
        assertThat(layer.features())
                .allSatisfy(f -> assertThat(f.attributes().get("name")).isEqualTo(f.id()));
        for (String s : strings) {
            assertThat(layer.byId(s)).as(s).isPresent();
        }
    }

    @Test
    void naughtyStringsAreNoFileNames() throws Exception {
        for (JsonNode node :
                JSON.readTree(
                        Files.readString(TestLayers.RESOURCES.resolve("addresses/blns.json")))) {
            String yaml =
                    DECLARATION.replace(
                            "file: school.geojson", "file: " + JSON.writeValueAsString(node));

            List<LayerFault> faults = faults(yaml, collection(POINT));

            assertThat(faults).as(node.asString()).isNotEmpty();
            assertThat(faults.get(0).file()).isEqualTo("school/layer.yaml");
        }
    }

    // Tables

    @Test
    void aRowWithoutAnEndIsGivenUpOn() throws Exception {
        Path folder = Files.createDirectories(root.resolve("a"));
        Files.writeString(folder.resolve("layer.yaml"), csv());
        Files.writeString(
                folder.resolve("x.csv"), "编号,经度,纬度\n1,116.3,39.9\n\"" + "x,\n".repeat(2_000_000));

        List<LayerFault> faults =
                catchThrowableOfType(LayerException.class, () -> LayerSet.load(root)).faults();

        assertThat(faults.get(0).file()).isEqualTo("a/x.csv");
        assertThat(faults.get(0).en()).contains("quotation mark");
    }

    private static String csv() {
        return DECLARATION.replace("file: school.geojson", "file: x.csv")
                + "columns: {x: 经度, y: 纬度}\nid: 编号\n";
    }

    /** Nothing of ours writes a spreadsheet; a text that looks like a formula stays a text. */
    @Test
    void aFormulaInAnotherFormatIsText() throws Exception {
        String data = collection(POINT).replace("学校", "=cmd|' /C calc'!A0");

        Layer layer = LayerSet.load(folder(root, DECLARATION, data)).layers().get(0);

        assertThat(layer.features().get(0).name()).isEqualTo("=cmd|' /C calc'!A0");
    }

    // GeoPackages

    private List<LayerFault> geoPackage(String... statements) throws SQLException, IOException {
        Path folder = Files.createDirectories(root.resolve("a"));
        Files.writeString(
                folder.resolve("layer.yaml"),
                DECLARATION.replace("school.geojson", "x.gpkg") + "table: schools\n");
        geoPackage(folder.resolve("x.gpkg"), point(), statements);
        LayerException thrown =
                catchThrowableOfType(LayerException.class, () -> LayerSet.load(root));
        return thrown == null ? List.of() : thrown.faults();
    }

    static byte[] point() {
        ByteBuffer wkb = ByteBuffer.allocate(21).order(ByteOrder.LITTLE_ENDIAN);
        return wkb.put((byte) 1).putInt(1).putDouble(116.3).putDouble(39.9).array();
    }

    static void geoPackage(Path file, byte[] wkb, String... statements)
            throws SQLException, IOException {
        Files.deleteIfExists(file);
        byte[] blob = new byte[8 + wkb.length];
        blob[0] = 'G';
        blob[1] = 'P';
        System.arraycopy(wkb, 0, blob, 8, wkb.length);
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = db.createStatement()) {
            sql.executeUpdate(
                    "create table gpkg_spatial_ref_sys (srs_id int, organization text,"
                            + " organization_coordsys_id int)");
            sql.executeUpdate("insert into gpkg_spatial_ref_sys values (1, 'EPSG', 4490)");
            sql.executeUpdate(
                    "create table gpkg_geometry_columns (table_name text, column_name text,"
                            + " srs_id int)");
            sql.executeUpdate("insert into gpkg_geometry_columns values ('schools', 'geom', 1)");
            sql.executeUpdate("create table schools (fid int, name text, geom blob)");
            try (PreparedStatement insert =
                    db.prepareStatement("insert into schools values (1, '附中', ?)")) {
                insert.setBytes(1, blob);
                insert.executeUpdate();
            }
            for (String statement : statements) {
                sql.executeUpdate(statement);
            }
        }
    }

    @Test
    void aPlainGeoPackageIsRead() throws Exception {
        assertThat(geoPackage()).isEmpty();
    }

    private static final String FOR_EVER =
            "with recursive n(x) as (select 1 union all select x + 1 from n) select 'schools' as"
                    + " table_name, 'geom' as column_name, max(x) as srs_id from n";

    @Test
    void whatComputesHasNoPlaceInAGeoPackage() throws Exception {
        assertThat(
                        geoPackage(
                                        "create trigger t after insert on schools begin delete from"
                                                + " schools; end")
                                .get(0)
                                .zh())
                .contains("触发器");
        assertThat(
                        geoPackage(
                                        "drop table gpkg_geometry_columns",
                                        "create view gpkg_geometry_columns as " + FOR_EVER)
                                .get(0)
                                .zh())
                .contains("不是普通的表");
        assertThat(
                        geoPackage(
                                        "alter table schools rename to real_schools",
                                        "create view schools as select * from real_schools")
                                .get(0)
                                .zh())
                .contains("不是普通的表");
        assertThat(
                        geoPackage(
                                        "alter table schools add column big text generated always as"
                                                + " (hex(zeroblob(400000000))) virtual")
                                .get(0)
                                .zh())
                .contains("不是普通的表");
    }

    @Test
    void collectionsInCollectionsAreNotFollowed() throws Exception {
        int depth = 300_000;
        ByteBuffer wkb = ByteBuffer.allocate(depth * 9 + 21).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < depth; i++) {
            wkb.put((byte) 1).putInt(6).putInt(1);
        }
        wkb.put(point());
        Path folder = Files.createDirectories(root.resolve("a"));
        Files.writeString(
                folder.resolve("layer.yaml"),
                DECLARATION.replace("school.geojson", "x.gpkg") + "table: schools\n");
        geoPackage(folder.resolve("x.gpkg"), wkb.array());

        List<LayerFault> faults =
                catchThrowableOfType(LayerException.class, () -> LayerSet.load(root)).faults();

        assertThat(faults.get(0).feature()).hasValue(0);
        assertThat(faults.get(0).zh()).contains("集合");
    }

    @Test
    void nothingIsWrittenBesideAGeoPackageWithAJournalOfItsOwn() throws Exception {
        assertThat(geoPackage("pragma journal_mode = wal")).isEmpty();
        try (java.util.stream.Stream<Path> files = Files.list(root.resolve("a"))) {
            assertThat(files.map(f -> String.valueOf(f.getFileName())))
                    .containsExactlyInAnyOrder("layer.yaml", "x.gpkg");
        }
    }
}

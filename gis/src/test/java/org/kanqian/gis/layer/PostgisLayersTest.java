package org.kanqian.gis.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.kanqian.gis.TestLayers.DECLARATION;
import static org.kanqian.gis.TestLayers.TODAY;
import static org.kanqian.gis.TestLayers.collection;
import static org.kanqian.gis.TestLayers.folder;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.measure.Ruler;
import org.kanqian.gis.survey.Coordinates;
import org.kanqian.gis.survey.SiteInput;
import org.kanqian.gis.survey.SiteSurvey;
import org.kanqian.gis.survey.SiteSurveyor;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Layers in PostGIS answer as layers in memory do. */
class PostgisLayersTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final String POINT = "{\"type\":\"Point\",\"coordinates\":[116.3,39.9]}";
    private static final String STORED = DECLARATION + "store: postgis\n";
    private static final String TABLE =
            DECLARATION.replace(
                    "file: school.geojson",
                    "postgis: {table: bureau.schools, geometry: geom, id: gid}");

    private static @Nullable HikariDataSource pool;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeAll
    static void connect() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(need("KANQIAN_TEST_PG_URL"));
        config.setUsername(need("KANQIAN_TEST_PG_USER"));
        config.setPassword(need("KANQIAN_TEST_PG_PASSWORD"));
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
        sql(
                "create extension if not exists postgis",
                "drop schema if exists kanqian_layer cascade",
                "drop schema if exists bureau cascade",
                "create schema bureau");
    }

    @AfterAll
    static void disconnect() throws SQLException {
        sql("drop schema if exists kanqian_layer cascade", "drop schema bureau cascade");
        pool().close();
    }

    private static String need(String variable) {
        return Objects.requireNonNull(
                System.getenv(variable),
                variable + " is not set: run ./kanqian test, which starts PostgreSQL");
    }

    private static HikariDataSource pool() {
        return Objects.requireNonNull(pool);
    }

    private static LayerDatabase database() {
        return new LayerDatabase(pool());
    }

    private static void sql(String... statements) throws SQLException {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String version(Random random) {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        return "sha256:" + HexFormat.of().formatHex(hash);
    }

    private static List<Feature> polygons(int count, Random random) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double lon = 104 + random.nextDouble();
            double lat = 30 + random.nextDouble();
            int corners = 3 + random.nextInt(9);
            Coordinate[] ring = new Coordinate[corners + 1];
            for (int c = 0; c < corners; c++) {
                double angle = 2 * Math.PI * c / corners;
                double r = 0.0003 + random.nextDouble() * 0.001;
                ring[c] = new Coordinate(lon + r * Math.cos(angle), lat + r * Math.sin(angle));
            }
            ring[corners] = ring[0].copy();
            features.add(
                    new Feature(
                            "c" + i,
                            FACTORY.createPolygon(ring),
                            Map.of("name", "校园 \"" + i + "\" \\ ☃")));
        }
        return features;
    }

    private static void assertSame(Feature a, Feature b) {
        assertThat(a.id()).isEqualTo(b.id());
        assertThat(a.attributes()).isEqualTo(b.attributes());
        assertThat(a.geometry().equalsExact(b.geometry())).as(a.id()).isTrue();
    }

    private static void assertSame(List<Feature> a, List<Feature> b) {
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.size(); i++) {
            assertSame(a.get(i), b.get(i));
        }
    }

    @Test
    void twentyThousandPolygonsAreFoundAlikeFromThreeThousandSites() {
        Random random = new Random(20261123);
        List<Feature> features = polygons(20_000, random);
        FeatureIndex memory = new TreeIndex(features);
        FeatureIndex table = database().store(version(random), features);
        Layer inMemory = layer(memory);
        Layer inTable = layer(table);

        assertThat(table.size()).isEqualTo(20_000);
        assertThat(table.hasAreas()).isTrue();
        List<Feature> all = new ArrayList<>();
        table.forEach(all::add);
        assertSame(all, features);
        assertSame(table.page(19_990, 100), memory.page(19_990, 100));
        assertThat(table.page(20_001, 5)).isEmpty();
        assertSame(table.byId("c777").orElseThrow(), features.get(777));
        assertThat(table.byId("none")).isEmpty();
        assertThat(table.byId("nul\0")).isEmpty();
        for (int i = 0; i < 3_000; i++) {
            double lon = 104 + random.nextDouble();
            double lat = 30 + random.nextDouble();
            Geometry site = FACTORY.createPoint(new Coordinate(lon, lat));
            Feature near = table.nearestInDegrees(site).orElseThrow();
            double nearest = memory.nearestInDegrees(site).orElseThrow().geometry().distance(site);
            assertThat(near.geometry().distance(site)).isEqualTo(nearest);
            Envelope box = new Envelope(lon, lon + random.nextDouble() * 0.02, lat, lat + 0.01);
            assertSame(table.meeting(box), memory.meeting(box));
            var a = Ruler.at(lon, lat, 5).nearest(List.of(inTable)).orElseThrow();
            var b = Ruler.at(lon, lat, 5).nearest(List.of(inMemory)).orElseThrow();
            assertThat(a.feature().id()).isEqualTo(b.feature().id());
            assertThat(List.of(a.metres(), a.low(), a.high()))
                    .isEqualTo(List.of(b.metres(), b.low(), b.high()));
        }
    }

    private static Layer layer(FeatureIndex index) {
        return new Layer(
                TestLayers.declaration("school", 1, 365),
                "sha256:test",
                TestLayers.wkt("POLYGON((103 29,106 29,106 32,103 32,103 29))"),
                index,
                List.of(),
                new Layer.Origin(Map.of(), false));
    }

    /** Whoever asks for no more than some sees that there are more, and all where there are not. */
    @Test
    void noMoreAreHandedOverThanAskedFor() throws Exception {
        List<Feature> features = polygons(2_000, new Random(6));
        FeatureIndex memory = new TreeIndex(features);
        FeatureIndex table = database().store(version(new Random(6)), features);
        Envelope all = new Envelope();
        features.forEach(f -> all.expandToInclude(f.geometry().getEnvelopeInternal()));

        for (FeatureIndex index : List.of(memory, table)) {
            assertThat(index.meeting(all, 100)).hasSize(100).doesNotHaveDuplicates();
            assertSame(index.meeting(all, 2_000), features);
            assertSame(index.meeting(all, 5_000), features);
            assertThat(index.meeting(new Envelope(), 10)).isEmpty();
        }
    }

    @Test
    void everySampleLayerTellsTheSameFactsFromTheSameFeatures() throws Exception {
        storedCopy(TestLayers.SAMPLES, root);
        LayerSet memory = LayerSet.load(TestLayers.SAMPLES);
        LayerSet tables = LayerSet.load(root, Optional.of(database()));

        assertThat(tables.versions().keySet()).isEqualTo(memory.versions().keySet());
        for (int i = 0; i < memory.layers().size(); i++) {
            Layer a = memory.layers().get(i);
            Layer b = tables.layers().get(i);
            assertSame(b.features(), a.features());
            assertThat(b.repairs()).isEqualTo(a.repairs());
            assertThat(b.coverage().equalsExact(a.coverage())).isTrue();
            assertThat(b.hasAreas()).isEqualTo(a.hasAreas());
        }
        SiteSurveyor here = new SiteSurveyor(memory);
        SiteSurveyor there = new SiteSurveyor(tables);
        Random random = new Random(1);
        double[][] quarters = {
            {116.308, 116.332, 39.990, 40.012}, {121.382, 121.397, 31.31, 31.324}
        };
        for (int i = 0; i < 3_000; i++) {
            double[] q = quarters[i % 2];
            SiteInput site =
                    SiteInput.at(
                            new Coordinates(
                                    q[0] + random.nextDouble() * (q[1] - q[0]),
                                    q[2] + random.nextDouble() * (q[3] - q[2]),
                                    Datum.CGCS2000,
                                    OptionalDouble.of(random.nextInt(30))));
            SiteSurvey a = here.survey(site, TODAY);
            SiteSurvey b = there.survey(site, TODAY);
            assertThat(sameVersions(b.facts().toString(), tables, memory))
                    .isEqualTo(a.facts().toString());
            assertThat(b.region()).isEqualTo(a.region());
        }
    }

    /** The declarations differ by one line, and so do the versions. */
    private static String sameVersions(String text, LayerSet from, LayerSet to) {
        String same = text;
        for (Map.Entry<String, String> version : from.versions().entrySet()) {
            same =
                    same.replace(
                            version.getValue(),
                            Objects.requireNonNull(to.versions().get(version.getKey())));
        }
        return same;
    }

    private static void storedCopy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy);
                if (file.endsWith("layer.yaml")) {
                    Files.writeString(copy, Files.readString(file) + "\nstore: postgis\n");
                }
            }
        }
    }

    @Test
    void whatJtsSaysOfRealOutlinesPostgisSaysToo() throws Exception {
        List<Feature> real = new ArrayList<>();
        for (Layer layer : LayerSet.load(TestLayers.SAMPLES).layers()) {
            real.addAll(layer.features());
        }
        TreeIndex index = new TreeIndex(real);
        Random random = new Random(7);
        String ask =
                "select ST_Distance(a, b), ST_Intersects(a, b), ST_Contains(a, b) from (select"
                        + " ST_GeomFromWKB(?, 4490) a, ST_GeomFromWKB(?, 4490) b) g";
        int met = 0;
        try (Connection connection = pool().getConnection();
                PreparedStatement query = connection.prepareStatement(ask)) {
            for (int i = 0; i < 5_000; i++) {
                Geometry a = real.get(random.nextInt(real.size())).geometry();
                List<Feature> near = index.meeting(a.getEnvelopeInternal());
                Geometry b = near.get(random.nextInt(near.size())).geometry();
                query.setBytes(1, PostgisIndex.wkb(a));
                query.setBytes(2, PostgisIndex.wkb(b));
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    assertThat(Math.abs(row.getDouble(1) - a.distance(b))).isLessThan(1e-13);
                    assertThat(row.getBoolean(2)).isEqualTo(a.intersects(b));
                    assertThat(row.getBoolean(3)).isEqualTo(a.contains(b));
                    met += a.intersects(b) ? 1 : 0;
                }
            }
        }
        assertThat(met).isBetween(100, 4_900);
    }

    @Test
    void aLoadingThatEndsMidwayLeavesTheOldVersionAndNothingOfTheNew() throws Exception {
        Random random = new Random(3);
        List<Feature> features = polygons(3_000, random);
        String old = version(random);
        String next = version(random);
        LayerDatabase database = database();
        database.store(old, features);
        long tables = tables();

        assertThatThrownBy(() -> database.store(next, endingAt(2_000, features, false)))
                .hasMessage("ended");
        assertThatThrownBy(() -> database.store(next, endingAt(2_000, features, true)))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(database.find(next)).isEmpty();
        assertThat(tables()).isEqualTo(tables);
        assertThat(database.find(old).orElseThrow().size()).isEqualTo(3_000);
        assertThat(database.store(next, features).size()).isEqualTo(3_000);
        assertThat(tables()).isEqualTo(tables + 1);
    }

    private static long tables() throws SQLException {
        return number("select count(*) from pg_tables where schemaname = 'kanqian_layer'");
    }

    /** Features of which the later ones do not come: the reader fails, or the connection is cut. */
    private static Iterable<Feature> endingAt(int last, List<Feature> features, boolean cut) {
        return () ->
                features.stream()
                        .peek(
                                f -> {
                                    if (f == features.get(last)) {
                                        end(cut);
                                    }
                                })
                        .iterator();
    }

    private static void end(boolean cut) {
        if (!cut) {
            throw new IllegalStateException("ended");
        }
        try {
            assertThat(
                            number(
                                    "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                            + " where query like 'insert into kanqian_layer.v%'"
                                            + " and state = 'idle in transaction'"))
                    .isEqualTo(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theSameVersionStoredByManyAtOnceIsOneTable() throws Exception {
        Random random = new Random(4);
        List<Feature> features = polygons(1_000, random);
        String version = version(random);
        sql("drop schema if exists kanqian_layer cascade");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<FeatureIndex> store = () -> database().store(version, features);
            List<Future<FeatureIndex>> stored =
                    threads.invokeAll(List.of(store, store, store, store));
            for (Future<FeatureIndex> index : stored) {
                assertThat(index.get().size()).isEqualTo(1_000);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(tables()).isEqualTo(2);
        assertThat(number("select count(*) from kanqian_layer.catalog")).isEqualTo(1);
    }

    @Test
    void aFileThatWasStoredIsNotReadAgain() throws Exception {
        folder(root, STORED, collection(POINT));
        Optional<LayerDatabase> database = Optional.of(database());
        Layer first = LayerSet.load(root, database).layers().get(0);
        sql(
                "update kanqian_layer.v_"
                        + first.version().substring(7, 39)
                        + " set attributes = '{\"name\": \"改过\"}'");

        Layer again = LayerSet.load(root, Optional.of(database())).layers().get(0);

        assertThat(again.version()).isEqualTo(first.version());
        assertThat(again.features().get(0).name()).isEqualTo("改过");
        folder(root, STORED, collection(POINT) + " ");
        assertThat(LayerSet.load(root, database).layers().get(0).features().get(0).name())
                .isEqualTo("学校");
    }

    @Test
    void aFaultyFileIsNotStored() throws Exception {
        sql("create schema if not exists kanqian_layer");
        long tables = tables();
        String abroad = "{\"type\":\"Point\",\"coordinates\":[7.42,43.73]}";

        assertThat(faults(STORED, collection(POINT, abroad), Optional.of(database())))
                .contains("不在中国");
        assertThat(
                        faults(
                                STORED,
                                collection(POINT).replace("学校", "\\u0000"),
                                Optional.of(database())))
                .contains("NUL");
        assertThat(faults(DECLARATION + "store: disk\n", collection(POINT), Optional.empty()))
                .contains("store must be memory or postgis");
        assertThat(tables()).isBetween(tables, tables + 1); // the catalogue itself may be new
    }

    @Test
    void withoutADatabaseBothKeysAreFaultsThatSayWhatToSet() {
        assertThat(faults(STORED, collection(POINT), Optional.empty()))
                .contains("store: postgis 要有 PostgreSQL")
                .contains("kanqian.db.url");
        assertThat(faults(TABLE, collection(POINT), Optional.empty())).contains("kanqian.db.url");
    }

    @Test
    void aDatabaseThatIsGoneIsAnErrorAndNoEmptyAnswer() {
        Random random = new Random(5);
        HikariConfig config = new HikariConfig();
        pool().copyStateTo(config);
        HikariDataSource passing = new HikariDataSource(config);
        FeatureIndex index =
                new LayerDatabase(passing).store(version(random), polygons(10, random));
        passing.close();

        Geometry site = FACTORY.createPoint(new Coordinate(104, 30));
        assertThatThrownBy(() -> index.nearestInDegrees(site))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("图层数据库没有应答");
        assertThatThrownBy(() -> index.meeting(site.getEnvelopeInternal()))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> index.page(0, 1)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> index.forEach(f -> {})).isInstanceOf(UncheckedIOException.class);
    }

    private String faults(String yaml, String data, Optional<LayerDatabase> database) {
        LayerException thrown =
                catchThrowableOfType(
                        LayerException.class,
                        () -> LayerSet.load(folder(root, yaml, data), database));
        assertThat(thrown).isNotNull();
        return String.valueOf(thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"memory", "postgis"})
    void aBureausTableInAZoneIsReadAsItStands(String store) throws Exception {
        sql(
                "drop table if exists bureau.schools",
                "create table bureau.schools (gid int, 名称 text, level numeric, opened date, geom"
                        + " geometry(Geometry,4548))",
                "insert into bureau.schools values (20, '二小', 2.50, '2001-09-01',"
                        + " ST_Transform(ST_SetSRID(ST_MakePoint(116.31, 40.0), 4490), 4548)),"
                        + " (3, '附中', 1, null, ST_GeomFromText('POLYGON((440000 4428000,440100"
                        + " 4428000,440100 4428100,440000 4428100,440000 4428000))', 4548)),"
                        + " (4, '关了', 0, null, ST_GeomFromText('POINT(440000 4428000)', 4548))");
        String yaml =
                TABLE.replace("CGCS2000", "EPSG:4548")
                        + "filter: level > 0\nattributes: {name: 名称, level: level}\nstore: "
                        + store
                        + "\n";
        folder(root, yaml, "");

        Layer layer = LayerSet.load(root, Optional.of(database())).layers().get(0);

        assertThat(layer.features()).extracting(Feature::id).containsExactly("3", "20");
        assertThat(layer.features()).extracting(Feature::name).containsExactly("附中", "二小");
        assertThat(layer.features().get(1).attributes()).containsEntry("level", "2.50");
        Coordinate point = layer.features().get(1).geometry().getCoordinate();
        assertThat(point.x).isCloseTo(116.31, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(point.y).isCloseTo(40.0, org.assertj.core.data.Offset.offset(1e-9));
        Geometry square = layer.features().get(0).geometry();
        Coordinate corner = square.getCoordinate();
        double[] back = SourceCrs.named("EPSG:4548").fromCgcs2000(corner.x, corner.y).orElseThrow();
        assertThat(back[0]).isCloseTo(440000, org.assertj.core.data.Offset.offset(0.001));

        String version = layer.version();
        assertThat(LayerSet.load(root, Optional.of(database())).layers().get(0).version())
                .isEqualTo(version);
        sql("update bureau.schools set opened = '2002-09-01' where gid = 20");
        assertThat(LayerSet.load(root, Optional.of(database())).layers().get(0).version())
                .isNotEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "geometry(Point,4326) | ST_SetSRID(ST_MakePoint(116.3, 39.9), 4326) | 坐标系是 WGS84",
                "geometry(Point,4548) | ST_SetSRID(ST_MakePoint(440000, 4428000), 4548) | EPSG:4548",
                "geometry | ST_MakePoint(116.3, 39.9) | SRID 是 0",
                "geometry(Point,4490) | null | 缺少几何",
                "geometry | ST_SetSRID('GEOMETRYCOLLECTION(POINT(116 39))'::geometry, 4490) | 几何集合",
                "geometry | ST_SetSRID('CIRCULARSTRING(116 39,117 39,116 40)'::geometry, 4490) | 读不出",
                "geometry | ST_SetSRID('POINT EMPTY'::geometry, 4490) | 空几何",
                "text | chr(65) | 不是 geometry",
            })
    void aTableThatIsNotAsDeclaredIsRefused(String type, String value, String says)
            throws SQLException {
        sql(
                "drop table if exists bureau.schools",
                "create table bureau.schools (gid int, geom " + type + ")",
                "insert into bureau.schools values (1, " + value + ")");

        assertThat(faults(TABLE, "", Optional.of(database()))).contains(says);
    }

    @Test
    void namesThatAreNoneAreRefusedAndNothingIsRun() throws SQLException {
        sql(
                "drop table if exists bureau.schools",
                "create table bureau.schools (gid int, geom geometry(Point,4490))",
                "create or replace view bureau.seen as select * from bureau.schools",
                "insert into bureau.schools values (null, ST_SetSRID(ST_MakePoint(116.3, 39.9),"
                        + " 4490))");
        Optional<LayerDatabase> database = Optional.of(database());
        Set<String> hostile = new HashSet<>();
        hostile.add("'a\"; drop table bureau.schools; --'");
        hostile.add("bureau.schools\\\"; drop table bureau.schools; --");
        hostile.add("'bureau.\"schools\"'");
        for (String name : hostile) {
            String yaml =
                    TABLE.replace(
                            "table: bureau.schools",
                            "table: " + (name.startsWith("'") ? name : "\"" + name + "\""));
            assertThat(faults(yaml, "", database)).contains("postgis");
        }
        assertThat(faults(TABLE.replace("geom,", "'g\"; --',"), "", database)).contains("字母");
        assertThat(faults(TABLE.replace("bureau.schools", "schools"), "", database))
                .contains("schema.table");
        assertThat(faults(TABLE.replace("bureau.schools", "bureau.none"), "", database))
                .contains("没有表");
        assertThat(faults(TABLE.replace("bureau.schools", "bureau.seen"), "", database))
                .contains("视图");
        assertThat(faults(TABLE.replace("id: gid", "id: fid"), "", database))
                .contains("没有列 fid")
                .contains("gid, geom");
        assertThat(faults(TABLE.replace(", id: gid", ""), "", database)).contains("缺少 postgis.id");
        assertThat(faults(TABLE + "file: school.geojson\n", "", database)).contains("只能写一个");
        assertThat(faults(TABLE, "", database)).contains("gid 是空的");
        assertThat(number("select count(*) from bureau.schools")).isEqualTo(1);
    }
}

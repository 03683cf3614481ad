package org.kanqian.api.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kanqian.api.archive.Archive;
import org.kanqian.api.archive.LayerArchive;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerDatabase;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.postgresql.ds.PGSimpleDataSource;

/** Versions of layers that come from a bureau's table, or are stored in PostGIS. */
class TableLayerTest {
    private static final String TABLE =
            TestZip.SCHOOLS.replace(
                    "file: school.geojson",
                    "postgis: {table: bureau_life.schools, geometry: geom, id: gid}");

    @TempDir Path data;
    @TempDir Path folder;
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    @BeforeEach
    void aTableOfSchools() throws SQLException, IOException {
        source.setUrl(need("KANQIAN_TEST_PG_URL"));
        source.setUser(need("KANQIAN_TEST_PG_USER"));
        source.setPassword(need("KANQIAN_TEST_PG_PASSWORD"));
        sql(
                "create extension if not exists postgis",
                "drop schema if exists bureau_life cascade",
                "create schema bureau_life",
                "create table bureau_life.schools (gid int primary key, name text, geom"
                        + " geometry(Point, 4326))",
                "insert into bureau_life.schools values (1, '一小',"
                        + " ST_SetSRID(ST_MakePoint(116.32, 39.995), 4326))");
        Files.writeString(
                Files.createDirectories(folder.resolve("haidian/school")).resolve("layer.yaml"),
                TABLE);
    }

    @AfterEach
    void noTable() throws SQLException {
        sql("drop schema if exists bureau_life cascade");
    }

    private static String need(String variable) {
        return Objects.requireNonNull(
                System.getenv(variable),
                variable + " is not set: run ./kanqian test, which starts PostgreSQL");
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private LayerStock open() throws LayerException {
        Archive archive = Archive.in(data);
        Optional<LayerDatabase> database = Optional.of(new LayerDatabase(source));
        return LayerStock.open(
                folder, archive, new LayerArchive(archive, database), database, Clock.systemUTC());
    }

    private static LayerKeeper keeper(LayerStock stock) {
        return new LayerKeeper(
                stock,
                new Serving(
                        new PreCheckService(
                                RuleBook.compile(StandardsPack.load(PackSource.classPath())),
                                new SiteSurveyor(stock.layers()),
                                Signer.passing(),
                                Clock.systemUTC()),
                        Instant.EPOCH));
    }

    private static Layer school(LayerStock stock) {
        return stock.layers().find("haidian/school").orElseThrow();
    }

    private static List<String> names(Layer layer) {
        return layer.features().stream().map(Feature::name).toList();
    }

    @Test
    void whatATableHeldStaysReadableWhenTheTableHasChanged() throws Exception {
        LayerStock stock = open();
        LayerKeeper keeper = keeper(stock);
        Layer then = school(stock);
        sql(
                "insert into bureau_life.schools values (2, '二小',"
                        + " ST_SetSRID(ST_MakePoint(116.321, 39.996), 4326))");

        keeper.reload();

        assertThat(names(school(stock))).containsExactly("一小", "二小");
        assertThat(school(stock).version()).isNotEqualTo(then.version());
        Layer old = stock.versions().load("haidian/school", then.version());
        assertThat(names(old)).containsExactly("一小");
        assertThat(old.features()).isEqualTo(then.features());
        assertThat(old.coverage().equalsExact(then.coverage())).isTrue();
        assertThat(stock.versions().find(then.version()).orElseThrow().table()).isTrue();
    }

    @Test
    void anOldStateOfATableIsPutBackAndServesAfterARestart() throws Exception {
        LayerStock stock = open();
        String then = school(stock).version();
        sql("update bureau_life.schools set name = '改名'");
        LayerKeeper keeper = keeper(stock);
        keeper.reload();

        keeper.restore("haidian/school", then, v -> {}, false);

        assertThat(names(school(stock))).containsExactly("一小");
        assertThat(names(school(open()))).containsExactly("一小");
    }

    @Test
    void anUploadMayBeStoredInPostgis() throws Exception {
        LayerStock stock = open();
        LayerKeeper keeper = keeper(stock);
        byte[] zip =
                TestZip.of(
                        TestZip.SCHOOLS + "store: postgis\n",
                        "school.geojson",
                        TestZip.collection("116.31,40.01"));

        try (ArrivingLayer layer = TestZip.received(zip, data)) {
            keeper.put("haidian/school", layer.files(), v -> {}, false);
        }

        assertThat(names(school(stock))).containsExactly("学校 0");
        sql("drop schema kanqian_layer cascade"); // to be had again from the files
        assertThat(names(school(open()))).containsExactly("学校 0");
    }

    @Test
    void aTableThatIsGoneStopsTheStart() throws Exception {
        sql("drop table bureau_life.schools");

        assertThatThrownBy(this::open)
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("bureau_life.schools");
    }
}

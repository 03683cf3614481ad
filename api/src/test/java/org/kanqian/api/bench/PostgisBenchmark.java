package org.kanqian.api.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerDatabase;
import org.kanqian.gis.measure.Nearest;
import org.kanqian.gis.measure.Ruler;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same 200,000 polygons in process and in PostGIS, asked over JDBC by prepared statements on
 * one connection. In process it is the whole of it: frame, metres, end points, error band. PostGIS
 * answers what it answers by itself: KNN in degrees, ST_DWithin in metres on geography. Needs
 * {@code KANQIAN_TEST_PG_URL}, {@code _USER} and {@code _PASSWORD}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PostgisBenchmark {
    private static final int POLYGONS = 200_000;
    private static final double METRES = 200;
    private static final String VERSION = "sha256:" + "be".repeat(32);
    private static final String TABLE = "kanqian_layer.v_" + "be".repeat(16);

    private final LonLat[] sites = new LonLat[1024];
    private final List<Layer> inMemory;
    private final HikariDataSource pool;
    private final Connection connection;
    private final PreparedStatement knn;
    private final PreparedStatement within;
    private int next;

    /** Makes the polygons, the same ones every time, and stores them. */
    public PostgisBenchmark() {
        Random random = new Random(20261123);
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < POLYGONS; i++) {
            features.add(new Feature("c" + i, polygon(random), Map.of()));
        }
        for (int i = 0; i < sites.length; i++) {
            sites[i] =
                    new LonLat(103.6 + random.nextDouble() * 0.9, 30.3 + random.nextDouble() * 0.8);
        }
        inMemory = List.of(NearestBenchmark.layer(features));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(System.getenv("KANQIAN_TEST_PG_URL"));
        config.setUsername(System.getenv("KANQIAN_TEST_PG_USER"));
        config.setPassword(System.getenv("KANQIAN_TEST_PG_PASSWORD"));
        pool = new HikariDataSource(config);
        try {
            connection = pool.getConnection();
            try (Statement sql = connection.createStatement()) {
                sql.execute("create extension if not exists postgis");
                new LayerDatabase(pool).store(VERSION, features);
                sql.execute(
                        "create index if not exists bench_geography on "
                                + TABLE
                                + " using gist ((geometry::geography))");
                sql.execute("analyze " + TABLE);
            }
            knn =
                    connection.prepareStatement(
                            "select id, ST_Distance(geometry::geography, p::geography) from "
                                    + TABLE
                                    + ", (select ST_SetSRID(ST_MakePoint(?, ?), 4490) p) s order by"
                                    + " geometry <-> p limit 1");
            within =
                    connection.prepareStatement(
                            "select id from "
                                    + TABLE
                                    + " where ST_DWithin(geometry::geography,"
                                    + " ST_SetSRID(ST_MakePoint(?, ?), 4490)::geography, "
                                    + METRES
                                    + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static org.locationtech.jts.geom.Geometry polygon(Random random) {
        double lon = 103.5 + random.nextDouble() * 1.1;
        double lat = 30.2 + random.nextDouble();
        int corners = 6 + random.nextInt(7);
        double radius = 0.0003 + random.nextDouble() * 0.0007;
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double r = radius * (0.7 + 0.3 * random.nextDouble());
            ring[i] = new Coordinate(lon + r * Math.cos(angle), lat + r * Math.sin(angle));
        }
        ring[corners] = ring[0].copy();
        return new GeometryFactory().createPolygon(ring);
    }

    /** Drops the table and lets the database go. */
    @TearDown
    public void close() throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute("drop table " + TABLE);
            sql.execute("delete from kanqian_layer.catalog where version = '" + VERSION + "'");
        }
        connection.close();
        pool.close();
    }

    private @Nullable String ask(PreparedStatement query) throws SQLException {
        LonLat site = sites[next++ & 1023];
        query.setDouble(1, site.lon());
        query.setDouble(2, site.lat());
        @Nullable String last = null;
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                last = rows.getString(1);
            }
        }
        return last;
    }

    /** PostGIS, the nearest polygon. */
    @Benchmark
    public @Nullable String referencePostgisNearest() throws SQLException {
        return ask(knn);
    }

    /** PostGIS, all polygons within 200 m. */
    @Benchmark
    public @Nullable String postgisWithin200() throws SQLException {
        return ask(within);
    }

    /** In process, the nearest polygon, measured. */
    @Benchmark
    public Nearest nearest() {
        LonLat site = sites[next++ & 1023];
        return Ruler.at(site.lon(), site.lat(), 5).nearest(inMemory).orElseThrow();
    }

    /** In process, all polygons within 200 m, each measured. */
    @Benchmark
    public List<Nearest> within200() {
        LonLat site = sites[next++ & 1023];
        return Ruler.at(site.lon(), site.lat(), 5).within(inMemory, METRES);
    }
}

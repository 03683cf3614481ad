package org.kanqian.gis.layer;

import static java.util.Objects.requireNonNull;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A PostgreSQL database with PostGIS in which layers are kept that do not fit in memory: in the
 * schema {@code kanqian_layer} one table for each version, and a catalogue of them. A version is
 * stored in one transaction and never changed: it is there whole or not at all, however a loading
 * ends. Tables can be had again from what they were read from; the schema may be dropped while no
 * service runs.
 *
 * <p>Safe to share. A database that does not answer is an {@link UncheckedIOException}.
 */
public final class LayerDatabase {
    private static final Pattern VERSION = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int HEX_IN_NAME = 32;
    private static final int BATCH = 500;
    private static final int LONGEST_ID = 500;
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Repair>> REPAIRS = new TypeReference<>() {};

    /** Any number, ours alone: whoever makes the schema holds it. */
    private static final long LOCK = 0x6B616E7169616EL;

    private final DataSource database;
    private boolean ready;

    /**
     * @param database of PostgreSQL with PostGIS in it; nothing is asked of it before a layer is
     */
    public LayerDatabase(DataSource database) {
        this.database = requireNonNull(database, "database");
    }

    /** The features stored as {@code version}. */
    public Optional<FeatureIndex> find(String version) {
        table(version);
        try (Connection connection = connection()) {
            return kept(connection, version).map(Loading.Kept::index);
        } catch (SQLException e) {
            throw PostgisIndex.unanswered(e);
        }
    }

    /**
     * Stores features, unless they are stored already.
     *
     * @param version {@code sha256:} and 64 hexadecimal digits, of everything they come from
     * @param features in their order; ids all different
     * @throws IllegalArgumentException if the version is none, or an id or attribute cannot be kept
     *     in PostgreSQL: an id of over 500 characters, a NUL, half a character
     */
    public FeatureIndex store(String version, Iterable<Feature> features) {
        try (Loading loading = load(version)) {
            Optional<Loading.Kept> earlier = loading.earlier();
            if (earlier.isPresent()) {
                return earlier.get().index();
            }
            features.forEach(loading::add);
            return loading.keep(List.of()).index();
        }
    }

    /** Begins to store a version. Whoever begins the same one meanwhile waits for the end of it. */
    Loading load(String version) {
        String table = table(version);
        try {
            return new TableLoading(connection(), version, table);
        } catch (SQLException e) {
            throw PostgisIndex.unanswered(e);
        }
    }

    /** What these words and ids hold that PostgreSQL cannot; empty if nothing. */
    static boolean storable(Feature feature) {
        return feature.id().length() <= LONGEST_ID
                && storable(feature.id())
                && feature.attributes().entrySet().stream()
                        .allMatch(a -> storable(a.getKey()) && storable(a.getValue()));
    }

    private static boolean storable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    DataSource source() {
        return database;
    }

    private static String table(String version) {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("not a version: " + version);
        }
        int hex = version.indexOf(':') + 1;
        return "kanqian_layer.v_" + version.substring(hex, hex + HEX_IN_NAME);
    }

    private Connection connection() throws SQLException {
        Connection connection = database.getConnection();
        try {
            prepare(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private synchronized void prepare(Connection connection) throws SQLException {
        if (ready) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement sql = connection.createStatement()) {
            sql.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            try (ResultSet there =
                    sql.executeQuery(
                            "select to_regclass('spatial_ref_sys') is not null and"
                                    + " to_regtype('geometry') is not null")) {
                if (!there.next() || !there.getBoolean(1)) {
                    throw new SQLException(
                            "没有 PostGIS；请由管理员执行 create extension postgis / no PostGIS; have it"
                                    + " made with create extension postgis");
                }
            }
            try (ResultSet known =
                    sql.executeQuery("select 1 from spatial_ref_sys where srid = 4490")) {
                if (!known.next()) {
                    throw new SQLException(
                            "spatial_ref_sys 里没有 4490（CGCS2000） / spatial_ref_sys lacks 4490"
                                    + " (CGCS2000)");
                }
            }
            sql.execute("create schema if not exists kanqian_layer");
            sql.execute(
                    "create table if not exists kanqian_layer.catalog (version text primary key,"
                            + " features int not null, areas boolean not null, repairs jsonb not"
                            + " null, stored_at timestamptz not null default now())");
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        ready = true;
    }

    private Optional<Loading.Kept> kept(Connection connection, String version) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select features, areas, repairs::text from kanqian_layer.catalog where"
                                + " version = ?")) {
            query.setString(1, version);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                PostgisIndex index =
                        new PostgisIndex(
                                database, table(version), row.getInt(1), row.getBoolean(2));
                List<LayerFault> repairs =
                        JSON.readValue(row.getString(3), REPAIRS).stream()
                                .map(Repair::fault)
                                .toList();
                return Optional.of(new Loading.Kept(index, repairs));
            }
        }
    }

    /** A repair as the catalogue keeps it. */
    private record Repair(
            String file, List<Integer> feature, List<String> id, String zh, String en) {
        static Repair of(LayerFault fault) {
            return new Repair(
                    fault.file(),
                    fault.feature().stream().boxed().toList(),
                    fault.id().stream().toList(),
                    fault.zh(),
                    fault.en());
        }

        LayerFault fault() {
            return new LayerFault(
                    file,
                    feature.isEmpty() ? OptionalInt.empty() : OptionalInt.of(feature.get(0)),
                    id.stream().findFirst(),
                    zh,
                    en);
        }
    }

    /** One transaction, ended by {@link #keep} or undone by {@link #close}. */
    private final class TableLoading implements Loading {
        private final Connection connection;
        private final String version;
        private final String table;
        private final Optional<Kept> earlier;
        private final List<Feature> batch = new ArrayList<>();
        private int size;
        private boolean areas;

        TableLoading(Connection connection, String version, String table) throws SQLException {
            this.connection = connection;
            this.version = version;
            this.table = table;
            try {
                connection.setAutoCommit(false);
                try (PreparedStatement lock =
                        connection.prepareStatement(
                                "select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
                    lock.setString(1, version);
                    lock.execute();
                }
                earlier = kept(connection, version);
                if (earlier.isEmpty()) {
                    execute(
                            "create table "
                                    + table
                                    + " (n int primary key, id text not null unique, geometry"
                                    + " geometry(Geometry,4490) not null, attributes jsonb not"
                                    + " null)");
                }
            } catch (SQLException | RuntimeException e) {
                close();
                throw e;
            }
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public Optional<Kept> earlier() {
            return earlier;
        }

        @Override
        public void add(Feature feature) {
            if (!storable(feature)) {
                throw new IllegalArgumentException("cannot be kept in PostgreSQL: " + feature.id());
            }
            batch.add(feature);
            areas |= feature.geometry().getDimension() == 2;
            if (batch.size() == BATCH) {
                flush();
            }
        }

        private void flush() {
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "insert into "
                                    + table
                                    + " values (?, ?, ST_GeomFromWKB(?, 4490), ?::jsonb)")) {
                for (Feature feature : batch) {
                    insert.setInt(1, size++);
                    insert.setString(2, feature.id());
                    insert.setBytes(3, PostgisIndex.wkb(feature.geometry()));
                    insert.setString(4, PostgisIndex.json(feature.attributes()));
                    insert.addBatch();
                }
                insert.executeBatch();
                batch.clear();
            } catch (SQLException e) {
                throw PostgisIndex.unanswered(e);
            }
        }

        @Override
        public int size() {
            return size + batch.size();
        }

        @Override
        public void forEach(Consumer<Feature> sink) {
            flush();
            try {
                PostgisIndex.forEach(connection, table, sink);
            } catch (SQLException e) {
                throw PostgisIndex.unanswered(e);
            }
        }

        @Override
        public Optional<Feature> byId(String id) {
            flush();
            try {
                return PostgisIndex.byId(connection, table, id);
            } catch (SQLException e) {
                throw PostgisIndex.unanswered(e);
            }
        }

        @Override
        public Kept keep(List<LayerFault> repairs) {
            flush();
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "insert into kanqian_layer.catalog (version, features, areas, repairs)"
                                    + " values (?, ?, ?, ?::jsonb)")) {
                execute("create index on " + table + " using gist (geometry)");
                execute("analyze " + table);
                insert.setString(1, version);
                insert.setInt(2, size);
                insert.setBoolean(3, areas);
                insert.setString(
                        4, JSON.writeValueAsString(repairs.stream().map(Repair::of).toList()));
                insert.executeUpdate();
                connection.commit();
                return new Kept(new PostgisIndex(database, table, size, areas), repairs);
            } catch (SQLException e) {
                throw PostgisIndex.unanswered(e);
            }
        }

        @Override
        public void close() {
            try (connection) {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                // A lost connection takes its transaction along; nothing of it remains.
            }
        }
    }
}

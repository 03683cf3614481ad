package org.kanqian.gis.layer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.SourceCrs;

/**
 * A bureau's own table in PostGIS, read in one read-only transaction that sees it as it stood when
 * it began. Rows come in the order of their ids; the version is a hash over all of them.
 */
final class PostgisTable implements Source {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]{0,62}");
    private static final int MOST_ROWS = 20_000_000;
    private static final int AT_ONCE = 500;

    /** What is no attribute: other places, and bytes. */
    private static final Set<String> NO_TEXT =
            Set.of("geometry", "geography", "raster", "topogeometry", "bytea");

    private final Connection connection;
    private final Address address;
    private final SourceCrs declared;
    private final Faults faults;
    private final List<String> columns;
    private final String query;

    /** Where the features are: the key {@code postgis} of a declaration. */
    record Address(String schema, String table, String geometry, String id) {
        String name() {
            return schema + "." + table;
        }

        private String quoted() {
            return quote(schema) + "." + quote(table);
        }
    }

    private record Column(String name, String type, boolean collated) {}

    private PostgisTable(
            Connection connection,
            Address address,
            SourceCrs declared,
            Faults faults,
            List<Column> all) {
        this.connection = connection;
        this.address = address;
        this.declared = declared;
        this.faults = faults;
        this.columns =
                all.stream().filter(c -> !NO_TEXT.contains(c.type())).map(Column::name).toList();
        // Databases sort text each in its own way; bytes all alike.
        String collate =
                all.stream().anyMatch(c -> c.name().equals(address.id()) && c.collated())
                        ? " collate \"C\""
                        : "";
        String geometry = quote(address.geometry());
        this.query =
                "select "
                        + quote(address.id())
                        + "::text, ST_SRID("
                        + geometry
                        + "), ST_AsBinary(ST_Force2D("
                        + geometry
                        + "), 'NDR')"
                        + columns.stream()
                                .map(c -> ", " + quote(c) + "::text")
                                .collect(Collectors.joining())
                        + " from "
                        + address.quoted()
                        + " t order by t." // bare, the name would mean the text of the id
                        + quote(address.id())
                        + collate;
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** What a declaration says of its table; a fault for what it lacks or names wrongly. */
    static Optional<Address> address(Fields fields, Faults faults) throws Faults.TooManyFaults {
        fields.onlyKnown(Set.of("table", "geometry", "id"));
        Optional<String> table = fields.required("table");
        Optional<String> geometry = fields.required("geometry");
        Optional<String> id = fields.required("id");
        if (table.isEmpty() || geometry.isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = table.get().split("\\.", -1);
        if (parts.length != 2) {
            faults.add(
                    "postgis.table 写成“模式.表”，例如 public.schools：" + table.get(),
                    "postgis.table is schema.table, e.g. public.schools: " + table.get());
            return Optional.empty();
        }
        for (String name : List.of(parts[0], parts[1], geometry.get(), id.get())) {
            if (!NAME.matcher(name).matches()) {
                faults.add(
                        "postgis 里的名称只能用字母、数字和下划线：" + name,
                        "names in postgis take letters, digits and underscores: " + name);
                return Optional.empty();
            }
        }
        return Optional.of(new Address(parts[0], parts[1], geometry.get(), id.get()));
    }

    /**
     * Opens a table, if it is one that can be read as declared; else says why not.
     *
     * @param faults where what is wrong, now and later, is collected
     */
    static Optional<Source> open(
            DataSource database, Address address, SourceCrs declared, Faults faults)
            throws Faults.TooManyFaults {
        Connection connection;
        try {
            connection = database.getConnection();
        } catch (SQLException e) {
            throw PostgisIndex.unanswered(e);
        }
        boolean opened = false;
        try {
            begin(connection);
            List<Column> columns = columns(connection, address);
            if (sound(columns, address, faults) && readable(connection, address, faults)) {
                opened = true;
                return Optional.of(
                        new PostgisTable(connection, address, declared, faults, columns));
            }
            return Optional.empty();
        } catch (SQLException e) {
            throw PostgisIndex.unanswered(e);
        } finally {
            if (!opened) {
                end(connection);
            }
        }
    }

    /** One view of the table, and text that does not depend on how a session is set. */
    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement sql = connection.createStatement()) {
            sql.execute("set transaction isolation level repeatable read, read only");
            sql.execute("set local statement_timeout = '10min'");
            sql.execute("set local datestyle = 'ISO'");
            sql.execute("set local intervalstyle = 'iso_8601'");
            sql.execute("set local timezone = 'UTC'");
            sql.execute("set local extra_float_digits = 1");
        }
    }

    private static void end(Connection connection) {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // Nothing was written.
        }
    }

    /** The columns of a plain table; none for a view, which may compute for ever. */
    private static List<Column> columns(Connection connection, Address address)
            throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select a.attname, t.typname, a.attcollation <> 0 from pg_attribute a join"
                                + " pg_type t on t.oid = a.atttypid join pg_class c on c.oid ="
                                + " a.attrelid join pg_namespace s on s.oid = c.relnamespace where"
                                + " s.nspname = ? and c.relname = ? and c.relkind in ('r', 'p',"
                                + " 'm') and a.attnum > 0 and not a.attisdropped order by"
                                + " a.attnum")) {
            query.setString(1, address.schema());
            query.setString(2, address.table());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(
                            new Column(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
                }
            }
        }
        return columns;
    }

    private static boolean sound(List<Column> columns, Address address, Faults faults)
            throws Faults.TooManyFaults {
        if (columns.isEmpty()) {
            faults.add(
                    "数据库里没有表 " + address.name() + "（视图不算）",
                    "no table " + address.name() + " in the database (a view is none)");
            return false;
        }
        String there = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        boolean sound = true;
        for (String name : List.of(address.geometry(), address.id())) {
            if (columns.stream().noneMatch(c -> c.name().equals(name))) {
                faults.add(
                        "表里没有列 " + name + "；有：" + there,
                        "no column " + name + " in the table; there are: " + there);
                sound = false;
            }
        }
        Optional<Column> geometry =
                columns.stream().filter(c -> c.name().equals(address.geometry())).findFirst();
        if (geometry.isPresent() && !geometry.get().type().equals("geometry")) {
            faults.add(
                    "列 " + address.geometry() + " 不是 geometry，而是 " + geometry.get().type(),
                    "column "
                            + address.geometry()
                            + " is no geometry but "
                            + geometry.get().type());
            sound = false;
        }
        return sound;
    }

    private static boolean readable(Connection connection, Address address, Faults faults)
            throws SQLException, Faults.TooManyFaults {
        try (PreparedStatement query =
                connection.prepareStatement("select has_table_privilege(?, 'select')")) {
            query.setString(1, address.quoted());
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    return true;
                }
            }
        }
        faults.add(
                "没有读表 " + address.name() + " 的权限；请管理员 grant select",
                "no right to read the table " + address.name() + "; ask for grant select");
        return false;
    }

    @Override
    public String name() {
        return address.name();
    }

    @FunctionalInterface
    private interface RowSink {
        void accept(int index, ResultSet row) throws SQLException, Faults.TooManyFaults;
    }

    private void rows(RowSink sink) throws Faults.TooManyFaults {
        try (PreparedStatement rows = connection.prepareStatement(query)) {
            rows.setFetchSize(AT_ONCE);
            try (ResultSet row = rows.executeQuery()) {
                for (int i = 0; row.next(); i++) {
                    sink.accept(i, row);
                }
            }
        } catch (SQLException e) {
            throw PostgisIndex.unanswered(e);
        }
    }

    @Override
    public void hash(MessageDigest digest) {
        LayerReader.part(digest, name(), columns.size());
        columns.forEach(c -> part(digest, c.getBytes(StandardCharsets.UTF_8)));
        try {
            rows(
                    (i, row) -> {
                        part(digest, bytes(row.getString(1)));
                        part(digest, row.getBytes(3));
                        for (int c = 0; c < columns.size(); c++) {
                            part(digest, bytes(row.getString(4 + c)));
                        }
                    });
        } catch (Faults.TooManyFaults e) {
            throw new IllegalStateException(e); // nothing is judged here
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void part(MessageDigest digest, byte @Nullable [] value) {
        digest.update(
                ((value == null ? "-" : String.valueOf(value.length)) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
        if (value != null) {
            digest.update(value);
        }
    }

    @Override
    public void read(RawFeature.Sink sink) throws Faults.TooManyFaults {
        Srids srids = new Srids();
        rows(
                (i, row) -> {
                    if (i == MOST_ROWS) {
                        faults.add("表超过 2000 万行", "the table has over 20 million rows");
                        throw new Faults.TooManyFaults();
                    }
                    @Nullable String id = row.getString(1);
                    byte @Nullable [] wkb = row.getBytes(3);
                    if (id == null) {
                        faults.add(i, "列 " + address.id() + " 是空的", address.id() + " is null");
                        return;
                    }
                    if (wkb == null) {
                        faults.add(named(i, id), "缺少几何", "no geometry");
                        return;
                    }
                    if (!srids.agree(row.getInt(2))) {
                        return;
                    }
                    Map<String, String> attributes = new LinkedHashMap<>();
                    for (int c = 0; c < columns.size(); c++) {
                        @Nullable String value = row.getString(4 + c);
                        if (value != null) {
                            attributes.put(columns.get(c), value);
                        }
                    }
                    try {
                        sink.accept(new RawFeature(i, id, Wkb.read(wkb), attributes));
                    } catch (GeometryFault e) {
                        faults.add(named(i, id), e.zh, e.en);
                    }
                });
    }

    private static RawFeature named(int index, String id) {
        return new RawFeature(index, id, LayerReader.NOTHING, Map.of());
    }

    /** The systems rows say they are in; what disagrees is told once, not for every row. */
    private final class Srids {
        private final Map<Integer, Boolean> judged = new LinkedHashMap<>();

        boolean agree(int srid) throws SQLException, Faults.TooManyFaults {
            @Nullable Boolean before = judged.get(srid);
            if (before == null) {
                before = judge(srid);
                judged.put(srid, before);
            }
            return before;
        }

        private boolean judge(int srid) throws SQLException, Faults.TooManyFaults {
            boolean shifted =
                    declared.degrees().filter(d -> d == Datum.GCJ02 || d == Datum.BD09).isPresent();
            if (srid == 0) {
                if (!shifted) { // the shifted datums have no number to write
                    faults.add(
                            "几何没有写明坐标系（SRID 是 0）；请用 UpdateGeometrySRID 写上",
                            "geometries do not say their SRID; set it with UpdateGeometrySRID");
                }
                return shifted;
            }
            try (PreparedStatement query =
                    connection.prepareStatement(
                            "select auth_name || ':' || auth_srid from spatial_ref_sys where srid"
                                    + " = ?")) {
                query.setInt(1, srid);
                try (ResultSet row = query.executeQuery()) {
                    @Nullable String name = row.next() ? row.getString(1) : null;
                    return GeoPackageFile.sameCrs(
                            name == null ? "SRID " + srid : name, declared, faults);
                }
            }
        }
    }

    @Override
    public void close() {
        end(connection);
    }
}

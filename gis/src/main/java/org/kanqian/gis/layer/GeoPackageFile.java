package org.kanqian.gis.layer;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.crs.UnknownCrsException;
import org.locationtech.jts.geom.Geometry;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;

/**
 * Reads the features of one table of a GeoPackage (OGC 12-128r15): SQLite, and in the geometry
 * column a header of 8 to 72 bytes (§2.1.3) before plain WKB.
 */
final class GeoPackageFile {
    private static final Predicate<String> STANDARD_TRIGGER =
            Pattern.compile("(rtree_|gpkg_|trigger_(insert|delete)_feature_count_).*")
                    .asMatchPredicate();
    private static final int LARGEST_VALUE = 64 * 1024 * 1024;

    /** A province takes a minute or two; a file that takes longer was made to. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int STEPS_BETWEEN_LOOKS = 1_000_000;
    private static final int[] ENVELOPE_BYTES = {0, 32, 48, 48, 64};

    private GeoPackageFile() {}

    static void read(
            Path file,
            @Nullable String wanted,
            SourceCrs declared,
            Faults faults,
            RawFeature.Sink sink)
            throws IOException, Faults.TooManyFaults {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.enableLoadExtension(false);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, String.valueOf(LARGEST_VALUE));
        // Immutable: whatever its journal says, nothing is written beside the file.
        String address = "jdbc:sqlite:" + file.toUri() + "?immutable=1";
        long end = System.nanoTime() + LONGEST.toNanos();
        try (Connection db = config.createConnection(address)) {
            ProgressHandler.setHandler(
                    db,
                    STEPS_BETWEEN_LOOKS,
                    new ProgressHandler() {
                        @Override
                        protected int progress() {
                            return System.nanoTime() > end ? 1 : 0;
                        }
                    });
            try (Statement safe = db.createStatement()) {
                safe.execute("pragma trusted_schema = off");
                safe.execute("pragma cell_size_check = on");
            }
            if (plain(db, List.of("gpkg_geometry_columns", "gpkg_spatial_ref_sys"), faults)) {
                table(db, wanted, declared, faults, sink);
            }
        } catch (SQLException e) {
            faults.add("不是可读的 GeoPackage", "not a readable GeoPackage: " + e.getMessage());
        }
    }

    private static void table(
            Connection db,
            @Nullable String wanted,
            SourceCrs declared,
            Faults faults,
            RawFeature.Sink sink)
            throws SQLException, Faults.TooManyFaults {
        List<String> tables = new ArrayList<>();
        String sql =
                "select g.table_name, g.column_name, s.organization, s.organization_coordsys_id from"
                        + " gpkg_geometry_columns g join gpkg_spatial_ref_sys s on s.srs_id ="
                        + " g.srs_id order by 1";
        try (PreparedStatement query = db.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            String table = "";
            String column = "";
            String crs = "";
            while (rows.next()) {
                tables.add(rows.getString(1));
                if (wanted == null || wanted.equals(rows.getString(1))) {
                    table = rows.getString(1);
                    column = rows.getString(2);
                    crs = rows.getString(3) + ":" + rows.getInt(4);
                }
            }
            if (table.isEmpty() || (wanted == null && tables.size() != 1)) {
                faults.add(
                        "请在 layer.yaml 用 table 写明是哪张表：" + String.join("、", tables),
                        "say in layer.yaml which table: " + String.join(", ", tables));
                return;
            }
            if (plain(db, List.of(table), faults) && sameCrs(crs, declared, faults)) {
                rows(db, table, column, faults, sink);
            }
        }
    }

    /**
     * Whether tables are plain ones: a view or a generated column may compute for ever. Triggers
     * other than those the standard itself defines (the R-tree's, GDAL's count of features) have no
     * place in data.
     */
    private static boolean plain(Connection db, List<String> tables, Faults faults)
            throws SQLException, Faults.TooManyFaults {
        Set<String> plain = new HashSet<>();
        try (PreparedStatement query =
                        db.prepareStatement(
                                "select type, name, sql from sqlite_master where type in ('table',"
                                        + " 'trigger')");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String name = rows.getString(2);
                String sql = String.valueOf(rows.getString(3)).toLowerCase(Locale.ROOT);
                if (rows.getString(1).equals("trigger") && !STANDARD_TRIGGER.test(name)) {
                    faults.add(
                            "文件里有触发器 " + name + "；请导出成只有数据的 GeoPackage",
                            "the file has a trigger, " + name + "; export the data only");
                    return false;
                }
                if (rows.getString(1).equals("table") && !sql.startsWith("create virtual")) {
                    plain.add(name);
                }
            }
        }
        for (String table : tables) {
            if (!plain.contains(table) || computes(db, table)) {
                faults.add(
                        table + " 不是普通的表（视图、虚拟表、带计算列的表都不收）",
                        table
                                + " is not a plain table: no view, virtual table or generated column");
                return false;
            }
        }
        return true;
    }

    private static boolean computes(Connection db, String table) throws SQLException {
        try (PreparedStatement query =
                db.prepareStatement("select hidden from pragma_table_xinfo(?)")) {
            query.setString(1, table);
            try (ResultSet column = query.executeQuery()) {
                while (column.next()) {
                    if (column.getInt(1) != 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether a table is in the system that was declared; a fault if it is not. */
    static boolean sameCrs(String stated, SourceCrs declared, Faults faults)
            throws Faults.TooManyFaults {
        try {
            String name = SourceCrs.named(stated.toUpperCase(Locale.ROOT)).name();
            if (!name.equals(declared.name())) {
                faults.add(
                        "表的坐标系是 " + name + "，layer.yaml 写的是 " + declared.name(),
                        "the table says "
                                + name
                                + ", layer.yaml says "
                                + declared.name()
                                + "; one of them is wrong");
                return false;
            }
            return true;
        } catch (UnknownCrsException e) {
            faults.add(e.chinese(), e.english());
            return false;
        }
    }

    private static void rows(
            Connection db, String table, String column, Faults faults, RawFeature.Sink sink)
            throws SQLException, Faults.TooManyFaults {
        String quoted = "\"" + table.replace("\"", "\"\"") + "\"";
        try (PreparedStatement query = db.prepareStatement("select * from " + quoted);
                ResultSet rows = query.executeQuery()) {
            List<String> names = names(rows.getMetaData());
            for (int i = 0; rows.next(); i++) {
                Map<String, String> attributes = new LinkedHashMap<>();
                byte @Nullable [] blob = null;
                String id = null;
                for (int c = 1; c <= names.size(); c++) {
                    String name = names.get(c - 1);
                    if (name.equals(column)) {
                        blob = rows.getBytes(c);
                        continue;
                    }
                    @Nullable String value = rows.getString(c);
                    if (value != null) {
                        attributes.put(name, value);
                        if (name.equals("id") || (id == null && name.equals("fid"))) {
                            id = value;
                        }
                    }
                }
                try {
                    sink.accept(new RawFeature(i, id, geometry(blob), attributes));
                } catch (GeometryFault e) {
                    faults.add(i, e.zh, e.en);
                }
            }
        }
    }

    /** Asked for once: SQLite makes each name anew, every time. */
    private static List<String> names(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int c = 1; c <= columns.getColumnCount(); c++) {
            names.add(columns.getColumnName(c));
        }
        return names;
    }

    private static Geometry geometry(byte @Nullable [] blob) throws GeometryFault {
        if (blob == null) {
            throw new GeometryFault("缺少几何", "no geometry");
        }
        int kind = blob.length < 8 ? 5 : (blob[3] >> 1) & 7;
        if (kind > 4 || blob[0] != 'G' || blob[1] != 'P') {
            throw new GeometryFault("几何不是 GeoPackage 格式", "not a GeoPackage geometry");
        }
        int header = 8 + ENVELOPE_BYTES[kind];
        if (blob.length < header) {
            throw new GeometryFault("几何被截断", "geometry cut short");
        }
        return Wkb.read(Arrays.copyOfRange(blob, header, blob.length));
    }
}

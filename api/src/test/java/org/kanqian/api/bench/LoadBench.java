package org.kanqian.api.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.kanqian.gis.layer.LayerSet;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.WKBWriter;

/**
 * A GeoPackage of 2,000,000 polygons with three attributes through our gate: hash of the file,
 * every feature validated, compared with those before, held against the coverage, indexed. Against
 * GDAL reading the same file: {@code ogrinfo -al}, which prints every feature, and {@code ogr2ogr}
 * to FlatGeobuf, which writes it with an index. The file is in the page cache for all.
 */
final class LoadBench {
    private static final int ROUNDS = 3;

    private LoadBench() {}

    static void run() throws Exception {
        run(2_000_000);
    }

    static void run(int count) throws Exception {
        Path folder = Files.createTempDirectory("kanqian-bench");
        try {
            Path file = Files.createDirectory(folder.resolve("building")).resolve("b.gpkg");
            write(file, new Places(count));
            Files.writeString(
                    file.resolveSibling("layer.yaml"),
                    """
                    kind: building
                    title: 建筑
                    file: b.gpkg
                    crs: CGCS2000
                    source: synthetic
                    licence: CC0-1.0
                    surveyed: 2026-11-22
                    max_age_days: 365
                    accuracy_m: 1
                    coverage: {bbox: [101, 28, 107, 33.5]}
                    """);
            String copy = folder.resolve("copy.fgb").toString();
            resetPeaks();
            List<Race.Place> places =
                    new Race(
                                    String.format(
                                            "GeoPackage of %,d polygons, %d MB",
                                            count, Files.size(file) >> 20),
                                    ROUNDS,
                                    0)
                            .with(
                                    "ogrinfo -al",
                                    LoadBench::cpuOfProcesses,
                                    i -> process("ogrinfo", "-ro", "-al", file.toString()))
                            .with(
                                    "ogr2ogr to FlatGeobuf, indexed",
                                    LoadBench::cpuOfProcesses,
                                    i -> {
                                        Files.deleteIfExists(Path.of(copy));
                                        return process(
                                                "ogr2ogr",
                                                "-f",
                                                "FlatGeobuf",
                                                copy,
                                                file.toString());
                                    })
                            .with(
                                    "ours, through the gate",
                                    LoadBench::cpuOfOtherThreads,
                                    i -> LayerSet.load(folder))
                            .run();
            System.out.printf(
                    "  ours: %.1f µs of CPU a feature; heap never above %d MB of %d%n",
                    places.get(2).cpuMicros() / count,
                    peak() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
            LayerSet layers = LayerSet.load(folder);
            System.gc();
            System.out.printf(
                    "  ours: %.0f bytes a feature when loaded%n", (double) Heap.inUse() / count);
            if (layers.layers().get(0).size() != count) {
                throw new IllegalStateException("features were lost");
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Object process(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed");
        }
        return process;
    }

    /** CPU of the processes that were started and have ended, nanoseconds. */
    private static long cpuOfProcesses() {
        try {
            String[] fields = Files.readString(Path.of("/proc/self/stat")).split(" ", -1);
            return (Long.parseLong(fields[15]) + Long.parseLong(fields[16])) * 10_000_000;
        } catch (IOException e) {
            return 0;
        }
    }

    /** CPU of the garbage collector and the compilers, nanoseconds. */
    private static long cpuOfOtherThreads() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Stream<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getType() == MemoryType.HEAP);
    }

    private static void resetPeaks() {
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return heap().mapToLong(p -> p.getPeakUsage().getUsed()).sum();
    }

    /** The least that is a GeoPackage: no R-tree, as nobody here asks it for a part. */
    private static void write(Path file, Places places) throws Exception {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = db.createStatement()) {
            sql.execute("pragma application_id = 1196444487");
            sql.execute("pragma user_version = 10300");
            sql.execute("pragma journal_mode = off");
            db.setAutoCommit(false);
            for (String create : TABLES.split(";")) {
                sql.execute(create);
            }
            try (PreparedStatement row =
                    db.prepareStatement(
                            "insert into building (geom, name, use, floors) values (?, ?, ?, ?)")) {
                WKBWriter wkb = new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN);
                for (int i = 0; i < places.plane.size(); i++) {
                    Polygon polygon = places.degrees(i);
                    byte[] plain = wkb.write(polygon);
                    row.setBytes(
                            1,
                            ByteBuffer.allocate(8 + plain.length)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .put((byte) 'G')
                                    .put((byte) 'P')
                                    .put((byte) 0)
                                    .put((byte) 1)
                                    .putInt(4490)
                                    .put(plain)
                                    .array());
                    row.setString(2, "第" + i + "号");
                    row.setString(3, Places.use(i));
                    row.setInt(4, 1 + i % 30);
                    row.addBatch();
                    if (i % 10_000 == 9_999) {
                        row.executeBatch();
                    }
                }
                row.executeBatch();
            }
            db.commit();
        }
    }

    private static final String TABLES =
            """
            create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key,
              organization text not null, organization_coordsys_id integer not null,
              definition text not null, description text);
            insert into gpkg_spatial_ref_sys values ('CGCS2000', 4490, 'EPSG', 4490, 'undefined', '');
            create table gpkg_contents (table_name text primary key, data_type text not null,
              identifier text, description text, last_change text, min_x double, min_y double,
              max_x double, max_y double, srs_id integer);
            insert into gpkg_contents values ('building', 'features', 'building', '',
              '2026-11-22T00:00:00.000Z', 101, 28, 107, 33.5, 4490);
            create table gpkg_geometry_columns (table_name text primary key, column_name text,
              geometry_type_name text, srs_id integer, z integer, m integer);
            insert into gpkg_geometry_columns values ('building', 'geom', 'POLYGON', 4490, 0, 0);
            create table building (fid integer primary key, geom blob, name text, use text,
              floors integer)
            """;
}

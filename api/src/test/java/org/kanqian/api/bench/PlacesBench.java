package org.kanqian.api.bench;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.measure.Nearest;
import org.kanqian.gis.measure.Ruler;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.hprtree.HPRtree;
import org.locationtech.jts.index.strtree.GeometryItemDistance;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.io.WKBWriter;
import org.postgresql.PGConnection;

/**
 * The nearest polygon, and all polygons within 200 m, of many. Ours is the whole of it: from a
 * site's degrees a frame, metres, both end points, the error band. JTS alone is handed a plane in
 * metres and names the polygon and its distance. PostGIS is asked by prepared statements over one
 * connection: in the same plane ready in metres, and for metres on the ellipsoid from degrees.
 */
final class PlacesBench {
    private static final double METRES = 200;
    private static final double SITE_ERROR = 5;
    private static final int CHECKED = 500;

    private PlacesBench() {}

    static void run() throws Exception {
        run(200_000);
        run(2_000_000);
    }

    static void run(int count) throws Exception {
        String title = String.format("%,d polygons", count);
        Places places = new Places(count);
        long coordinates = places.plane.stream().mapToLong(Polygon::getNumPoints).sum();
        long before = Heap.inUse();
        List<Feature> features = places.features();
        Layer layer = Places.layer("building", features);
        features.clear();
        features = List.of();
        double bytes = (double) (Heap.inUse() - before) / count;
        double raw = 16.0 * coordinates / count;
        System.out.printf(
                "%n%s in memory: %.0f bytes each with id, three attributes and index; %.0f raw"
                        + " coordinates: %.1f×%n",
                title, bytes, raw, bytes / raw);
        List<Layer> layers = List.of(layer);
        STRtree strTree = new STRtree();
        HPRtree hprTree = new HPRtree();
        for (Polygon polygon : places.plane) {
            strTree.insert(polygon.getEnvelopeInternal(), polygon);
            hprTree.insert(polygon.getEnvelopeInternal(), polygon);
        }
        strTree.build();
        hprTree.build();
        Point[] points = new Point[places.sites.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = Places.FACTORY.createPoint(places.planeSites[i]);
        }
        int mask = points.length - 1;

        Race nearest =
                new Race("nearest of " + title)
                        .with("bare STRtree, metres ready", i -> bare(strTree, points[i & mask]))
                        .with("ours, whole", i -> nearest(layers, places.sites[i & mask]));
        Race within =
                new Race("within 200 m of " + title)
                        .with(
                                "bare STRtree, metres ready",
                                i -> bareWithin(strTree::query, points[i & mask]))
                        .with(
                                "bare HPRtree, metres ready",
                                i -> bareWithin(hprTree::query, points[i & mask]))
                        .with(
                                "ours, whole",
                                i -> ruler(places.sites[i & mask]).within(layers, METRES));
        same(places, layers, strTree, points);
        @Nullable String url = System.getenv("KANQIAN_TEST_PG_URL");
        if (url == null) {
            System.out.println(
                    "!! KANQIAN_TEST_PG_URL is not set: PostGIS is LEFT OUT of this race");
            nearest.run();
            within.run();
            return;
        }
        try (Connection connection =
                DriverManager.getConnection(
                        url,
                        System.getenv("KANQIAN_TEST_PG_USER"),
                        System.getenv("KANQIAN_TEST_PG_PASSWORD"))) {
            store(connection, places);
            PreparedStatement planeNearest =
                    connection.prepareStatement(
                            "select id, ST_Distance(plane, p) from bench_places, (select"
                                    + " ST_MakePoint(?, ?) p) s order by plane <-> p limit 1");
            PreparedStatement planeWithin =
                    connection.prepareStatement(
                            "select id, ST_Distance(plane, p) from bench_places, (select"
                                    + " ST_MakePoint(?, ?) p) s where ST_DWithin(plane, p, 200)");
            PreparedStatement trueNearest =
                    connection.prepareStatement(
                            "select id, ST_Distance(degrees::geography, p::geography) from"
                                    + " bench_places, (select ST_SetSRID(ST_MakePoint(?, ?), 4490)"
                                    + " p) s order by degrees <-> p limit 1");
            PreparedStatement trueWithin =
                    connection.prepareStatement(
                            "select id, ST_Distance(degrees::geography, p) from bench_places,"
                                    + " (select ST_SetSRID(ST_MakePoint(?, ?), 4490)::geography p)"
                                    + " s where ST_DWithin(degrees::geography, p, 200)");
            LongSupplier server = cpuOf(connection);
            nearest.with(
                            "PostGIS <->, plane",
                            server,
                            i -> ask(planeNearest, places.planeSites[i & mask]))
                    .with(
                            "PostGIS <->, then true metres",
                            server,
                            i -> ask(trueNearest, places.sites[i & mask]));
            within.with(
                            "PostGIS ST_DWithin, plane",
                            server,
                            i -> ask(planeWithin, places.planeSites[i & mask]))
                    .with(
                            "PostGIS ST_DWithin, true metres",
                            server,
                            i -> ask(trueWithin, places.sites[i & mask]));
            faster(nearest.run(), 1);
            faster(within.run(), 2);
            try (Statement sql = connection.createStatement()) {
                sql.execute("drop table bench_places");
            }
        }
    }

    private static void faster(List<Race.Place> places, int ours) {
        for (Race.Place place : places) {
            if (place.name().startsWith("PostGIS")) {
                Race.Place mine = places.get(ours);
                System.out.printf(
                        "  ours is %.0f× faster than %s, and takes %.0f× less CPU%n",
                        place.ratio() / mine.ratio(),
                        place.name(),
                        place.cpuMicros() / mine.cpuMicros());
            }
        }
    }

    /** CPU the server's process of this connection has used, where it runs on this machine. */
    private static LongSupplier cpuOf(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet pid = sql.executeQuery("select pg_backend_pid()")) {
            pid.next();
            Path stat = Path.of("/proc", pid.getString(1), "stat");
            return () -> {
                try {
                    String[] fields = Files.readString(stat).split(" ", -1);
                    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10_000_000;
                } catch (IOException e) {
                    return 0;
                }
            };
        }
    }

    private static Ruler ruler(LonLat site) {
        return Ruler.at(site.lon(), site.lat(), SITE_ERROR);
    }

    private static Nearest nearest(List<Layer> layers, LonLat site) {
        return ruler(site).nearest(layers).orElseThrow();
    }

    private static Object bare(STRtree tree, Point site) {
        return tree.nearestNeighbour(site.getEnvelopeInternal(), site, new GeometryItemDistance());
    }

    private static List<Object> bareWithin(
            BiConsumer<Envelope, org.locationtech.jts.index.ItemVisitor> tree, Point site) {
        Envelope box = site.getEnvelopeInternal();
        box.expandBy(METRES);
        List<Object> found = new ArrayList<>();
        tree.accept(
                box,
                item -> {
                    double metres = ((Polygon) item).distance(site);
                    if (metres <= METRES) {
                        found.add(item);
                        found.add(metres);
                    }
                });
        return found;
    }

    private static double ask(PreparedStatement query, Coordinate at) throws SQLException {
        return ask(query, at.x, at.y);
    }

    private static double ask(PreparedStatement query, LonLat at) throws SQLException {
        return ask(query, at.lon(), at.lat());
    }

    private static double ask(PreparedStatement query, double x, double y) throws SQLException {
        query.setDouble(1, x);
        query.setDouble(2, y);
        double sum = 0;
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                sum += rows.getString(1).length() + rows.getDouble(2);
            }
        }
        return sum;
    }

    /** All runners must find the same before they are timed. */
    private static void same(Places places, List<Layer> layers, STRtree tree, Point[] points) {
        for (int i = 0; i < CHECKED; i++) {
            double bare = ((Polygon) bare(tree, points[i])).distance(points[i]);
            double ours = nearest(layers, places.sites[i]).metres();
            int some = bareWithin(tree::query, points[i]).size() / 2;
            int found = ruler(places.sites[i]).within(layers, METRES).size();
            // The plane stretches what is far from its middle: 1 in 2,000 at 200 km.
            if (Math.abs(bare - ours) > 1e-3 * bare + 1e-3 || Math.abs(some - found) > 3) {
                throw new IllegalStateException(
                        bare + " m is not " + ours + ", " + some + " within is not " + found);
            }
        }
    }

    private static void store(Connection connection, Places places) throws Exception {
        try (Statement sql = connection.createStatement()) {
            sql.execute("create extension if not exists postgis");
            sql.execute("drop table if exists bench_places");
            sql.execute(
                    "create unlogged table bench_places (id text not null, plane geometry not null,"
                            + " degrees geometry not null)");
            WKBWriter wkb = new WKBWriter(2, true);
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < places.plane.size(); i++) {
                Polygon degrees = places.degrees(i);
                degrees.setSRID(4490);
                rows.append('c').append(i).append('\t');
                rows.append(WKBWriter.toHex(wkb.write(places.plane.get(i)))).append('\t');
                rows.append(WKBWriter.toHex(wkb.write(degrees))).append('\n');
                if (i % 10_000 == 9_999 || i == places.plane.size() - 1) {
                    copy.copyIn("copy bench_places from stdin", new StringReader(rows.toString()));
                    rows.setLength(0);
                }
            }
            sql.execute("set maintenance_work_mem = '512MB'");
            sql.execute("create index on bench_places using gist (plane)");
            sql.execute("create index on bench_places using gist (degrees)");
            sql.execute("create index on bench_places using gist ((degrees::geography))");
            sql.execute("vacuum analyze bench_places");
        }
    }
}

package org.kanqian.api.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.layer.Declaration;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.measure.Nearest;
import org.kanqian.gis.measure.Ruler;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.index.strtree.GeometryItemDistance;
import org.locationtech.jts.index.strtree.STRtree;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nearest school among 200,000 campuses of 6 to 12 corners in 100 × 100 km. {@link #nearestSchool}
 * is the whole of it: a frame at the site, the nearest boundary in metres, both end points, the
 * error band. {@link #referenceStrTree} is what JTS alone takes to name the nearest polygon, in a
 * plane it is handed ready. Read the ratio, not the times.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NearestBenchmark {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final int CAMPUSES = 200_000;
    private static final LonLat MIDDLE = new LonLat(104.05, 30.7);

    private final LonLat[] sites = new LonLat[1024];
    private final Geometry[] planeSites = new Geometry[1024];
    private final List<Layer> layers;
    private final STRtree plane = new STRtree();
    private int next;

    /** Makes the campuses, the same ones every time. */
    public NearestBenchmark() {
        Random random = new Random(20261123);
        LocalFrame frame = LocalFrame.at(MIDDLE);
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < CAMPUSES; i++) {
            Geometry campus = campus(random);
            plane.insert(campus.getEnvelopeInternal(), campus);
            features.add(new Feature("c" + i, toDegrees(frame, campus), Map.of()));
        }
        plane.build();
        for (int i = 0; i < sites.length; i++) {
            Coordinate at = place(random, 45_000);
            planeSites[i] = FACTORY.createPoint(at);
            sites[i] = frame.toDegrees(at);
        }
        layers = List.of(layer(features));
    }

    /** A layer of these campuses. */
    static Layer layer(List<Feature> features) {
        Declaration declaration =
                new Declaration(
                        "school",
                        "school",
                        "学校",
                        SourceCrs.of(Datum.CGCS2000),
                        "synthetic",
                        "CC0-1.0",
                        LocalDate.of(2026, 11, 22),
                        365,
                        1,
                        0,
                        true);
        Geometry coverage =
                FACTORY.toGeometry(
                        new Envelope(
                                MIDDLE.lon() - 1,
                                MIDDLE.lon() + 1,
                                MIDDLE.lat() - 1,
                                MIDDLE.lat() + 1));
        return Layer.of(declaration, "sha256:synthetic", coverage, features);
    }

    private static Coordinate place(Random random, double half) {
        return new Coordinate(
                (random.nextDouble() * 2 - 1) * half, (random.nextDouble() * 2 - 1) * half);
    }

    private static Geometry campus(Random random) {
        Coordinate middle = place(random, 50_000);
        int corners = 6 + random.nextInt(7);
        double radius = 30 + random.nextDouble() * 70;
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double r = radius * (0.7 + 0.3 * random.nextDouble());
            ring[i] =
                    new Coordinate(middle.x + r * Math.cos(angle), middle.y + r * Math.sin(angle));
        }
        ring[corners] = ring[0].copy();
        return FACTORY.createPolygon(ring);
    }

    private static Geometry toDegrees(LocalFrame frame, Geometry metres) {
        Coordinate[] ring = metres.getCoordinates();
        for (int i = 0; i < ring.length; i++) {
            LonLat place = frame.toDegrees(ring[i]);
            ring[i] = new Coordinate(place.lon(), place.lat());
        }
        ring[ring.length - 1] = ring[0].copy();
        return FACTORY.createPolygon(ring);
    }

    /** From a site's degrees to the nearest boundary, measured. */
    @Benchmark
    public Nearest nearestSchool() {
        LonLat site = sites[next++ & 1023];
        return Ruler.at(site.lon(), site.lat(), 5).nearest(layers).orElseThrow();
    }

    /** The bare index on geometry that already is in metres. */
    @Benchmark
    public @Nullable Object referenceStrTree() {
        Geometry site = planeSites[next++ & 1023];
        return plane.nearestNeighbour(site.getEnvelopeInternal(), site, new GeometryItemDistance());
    }

    /** What laying a frame at a site costs. */
    @Benchmark
    public LocalFrame frameAtSite() {
        return LocalFrame.at(sites[next++ & 1023]);
    }
}

package org.kanqian.api.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.layer.Declaration;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * A made-up province: polygons of 6 to 12 corners and 10 to 60 m radius, two thirds of them in
 * towns, as many to the square kilometre whatever their number. The same every time.
 */
final class Places {
    static final GeometryFactory FACTORY = new GeometryFactory();

    private static final LonLat MIDDLE = new LonLat(104.05, 30.7);
    private static final int SITES = 4096;

    private final LocalFrame frame = LocalFrame.at(MIDDLE);
    private final Random random = new Random(20261123);
    private final double half;
    private final Coordinate[] towns;

    /** In metres of a plane. */
    final List<Polygon> plane = new ArrayList<>();

    final Coordinate[] planeSites = new Coordinate[SITES];
    final LonLat[] sites = new LonLat[SITES];

    Places(int count) {
        half = 50_000 * Math.sqrt(count / 200_000.0);
        towns = new Coordinate[Math.max(1, count / 2_000)];
        for (int i = 0; i < towns.length; i++) {
            towns[i] = anywhere(0.95);
        }
        for (int i = 0; i < count; i++) {
            plane.add(polygon(place()));
        }
        for (int i = 0; i < SITES; i++) {
            planeSites[i] = place();
            sites[i] = frame.toDegrees(planeSites[i]);
        }
    }

    private Coordinate anywhere(double part) {
        return new Coordinate(
                (random.nextDouble() * 2 - 1) * half * part,
                (random.nextDouble() * 2 - 1) * half * part);
    }

    private Coordinate place() {
        if (random.nextInt(3) == 0) {
            return anywhere(0.95);
        }
        Coordinate town = towns[random.nextInt(towns.length)];
        return new Coordinate(
                town.x + random.nextGaussian() * 1_500, town.y + random.nextGaussian() * 1_500);
    }

    private Polygon polygon(Coordinate middle) {
        int corners = 6 + random.nextInt(7);
        double radius = 10 + random.nextDouble() * 50;
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

    /** That polygon in degrees. */
    Polygon degrees(int i) {
        Coordinate[] ring = plane.get(i).getCoordinates();
        Coordinate[] degrees = new Coordinate[ring.length];
        for (int c = 0; c < ring.length - 1; c++) {
            LonLat place = frame.toDegrees(ring[c]);
            degrees[c] = new Coordinate(place.lon(), place.lat());
        }
        degrees[ring.length - 1] = degrees[0].copy();
        return FACTORY.createPolygon(degrees);
    }

    /** All of them as features with three attributes, as a bureau's table has. */
    List<Feature> features() {
        List<Feature> features = new ArrayList<>(plane.size());
        for (int i = 0; i < plane.size(); i++) {
            features.add(
                    new Feature(
                            "c" + i,
                            degrees(i),
                            Map.of(
                                    "name",
                                    "第" + i + "号",
                                    "use",
                                    USES[i % USES.length],
                                    "floors",
                                    String.valueOf(1 + i % 30))));
        }
        return features;
    }

    /** What that polygon is used for. */
    static String use(int i) {
        return USES[i % USES.length];
    }

    private static final String[] USES = {"住宅", "商业", "办公", "学校", "医院"};

    /** A layer of these features that covers all of the province. */
    static Layer layer(String kind, List<Feature> features) {
        Declaration declaration =
                new Declaration(
                        kind,
                        kind,
                        kind,
                        SourceCrs.of(Datum.CGCS2000),
                        "synthetic",
                        "CC0-1.0",
                        LocalDate.of(2026, 11, 22),
                        365,
                        1,
                        0,
                        true);
        Envelope all = new Envelope(MIDDLE.lon() - 3, MIDDLE.lon() + 3, 28, 33);
        return Layer.of(declaration, "sha256:synthetic", FACTORY.toGeometry(all), features);
    }
}

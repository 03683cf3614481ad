package org.kanqian.gis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.layer.Declaration;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** Small layers for tests. */
public final class TestLayers {
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    public static final Path RESOURCES = Path.of("src/test/resources");
    public static final Path SAMPLES = Path.of("../samples/layers");

    private TestLayers() {}

    public static Geometry wkt(String text) {
        try {
            return new WKTReader().read(text);
        } catch (ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A layer of 0 m accuracy in CGCS2000, surveyed yesterday, good for a year. */
    public static Layer layer(String kind, String coverage, String... features) {
        return layer(kind, 0, coverage, features);
    }

    public static Layer layer(String kind, double accuracy, String coverage, String... features) {
        List<Feature> list = new ArrayList<>();
        for (String feature : features) {
            list.add(new Feature(kind + "/" + list.size(), wkt(feature), Map.of()));
        }
        return layer(kind, accuracy, 365, wkt(coverage), list);
    }

    public static Layer layer(
            String kind,
            double accuracy,
            int maxAgeDays,
            Geometry coverage,
            List<Feature> features) {
        return Layer.of(declaration(kind, accuracy, maxAgeDays), "sha256:test", coverage, features);
    }

    public static Declaration declaration(String kind, double accuracy, int maxAgeDays) {
        return new Declaration(
                kind,
                kind,
                kind,
                SourceCrs.of(Datum.CGCS2000),
                "test",
                "CC0-1.0",
                TODAY.minusDays(1),
                maxAgeDays,
                accuracy,
                0,
                false);
    }

    /** A folder with a layer of schools in it, as {@code yaml} and {@code data} have it. */
    public static Path folder(Path parent, String yaml, String data) {
        try {
            Path folder = Files.createDirectories(parent.resolve("school"));
            Files.writeString(folder.resolve("layer.yaml"), yaml);
            Files.writeString(folder.resolve("school.geojson"), data);
            return parent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A declaration of schools that is right. */
    public static final String DECLARATION =
            """
            kind: school
            title: 学校
            file: school.geojson
            crs: CGCS2000
            source: test
            licence: CC0-1.0
            surveyed: '2026-11-22'
            max_age_days: 365
            accuracy_m: 1
            coverage: {bbox: [116.0, 39.0, 117.0, 41.0]}
            """;

    /** A feature collection of these geometries. */
    public static String collection(String... geometries) {
        List<String> features = new ArrayList<>();
        for (String geometry : geometries) {
            features.add(
                    "{\"type\":\"Feature\",\"id\":\"f"
                            + features.size()
                            + "\",\"properties\":{\"name\":\"学校\"},\"geometry\":"
                            + geometry
                            + "}");
        }
        return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}";
    }
}

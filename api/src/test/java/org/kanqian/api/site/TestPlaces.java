package org.kanqian.api.site;

import java.time.LocalDate;
import java.util.List;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.layer.Declaration;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Layers of places made up for a test; exact, surveyed in 2026, good for a year. */
final class TestPlaces {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private TestPlaces() {}

    static Geometry box(double west, double south, double east, double north) {
        return FACTORY.toGeometry(new Envelope(west, east, south, north));
    }

    static Layer layer(String kind, Geometry coverage, List<Feature> features) {
        return Layer.of(
                new Declaration(
                        kind,
                        kind,
                        kind,
                        SourceCrs.of(Datum.CGCS2000),
                        "test",
                        "CC0-1.0",
                        LocalDate.of(2026, 11, 1),
                        365,
                        0,
                        0,
                        false),
                "sha256:test",
                coverage,
                features);
    }
}

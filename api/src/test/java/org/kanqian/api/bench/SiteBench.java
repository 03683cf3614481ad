package org.kanqian.api.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.layer.Declaration;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.Coordinates;
import org.kanqian.gis.survey.SiteInput;
import org.kanqian.gis.survey.SiteSurveyor;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.index.strtree.GeometryItemDistance;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * All facts of one site, against the bare queries of trees they need: for every layer the nearest,
 * and the distance to all within 200 m. On the sample quarter, and on a city of 144 such quarters
 * side by side: what a check costs must not grow with the city.
 */
final class SiteBench {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final Envelope QUARTER = new Envelope(116.308, 116.332, 39.990, 40.012);
    private static final int COPIES = 12;
    private static final int SITES = 512;
    private static final double NEAR_DEGREES = 0.002;

    private SiteBench() {}

    static void run() throws Exception {
        LayerSet samples = LayerSet.load(Path.of(System.getenv("KANQIAN_HOME"), "samples/layers"));
        race("sample layers", samples, QUARTER);
        Envelope city =
                new Envelope(
                        QUARTER.getMinX(),
                        QUARTER.getMinX() + COPIES * QUARTER.getWidth(),
                        QUARTER.getMinY(),
                        QUARTER.getMinY() + COPIES * QUARTER.getHeight());
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : samples.layers()) {
            layers.add(layer.id().startsWith("haidian/") ? copies(layer, city) : layer);
        }
        race("a city of " + COPIES * COPIES + " quarters", LayerSet.of(layers), city);
    }

    private static void race(String title, LayerSet layers, Envelope box) throws Exception {
        SiteSurveyor surveyor = new SiteSurveyor(layers);
        List<STRtree> trees = new ArrayList<>();
        int features = 0;
        for (Layer layer : layers.layers()) {
            if (layer.coverage().intersects(Places.FACTORY.toGeometry(box)) && layer.size() > 0) {
                STRtree tree = new STRtree();
                layer.forEach(
                        f -> tree.insert(f.geometry().getEnvelopeInternal(), f.geometry().copy()));
                tree.build();
                trees.add(tree);
                features += layer.size();
            }
        }
        Random random = new Random(20261123);
        Point[] points = new Point[SITES];
        SiteInput[] sites = new SiteInput[SITES];
        for (int i = 0; i < SITES; i++) {
            double lon = box.getMinX() + random.nextDouble() * box.getWidth();
            double lat = box.getMinY() + random.nextDouble() * box.getHeight();
            points[i] = Places.FACTORY.createPoint(new Coordinate(lon, lat));
            sites[i] =
                    SiteInput.at(new Coordinates(lon, lat, Datum.CGCS2000, OptionalDouble.of(5)));
        }
        int facts = surveyor.survey(sites[0], DAY).facts().size();
        new Race(
                        String.format(
                                "%s: %,d features on %d layers, %d facts",
                                title, features, trees.size(), facts))
                .with("bare STRtrees", i -> bare(trees, points[i % SITES]))
                .with("all site facts", i -> surveyor.survey(sites[i % SITES], DAY))
                .run();
    }

    private static Object bare(List<STRtree> trees, Point site) {
        List<Object> found = new ArrayList<>();
        for (STRtree tree : trees) {
            Envelope here = site.getEnvelopeInternal();
            found.add(tree.nearestNeighbour(here, site, new GeometryItemDistance()));
            here.expandBy(NEAR_DEGREES);
            for (Object item : tree.query(here)) {
                found.add(((Geometry) item).distance(site));
            }
        }
        return found;
    }

    private static Layer copies(Layer layer, Envelope city) {
        List<Feature> copies = new ArrayList<>();
        for (int i = 0; i < COPIES * COPIES; i++) {
            AffineTransformation shift =
                    AffineTransformation.translationInstance(
                            i % COPIES * QUARTER.getWidth(), i / COPIES * QUARTER.getHeight());
            for (Feature feature : layer.features()) {
                copies.add(
                        new Feature(
                                feature.id() + "/" + i,
                                shift.transform(feature.geometry()),
                                feature.attributes()));
            }
        }
        Declaration declaration =
                new Declaration(
                        layer.id(),
                        layer.kind(),
                        layer.title(),
                        SourceCrs.of(Datum.CGCS2000),
                        layer.source(),
                        layer.licence(),
                        layer.surveyed(),
                        layer.maxAgeDays(),
                        layer.accuracyMetres(),
                        layer.pointExtentMetres(),
                        true);
        return Layer.of(declaration, layer.version(), Places.FACTORY.toGeometry(city), copies);
    }
}

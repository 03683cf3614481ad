package org.kanqian.gis.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.distance.DistanceOp;

/**
 * Measures from one site to the features of layers, in the plane around the site. All lengths are
 * metres; all places given and returned are CGCS2000 degrees.
 *
 * <p>Not safe to share between threads: one is made per check.
 */
public final class Ruler {
    /** How far it looks, in metres; beyond, the plane is no longer true. */
    public static final double REACH = 50_000;

    /** Widths of the search, in metres: most sites have what they look for nearby. */
    private static final double[] RINGS = {300, 1_500, 8_000, REACH};

    /** No degree of latitude is shorter on the ellipsoid than this, in metres. */
    private static final double SHORTEST_DEGREE = 110_500;

    private final Geometry siteDegrees;
    private final Geometry site;
    private final LocalFrame frame;

    /**
     * @param site the site's entrances, or the one point known of it; not empty
     */
    public Ruler(Geometry site) {
        Coordinate centre = site.getCentroid().getCoordinate();
        this.siteDegrees = site;
        this.frame = LocalFrame.centredOn(new Position(centre.x, centre.y));
        this.site = frame.project(site);
    }

    /**
     * A feature and the shortest line to it.
     *
     * @param metres its length; 0 if the site lies in the feature
     * @param error half the width of the error band the feature alone brings
     * @param from the end at the site
     * @param to the end at the feature
     */
    public record Reached(
            Layer layer, Feature feature, double metres, double error, Position from, Position to) {
        /** The least the true length can be, as far as the feature goes. */
        public double least() {
            return Math.max(0, metres - error);
        }
    }

    /** The nearest feature within {@link #REACH}. */
    public Optional<Reached> nearest(Layer layer) {
        for (double ring : RINGS) {
            Optional<Reached> found =
                    within(layer, ring).stream().min(Comparator.comparingDouble(Reached::metres));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Every feature not farther than {@code metres}, nearest first. */
    public List<Reached> within(Layer layer, double metres) {
        List<Reached> reached = new ArrayList<>();
        for (Feature feature : layer.meeting(box(metres))) {
            Geometry there = frame.project(feature.geometry());
            if (there.isWithinDistance(site, metres)) {
                reached.add(reach(layer, feature, there));
            }
        }
        reached.sort(Comparator.comparingDouble(Reached::metres));
        return reached;
    }

    private Reached reach(Layer layer, Feature feature, Geometry there) {
        DistanceOp op = new DistanceOp(site, there);
        Coordinate[] ends = op.nearestPoints();
        double extent = there.getDimension() == 0 ? layer.about().pointExtentMetres() : 0;
        return new Reached(
                layer,
                feature,
                op.distance(),
                layer.about().accuracyMetres() + extent,
                frame.unproject(ends[0]),
                frame.unproject(ends[1]));
    }

    /**
     * How far the site lies inside the layer's coverage: nothing nearer than this can have been
     * left out. 0 if any of the site lies outside.
     */
    public double depth(Layer layer) {
        if (!layer.coverage().covers(siteDegrees)) {
            return 0;
        }
        return frame.project(layer.coverage().getBoundary()).distance(site);
    }

    /** How far the site lies from the outline of a feature it is in, or not in. */
    public double toOutline(Feature feature) {
        Geometry geometry = feature.geometry();
        return frame.project(geometry.getDimension() == 2 ? geometry.getBoundary() : geometry)
                .distance(site);
    }

    /** Whether the whole site lies in the feature. */
    public boolean inside(Feature feature) {
        return feature.geometry().getDimension() == 2 && feature.geometry().covers(siteDegrees);
    }

    /** The features of {@code layer} that lie not farther than {@code metres} from {@code from}. */
    public List<Reached> near(Layer layer, Feature from, double metres) {
        Geometry outline = frame.project(from.geometry());
        Envelope box = new Envelope(from.geometry().getEnvelopeInternal());
        box.expandBy(metres / 50_000, metres / SHORTEST_DEGREE);
        List<Reached> reached = new ArrayList<>();
        for (Feature feature : layer.meeting(box)) {
            Geometry there = frame.project(feature.geometry());
            if (there.isWithinDistance(outline, metres)) {
                reached.add(reach(layer, feature, there));
            }
        }
        return reached;
    }

    /** The greatest distance from the site to any point of {@code degrees}. */
    public double farthest(Geometry degrees) {
        return org.locationtech.jts.algorithm.distance.DiscreteHausdorffDistance.distance(
                frame.project(degrees), site);
    }

    /** The plane around the site. */
    LocalFrame frame() {
        return frame;
    }

    /** The site in the plane. */
    Geometry site() {
        return site;
    }

    /** A box, in degrees, that holds everything not farther than {@code metres}. */
    Envelope box(double metres) {
        Envelope box = new Envelope(siteDegrees.getEnvelopeInternal());
        double latitude = Math.max(Math.abs(box.getMinY()), Math.abs(box.getMaxY()));
        double north = metres / SHORTEST_DEGREE;
        box.expandBy(north / Math.cos(Math.toRadians(Math.min(89, latitude + north))), north);
        return box;
    }
}

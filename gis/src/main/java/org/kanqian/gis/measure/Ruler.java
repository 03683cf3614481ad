package org.kanqian.gis.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Lineal;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.operation.distance.DistanceOp;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/**
 * Measures from one site to what is around it, in metres of a frame centred on the site. Distances
 * are straight and end at the boundary of a feature; they are 0 inside. The error of the site and
 * the error of a layer add up: neither knows of the other.
 *
 * <p>What is farther than {@link LocalFrame#REACH} is not there. Immutable.
 */
public final class Ruler {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final LocalFrame frame;
    private final Geometry degrees;
    private final Geometry metres;
    private final double siteError;
    private final @Nullable Eye eye;
    private @Nullable Position start;

    private Ruler(LocalFrame frame, Geometry degrees, double siteError) {
        this.frame = frame;
        this.degrees = degrees;
        this.metres = frame.toMetres(degrees);
        this.siteError = siteError;
        this.eye = metres instanceof Point ? new Eye(frame, metres.getCoordinate()) : null;
    }

    /**
     * A ruler laid at a site.
     *
     * @param site points, lines or polygons in CGCS2000 degrees, not empty
     * @param siteError how far from the truth the site may lie, metres
     */
    public static Ruler at(Geometry site, double siteError) {
        Coordinate centre = site.getEnvelopeInternal().centre();
        return new Ruler(LocalFrame.at(new LonLat(centre.x, centre.y)), site, siteError);
    }

    /** A ruler laid at a point, CGCS2000 degrees. */
    public static Ruler at(double lon, double lat, double siteError) {
        return at(FACTORY.createPoint(new Coordinate(lon, lat)), siteError);
    }

    /** The metres this ruler measures in. */
    public LocalFrame frame() {
        return frame;
    }

    /** How far from the truth the site may lie, metres. */
    public double siteError() {
        return siteError;
    }

    /**
     * The nearest feature of these layers, with the band in which the distance to the truly nearest
     * one lies. Features almost as near widen the band: with 5 m of error, what is nearest may be
     * another one.
     *
     * @return empty if there is none within reach
     */
    public Optional<Nearest> nearest(List<Layer> layers) {
        double largest = 0;
        for (Layer layer : layers) {
            largest = Math.max(largest, error(layer));
        }
        @Nullable Hit best = null;
        List<Seen> seen = new ArrayList<>();
        for (Layer layer : layers) {
            // Only a bound: of several as near, the first in the order of the file counts.
            Optional<Feature> first = layer.nearestInDegrees(degrees);
            if (first.isEmpty()) {
                continue;
            }
            @Nullable Hit bound =
                    withinReach(first.get().geometry()) ? measure(layer, first.get()) : null;
            double radius = LocalFrame.REACH;
            radius = best == null ? radius : best.metres;
            radius = bound == null ? radius : Math.min(radius, bound.metres);
            double slack = slack(layer, largest + LocalFrame.distortion(radius));
            for (Feature feature : around(layer, radius + slack)) {
                Eye.Sight sight = look(feature.geometry());
                if (sight.low() > radius + slack) {
                    continue;
                }
                @Nullable Hit hit = null;
                if (bound != null && bound.isOf(layer, feature)) {
                    hit = bound;
                } else if (sight.low() <= radius) {
                    hit = measure(layer, feature, sight);
                }
                if (hit != null) {
                    best = nearer(best, hit);
                    radius = Math.min(radius, hit.metres);
                }
                seen.add(new Seen(layer, feature, sight, hit));
            }
            best = bound == null ? best : nearer(best, bound);
        }
        if (best == null || best.metres > LocalFrame.REACH) {
            return Optional.empty();
        }
        double low = best.low();
        double high = best.high();
        for (Seen other : seen) {
            double slack = slack(other.layer, best.error);
            if (slack > 0
                    && other.sight.low() <= best.metres + slack
                    && !best.isOf(other.layer, other.feature)) {
                Hit hit =
                        other.hit == null
                                ? measure(other.layer, other.feature, other.sight)
                                : other.hit;
                low = Math.min(low, hit.low());
                high = Math.min(high, hit.high());
            }
        }
        return Optional.of(
                new Nearest(
                        best.layer,
                        best.feature,
                        best.metres,
                        Math.min(low, best.metres),
                        Math.max(high, best.metres),
                        best.line()));
    }

    /** What may be the nearest for all that is known; measured if it had to be. */
    private record Seen(Layer layer, Feature feature, Eye.Sight sight, @Nullable Hit hit) {}

    /** How much farther than the nearest a feature may look that is nearer in truth. */
    private double slack(Layer layer, double errorOfNearest) {
        return error(layer) + layer.pointExtentMetres() + errorOfNearest;
    }

    /** All features whose boundary is at most {@code radius} metres away, each measured. */
    public List<Nearest> within(List<Layer> layers, double radius) {
        List<Nearest> found = new ArrayList<>();
        for (Layer layer : layers) {
            for (Feature feature : around(layer, radius)) {
                Eye.Sight sight = look(feature.geometry());
                if (sight.low() <= radius) {
                    Hit hit = measure(layer, feature, sight);
                    if (hit.metres <= radius) {
                        found.add(
                                new Nearest(
                                        layer,
                                        feature,
                                        hit.metres,
                                        hit.low(),
                                        hit.high(),
                                        hit.line()));
                    }
                }
            }
        }
        return found;
    }

    /** How far a feature of this layer is away, with its own band only. */
    public Nearest to(Layer layer, Feature feature) {
        Hit hit = measure(layer, feature);
        return new Nearest(layer, feature, hit.metres, hit.low(), hit.high(), hit.line());
    }

    /**
     * No place of a feature's outline is farther than this from the nearest place of the site, all
     * errors against us; metres. Of a feature drawn as a point, no place of what it stands for.
     */
    public double farthest(Layer layer, Feature feature) {
        Geometry there = frame.toMetres(feature.geometry());
        double least = Double.POSITIVE_INFINITY;
        for (Coordinate from : metres.getCoordinates()) {
            double most = 0;
            for (Coordinate to : there.getCoordinates()) {
                most = Math.max(most, from.distance(to));
            }
            least = Math.min(least, most);
        }
        double extent = feature.isPoint() ? layer.pointExtentMetres() : 0;
        return least + error(layer) + LocalFrame.distortion(least) + extent;
    }

    /**
     * How far from the site the common coverage of these layers reaches in every direction, the
     * site's error already taken off; metres, at most {@link LocalFrame#REACH}.
     *
     * @return empty if the site, or a part of it, lies outside
     */
    public Optional<Double> reach(List<Layer> layers) {
        Envelope box = frame.degreesWithin(degrees.getEnvelopeInternal(), LocalFrame.REACH);
        Geometry window = FACTORY.toGeometry(box);
        List<Geometry> near = new ArrayList<>();
        for (Layer layer : layers) {
            if (box.intersects(layer.coverage().getEnvelopeInternal())) {
                near.add(layer.coverage());
            }
        }
        if (near.isEmpty()) {
            return Optional.empty();
        }
        Geometry covered = near.size() == 1 ? near.get(0) : UnaryUnionOp.union(near);
        if (!box.contains(covered.getEnvelopeInternal())) {
            covered = covered.intersection(window);
        }
        Geometry area = frame.toMetres(covered);
        boolean inside =
                eye == null
                        ? area.covers(metres)
                        : SimplePointInAreaLocator.locate(metres.getCoordinate(), area)
                                != Location.EXTERIOR;
        if (!inside) {
            return Optional.empty();
        }
        double edge = area.getBoundary().distance(metres);
        return edge <= siteError
                ? Optional.empty()
                : Optional.of(Math.min(edge - siteError, LocalFrame.REACH));
    }

    /**
     * Whether the site lies in a zone of these layers. Wholly inside one by more than the error is
     * inside, off all of them by more than the error is outside. A line that runs through the site
     * by more than the error has the site on it.
     *
     * @param layers at least one
     */
    public Zone zone(List<Layer> layers) {
        Zone unsure = new Zone(Zone.Where.OUTSIDE, layers.get(0), Optional.empty());
        for (Layer layer : layers) {
            double error = error(layer);
            for (Feature feature : around(layer, error + layer.pointExtentMetres())) {
                Hit hit = measure(layer, feature);
                double margin = error + (feature.isPoint() ? layer.pointExtentMetres() : 0);
                if (hit.metres > margin) {
                    continue;
                }
                if (hit.depth > error || crosses(feature, error)) {
                    return new Zone(Zone.Where.INSIDE, layer, Optional.of(feature));
                }
                if (unsure.feature().isEmpty()) {
                    unsure = new Zone(Zone.Where.WITHIN_ERROR, layer, Optional.of(feature));
                }
            }
        }
        return unsure;
    }

    /** Whether a line runs through the site, deeper in it than the error. */
    private boolean crosses(Feature feature, double error) {
        return metres instanceof Polygonal
                && feature.geometry() instanceof Lineal
                && frame.toMetres(clipped(feature.geometry())).intersects(metres.buffer(-error));
    }

    /** Site, layer and datum together, metres. */
    private double error(Layer layer) {
        return siteError + layer.accuracyMetres();
    }

    private List<Feature> around(Layer layer, double radius) {
        return layer.meeting(frame.degreesWithin(degrees.getEnvelopeInternal(), radius));
    }

    private boolean withinReach(Geometry geometry) {
        return frame.degreesWithin(degrees.getEnvelopeInternal(), LocalFrame.REACH)
                .intersects(geometry.getEnvelopeInternal());
    }

    /** Bounds of the distance, cheap beside measuring it. */
    private Eye.Sight look(Geometry geometry) {
        Eye.Sight sight = eye == null ? Eye.Sight.NONE : eye.look(geometry);
        return sight.clear()
                ? sight
                : new Eye.Sight(betweenBoxes(geometry), Double.POSITIVE_INFINITY);
    }

    /** A cheap lower bound of the distance from the site's box to a geometry's, metres. */
    private double betweenBoxes(Geometry geometry) {
        Envelope here = degrees.getEnvelopeInternal();
        Envelope there = geometry.getEnvelopeInternal();
        double dx = gap(here.getMinX(), here.getMaxX(), there.getMinX(), there.getMaxX());
        double dy = gap(here.getMinY(), here.getMaxY(), there.getMinY(), there.getMaxY());
        double highest = Math.max(Math.abs(here.getMaxY()), Math.abs(there.getMaxY()));
        return 0.999 * Math.hypot(dx * Ellipsoid.metresPerDegreeEast(highest), dy * 110_500);
    }

    private static double gap(double low1, double high1, double low2, double high2) {
        return Math.max(0, Math.max(low2 - high1, low1 - high2));
    }

    private static @Nullable Hit nearer(@Nullable Hit a, Hit b) {
        return a == null || b.metres < a.metres ? b : a;
    }

    private Hit measure(Layer layer, Feature feature) {
        return measure(layer, feature, look(feature.geometry()));
    }

    private Hit measure(Layer layer, Feature feature, Eye.Sight sight) {
        if (eye != null && sight.clear()) {
            Eye.Measured measured = eye.measure(feature.geometry(), sight);
            Coordinate[] ends = {metres.getCoordinate(), measured.end()};
            return hit(layer, feature, measured.metres(), -1, ends);
        }
        Geometry there = frame.toMetres(clipped(feature.geometry()));
        DistanceOp op = new DistanceOp(metres, there);
        double distance = op.distance();
        double depth = -1;
        if (distance == 0 && there instanceof Polygonal && there.covers(metres)) {
            depth = there.getBoundary().distance(metres);
        } else if (distance == 0) {
            depth = there instanceof Lineal ? -1 : 0;
        }
        return hit(layer, feature, distance, depth, op.nearestPoints());
    }

    private Hit hit(
            Layer layer, Feature feature, double distance, double depth, Coordinate[] ends) {
        double error = error(layer) + LocalFrame.distortion(distance);
        double extent = feature.isPoint() ? layer.pointExtentMetres() : 0;
        return new Hit(layer, feature, distance, depth, error, extent, ends);
    }

    /**
     * In degrees. Most lines start at the site, so that is kept; to work it out twice is no harm.
     */
    private Position position(Coordinate end) {
        boolean atSite = eye != null && end.equals2D(metres.getCoordinate());
        @Nullable Position known = start;
        if (atSite && known != null) {
            return known;
        }
        LonLat place = frame.toDegrees(end);
        Position position = new Position(place.lon(), place.lat());
        if (atSite) {
            start = position;
        }
        return position;
    }

    /** Only what a frame can hold: a province is cut to the window around the site. */
    private Geometry clipped(Geometry geometry) {
        Envelope window =
                frame.degreesWithin(degrees.getEnvelopeInternal(), 1.5 * LocalFrame.REACH);
        if (window.contains(geometry.getEnvelopeInternal())) {
            return geometry;
        }
        Geometry cut = geometry.intersection(FACTORY.toGeometry(window));
        return cut.isEmpty() ? geometry : cut;
    }

    private final class Hit {
        private final Layer layer;
        private final Feature feature;
        private final double metres;
        private final double depth;
        private final double error;
        private final double extent;
        private final Coordinate[] ends;

        /**
         * @param depth how far inside the site lies; below 0 if it does not
         * @param extent how much nearer the edge may be since only a point is drawn
         */
        private Hit(
                Layer layer,
                Feature feature,
                double metres,
                double depth,
                double error,
                double extent,
                Coordinate[] ends) {
            this.layer = layer;
            this.feature = feature;
            this.metres = metres;
            this.depth = depth;
            this.error = error;
            this.extent = extent;
            this.ends = ends;
        }

        /** Whether it is how far that feature of that layer is. */
        private boolean isOf(Layer layer, Feature feature) {
            return this.layer == layer && this.feature.id().equals(feature.id());
        }

        private double low() {
            return Math.max(0, metres - error - extent);
        }

        private double high() {
            return depth > 0 ? Math.max(0, error - depth) : metres + error;
        }

        private List<Position> line() {
            List<Position> line = new ArrayList<>();
            for (Coordinate end : ends) {
                line.add(position(end));
            }
            return line;
        }
    }
}

package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.locationtech.jts.algorithm.RayCrossingCounter;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/** Features in memory, their boxes in a packed tree that is built before anybody sees it. */
final class TreeIndex implements FeatureIndex {
    private final List<Feature> features;
    private final BoxTree tree;
    private final boolean areas;

    TreeIndex(List<Feature> features) {
        this.features = packed(features);
        this.areas = this.features.stream().anyMatch(f -> f.geometry().getDimension() == 2);
        this.tree =
                new BoxTree(
                        this.features.size(),
                        i -> this.features.get(i).geometry().getEnvelopeInternal());
        // JTS keeps two boxes with every polygon, 96 bytes, which few queries ever need again.
        for (int i = 0; i < features.size(); i++) {
            if (this.features.get(i) != features.get(i)) {
                this.features.get(i).geometry().geometryChanged();
            }
        }
    }

    /** Copies of their own, 16 bytes a corner. */
    private static List<Feature> packed(List<Feature> features) {
        Feature[] packed = new Feature[features.size()];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = features.get(i).packed();
        }
        return List.of(packed);
    }

    @Override
    public int size() {
        return features.size();
    }

    @Override
    public boolean hasAreas() {
        return areas;
    }

    @Override
    public List<Feature> meeting(Envelope degrees) {
        Numbers found = new Numbers();
        tree.meeting(degrees, found::add);
        return found.inOrder(features);
    }

    @Override
    public Optional<Feature> nearestInDegrees(Geometry degrees) {
        int nearest =
                tree.nearest(
                        degrees.getEnvelopeInternal(),
                        degrees instanceof Point site && !site.isEmpty()
                                ? i -> distance(features.get(i).geometry(), site)
                                : i -> features.get(i).geometry().distance(degrees));
        return nearest < 0 ? Optional.empty() : Optional.of(features.get(nearest));
    }

    @Override
    public List<Feature> page(int first, int most) {
        int from = Math.min(first, features.size());
        return features.subList(from, Math.min(features.size(), from + most));
    }

    @Override
    public Optional<Feature> byId(String id) {
        return features.stream().filter(f -> f.id().equals(id)).findFirst();
    }

    @Override
    public void forEach(Consumer<Feature> sink) {
        features.forEach(sink);
    }

    /** What {@link Geometry#distance} says, without its objects where it is one polygon. */
    private static double distance(Geometry geometry, Point site) {
        if (!(geometry instanceof Polygon polygon) || polygon.getNumInteriorRing() > 0) {
            return geometry.distance(site);
        }
        CoordinateSequence ring = polygon.getExteriorRing().getCoordinateSequence();
        Coordinate at = site.getCoordinate();
        if (RayCrossingCounter.locatePointInRing(at, ring) != Location.EXTERIOR) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < ring.size(); i++) {
            least = Math.min(least, squared(at, ring, i));
        }
        return Math.sqrt(least);
    }

    private static double squared(Coordinate at, CoordinateSequence ring, int i) {
        double x = ring.getX(i - 1);
        double y = ring.getY(i - 1);
        double dx = ring.getX(i) - x;
        double dy = ring.getY(i) - y;
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : ((at.x - x) * dx + (at.y - y) * dy) / length;
        double to = Math.max(0, Math.min(1, along));
        double ex = x + to * dx - at.x;
        double ey = y + to * dy - at.y;
        return ex * ex + ey * ey;
    }

    /** Numbers of features, as they are found. */
    private static final class Numbers {
        private int[] numbers = new int[16];
        private int count;

        private void add(int number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = number;
        }

        private List<Feature> inOrder(List<Feature> features) {
            Arrays.sort(numbers, 0, count);
            List<Feature> inOrder = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                inOrder.add(features.get(numbers[i]));
            }
            return Collections.unmodifiableList(inOrder);
        }
    }
}

package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.ItemBoundable;
import org.locationtech.jts.index.strtree.ItemDistance;
import org.locationtech.jts.index.strtree.STRtree;

/** Features in memory, in an STR-packed R-tree that is built before anybody sees it. */
final class TreeIndex implements FeatureIndex {
    private static final ItemDistance IN_DEGREES = new InDegrees();
    private static final Comparator<Entry> IN_ORDER = Comparator.comparingInt(Entry::number);

    private final List<Feature> features;
    private final STRtree tree = new STRtree();
    private final boolean areas;

    TreeIndex(List<Feature> features) {
        this.features = List.copyOf(features);
        boolean anyArea = false;
        for (int i = 0; i < this.features.size(); i++) {
            Geometry geometry = this.features.get(i).geometry();
            tree.insert(geometry.getEnvelopeInternal(), new Entry(i, this.features.get(i)));
            anyArea |= geometry.getDimension() == 2;
        }
        this.areas = anyArea;
        tree.build();
    }

    private record Entry(int number, Feature feature) {}

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
        List<Entry> found = new ArrayList<>();
        tree.query(degrees, item -> found.add((Entry) item));
        found.sort(IN_ORDER);
        List<Feature> inOrder = new ArrayList<>(found.size());
        for (Entry entry : found) {
            inOrder.add(entry.feature());
        }
        return Collections.unmodifiableList(inOrder);
    }

    @Override
    public Optional<Feature> nearestInDegrees(Geometry degrees) {
        if (features.isEmpty()) {
            return Optional.empty();
        }
        @Nullable Object nearest =
                tree.nearestNeighbour(degrees.getEnvelopeInternal(), degrees, IN_DEGREES);
        return nearest instanceof Entry entry ? Optional.of(entry.feature()) : Optional.empty();
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

    private static final class InDegrees implements ItemDistance {
        @Override
        public double distance(ItemBoundable a, ItemBoundable b) {
            return geometry(a.getItem()).distance(geometry(b.getItem()));
        }

        private static Geometry geometry(Object item) {
            return item instanceof Entry entry ? entry.feature().geometry() : (Geometry) item;
        }
    }
}

package org.kanqian.gis.layer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * The features of another index that were there on one day: from their attribute {@code since} to
 * their {@code until}, both days included. A feature without them, or with what is no date, is
 * always there.
 */
final class DatedIndex implements FeatureIndex {
    private static final double SMALLEST = 0.01;
    private static final double WHOLE_EARTH = 360;

    private final FeatureIndex all;
    private final LocalDate day;
    private final int size;

    DatedIndex(FeatureIndex all, LocalDate day) {
        this.all = all;
        this.day = day;
        int[] there = {0};
        all.forEach(f -> there[0] += there(f) ? 1 : 0);
        this.size = there[0];
    }

    /** The days on which features come or are gone. */
    static SortedSet<LocalDate> changes(FeatureIndex index) {
        SortedSet<LocalDate> days = new TreeSet<>();
        index.forEach(
                f -> {
                    day(f, "since").ifPresent(days::add);
                    day(f, "until").map(d -> d.plusDays(1)).ifPresent(days::add);
                });
        return days;
    }

    private static Optional<LocalDate> day(Feature feature, String attribute) {
        try {
            return feature.attribute(attribute).map(LocalDate::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private boolean there(Feature feature) {
        return !day(feature, "since").filter(day::isBefore).isPresent()
                && !day(feature, "until").filter(day::isAfter).isPresent();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean hasAreas() {
        return all.hasAreas();
    }

    @Override
    public List<Feature> meeting(Envelope degrees) {
        return all.meeting(degrees).stream().filter(this::there).toList();
    }

    @Override
    public Optional<Feature> nearestInDegrees(Geometry degrees) {
        Optional<Feature> nearest = all.nearestInDegrees(degrees).filter(this::there);
        for (double reach = SMALLEST; nearest.isEmpty() && reach < WHOLE_EARTH; reach *= 4) {
            Envelope box = new Envelope(degrees.getEnvelopeInternal());
            box.expandBy(reach);
            @Nullable Feature best = null;
            double least = Double.POSITIVE_INFINITY;
            for (Feature feature : meeting(box)) {
                double apart = feature.geometry().distance(degrees);
                if (apart < least) {
                    least = apart;
                    best = feature;
                }
            }
            nearest = Optional.ofNullable(best);
        }
        return nearest;
    }

    @Override
    public List<Feature> page(int first, int most) {
        List<Feature> there = new ArrayList<>();
        forEach(there::add);
        int from = Math.min(first, there.size());
        return List.copyOf(there.subList(from, Math.min(there.size(), from + most)));
    }

    @Override
    public Optional<Feature> byId(String id) {
        return all.byId(id).filter(this::there);
    }

    @Override
    public void forEach(Consumer<Feature> sink) {
        all.forEach(
                f -> {
                    if (there(f)) {
                        sink.accept(f);
                    }
                });
    }
}

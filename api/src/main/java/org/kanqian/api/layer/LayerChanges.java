package org.kanqian.api.layer;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;

/**
 * What one version of a layer has that another has not, by the ids of features.
 *
 * @param added how many are new
 * @param removed how many are gone
 * @param changed how many have another geometry or other attributes
 * @param same how many are as they were
 * @param addedIds some of them, at most 100; so for the others
 */
@Schema(name = "LayerChanges")
record LayerChanges(
        int added,
        int removed,
        int changed,
        int same,
        List<String> addedIds,
        List<String> removedIds,
        List<String> changedIds) {
    private static final int MOST_NAMED = 100;

    static LayerChanges between(Optional<Layer> before, Optional<Layer> after) {
        // Eight bytes for a feature: two versions of a province need not both be in memory.
        Map<String, Long> old = new HashMap<>();
        before.ifPresent(l -> l.forEach(f -> old.put(f.id(), content(f))));
        Counting added = new Counting();
        Counting changed = new Counting();
        int[] same = {0};
        after.ifPresent(
                l ->
                        l.forEach(
                                f -> {
                                    @Nullable Long was = old.remove(f.id());
                                    if (was == null) {
                                        added.add(f.id());
                                    } else if (was != content(f)) {
                                        changed.add(f.id());
                                    } else {
                                        same[0]++;
                                    }
                                }));
        Counting removed = new Counting();
        before.ifPresent(
                l ->
                        l.forEach(
                                f -> {
                                    if (old.containsKey(f.id())) {
                                        removed.add(f.id());
                                    }
                                }));
        return new LayerChanges(
                added.count,
                removed.count,
                changed.count,
                same[0],
                added.some,
                removed.some,
                changed.some);
    }

    private static long content(Feature feature) {
        long geometry = 0;
        for (var c : feature.geometry().getCoordinates()) {
            geometry = 31 * (31 * geometry + Double.hashCode(c.x)) + Double.hashCode(c.y);
            geometry ^= geometry >>> 29;
        }
        return geometry * 0x9E3779B97F4A7C15L
                + 31L * feature.geometry().getGeometryType().hashCode()
                + feature.attributes().hashCode();
    }

    private static final class Counting {
        private int count;
        private final List<String> some = new ArrayList<>();

        void add(String id) {
            count++;
            if (some.size() < MOST_NAMED) {
                some.add(id);
            }
        }
    }
}

package org.kanqian.gis.layer;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Where the features of a layer are kept and how they are found again. Two kinds: in memory, and in
 * PostGIS for what does not fit there; both find the same features in the same order. Immutable and
 * safe to share.
 */
public interface FeatureIndex {

    /** How many features there are. */
    int size();

    /** Whether any of them is an area. */
    boolean hasAreas();

    /**
     * Features whose box meets a box of CGCS2000 degrees, in the order of the file. A box may be
     * taken a hair too large, never too small.
     */
    List<Feature> meeting(Envelope degrees);

    /**
     * As {@link #meeting(Envelope)}, but no more than {@code most} of them; which, where there are
     * more, is not said.
     */
    default List<Feature> meeting(Envelope degrees, int most) {
        List<Feature> all = meeting(degrees);
        return all.subList(0, Math.min(most, all.size()));
    }

    /**
     * The feature that comes nearest in plain degrees: near the nearest in metres, and a bound for
     * it.
     *
     * @param degrees any geometry in CGCS2000 degrees
     * @return empty if there are no features
     */
    Optional<Feature> nearestInDegrees(Geometry degrees);

    /** Some features in the order of the file, from number {@code first}, at most {@code most}. */
    List<Feature> page(int first, int most);

    /** The feature of that id. */
    Optional<Feature> byId(String id);

    /** Hands over all features in the order of the file, one at a time. */
    void forEach(Consumer<Feature> sink);
}

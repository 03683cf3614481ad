package org.kanqian.gis.layer;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * Features of one kind in one area, as somebody surveyed them on one day. Immutable; its index is
 * built once.
 */
public final class Layer {

    /**
     * What is said of a layer.
     *
     * @param id unique among the layers
     * @param kind what its features are: school, kindergarten, road, …
     * @param title what people read, Chinese
     * @param source who made it
     * @param licence under what terms it may be shown
     * @param surveyed the day whose state it shows
     * @param maxAgeDays how many days after {@code surveyed} it may still be relied on
     * @param accuracyMetres half the width of the error band of its geometry
     * @param pointExtentMetres how far the thing may reach around a feature drawn as a mere point
     * @param complete whether a place it covers and shows nothing at has nothing of the kind
     */
    public record About(
            String id,
            String kind,
            String title,
            String source,
            String licence,
            LocalDate surveyed,
            int maxAgeDays,
            double accuracyMetres,
            double pointExtentMetres,
            boolean complete) {}

    private final About about;
    private final String version;
    private final Geometry coverage;
    private final List<Feature> features;
    private final STRtree index = new STRtree();

    /**
     * @param version content hash, {@code sha256:…}
     * @param coverage where the layer holds, in CGCS2000 degrees
     */
    public Layer(About about, String version, Geometry coverage, List<Feature> features) {
        this.about = about;
        this.version = version;
        this.coverage = coverage;
        this.features = List.copyOf(features);
        this.features.forEach(f -> index.insert(f.geometry().getEnvelopeInternal(), f));
        index.build();
    }

    public About about() {
        return about;
    }

    /** Content hash of the features and of what is said of them, {@code sha256:…}. */
    public String version() {
        return version;
    }

    /** Where the layer holds, in CGCS2000 degrees; beyond it nothing follows from it. */
    public Geometry coverage() {
        return coverage;
    }

    /** All features, in the order of the file. */
    public List<Feature> features() {
        return features;
    }

    /** Whether it is too old to be relied on, on that day. */
    public boolean staleOn(LocalDate day) {
        return day.isAfter(about.surveyed().plusDays(about.maxAgeDays()));
    }

    /** The features whose bounding box meets {@code box} (degrees), in the order of their ids. */
    public List<Feature> meeting(Envelope box) {
        List<Feature> found = new ArrayList<>();
        index.query(box, item -> found.add((Feature) item));
        found.sort(Comparator.comparing(Feature::id));
        return found;
    }
}

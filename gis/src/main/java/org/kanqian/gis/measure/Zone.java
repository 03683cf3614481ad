package org.kanqian.gis.measure;

import java.util.Optional;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;

/**
 * Whether a site lies in a zone of some layers.
 *
 * @param where inside, outside, or too near an edge to say
 * @param layer the layer of {@code feature}, else any of the layers asked
 * @param feature the zone it is in or may be in; empty if outside all
 */
public record Zone(Where where, Layer layer, Optional<Feature> feature) {

    /** On which side of the edges. */
    public enum Where {
        /** Inside by more than the error. */
        INSIDE,
        /** Outside every zone by more than the error. */
        OUTSIDE,
        /** Within the error of an edge, partly inside, or near a zone drawn only as a point. */
        WITHIN_ERROR
    }
}

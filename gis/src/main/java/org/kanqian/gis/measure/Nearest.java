package org.kanqian.gis.measure;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.rules.fact.Position;

/**
 * The nearest feature and how near it is.
 *
 * @param layer the layer it is on
 * @param feature the feature
 * @param metres straight distance from the site to its boundary, 0 inside
 * @param low no feature of these layers is nearer than this, all errors against us; metres
 * @param high some feature is no farther than this; metres
 * @param line both end points, site first, CGCS2000 degrees
 */
public record Nearest(
        Layer layer, Feature feature, double metres, double low, double high, List<Position> line) {
    public Nearest {
        requireNonNull(layer, "layer");
        requireNonNull(feature, "feature");
        line = List.copyOf(line);
        if (!(low <= metres && metres <= high)) {
            throw new IllegalArgumentException(low + " <= " + metres + " <= " + high);
        }
    }

    /** Half the width of the band, metres: the larger of the two sides. */
    public double error() {
        return Math.max(metres - low, high - metres);
    }
}

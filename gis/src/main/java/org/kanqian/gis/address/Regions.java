package org.kanqian.gis.address;

import java.util.List;
import java.util.Optional;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Point;

/** Which division a place lies in, by the region layers. */
final class Regions {
    private final List<Layer> layers;
    private final Divisions divisions;

    Regions(List<Layer> layers, Divisions divisions) {
        this.layers = layers.stream().filter(l -> l.kind().equals("region")).toList();
        this.divisions = divisions;
    }

    Optional<String> at(Point place) {
        for (Layer layer : layers) {
            for (Feature feature : layer.meeting(place.getEnvelopeInternal())) {
                if (feature.geometry().covers(place)) {
                    Optional<String> code =
                            feature.attribute("code").flatMap(divisions::find).map(Division::code);
                    if (code.isPresent()) {
                        return code;
                    }
                }
            }
        }
        return Optional.empty();
    }
}

package org.kanqian.gis.survey;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygonal;

/**
 * Which gates belong to which places. A gate names its places in the attribute {@code of} (ids
 * apart by {@code ;}); one that names none belongs to the place on whose outline it lies, within
 * the accuracy of both, if that is one place only. A gate with {@code walk: no} is shut and none.
 *
 * <p>Built once, then only read; safe to share.
 */
final class Gates {
    private static final Pattern SEVERAL = Pattern.compile(";");

    private final Map<String, Map<String, List<Gate>>> byKind = new HashMap<>();

    /**
     * A gate of a place.
     *
     * @param all whether its layer claims to hold all gates of that place
     */
    record Gate(Layer layer, Feature feature, boolean all) {}

    Gates(LayerSet layers) {
        List<Layer> ofAnything = layers.layers(Kinds.GATE);
        Set<String> kinds = new TreeSet<>();
        for (String kind : layers.kinds()) {
            if (Kinds.ofPlaces(kind)
                    && (!ofAnything.isEmpty() || !layers.layers(Kinds.gateOf(kind)).isEmpty())) {
                kinds.add(kind);
            }
        }
        for (String kind : kinds) {
            Map<String, List<Gate>> byPlace = new HashMap<>();
            List<Layer> gates = new ArrayList<>(layers.layers(Kinds.gateOf(kind)));
            gates.addAll(ofAnything);
            for (Layer layer : gates) {
                layer.forEach(gate -> link(layers.layers(kind), layer, gate, byPlace));
            }
            byKind.put(kind, byPlace);
        }
    }

    /** Whether people may go through it. */
    static boolean open(Feature gate) {
        return !gate.attribute("walk").orElse("yes").equals("no");
    }

    /** The gates of a place that layers in date show. */
    List<Gate> of(String kind, Feature place, LocalDate day) {
        return byKind.getOrDefault(kind, Map.of()).getOrDefault(place.id(), List.of()).stream()
                .filter(g -> !g.layer().staleOn(day))
                .toList();
    }

    private static void link(
            List<Layer> places, Layer layer, Feature gate, Map<String, List<Gate>> byPlace) {
        if (!open(gate)) {
            return;
        }
        String named = gate.attribute("of").orElse("");
        if (!named.isEmpty()) {
            for (String id : SEVERAL.split(named)) {
                boolean all =
                        places.stream()
                                .flatMap(l -> l.byId(id.strip()).stream())
                                .allMatch(p -> covers(layer, p));
                byPlace.computeIfAbsent(id.strip(), p -> new ArrayList<>())
                        .add(new Gate(layer, gate, all));
            }
            return;
        }
        @Nullable Feature only = null;
        for (Layer of : places) {
            for (Feature place : onOutline(of, layer, gate)) {
                if (only != null) {
                    return;
                }
                only = place;
            }
        }
        if (only != null) {
            byPlace.computeIfAbsent(only.id(), p -> new ArrayList<>())
                    .add(new Gate(layer, gate, covers(layer, only)));
        }
    }

    private static boolean covers(Layer layer, Feature place) {
        return layer.coverage().covers(place.geometry());
    }

    private static List<Feature> onOutline(Layer places, Layer layer, Feature gate) {
        double apart = places.accuracyMetres() + layer.accuracyMetres();
        Envelope box = gate.geometry().getEnvelopeInternal();
        Coordinate centre = box.centre();
        LocalFrame frame = LocalFrame.at(new LonLat(centre.x, centre.y));
        Geometry here = frame.toMetres(gate.geometry());
        List<Feature> found = new ArrayList<>();
        for (Feature place : places.meeting(frame.degreesWithin(box, apart))) {
            if (place.geometry() instanceof Polygonal
                    && frame.toMetres(place.geometry()).getBoundary().distance(here) <= apart) {
                found.add(place);
            }
        }
        return found;
    }
}

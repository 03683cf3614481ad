package org.kanqian.gis.survey;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.measure.WalkingNetwork;

/**
 * A set of layers and what is made of it once for all sites: which facts it tells, whose gates are
 * whose, and the network of the roads. Safe to share.
 */
final class Atlas {
    private final LayerSet layers;
    private final Catalogue catalogue;
    private final Gates gates;

    /** By the layers it is made of: layers drop out as they grow too old. */
    private final Map<List<String>, WalkingNetwork> networks = new ConcurrentHashMap<>();

    Atlas(LayerSet layers) {
        this.layers = layers;
        this.catalogue = new Catalogue(layers);
        this.gates = new Gates(layers);
        if (!layers.layers(Kinds.ROAD).isEmpty()) {
            network(LocalDate.MIN);
        }
    }

    LayerSet layers() {
        return layers;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Gates gates() {
        return gates;
    }

    /** The network of the roads, crossings and barriers not too old on a day. */
    WalkingNetwork network(LocalDate day) {
        List<Layer> fresh = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Layer layer : layers.layers()) {
            boolean part =
                    layer.kind().equals(Kinds.ROAD)
                            || layer.kind().equals(Kinds.CROSSING)
                            || layer.kind().equals(Kinds.BARRIER)
                            || Kinds.ofGates(layer);
            if (part && !layer.staleOn(day)) {
                fresh.add(layer);
                ids.add(layer.id());
            }
        }
        WalkingNetwork known = networks.get(ids);
        return known != null ? known : networks.computeIfAbsent(ids, i -> built(fresh));
    }

    private static WalkingNetwork built(List<Layer> layers) {
        return WalkingNetwork.of(
                of(layers, Kinds.ROAD),
                of(layers, Kinds.CROSSING),
                of(layers, Kinds.BARRIER),
                layers.stream().filter(Kinds::ofGates).toList());
    }

    private static List<Layer> of(List<Layer> layers, String kind) {
        return layers.stream().filter(l -> l.kind().equals(kind)).toList();
    }
}

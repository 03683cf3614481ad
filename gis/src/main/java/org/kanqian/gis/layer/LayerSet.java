package org.kanqian.gis.layer;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All layers the service answers from: one immutable snapshot, swapped whole. */
public final class LayerSet {
    private final List<Layer> layers;
    private final Map<String, List<Layer>> byKind;

    public LayerSet(List<Layer> layers) {
        this.layers = List.copyOf(layers);
        this.byKind =
                this.layers.stream()
                        .collect(
                                Collectors.groupingBy(
                                        l -> l.about().kind(),
                                        TreeMap::new,
                                        Collectors.toUnmodifiableList()));
    }

    /**
     * Reads the layers a folder's {@code layers.yaml} declares.
     *
     * @throws LayerException with every fault found; nothing is skipped silently
     */
    public static LayerSet load(Path folder) {
        return new LayerSet(new LayerReader(folder).read());
    }

    /** No layers at all: every map fact is unknown. */
    public static LayerSet empty() {
        return new LayerSet(List.of());
    }

    /** All layers, in the order they are declared. */
    public List<Layer> layers() {
        return layers;
    }

    /** The kinds there are, in name order. */
    public List<String> kinds() {
        return List.copyOf(byKind.keySet());
    }

    /** The layers of a kind, stale ones included; empty if there is none. */
    public List<Layer> ofKind(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** The layers of a kind that may be relied on, on that day. */
    public List<Layer> ofKind(String kind, LocalDate day) {
        return ofKind(kind).stream().filter(l -> !l.staleOn(day)).toList();
    }

    public Optional<Layer> layer(String id) {
        return layers.stream().filter(l -> l.about().id().equals(id)).findFirst();
    }
}

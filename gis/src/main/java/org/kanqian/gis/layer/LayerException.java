package org.kanqian.gis.layer;

import java.util.List;
import java.util.stream.Collectors;

/** Layers that were not taken over, with everything that is wrong with them. */
public final class LayerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<LayerFault> faults;

    public LayerException(List<LayerFault> faults) {
        super(faults.stream().map(LayerFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of files and features; at most a hundred for each layer. */
    public List<LayerFault> faults() {
        return faults;
    }
}

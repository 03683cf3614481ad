package org.kanqian.gis.layer;

import java.util.List;
import java.util.stream.Collectors;

/** A folder of layers that cannot be used: nothing of it is. */
public final class LayerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<LayerFault> faults;

    LayerException(List<LayerFault> faults) {
        super(faults.stream().map(LayerFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Everything that is wrong, at least one. */
    public List<LayerFault> faults() {
        return faults;
    }
}

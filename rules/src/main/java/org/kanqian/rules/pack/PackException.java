package org.kanqian.rules.pack;

import java.util.List;
import java.util.stream.Collectors;

/** A pack that cannot be used, with every fault found in it. */
public final class PackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<PackFault> faults;

    /**
     * @param faults all of them, at least one
     */
    public PackException(List<PackFault> faults) {
        super(faults.stream().map(PackFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Every fault, in file order. */
    public List<PackFault> faults() {
        return faults;
    }
}

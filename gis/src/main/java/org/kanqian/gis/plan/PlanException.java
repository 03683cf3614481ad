package org.kanqian.gis.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A floor plan that cannot be used, with everything that is wrong with it (at most 50 faults). */
public final class PlanException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<PlanFault> faults;

    /**
     * @param faults in the order of the plan; not empty
     */
    public PlanException(List<PlanFault> faults) {
        super(
                faults.stream()
                        .map(f -> f.pointer() + ": " + f.en())
                        .collect(Collectors.joining("; ")));
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("a plan without faults is no error");
        }
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, at most 50 faults. */
    public List<PlanFault> faults() {
        return faults;
    }
}

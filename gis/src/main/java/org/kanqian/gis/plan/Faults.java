package org.kanqian.gis.plan;

import java.util.ArrayList;
import java.util.List;

/** Collects faults; forgets those beyond the fiftieth. */
final class Faults {
    static final int MOST = 50;

    private final List<PlanFault> faults = new ArrayList<>();

    void add(String pointer, String zh, String en) {
        if (!full()) {
            faults.add(new PlanFault(pointer, zh, en));
        }
    }

    void add(PlanFault fault) {
        add(fault.pointer(), fault.zh(), fault.en());
    }

    boolean full() {
        return faults.size() >= MOST;
    }

    List<PlanFault> list() {
        return List.copyOf(faults);
    }
}

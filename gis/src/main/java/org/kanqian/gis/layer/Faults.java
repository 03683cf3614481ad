package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Collects the faults of one layer; stops the reading when there are too many to be of use. */
final class Faults {
    private static final int MOST = 100;

    private final List<LayerFault> found = new ArrayList<>();
    private String file;

    Faults(String file) {
        this.file = file;
    }

    /** What follows is about {@code file}. */
    void in(String file) {
        this.file = file;
    }

    void add(String zh, String en) throws TooManyFaults {
        add(new LayerFault(file, OptionalInt.empty(), zh, en));
    }

    void add(int feature, String zh, String en) throws TooManyFaults {
        add(new LayerFault(file, OptionalInt.of(feature), zh, en));
    }

    private void add(LayerFault fault) throws TooManyFaults {
        found.add(fault);
        if (found.size() >= MOST) {
            throw new TooManyFaults();
        }
    }

    List<LayerFault> found() {
        return List.copyOf(found);
    }

    static final class TooManyFaults extends Exception {
        private static final long serialVersionUID = 1L;
    }
}

package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Collects the faults of one layer, and what was mended in it; stops the reading when there are too
 * many faults to be of use.
 */
final class Faults {
    private static final int MOST = 100;
    private static final int MOST_REPAIRS = 1_000;

    private final List<LayerFault> found = new ArrayList<>();
    private final List<LayerFault> repairs = new ArrayList<>();
    private String file;

    Faults(String file) {
        this.file = file;
    }

    /** What follows is about {@code file}. */
    void in(String file) {
        this.file = file;
    }

    void add(String zh, String en) throws TooManyFaults {
        add(LayerFault.of(file, zh, en));
    }

    void add(int feature, String zh, String en) throws TooManyFaults {
        add(new LayerFault(file, OptionalInt.of(feature), Optional.empty(), zh, en));
    }

    void add(RawFeature feature, String zh, String en) throws TooManyFaults {
        add(about(feature, zh, en));
    }

    private void add(LayerFault fault) throws TooManyFaults {
        found.add(fault);
        if (found.size() >= MOST) {
            throw new TooManyFaults();
        }
    }

    /** Something harmless that was mended. Of a great many, the first thousand are kept. */
    void mended(RawFeature feature, String zh, String en) {
        if (repairs.size() < MOST_REPAIRS) {
            repairs.add(about(feature, zh, en));
        }
    }

    /** Something harmless that was mended in the file as a whole. */
    void mended(String zh, String en) {
        repairs.add(LayerFault.of(file, zh, en));
    }

    private LayerFault about(RawFeature feature, String zh, String en) {
        return new LayerFault(
                file, OptionalInt.of(feature.index()), Optional.ofNullable(feature.id()), zh, en);
    }

    List<LayerFault> found() {
        return List.copyOf(found);
    }

    List<LayerFault> repairs() {
        return List.copyOf(repairs);
    }

    boolean none() {
        return found.isEmpty();
    }

    static final class TooManyFaults extends Exception {
        private static final long serialVersionUID = 1L;
    }
}

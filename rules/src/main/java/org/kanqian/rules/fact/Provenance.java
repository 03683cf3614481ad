package org.kanqian.rules.fact;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Where a fact comes from: precise enough to be looked up again years later. */
public sealed interface Provenance {

    /**
     * Read off a map layer.
     *
     * @param layer kind of the layer, e.g. {@code school}
     * @param version content hash of the layer, {@code sha256:…}
     * @param feature id of the deciding feature; empty if the absence of features decided
     * @param name what the map calls the feature; may be empty
     * @param line what to draw: for a distance both end points, site first (for a walk the whole
     *     path); empty where there is nothing to draw
     * @param how one sentence in Chinese for the reader: from where to where it was taken and what
     *     was left out; may be empty
     */
    record Map(
            String layer,
            String version,
            String feature,
            String name,
            List<Position> line,
            String how)
            implements Provenance {
        /** Read off a layer, with nothing to say of how. */
        public Map(String layer, String version, String feature, String name, List<Position> line) {
            this(layer, version, feature, name, line, "");
        }

        public Map {
            requireNonNull(layer, "layer");
            requireNonNull(version, "version");
            requireNonNull(feature, "feature");
            requireNonNull(name, "name");
            requireNonNull(how, "how");
            line = List.copyOf(line);
        }
    }

    /**
     * Measured in the floor plan.
     *
     * @param elements ids of the rooms, openings and fixtures it was measured on
     */
    record Plan(List<String> elements) implements Provenance {
        public Plan {
            elements = List.copyOf(elements);
        }
    }

    /** Stated by the applicant; nobody has seen it yet. */
    record Answer() implements Provenance {}

    /** Part of the request itself: variant, floor, building use. */
    record Request() implements Provenance {}

    /** Computed from other facts. */
    record Derived(List<String> facts) implements Provenance {
        public Derived {
            facts = List.copyOf(facts);
        }
    }
}

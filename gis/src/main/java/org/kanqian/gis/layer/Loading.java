package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Features on their way into an index: all of them, or none. For one thread. */
interface Loading extends AutoCloseable {

    /** Features that were kept, with what was mended when they were read. */
    record Kept(FeatureIndex index, List<LayerFault> repairs) {
        public Kept {
            repairs = List.copyOf(repairs);
        }
    }

    /** What an earlier loading of the same version kept; then nothing need be added. */
    Optional<Kept> earlier();

    /** Adds one feature, after those added before. */
    void add(Feature feature);

    /** How many were added. */
    int size();

    /** Hands over what was added, in order. */
    void forEach(Consumer<Feature> sink);

    /** The feature of that id, if it was added. */
    Optional<Feature> byId(String id);

    /** Makes what was added last, and be found. */
    Kept keep(List<LayerFault> repairs);

    /** Forgets what was not kept. */
    @Override
    void close();

    /** Into memory. */
    static Loading intoMemory() {
        List<Feature> features = new ArrayList<>();
        return new Loading() {
            @Override
            public Optional<Kept> earlier() {
                return Optional.empty();
            }

            @Override
            public void add(Feature feature) {
                features.add(feature.packed());
            }

            @Override
            public int size() {
                return features.size();
            }

            @Override
            public void forEach(Consumer<Feature> sink) {
                features.forEach(sink);
            }

            @Override
            public Optional<Feature> byId(String id) {
                return features.stream().filter(f -> f.id().equals(id)).findFirst();
            }

            @Override
            public Kept keep(List<LayerFault> repairs) {
                return new Kept(new TreeIndex(features), repairs);
            }

            @Override
            public void close() {}
        };
    }
}

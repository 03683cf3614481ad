package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether there is room for what is made of whole layers, wherever they are kept: the gazetteer of
 * addresses and the network of roads. Better refused while layers are read than out of memory when
 * somebody asks.
 */
final class WholeLayers {
    /** What one feature takes besides itself, bytes; measured, and rounded up. */
    private static final Map<String, Long> BYTES = Map.of("address", 1_000L, "road", 3_000L);

    private WholeLayers() {}

    /**
     * @param room bytes of memory there are altogether; half of it may go here
     * @return one fault for each layer of the kinds that do not fit; empty if all do
     */
    static List<LayerFault> check(List<Layer> layers, long room) {
        long needed = layers.stream().mapToLong(WholeLayers::bytes).sum();
        List<LayerFault> faults = new ArrayList<>();
        if (needed > room / 2) {
            for (Layer layer : layers) {
                if (bytes(layer) > 0) {
                    String megabytes = (bytes(layer) >> 20) + " MB";
                    String least = (needed * 2 >> 20) + 1 + "m";
                    faults.add(
                            LayerFault.of(
                                    layer.id(),
                                    "有 "
                                            + layer.size()
                                            + " 个要素；地名库和路网要整个放进内存（store: postgis 也一样），这一层约 "
                                            + megabytes
                                            + "，合起来放不下。请用 filter 只留要用的地区，或用 java -Xmx"
                                            + least
                                            + " 启动",
                                    "has "
                                            + layer.size()
                                            + " features; addresses and roads are held in memory"
                                            + " whole (with store: postgis too), this layer about "
                                            + megabytes
                                            + ", and all of them do not fit. Keep only the area in"
                                            + " use with filter, or start with java -Xmx"
                                            + least));
                }
            }
        }
        return faults;
    }

    private static long bytes(Layer layer) {
        return layer.size() * BYTES.getOrDefault(layer.kind(), 0L);
    }
}

package org.kanqian.gis.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.TestLayers;

class WholeLayersTest {
    private static final List<Layer> LAYERS =
            List.of(layer("address", 100), layer("road", 200), layer("school", 300));
    private static final long TAKES = 100 * 1_000 + 200 * 3_000;

    private static Layer layer(String kind, int size) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            features.add(new Feature("f" + i, TestLayers.wkt("POINT(104 30.6)"), Map.of()));
        }
        return TestLayers.layer(
                kind,
                0,
                365,
                TestLayers.wkt("POLYGON((103 30,105 30,105 31,103 31,103 30))"),
                features);
    }

    @Test
    void whatFitsIntoHalfTheMemoryIsTaken() {
        assertThat(WholeLayers.check(LAYERS, 2 * TAKES)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefusedByLayerWithAWayOut() {
        List<LayerFault> faults = WholeLayers.check(LAYERS, 2 * TAKES - 2);

        assertThat(faults).extracting(LayerFault::file).containsExactly("address", "road");
        assertThat(faults)
                .allSatisfy(
                        f -> {
                            assertThat(f.zh()).contains("filter", "-Xmx2m");
                            assertThat(f.en()).contains("filter", "-Xmx2m");
                        });
    }
}

package org.kanqian.gis.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Provenance;

/**
 * OpenStreetMap's gates around Tsinghua and Peking University: nodes that say {@code barrier=gate}
 * and not whose. Which lie within 10 m of which outline was counted apart from JTS.
 */
class RealGatesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private LayerSet layers;

    @BeforeEach
    void load() throws IOException, LayerException {
        layer("university", "campuses");
        layer("gate", "gates");
        layers = LayerSet.load(folder);
    }

    @Test
    void eachGateBelongsToTheCampusWhoseOutlineItLiesOn() {
        Gates gates = new Gates(layers);

        Map<String, Integer> found = new java.util.TreeMap<>();
        for (Feature campus : layers.layers("university").get(0).features()) {
            found.put(campus.name(), gates.of("university", campus, TestLayers.TODAY).size());
        }

        assertThat(layers.layers("gate").get(0).size()).isEqualTo(31);
        assertThat(found).containsExactly(Map.entry("北京大学", 5), Map.entry("清华大学", 11));
    }

    @Test
    void theNearestGateOfTheNearestCampusIsMeasured() throws Exception {
        String fact = "site.distance.university";
        SiteInput site =
                SiteInput.at(
                        new Coordinates(116.3322, 39.9985, Datum.CGCS2000, OptionalDouble.of(1)));

        FactValue value =
                new SiteSurveyor(layers)
                        .survey(
                                site,
                                TestLayers.TODAY,
                                Map.of(
                                        fact,
                                        new Measure(
                                                Measure.End.ENTRANCE,
                                                Measure.End.ENTRANCE,
                                                Measure.Path.STRAIGHT)))
                        .facts()
                        .get(fact);

        FactValue.Number gate = (FactValue.Number) java.util.Objects.requireNonNull(value);
        assertThat(gate.value().doubleValue()).isCloseTo(142.55, within(0.2));
        assertThat(((Provenance.Map) gate.from()).feature()).isEqualTo("node/1360087386");
        assertThat(((Provenance.Map) gate.from()).layer()).isEqualTo("gate");
    }

    private void layer(String kind, String file) throws IOException {
        Path own = Files.createDirectories(folder.resolve(kind));
        Files.copy(
                TestLayers.RESOURCES.resolve("oracle/haidian/" + file + ".geojson"),
                own.resolve("data.geojson"));
        Files.write(
                own.resolve("layer.yaml"),
                List.of(
                        TestLayers.DECLARATION
                                .replace("kind: school", "kind: " + kind)
                                .replace("file: school.geojson", "file: data.geojson")
                                .replace("crs: CGCS2000", "crs: WGS84")
                                .replace("accuracy_m: 1", "accuracy_m: 4")
                                .split("\n")));
    }
}

package org.kanqian.gis.measure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.Csv;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/** Against distances that were computed apart from JTS and GeoTools. */
class OracleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"haidian", "baoshan"})
    void straightDistancesAreWithinFiveCentimetres(String quarter) throws Exception {
        Layer schools = schools(quarter);
        Map<String, Feature> byId = byId(schools);
        List<Map<String, String>> rows = rows(quarter);

        assertThat(rows).hasSizeGreaterThan(400);
        for (Map<String, String> row : rows) {
            Ruler ruler = Ruler.at(number(row, "lon"), number(row, "lat"), 0);
            Nearest found = ruler.to(schools, requireNonNull(byId.get(row.get("school_id"))));
            assertThat(found.metres())
                    .as(row.toString())
                    .isCloseTo(number(row, "straight_m"), within(0.05));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"haidian", "baoshan"})
    void theNearestOfAllIsTheNearestOfTheOracle(String quarter) throws Exception {
        Layer schools = schools(quarter);
        Map<String, Double> nearest = new HashMap<>();
        Map<String, Map<String, String>> premises = new HashMap<>();
        for (Map<String, String> row : rows(quarter)) {
            premises.put(row.get("premises_id"), row);
            nearest.merge(row.get("premises_id"), number(row, "straight_m"), Math::min);
        }

        for (Map.Entry<String, Map<String, String>> place : premises.entrySet()) {
            Map<String, String> row = place.getValue();
            Ruler ruler = Ruler.at(number(row, "lon"), number(row, "lat"), 0);
            Nearest found = ruler.nearest(List.of(schools)).orElseThrow();
            double expected = nearest.getOrDefault(place.getKey(), -1.0);
            // The oracle leaves out university buildings, which may only be nearer.
            assertThat(found.metres()).as(place.toString()).isLessThanOrEqualTo(expected + 0.05);
            assertThat(found.line()).hasSize(2);
            Position from = found.line().get(0);
            assertThat(from.x()).isCloseTo(number(row, "lon"), within(1e-9));
            assertThat(from.y()).isCloseTo(number(row, "lat"), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"haidian", "baoshan"})
    void walksAgreeWithTheOracle(String quarter) throws Exception {
        LayerSet samples = LayerSet.load(TestLayers.SAMPLES);
        Layer roads =
                samples.layers("road").stream()
                        .filter(l -> l.id().startsWith(quarter))
                        .findFirst()
                        .orElseThrow();
        WalkingNetwork network = WalkingNetwork.of(List.of(roads));
        Layer schools = schools(quarter);
        Map<String, Feature> byId = byId(schools);
        Map<String, Map<Coordinate, Double>> doors = new HashMap<>();
        byId.values().forEach(f -> doors.put(f.id(), doors(network, schools, f)));
        List<Coordinate> goals = doors.values().stream().flatMap(d -> d.keySet().stream()).toList();
        Map<String, List<Optional<Walk>>> walked = new HashMap<>();

        int compared = 0;
        int agreeing = 0;
        for (Map<String, String> row : rows(quarter)) {
            if (row.getOrDefault("walk_m", "").isEmpty()) {
                continue;
            }
            Coordinate from = new Coordinate(number(row, "lon"), number(row, "lat"));
            List<Optional<Walk>> walks =
                    walked.computeIfAbsent(
                            row.getOrDefault("premises_id", ""), id -> network.walks(from, goals));
            double best = Double.POSITIVE_INFINITY;
            for (Map.Entry<Coordinate, Double> door :
                    requireNonNull(doors.get(row.get("school_id"))).entrySet()) {
                Optional<Walk> walk = walks.get(goals.indexOf(door.getKey()));
                if (walk.isPresent()) {
                    best = Math.min(best, walk.get().metres() + door.getValue());
                }
            }
            double expected = number(row, "walk_m");
            compared++;
            if (Math.abs(best - expected) <= 5 + 0.02 * expected) {
                agreeing++;
            }
        }

        assertThat(compared).isGreaterThan(50);
        assertThat((double) agreeing / compared).isGreaterThan(0.99);
    }

    /** Where the campus is entered: road vertices within 15 m; for a point, the point itself. */
    private static Map<Coordinate, Double> doors(
            WalkingNetwork network, Layer schools, Feature school) {
        Map<Coordinate, Double> doors = new LinkedHashMap<>();
        Envelope near = new Envelope(school.geometry().getEnvelopeInternal());
        near.expandBy(0.0003);
        for (Coordinate node : network.nodes()) {
            if (near.contains(node)) {
                double metres = Ruler.at(node.x, node.y, 0).to(schools, school).metres();
                if (metres <= 15) {
                    doors.put(node, metres);
                }
            }
        }
        return doors.isEmpty() ? Map.of(school.geometry().getCoordinate(), 0.0) : doors;
    }

    private Layer schools(String quarter) throws IOException, LayerException {
        Path from = TestLayers.RESOURCES.resolve("oracle").resolve(quarter);
        Files.copy(from.resolve("school.geojson"), folder.resolve("school.geojson"));
        Files.writeString(
                folder.resolve("layer.yaml"),
                TestLayers.DECLARATION
                        .replace("CGCS2000", "WGS84")
                        .replace("[116.0, 39.0, 117.0, 41.0]", "[116.0, 31.0, 122.0, 41.0]"));
        return LayerSet.load(folder).layers("school").get(0);
    }

    private static Map<String, Feature> byId(Layer layer) {
        Map<String, Feature> byId = new HashMap<>();
        layer.features().forEach(f -> byId.put(f.id(), f));
        return byId;
    }

    private static List<Map<String, String>> rows(String quarter) throws IOException {
        return Csv.read(
                TestLayers.RESOURCES.resolve("oracle/" + quarter + "/expected-distances.csv"));
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.getOrDefault(column, ""));
    }
}

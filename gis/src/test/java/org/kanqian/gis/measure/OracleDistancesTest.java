package org.kanqian.gis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.gis.Oracle;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

/** Distances of real shops to real campuses, against figures computed without JTS or GeoTools. */
class OracleDistancesTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final Path SAMPLES = Path.of("../samples/layers");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"haidian,1000", "baoshan,400"})
    void straightLinesAgreeWithinFiveCentimetres(String quarter, int least) throws IOException {
        Layer schools = schools(quarter);
        int compared = 0;
        for (Map<String, String> row : Oracle.rows(quarter + "/expected-distances.csv")) {
            Ruler ruler = ruler(row);
            Ruler.Reached reached = reach(ruler, schools, row);

            assertThat(reached.metres())
                    .as("%s to %s", row.get("premises_id"), row.get("school_id"))
                    .isCloseTo(number(row, "straight_m"), Offset.offset(0.05));
            compared++;
        }
        assertThat(compared).isGreaterThan(least);
    }

    @ParameterizedTest
    @CsvSource({"haidian,500", "baoshan,100"})
    void walksAreNeverShorterThanTheLineAndAgreeWithTheReference(String quarter, int least)
            throws IOException {
        Layer schools = schools(quarter);
        RoadNetwork roads =
                new RoadNetwork(LayerSet.load(SAMPLES).layer(quarter + "-road").orElseThrow());
        int compared = 0;
        int agreed = 0;
        for (Map<String, String> row : Oracle.rows(quarter + "/expected-distances.csv")) {
            if (Objects.requireNonNull(row.get("walk_m")).isEmpty()) {
                continue;
            }
            Ruler ruler = ruler(row);
            Ruler.Reached place = reach(ruler, schools, row);
            double expected = number(row, "walk_m");
            double found =
                    roads.shortest(ruler, List.of(place))
                            .map(RoadNetwork.Walk::metres)
                            .orElse(Double.POSITIVE_INFINITY);
            assertThat(found).isGreaterThanOrEqualTo(place.metres() - 0.01);
            compared++;
            agreed += Math.abs(found - expected) <= expected * 0.02 + 5 ? 1 : 0;
        }
        assertThat(compared).isGreaterThan(least);
        assertThat(agreed).isGreaterThan(compared * 95 / 100);
    }

    private static Ruler.Reached reach(Ruler ruler, Layer schools, Map<String, String> row) {
        return ruler.within(schools, 2_000).stream()
                .filter(r -> r.feature().id().equals(row.get("school_id")))
                .findFirst()
                .orElseThrow();
    }

    private static Ruler ruler(Map<String, String> row) {
        return new Ruler(
                FACTORY.createPoint(new Coordinate(number(row, "lon"), number(row, "lat"))));
    }

    private static double number(Map<String, String> row, String name) {
        return Double.parseDouble(Objects.requireNonNull(row.get(name), name));
    }

    private Layer schools(String quarter) throws IOException {
        Files.copy(
                Path.of("src/test/resources/oracle", quarter, "schools.geojson"),
                folder.resolve("schools.geojson"));
        Files.writeString(
                folder.resolve("layers.yaml"),
                """
                layers:
                  - {id: all, kind: school, title: 全部, file: schools.geojson, datum: WGS84,
                     source: OSM, licence: ODbL, surveyed: "2021-01-01", max_age_days: 9000,
                     accuracy_m: 0, complete: true, coverage: [116, 31, 122, 41]}
                """);
        return LayerSet.load(folder).layers().get(0);
    }
}

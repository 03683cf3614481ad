package org.kanqian.gis.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kanqian.gis.TestLayers.layer;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Coordinate;

class RulerTest {
    private static final String CITY = "POLYGON((116 39,117 39,117 41,116 41,116 39))";
    private static final String CAMPUS =
            "POLYGON((116.30 39.90,116.31 39.90,116.31 39.91,116.30 39.91,116.30 39.90))";

    @Property
    void distanceIsSymmetric(
            @ForAll @DoubleRange(min = 116.1, max = 116.2) double lon1,
            @ForAll @DoubleRange(min = 39.9, max = 40.0) double lat1,
            @ForAll @DoubleRange(min = 116.1, max = 116.2) double lon2,
            @ForAll @DoubleRange(min = 39.9, max = 40.0) double lat2) {
        Layer there = layer("school", CITY, "POINT(" + lon2 + " " + lat2 + ")");
        Layer here = layer("school", CITY, "POINT(" + lon1 + " " + lat1 + ")");

        double out = Ruler.at(lon1, lat1, 0).nearest(List.of(there)).orElseThrow().metres();
        double back = Ruler.at(lon2, lat2, 0).nearest(List.of(here)).orElseThrow().metres();

        assertThat(out).isCloseTo(back, within(0.02));
        double geodesic = Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2).s12;
        assertThat(out).isCloseTo(geodesic, within(0.05));
    }

    @Property
    void theIndexFindsWhatLookingAtEverythingFinds(
            @ForAll @DoubleRange(min = 116.1, max = 116.9) double lon,
            @ForAll @DoubleRange(min = 39.1, max = 40.9) double lat) {
        String[] campuses = new String[400];
        for (int i = 0; i < campuses.length; i++) {
            double x = 116.05 + (i * 37 % 400) / 444.0;
            double y = 39.05 + (i * 91 % 400) / 210.0;
            campuses[i] =
                    "POLYGON((%1$f %2$f,%3$f %2$f,%3$f %4$f,%1$f %2$f))"
                            .formatted(x, y, x + 0.003, y + 0.001);
        }
        Layer layer = layer("school", CITY, campuses);
        Ruler ruler = Ruler.at(lon, lat, 0);

        Nearest found = ruler.nearest(List.of(layer)).orElseThrow();

        double least =
                layer.features().stream()
                        .mapToDouble(f -> ruler.to(layer, f).metres())
                        .min()
                        .orElseThrow();
        assertThat(found.metres()).isEqualTo(least);
    }

    @Test
    void insideIsZeroAndCertainOnlyDeeperThanTheError() {
        Layer school = layer("school", 5, CITY, CAMPUS);

        Nearest deep = Ruler.at(116.305, 39.905, 10).nearest(List.of(school)).orElseThrow();
        Nearest shallow = Ruler.at(116.30001, 39.905, 10).nearest(List.of(school)).orElseThrow();

        assertThat(deep.metres()).isZero();
        assertThat(deep.error()).isZero();
        assertThat(shallow.metres()).isZero();
        assertThat(shallow.error()).isBetween(13.0, 15.0);
    }

    @Test
    void measuredToTheBoundaryAndNotToTheMiddle() {
        Layer school = layer("school", CITY, CAMPUS);

        Nearest found = Ruler.at(116.298, 39.905, 0).nearest(List.of(school)).orElseThrow();

        assertThat(found.metres()).isBetween(170.0, 172.0);
        assertThat(found.line().get(1).x()).isCloseTo(116.30, within(1e-8));
    }

    @Test
    void anotherFeatureAlmostAsNearWidensTheBand() {
        Layer exact = layer("school", 0, CITY, "POINT(116.3000 39.9)");
        Layer rough = layer("planned", 50, CITY, "POINT(116.2998 39.9001)");
        Ruler ruler = Ruler.at(116.301, 39.9, 0);

        Nearest alone = ruler.nearest(List.of(exact)).orElseThrow();
        Nearest both = ruler.nearest(List.of(exact, rough)).orElseThrow();

        assertThat(both.metres()).isEqualTo(alone.metres());
        assertThat(both.low()).isLessThan(alone.low() - 20);
        assertThat(both.high()).isEqualTo(alone.high());
    }

    @Test
    void coverageReachesToItsNearestEdgeLessTheErrorOfTheSite() {
        Layer layer = layer("school", CITY, CAMPUS);

        assertThat(Ruler.at(116.001, 40, 0).reach(List.of(layer)).orElseThrow())
                .isCloseTo(85.4, within(0.1));
        assertThat(Ruler.at(116.001, 40, 10).reach(List.of(layer)).orElseThrow())
                .isCloseTo(75.4, within(0.1));
        assertThat(Ruler.at(115.999, 40, 0).reach(List.of(layer))).isEmpty();
        assertThat(Ruler.at(116.00001, 40, 10).reach(List.of(layer))).isEmpty();
    }

    @Test
    void adjoiningCoveragesAreOne() {
        Layer west = layer("school", "POLYGON((116 39,116.5 39,116.5 41,116 41,116 39))", CAMPUS);
        Layer east = layer("school", "POLYGON((116.5 39,117 39,117 41,116.5 41,116.5 39))", CAMPUS);
        Ruler atTheSeam = Ruler.at(116.5001, 40, 0);

        assertThat(atTheSeam.reach(List.of(east)).orElseThrow()).isLessThan(10);
        assertThat(atTheSeam.reach(List.of(west, east)).orElseThrow()).isGreaterThan(40_000);
    }

    @Test
    void aCountryOfCoverageIsCutToWhatAFrameHolds() {
        Layer country = layer("school", "POLYGON((74 4,135 4,135 53,74 53,74 4))", "POINT(80 40)");
        Ruler ruler = Ruler.at(116.3, 39.9, 10);

        assertThat(ruler.reach(List.of(country)).orElseThrow()).isGreaterThan(99_000);
        assertThat(ruler.nearest(List.of(country))).isEmpty();
    }

    @Test
    void aZoneIsDecidedOnlyBeyondTheError() {
        Layer zones = layer("residential_compound", 5, CITY, CAMPUS);

        assertThat(zone(116.305, 39.905, zones)).isEqualTo(Zone.Where.INSIDE);
        assertThat(zone(116.29, 39.905, zones)).isEqualTo(Zone.Where.OUTSIDE);
        assertThat(zone(116.3001, 39.905, zones)).isEqualTo(Zone.Where.WITHIN_ERROR);
        assertThat(zone(116.2999, 39.905, zones)).isEqualTo(Zone.Where.WITHIN_ERROR);
    }

    private static Zone.Where zone(double lon, double lat, Layer zones) {
        return Ruler.at(lon, lat, 10).zone(List.of(zones)).where();
    }

    @Test
    void aWalkFollowsTheRoadsAndCountsTheWayToThem() {
        Layer roads =
                layer(
                        "road",
                        CITY,
                        "LINESTRING(116.30 39.90,116.31 39.90)",
                        "LINESTRING(116.31 39.90,116.31 39.91)");
        WalkingNetwork network = WalkingNetwork.of(List.of(roads));
        Coordinate from = new Coordinate(116.302, 39.8995);
        Coordinate to = new Coordinate(116.3105, 39.908);

        Walk walk = network.walks(from, List.of(to)).get(0).orElseThrow();

        assertThat(walk.metres()).isCloseTo(55.5 + 683.8 + 888.2 + 42.7, within(1.0));
        assertThat(walk.path()).hasSize(5);
        assertThat(network.walks(from, List.of(new Coordinate(116.5, 39.95))).get(0)).isEmpty();
        assertThat(network.walks(new Coordinate(116.5, 39.95), List.of(to)).get(0)).isEmpty();
    }
}

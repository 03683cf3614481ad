package org.kanqian.gis.crs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.gis.Csv;
import org.kanqian.gis.TestLayers;
import org.locationtech.jts.geom.Coordinate;

class ProjectionTest {
    private static final Geodesic GEODESIC = new Geodesic(Ellipsoid.A, Ellipsoid.F);

    @Test
    void gaussKruegerAgreesWithProjToAMillimetre() throws Exception {
        Map<String, SourceCrs> known = new HashMap<>();

        for (Map<String, String> row :
                Csv.read(TestLayers.RESOURCES.resolve("coordinates/cgcs2000_gk.csv"))) {
            String code = "EPSG:" + row.get("epsg");
            if (!known.containsKey(code)) {
                known.put(code, SourceCrs.named(code));
            }
            LonLat found =
                    known.get(code)
                            .toCgcs2000(number(row, "easting_y"), number(row, "northing_x"))
                            .orElseThrow();
            assertThat(
                            Ellipsoid.shortLine(
                                    found.lon(),
                                    found.lat(),
                                    number(row, "lon"),
                                    number(row, "lat")))
                    .as(row.toString())
                    .isLessThan(0.001);
            double[] back =
                    known.get(code)
                            .fromCgcs2000(number(row, "lon"), number(row, "lat"))
                            .orElseThrow();
            assertThat(back[0])
                    .as(row.toString())
                    .isCloseTo(number(row, "easting_y"), within(0.001));
            assertThat(back[1])
                    .as(row.toString())
                    .isCloseTo(number(row, "northing_x"), within(0.001));
        }
    }

    /** Every zone of CGCS2000: 6° with prefix and without, 3° with prefix and without. */
    @ParameterizedTest
    @CsvSource({
        "4491, 4501, 75, 6, 13",
        "4502, 4512, 75, 6, 0",
        "4513, 4533, 75, 3, 25",
        "4534, 4554, 75, 3, 0",
    })
    void everyGaussKruegerZoneComesBackToTheMillimetre(
            int first, int last, double meridian, double width, int prefix) throws Exception {
        Random random = new Random(first);
        for (int code = first; code <= last; code++) {
            SourceCrs zone = SourceCrs.named("EPSG:" + code);
            double centre = meridian + (code - first) * width;
            double falseEasting = (prefix == 0 ? 0 : (prefix + code - first) * 1e6) + 500_000;
            for (int i = 0; i < 50; i++) {
                double lon = centre + (random.nextDouble() - 0.5) * width;
                double lat = 3 + 51 * random.nextDouble();
                double[] metres = zone.fromCgcs2000(lon, lat).orElseThrow();
                LonLat back = zone.toCgcs2000(metres[0], metres[1]).orElseThrow();
                assertThat(Ellipsoid.shortLine(lon, lat, back.lon(), back.lat()))
                        .as("EPSG:%d at %f, %f", code, lon, lat)
                        .isLessThan(0.001);
                assertThat(metres[0] - falseEasting)
                        .as("EPSG:%d, east first", code)
                        .isBetween(-340_000.0, 340_000.0);
                assertThat(Math.signum(metres[0] - falseEasting))
                        .isEqualTo(Math.signum(lon - centre));
                assertThat(metres[1]).isBetween(330_000.0, 6_000_000.0);
            }
        }
    }

    @Test
    void linesOfTwoHundredMetresAgreeWithTheGeodesic() throws IOException {
        for (Map<String, String> row :
                Csv.read(TestLayers.RESOURCES.resolve("coordinates/geodesic_200m.csv"))) {
            LonLat from = new LonLat(number(row, "lon1"), number(row, "lat1"));
            Coordinate to = LocalFrame.at(from).toMetres(number(row, "lon2"), number(row, "lat2"));
            assertThat(Math.hypot(to.x, to.y))
                    .as(row.toString())
                    .isCloseTo(number(row, "cgcs2000_geodesic_m"), within(0.001));
        }
    }

    @Property
    void aFrameAgreesWithTheGeodesicWithinItsDistortion(
            @ForAll @DoubleRange(min = 74, max = 135) double lon,
            @ForAll @DoubleRange(min = 4, max = 53) double lat,
            @ForAll @DoubleRange(min = 0, max = 360) double bearing,
            @ForAll @DoubleRange(min = 0, max = 50_000) double metres) {
        GeodesicData line = GEODESIC.Direct(lat, lon, bearing, metres);
        LocalFrame frame = LocalFrame.at(new LonLat(lon, lat));

        Coordinate end = frame.toMetres(line.lon2, line.lat2);

        assertThat(Math.hypot(end.x, end.y))
                .isCloseTo(metres, within(0.001 + LocalFrame.distortion(metres)));
        LonLat back = frame.toDegrees(end);
        assertThat(back.lon()).isCloseTo(line.lon2, within(1e-9));
        assertThat(back.lat()).isCloseTo(line.lat2, within(1e-9));
    }

    @Property
    void shortLinesAgreeWithTheGeodesic(
            @ForAll @DoubleRange(min = 74, max = 135) double lon,
            @ForAll @DoubleRange(min = 4, max = 53) double lat,
            @ForAll @DoubleRange(min = 0, max = 360) double bearing,
            @ForAll @DoubleRange(min = 0, max = 5_000) double metres) {
        GeodesicData line = GEODESIC.Direct(lat, lon, bearing, metres);

        assertThat(Ellipsoid.shortLine(lon, lat, line.lon2, line.lat2))
                .isCloseTo(metres, within(0.005));
    }

    @Test
    void systemsThatNeedLocalParametersAreRefused() {
        for (String name : new String[] {"EPSG:2436", "EPSG:4214", "EPSG:4610", "xian80", ""}) {
            assertThatThrownBy(() -> SourceCrs.named(name))
                    .isInstanceOf(UnknownCrsException.class)
                    .hasMessageContaining("EPSG:4490");
        }
    }

    @Test
    void polesAndTheAntimeridianHaveNoFrame() {
        for (LonLat place :
                new LonLat[] {
                    new LonLat(100, 89), new LonLat(179.9, 30), new LonLat(Double.NaN, 30)
                }) {
            assertThatThrownBy(() -> LocalFrame.at(place))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.getOrDefault(column, ""));
    }
}

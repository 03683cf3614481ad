package org.kanqian.gis.crs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.Oracle;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.geom.Coordinate;

class DatumTest {
    private static final Geodesic CGCS2000_ELLIPSOID = new Geodesic(6378137.0, 1 / 298.257222101);

    @Test
    void webMapCoordinatesComeBackWithinTwoCentimetres() {
        List<Map<String, String>> rows =
                Oracle.rows("coordinates/wgs_gcj_bd.csv").stream()
                        .filter(r -> "china".equals(r.get("region")))
                        .toList();

        assertThat(rows).hasSizeGreaterThan(80);
        for (Map<String, String> row : rows) {
            Position wgs = position(row, "wgs");
            assertThat(metres(wgs, Datum.GCJ02.toCgcs2000(position(row, "gcj")))).isLessThan(0.02);
            assertThat(metres(wgs, Datum.BD09.toCgcs2000(position(row, "bd")))).isLessThan(0.04);
        }
    }

    @Property
    void anOffsetPlaceConvertsBackToWhereItWas(
            @ForAll @DoubleRange(min = 75, max = 134) double lon,
            @ForAll @DoubleRange(min = 5, max = 53) double lat) {
        Position place = new Position(lon, lat);

        Position gcj = Datum.toGcj02(place);

        assertThat(metres(place, Datum.GCJ02.toCgcs2000(gcj))).isLessThan(1e-4);
        assertThat(metres(place, Datum.BD09.toCgcs2000(Datum.gcj02ToBd09(gcj)))).isLessThan(1e-4);
    }

    @Test
    void lengthsInTheLocalFrameAreGeodesic() {
        for (Map<String, String> row : Oracle.rows("coordinates/geodesic_200m.csv")) {
            Position a = new Position(number(row, "lon1"), number(row, "lat1"));
            Position b = new Position(number(row, "lon2"), number(row, "lat2"));
            LocalFrame frame = LocalFrame.centredOn(a);

            double planar = frame.project(a).distance(frame.project(b));

            assertThat(planar)
                    .isCloseTo(
                            number(row, "cgcs2000_geodesic_m"),
                            org.assertj.core.data.Offset.offset(0.001));
        }
    }

    @Property
    void lengthsWithinFiveKilometresAreTrueToTwoMillimetres(
            @ForAll @DoubleRange(min = 75, max = 134) double lon,
            @ForAll @DoubleRange(min = 5, max = 53) double lat,
            @ForAll @DoubleRange(min = -0.03, max = 0.03) double east,
            @ForAll @DoubleRange(min = -0.03, max = 0.03) double north) {
        Position centre = new Position(lon, lat);
        Position place = new Position(lon + east, lat + north);
        LocalFrame frame = LocalFrame.centredOn(centre);

        Coordinate projected = frame.project(place);

        assertThat(Math.hypot(projected.x, projected.y))
                .isCloseTo(metres(centre, place), org.assertj.core.data.Offset.offset(0.002));
        assertThat(metres(place, frame.unproject(projected))).isLessThan(1e-6);
    }

    @Test
    void theBoxOfChinaHoldsItsEdgesAndNothingThatIsNoNumber() {
        assertThat(China.holds(73, 3)).isTrue();
        assertThat(China.holds(136, 54)).isTrue();
        assertThat(China.holds(39.9, 116.4)).isFalse();
        assertThat(China.holds(Double.NaN, 30)).isFalse();
        assertThat(China.holds(104, Double.POSITIVE_INFINITY)).isFalse();
    }

    private static double metres(Position a, Position b) {
        return CGCS2000_ELLIPSOID.Inverse(a.y(), a.x(), b.y(), b.x()).s12;
    }

    private static Position position(Map<String, String> row, String prefix) {
        return new Position(number(row, prefix + "_lon"), number(row, prefix + "_lat"));
    }

    private static double number(Map<String, String> row, String name) {
        return Double.parseDouble(Objects.requireNonNull(row.get(name), name));
    }
}

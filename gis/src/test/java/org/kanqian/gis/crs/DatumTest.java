package org.kanqian.gis.crs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.Csv;
import org.kanqian.gis.TestLayers;

class DatumTest {

    @Test
    void knownPlacesComeOutWhereTheLibrariesAgree() throws IOException {
        List<Map<String, String>> rows =
                Csv.read(TestLayers.RESOURCES.resolve("coordinates/wgs_gcj_bd.csv"));

        assertThat(rows).hasSizeGreaterThan(80);
        for (Map<String, String> row : rows) {
            if (!"china".equals(row.get("region"))) {
                continue;
            }
            LonLat wgs = lonLat(row, "wgs");
            LonLat gcj = lonLat(row, "gcj");
            LonLat bd = lonLat(row, "bd");
            assertThat(metres(Datum.GCJ02.fromCgcs2000(wgs.lon(), wgs.lat()), gcj))
                    .as(row.toString())
                    .isLessThan(0.02);
            assertThat(metres(Datum.BD09.fromCgcs2000(wgs.lon(), wgs.lat()), bd))
                    .as(row.toString())
                    .isLessThan(0.02);
            assertThat(metres(Datum.GCJ02.toCgcs2000(gcj.lon(), gcj.lat()), wgs))
                    .as(row.toString())
                    .isLessThan(0.02);
            assertThat(metres(Datum.BD09.toCgcs2000(bd.lon(), bd.lat()), wgs))
                    .as(row.toString())
                    .isLessThan(0.02);
        }
    }

    @Test
    void publishedGcj02VectorsAreMet() throws IOException {
        List<Map<String, String>> rows =
                Csv.read(
                        TestLayers.RESOURCES.resolve(
                                "coordinates/eviltransform-published-gcj.csv"));

        for (Map<String, String> row : rows) {
            LonLat from = lonLat(row, "from");
            LonLat to = lonLat(row, "to");
            LonLat found = Datum.GCJ02.fromCgcs2000(from.lon(), from.lat());
            assertThat(Math.abs(found.lon() - to.lon())).isLessThan(1e-6);
            assertThat(Math.abs(found.lat() - to.lat())).isLessThan(1e-6);
        }
    }

    @Property
    void everyDatumComesBackWithinATenthOfAMillimetre(
            @ForAll @DoubleRange(min = 73.1, max = 135.9) double lon,
            @ForAll @DoubleRange(min = 3.1, max = 53.9) double lat) {
        for (Datum datum : Datum.values()) {
            LonLat there = datum.fromCgcs2000(lon, lat);
            LonLat back = datum.toCgcs2000(there.lon(), there.lat());
            assertThat(metres(back, new LonLat(lon, lat))).as(datum.name()).isLessThan(0.0001);
        }
    }

    @Property
    void fromAnyDatumThroughAnyOtherIsTheSamePlace(
            @ForAll Datum from,
            @ForAll Datum through,
            @ForAll @DoubleRange(min = 74, max = 135) double lon,
            @ForAll @DoubleRange(min = 4, max = 53) double lat) {
        LonLat place = from.toCgcs2000(lon, lat);
        LonLat there = through.fromCgcs2000(place.lon(), place.lat());
        LonLat back = through.toCgcs2000(there.lon(), there.lat());
        LonLat again = from.fromCgcs2000(back.lon(), back.lat());

        assertThat(metres(again, new LonLat(lon, lat))).isLessThan(0.0001);
    }

    @Test
    void outsideChinaTheOffsetDatumsAreRefused() throws IOException {
        List<Map<String, String>> outside =
                Csv.read(TestLayers.RESOURCES.resolve("coordinates/wgs_gcj_bd.csv")).stream()
                        .filter(r -> "outside".equals(r.get("region")))
                        .toList();

        assertThat(outside).hasSize(4);
        for (Map<String, String> row : outside) {
            LonLat gcj = lonLat(row, "gcj");
            LonLat bd = lonLat(row, "bd");
            assertThat(SourceCrs.of(Datum.GCJ02).toCgcs2000(gcj.lon(), gcj.lat())).isEmpty();
            assertThat(SourceCrs.of(Datum.BD09).toCgcs2000(bd.lon(), bd.lat())).isEmpty();
            assertThat(SourceCrs.of(Datum.WGS84).toCgcs2000(gcj.lon(), gcj.lat())).isPresent();
        }
    }

    @Test
    void baidusFactorIsNotTheOneThatIsPublishedWrongly() throws IOException {
        double worst = 0;
        for (Map<String, String> row :
                Csv.read(TestLayers.RESOURCES.resolve("coordinates/wgs_gcj_bd.csv"))) {
            LonLat gcj = lonLat(row, "gcj");
            LonLat wrong = withFactor(gcj, Math.PI);
            LonLat right = withFactor(gcj, Math.PI * 3000 / 180);
            assertThat(metres(right, lonLat(row, "bd"))).as(row.toString()).isLessThan(0.02);
            worst = Math.max(worst, metres(wrong, lonLat(row, "bd")));
        }
        assertThat(worst).isBetween(5.0, 90.0);
    }

    private static LonLat withFactor(LonLat gcj, double factor) {
        double z = Math.hypot(gcj.lon(), gcj.lat()) + 0.00002 * Math.sin(gcj.lat() * factor);
        double theta = Math.atan2(gcj.lat(), gcj.lon()) + 0.000003 * Math.cos(gcj.lon() * factor);
        return new LonLat(z * Math.cos(theta) + 0.0065, z * Math.sin(theta) + 0.006);
    }

    @Test
    void onlyCgcs2000AddsNoError() {
        assertThat(Datum.CGCS2000.errorMetres()).isZero();
        assertThat(Datum.WGS84.errorMetres()).isPositive();
        assertThat(Datum.GCJ02.errorMetres()).isGreaterThan(Datum.WGS84.errorMetres());
        assertThat(Datum.BD09.errorMetres()).isGreaterThan(Datum.GCJ02.errorMetres());
    }

    @Test
    void swappedPlacesAreRecognisedAndForeignOnesAreNot() {
        assertThat(new LonLat(39.9, 116.3).swappedInChinaBox()).isTrue();
        assertThat(new LonLat(116.3, 39.9).swappedInChinaBox()).isFalse();
        assertThat(new LonLat(2.35, 48.85).inChinaBox()).isFalse();
        assertThat(new LonLat(2.35, 48.85).swappedInChinaBox()).isFalse();
    }

    private static LonLat lonLat(Map<String, String> row, String prefix) {
        return new LonLat(
                Double.parseDouble(row.getOrDefault(prefix + "_lon", "")),
                Double.parseDouble(row.getOrDefault(prefix + "_lat", "")));
    }

    private static double metres(LonLat a, LonLat b) {
        return Ellipsoid.shortLine(a.lon(), a.lat(), b.lon(), b.lat());
    }
}

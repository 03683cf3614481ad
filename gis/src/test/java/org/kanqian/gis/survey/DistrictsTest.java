package org.kanqian.gis.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kanqian.gis.TestLayers.TODAY;
import static org.kanqian.gis.TestLayers.wkt;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.layer.Declaration;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Districts that meet, overlap or leave a gap, and what is said of a site there. */
class DistrictsTest {
    private static final double METRE = 1 / 111_000.0;

    /** Three districts round one point; the third overlaps the first by 200 m in the south. */
    private static final Layer DISTRICTS =
            districts(
                    "region",
                    50,
                    "510104",
                    "POLYGON((104 30.6,104.1 30.6,104.1 30.7,104 30.7,104 30.6))",
                    "510105",
                    "POLYGON((104.1 30.6,104.2 30.6,104.2 30.7,104.1 30.7,104.1 30.6))",
                    "510106",
                    "POLYGON((104 30.7,104.2 30.7,104.2 30.8,104 30.8,104 30.7))",
                    "510107",
                    "POLYGON((104 30.5,104.1 30.5,104.1 30.602,104 30.602,104 30.5))",
                    "510108",
                    "POLYGON((104.1 30.5,104.2 30.5,104.2 30.598,104.1 30.598,104.1 30.5))");

    private static Layer districts(String id, double accuracy, String... codesAndOutlines) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < codesAndOutlines.length; i += 2) {
            String code = codesAndOutlines[i];
            features.add(
                    new Feature(
                            id + code,
                            wkt(codesAndOutlines[i + 1]),
                            Map.of("code", code, "name", code)));
        }
        return Layer.of(
                new Declaration(
                        id,
                        "region",
                        id,
                        SourceCrs.of(Datum.CGCS2000),
                        "test",
                        "CC0-1.0",
                        TODAY.minusDays(1),
                        365,
                        accuracy,
                        0,
                        false),
                "sha256:test",
                wkt("POLYGON((103 30,105 30,105 31,103 31,103 30))"),
                features);
    }

    private static SiteSurvey survey(LayerSet layers, double lon, double lat) {
        try {
            return new SiteSurveyor(layers)
                    .survey(
                            SiteInput.at(
                                    new Coordinates(
                                            lon, lat, Datum.CGCS2000, OptionalDouble.of(10))),
                            TODAY);
        } catch (SiteInputException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "104.05, 30.65, 510104, ''",
        "104.0988, 30.65, 510104, ''",
        "104.0995, 30.65, '', 510104 510105",
        "104.1, 30.7, '', 510104 510105 510106",
        "104.1003, 30.6996, '', 510104 510105 510106",
        "104.1008, 30.65, 510105, ''",
    })
    void nearABorderTheDistrictsAreNamedAndNoneIsChosen(
            double lon, double lat, String region, String borders) {
        SiteSurvey site = survey(LayerSet.of(List.of(DISTRICTS)), lon, lat);

        assertThat(site.region().orElse("")).isEqualTo(region);
        assertThat(String.join(" ", site.borders())).isEqualTo(borders);
    }

    @Test
    void whereTwoDistrictsOverlapNeitherIsChosen() {
        SiteSurvey site = survey(LayerSet.of(List.of(DISTRICTS)), 104.05, 30.601);

        assertThat(site.region()).isEmpty();
        assertThat(site.borders()).containsExactlyInAnyOrder("510104", "510107");
    }

    @Test
    void inAGapBetweenDistrictsNoneIsChosen() {
        SiteSurvey middle = survey(LayerSet.of(List.of(DISTRICTS)), 104.15, 30.599);
        SiteSurvey edge = survey(LayerSet.of(List.of(DISTRICTS)), 104.15, 30.5983);

        assertThat(middle.region()).isEmpty();
        assertThat(middle.borders()).isEmpty();
        assertThat(edge.region()).isEmpty();
        assertThat(edge.borders()).containsExactly("510108");
    }

    @Test
    void aFinerLayerDecidesWhereACoarseOneCannot() {
        Layer fine =
                districts(
                        "fine",
                        1,
                        "510104",
                        "POLYGON((104 30.6,104.1 30.6,104.1 30.7,104 30.7,104 30.6))");
        SiteSurvey site = survey(LayerSet.of(List.of(DISTRICTS, fine)), 104.0997, 30.65);

        assertThat(site.region()).hasValue("510104");
    }

    @Test
    void layersThatContradictEachOtherDecideNothing() {
        Layer other =
                districts(
                        "other",
                        1,
                        "510112",
                        "POLYGON((104 30.6,104.1 30.6,104.1 30.7,104 30.7,104 30.6))");
        SiteSurvey site = survey(LayerSet.of(List.of(DISTRICTS, other)), 104.05, 30.65);

        assertThat(site.region()).isEmpty();
        assertThat(site.borders()).containsExactlyInAnyOrder("510104", "510112");
    }

    /** What is drawn as surely in a district is surely in it for every site there. */
    @ParameterizedTest
    @CsvSource({"510104", "510105", "510106", "510107", "510108"})
    void everySiteWithinTheBorderHasItsRegion(String code) {
        LayerSet layers = LayerSet.of(List.of(DISTRICTS));
        Ground ground = Ground.of(layers, code, 10, TODAY, Map.of()).orElseThrow();
        Geometry inner = ground.toDegrees(ground.withinBorder());
        Random random = new Random(5);

        int looked = 0;
        for (Coordinate corner : inner.getCoordinates()) {
            for (int i = 0; i < 20; i++) {
                Coordinate near =
                        new Coordinate(
                                corner.x + 30 * METRE * random.nextGaussian(),
                                corner.y + 30 * METRE * random.nextGaussian());
                if (inner.covers(new GeometryFactory().createPoint(near))) {
                    assertThat(survey(layers, near.x, near.y).region()).hasValue(code);
                    looked++;
                }
            }
        }
        assertThat(looked).isPositive();
    }

    /**
     * A campus with a long shallow bay in its front: smoothed over, as JTS does before it draws a
     * distance, places would lie two metres nearer than they are.
     */
    @Test
    void whatIsDrawnAsNearIsNear() {
        Layer region =
                districts(
                        "region",
                        0,
                        "510104",
                        "POLYGON((103.9 30.5,104.2 30.5,104.2 30.8,103.9 30.8,103.9 30.5))");
        Layer school =
                TestLayers.layer(
                        "school",
                        "POLYGON((103 30,105 30,105 31,103 31,103 30))",
                        "POLYGON((104.05 30.64,104.056 30.64,104.056 30.65,104.0545 30.649983,"
                                + "104.0515 30.649983,104.05 30.65,104.05 30.64))");
        LayerSet layers = LayerSet.of(List.of(region, school));
        Ground ground = Ground.of(layers, "510104", 1, TODAY, Map.of()).orElseThrow();
        SiteSurveyor surveyor = new SiteSurveyor(layers);
        Geometry near =
                ground.toDegrees(
                        ground.below("site.distance.school", new BigDecimal(200)).get(0).where());
        Coordinate[] ring = near.getBoundary().getCoordinates();

        for (int i = 1; i < ring.length; i++) {
            for (double t = 0; t < 1; t += 0.05) {
                double lon = ring[i - 1].x + t * (ring[i].x - ring[i - 1].x);
                double lat = ring[i - 1].y + t * (ring[i].y - ring[i - 1].y);
                assertThat(metres(surveyor, lon, lat)).isLessThan(199.01);
            }
        }
    }

    private static double metres(SiteSurveyor surveyor, double lon, double lat) {
        try {
            Object fact =
                    surveyor.survey(
                                    SiteInput.at(
                                            new Coordinates(
                                                    lon,
                                                    lat,
                                                    Datum.CGCS2000,
                                                    OptionalDouble.of(1))),
                                    TODAY)
                            .facts()
                            .get("site.distance.school");
            if (fact instanceof FactValue.Number number) {
                return number.value().doubleValue();
            }
            throw new AssertionError(fact);
        } catch (SiteInputException e) {
            throw new AssertionError(e);
        }
    }
}

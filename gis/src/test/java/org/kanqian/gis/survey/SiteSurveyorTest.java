package org.kanqian.gis.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.Oracle;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Provenance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class SiteSurveyorTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final SiteSurveyor SAMPLES =
            new SiteSurveyor(LayerSet.load(Path.of("../samples/layers")));

    /** A square of 0.002° with its west edge at 104.002, covered from 104.000 on for 0.04°. */
    private static final Feature SCHOOL =
            new Feature("s", "甲校", "", box(104.002, 30.000, 104.004, 30.002));

    @Test
    void realShopsLieAsFarFromRealSchoolsAsTheReferenceSays() {
        int compared = 0;
        for (Map<String, String> row : Oracle.rows("haidian/expected-distances.csv")) {
            if (!"school".equals(row.get("school_kind"))) {
                continue;
            }
            FactValue fact =
                    survey(at(number(row, "lon"), number(row, "lat")))
                            .facts()
                            .getOrDefault("site.distance.school", missing());
            if (fact instanceof FactValue.Number n
                    && n.from() instanceof Provenance.Map m
                    && m.feature().equals(row.get("school_id"))) {
                assertThat(n.value().doubleValue())
                        .isCloseTo(number(row, "straight_m"), Offset.offset(0.05));
                assertThat(m.line()).hasSize(2);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    @Test
    void aSiteWithoutCoordinatesIsUnknownEverywhere() {
        SiteSurvey survey = SAMPLES.survey(SiteInput.nowhere(), TODAY);

        assertThat(survey.region()).isEmpty();
        assertThat(survey.facts()).isNotEmpty();
        assertThat(survey.facts().values())
                .allMatch(f -> f instanceof FactValue.Missing m && m.why() == Reason.SITE_UNKNOWN);
    }

    @Test
    void aSiteOutsideTheLayersIsUnknownAndNeverFarFromASchool() {
        SiteSurvey survey = survey(at(104.05, 30.70));

        assertThat(missing(survey, "site.distance.school").why())
                .isEqualTo(Reason.OUTSIDE_COVERAGE);
        assertThat(missing(survey, "site.inside.school").why()).isEqualTo(Reason.OUTSIDE_COVERAGE);
        assertThat(survey.region()).isNotEmpty();
        assertThat(survey.region().orElseThrow()).startsWith("5101");
    }

    @Test
    void theRegionIsToldInBothQuartersAndNotAtABorder() {
        assertThat(survey(at(116.3203, 40.0)).region()).contains("110108");
        assertThat(survey(at(121.3895, 31.317)).region()).contains("310113");
        assertThat(survey(at(116.30605, 40.0)).region()).isEmpty();
    }

    @Test
    void nothingNearerThanTheEdgeOfCoverageIsProvenBeyondIt() {
        // 96 m inside the western edge, the school 96 m further on: the edge decides nothing.
        FactValue near = one(104.001, 30.001).get("site.distance.school");
        // 29 m inside the edge, the school 164 m away: something nearer may lie outside.
        FactValue far = one(104.0003, 30.001).get("site.distance.school");

        assertThat(near).isInstanceOf(FactValue.Missing.class);
        assertThat(far).isInstanceOf(FactValue.Missing.class);
        FactValue.Missing m = (FactValue.Missing) Objects.requireNonNull(far);
        assertThat(m.why()).isEqualTo(Reason.OUTSIDE_COVERAGE);
        assertThat(Objects.requireNonNull(m.low()).doubleValue()).isBetween(0.0, 29.0);
        assertThat(Objects.requireNonNull(m.high()).doubleValue())
                .isCloseTo(164, Offset.offset(12.0));
    }

    @Test
    void aSiteInASchoolIsAtDistanceZeroAndInside() {
        Map<String, FactValue> facts = one(104.003, 30.001);

        assertThat(facts.get("site.inside.school"))
                .isInstanceOfSatisfying(FactValue.Flag.class, f -> assertThat(f.value()).isTrue());
        assertThat(facts.get("site.distance.school"))
                .isInstanceOfSatisfying(
                        FactValue.Number.class, n -> assertThat(n.value().signum()).isZero());
    }

    @Test
    void insideOrOutsideIsNotToldWithinTheError() {
        FactValue fact = one(104.00203, 30.001).get("site.inside.school");

        assertThat(fact)
                .isInstanceOfSatisfying(
                        FactValue.Missing.class,
                        m -> assertThat(m.why()).isEqualTo(Reason.WITHIN_ERROR));
    }

    @Test
    void aStaleLayerProvesNothing() {
        SiteSurvey survey =
                surveyor(layer(true, LocalDate.of(2020, 1, 1), SCHOOL))
                        .survey(at(104.02, 30.001), TODAY);

        assertThat(missing(survey, "site.distance.school").why()).isEqualTo(Reason.LAYER_STALE);
    }

    @Test
    void anIncompleteLayerBoundsTheDistanceFromAboveOnly() {
        SiteSurvey survey = surveyor(layer(false, TODAY, SCHOOL)).survey(at(104.02, 30.001), TODAY);

        FactValue.Missing m = missing(survey, "site.distance.school");
        assertThat(m.why()).isEqualTo(Reason.NOT_DRAWN);
        assertThat(m.low()).isEqualByComparingTo("0");
        assertThat(m.high()).isNotNull();
    }

    @Test
    void aSchoolDrawnAsAPointMayReachNearer() {
        Feature point =
                new Feature("p", "", "", FACTORY.createPoint(new Coordinate(104.01, 30.001)));
        FactValue fact =
                surveyor(layer(true, TODAY, point))
                        .survey(at(104.012, 30.001), TODAY)
                        .facts()
                        .get("site.distance.school");

        assertThat(fact)
                .isInstanceOfSatisfying(
                        FactValue.Number.class,
                        n -> {
                            assertThat(n.value().doubleValue()).isCloseTo(193, Offset.offset(1.0));
                            assertThat(n.error().doubleValue()).isGreaterThan(100);
                        });
    }

    @Test
    void moreThanOneDoorMeasuresFromTheNearest() {
        Coordinates middle = coordinates(104.006, 30.001);
        Geometry doors =
                FACTORY.createMultiPointFromCoords(
                        new Coordinate[] {
                            new Coordinate(104.006, 30.001), new Coordinate(104.005, 30.001)
                        });
        SiteSurvey survey =
                surveyor(layer(true, TODAY, SCHOOL))
                        .survey(new SiteInput(Optional.of(middle), Optional.of(doors)), TODAY);

        assertThat(survey.facts().get("site.distance.school"))
                .isInstanceOfSatisfying(
                        FactValue.Number.class,
                        n ->
                                assertThat(n.value().doubleValue())
                                        .isCloseTo(96.5, Offset.offset(0.5)));
    }

    @Test
    void plannedSchoolsAreMentionedAndDecideNothing() {
        SiteSurvey survey = survey(at(116.3240, 40.0009));

        assertThat(survey.planned()).anySatisfy(p -> assertThat(p.name()).isEqualTo("规划小学甲（演示）"));
        assertThat(survey.facts().keySet()).noneMatch(k -> k.contains("planned"));
    }

    @Test
    void swappedAndForeignAndSenselessCoordinatesAreRefused() {
        assertThatThrownBy(() -> survey(at(39.99, 116.32))).hasMessageContaining("swapped");
        assertThatThrownBy(() -> survey(at(2.35, 48.85))).hasMessageContaining("Outside China");
        assertThatThrownBy(() -> survey(at(Double.NaN, 30)))
                .isInstanceOfSatisfying(
                        SiteInputException.class,
                        e -> assertThat(e.pointer()).isEqualTo("/coordinates"));
    }

    @Test
    void anEntranceFarFromTheSiteIsRefused() {
        SiteInput site =
                new SiteInput(
                        Optional.of(coordinates(104.02, 30.001)),
                        Optional.of(FACTORY.createPoint(new Coordinate(104.03, 30.001))));

        assertThatThrownBy(() -> SAMPLES.survey(site, TODAY)).hasMessageContaining("500");
    }

    private static Map<String, FactValue> one(double lon, double lat) {
        return surveyor(layer(true, TODAY, SCHOOL)).survey(at(lon, lat), TODAY).facts();
    }

    private static SiteSurveyor surveyor(Layer... layers) {
        return new SiteSurveyor(new LayerSet(List.of(layers)));
    }

    private static Layer layer(boolean complete, LocalDate surveyed, Feature... features) {
        return new Layer(
                new Layer.About("s", "school", "学校", "测试", "CC0", surveyed, 365, 2, 100, complete),
                "sha256:0",
                box(104.000, 29.98, 104.04, 30.02),
                List.of(features));
    }

    private static Geometry box(double west, double south, double east, double north) {
        return FACTORY.toGeometry(new Envelope(west, east, south, north));
    }

    private static SiteSurvey survey(SiteInput site) {
        return SAMPLES.survey(site, TODAY);
    }

    private static SiteInput at(double lon, double lat) {
        return new SiteInput(Optional.of(coordinates(lon, lat)), Optional.empty());
    }

    private static Coordinates coordinates(double lon, double lat) {
        return new Coordinates(lon, lat, Datum.CGCS2000, OptionalDouble.of(3));
    }

    private static FactValue missing() {
        return new FactValue.Missing(Reason.NOT_ANSWERED, "");
    }

    private static FactValue.Missing missing(SiteSurvey survey, String fact) {
        return (FactValue.Missing) Objects.requireNonNull(survey.facts().get(fact), fact);
    }

    private static double number(Map<String, String> row, String name) {
        return Double.parseDouble(Objects.requireNonNull(row.get(name), name));
    }
}

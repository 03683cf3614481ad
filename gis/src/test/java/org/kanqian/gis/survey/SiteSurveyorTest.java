package org.kanqian.gis.survey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.kanqian.gis.TestLayers.TODAY;
import static org.kanqian.gis.TestLayers.layer;
import static org.kanqian.gis.TestLayers.wkt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.layer.Declaration;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Provenance;
import org.locationtech.jts.geom.Geometry;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SiteSurveyorTest {
    private static final Path SITE_FACTS = Path.of("src/test/resources/facts/site-facts.tsv");

    private static final String BOX = "POLYGON((116 39,117 39,117 41,116 41,116 39))";
    private static final String CAMPUS =
            "POLYGON((116.30 39.90,116.31 39.90,116.31 39.91,116.30 39.91,116.30 39.90))";

    @Test
    void aDistanceCarriesBothEndsTheLayerAndTheErrorOfSiteAndLayer() throws Exception {
        SiteSurvey survey = survey(116.298, 39.905, layer("school", 5, BOX, CAMPUS));

        FactValue.Number distance = (FactValue.Number) fact(survey, "site.distance.school");
        assertThat(distance.value().doubleValue()).isCloseTo(171.1, within(0.2));
        assertThat(distance.error().doubleValue()).isCloseTo(6, within(0.02));
        assertThat(distance.unit()).isEqualTo("m");
        Provenance.Map from = (Provenance.Map) distance.from();
        assertThat(from.layer()).isEqualTo("school");
        assertThat(from.version()).isEqualTo("sha256:test");
        assertThat(from.feature()).isEqualTo("school/0");
        assertThat(from.line()).hasSize(2);
        assertThat(from.line().get(0).x()).isCloseTo(116.298, within(1e-9));
        assertThat(survey.layerVersions()).containsEntry("school", "sha256:test");
    }

    @Test
    void theDatumMovesTheSiteAndAddsItsError() throws Exception {
        LayerSet layers = LayerSet.of(List.of(layer("school", BOX, CAMPUS)));
        var gcj = Datum.GCJ02.fromCgcs2000(116.298, 39.905);
        Coordinates given =
                new Coordinates(gcj.lon(), gcj.lat(), Datum.GCJ02, OptionalDouble.of(1));

        SiteSurvey survey = new SiteSurveyor(layers).survey(SiteInput.at(given), TODAY);

        ResolvedSite site = survey.resolved().orElseThrow();
        assertThat(site.lon()).isCloseTo(116.298, within(1e-7));
        assertThat(site.accuracyMetres()).isEqualTo(3);
        FactValue.Number distance = (FactValue.Number) fact(survey, "site.distance.school");
        assertThat(distance.value().doubleValue()).isCloseTo(171.1, within(0.2));
    }

    @Test
    void anAccuracyNobodyStatedIsNotZero() throws Exception {
        Coordinates given =
                new Coordinates(116.298, 39.905, Datum.CGCS2000, OptionalDouble.empty());

        SiteSurvey survey = new SiteSurveyor(LayerSet.empty()).survey(SiteInput.at(given), TODAY);

        assertThat(survey.resolved().orElseThrow().accuracyMetres())
                .isEqualTo(SiteSurveyor.USUAL_ACCURACY);
    }

    @Test
    void nearTheEdgeOfCoverageTheDistanceIsUnknownWithBothBounds() throws Exception {
        SiteSurvey survey = survey(116.997, 39.905, layer("school", BOX, "POINT(116.98 39.905)"));

        Missing missing = missing(survey, "site.distance.school", Reason.OUTSIDE_COVERAGE);
        assertThat(number(missing.low())).isCloseTo(255.5, within(0.5));
        assertThat(number(missing.high())).isCloseTo(1454.6, within(1.0));
    }

    @Test
    void noFeatureAtAllIsNoProofBeyondTheEdge() throws Exception {
        SiteSurvey survey = survey(116.997, 39.905, layer("school", BOX));

        Missing missing = missing(survey, "site.distance.school", Reason.OUTSIDE_COVERAGE);
        assertThat(number(missing.low())).isCloseTo(255.5, within(0.5));
        assertThat(missing.high()).isNull();
    }

    @Test
    void outsideCoverageAFeatureStillBoundsTheDistanceFromAbove() throws Exception {
        SiteSurvey survey = survey(117.001, 39.905, layer("school", BOX, "POINT(116.98 39.905)"));

        Missing missing = missing(survey, "site.distance.school", Reason.OUTSIDE_COVERAGE);
        assertThat(missing.low()).isNull();
        assertThat(number(missing.high())).isCloseTo(1797, within(2.0));
        missing(survey, "site.inside.school", Reason.OUTSIDE_COVERAGE);
    }

    @Test
    void withoutLayersEveryFactIsMissingAndSaysSo() throws Exception {
        SiteSurvey survey = survey(116.3, 39.9);

        assertThat(survey.facts()).hasSizeGreaterThan(20);
        assertThat(survey.facts().values())
                .allSatisfy(
                        v -> {
                            assertThat(v).isInstanceOf(Missing.class);
                            assertThat(((Missing) v).why()).isEqualTo(Reason.NO_LAYER);
                        });
        assertThat(survey.region()).isEmpty();
    }

    @Test
    void everyFactTheVocabularyExpectsFromTheMapIsSupplied() throws Exception {
        Object vocabulary =
                new Load(LoadSettings.builder().build())
                        .loadFromString(
                                Files.readString(Path.of("../standards/vocabulary/facts.yaml")));
        Map<?, ?> facts = (Map<?, ?>) requireNonNull(((Map<?, ?>) vocabulary).get("facts"));
        SiteSurvey located = survey(116.3, 39.9);
        SiteSurvey unknown = new SiteSurveyor(LayerSet.empty()).survey(SiteInput.at("火星"), TODAY);

        for (Map.Entry<?, ?> entry : facts.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (entry.getValue() instanceof Map<?, ?> f
                    && f.get("sources") instanceof List<?> sources
                    && sources.contains("map")
                    && !located.facts().containsKey(name)) {
                String kind = name.replaceFirst("^site\\.(distance|inside)\\.", "");
                if (kind.equals(name)) {
                    // Not of a family: SiteFactsTest knows what tells it.
                    assertThat(Files.readString(SITE_FACTS)).contains("\n" + name + "\t");
                    continue;
                }
                SiteSurveyor withLayer =
                        new SiteSurveyor(LayerSet.of(List.of(layer(kind, BOX, CAMPUS))));
                assertThat(
                                withLayer
                                        .survey(SiteInput.at(coordinates(116.298, 39.905)), TODAY)
                                        .facts())
                        .as("with a layer of kind %s", kind)
                        .containsKey(name);
            }
        }
        assertThat(unknown.facts().keySet()).isEqualTo(located.facts().keySet());
    }

    @Test
    void aLayerPastItsAgeIsStale() throws Exception {
        SiteSurveyor surveyor =
                new SiteSurveyor(LayerSet.of(List.of(layer("school", BOX, CAMPUS))));
        SiteInput site = SiteInput.at(coordinates(116.298, 39.905));

        SiteSurvey later = surveyor.survey(site, TODAY.plusYears(2));

        missing(later, "site.distance.school", Reason.LAYER_STALE);
        missing(later, "site.inside.school", Reason.LAYER_STALE);
        assertThat(fact(surveyor.survey(site, TODAY), "site.distance.school"))
                .isInstanceOf(FactValue.Number.class);
    }

    @Test
    void insideIsToldOnlyBeyondTheError() throws Exception {
        Layer zone = layer("residential_compound", 5, BOX, CAMPUS);
        String fact = "site.inside.residential_compound";

        assertThat(((FactValue.Flag) fact(survey(116.305, 39.905, zone), fact)).value()).isTrue();
        assertThat(((FactValue.Flag) fact(survey(116.298, 39.905, zone), fact)).value()).isFalse();
        missing(survey(116.30002, 39.905, zone), fact, Reason.WITHIN_ERROR);
    }

    @Test
    void distancesStartAtTheNearestEntrance() throws Exception {
        SiteInput input = with(wkt("MULTIPOINT((116.298 39.905),(116.2985 39.905))"), null);
        SiteSurveyor surveyor =
                new SiteSurveyor(LayerSet.of(List.of(layer("school", BOX, CAMPUS))));

        SiteSurvey survey = surveyor.survey(input, TODAY);

        FactValue.Number distance = (FactValue.Number) fact(survey, "site.distance.school");
        assertThat(distance.value().doubleValue()).isCloseTo(128.3, within(0.2));
    }

    @Test
    void premisesPartlyInAZoneAreNotInsideForSure() throws Exception {
        SiteInput input =
                with(
                        null,
                        wkt(
                                "POLYGON((116.298 39.905,116.301 39.905,116.301 39.9051,"
                                        + "116.298 39.9051,116.298 39.905))"));
        SiteSurveyor surveyor =
                new SiteSurveyor(LayerSet.of(List.of(layer("school", BOX, CAMPUS))));

        missing(surveyor.survey(input, TODAY), "site.inside.school", Reason.WITHIN_ERROR);
    }

    @Test
    void gatesAreMeasuredToTheGateAndUnknownWhereNoneIsDrawn() throws Exception {
        Layer schools = layer("school", BOX, CAMPUS);
        Layer gates = gates("school/0", "POINT(116.305 39.91)");

        SiteSurvey drawn = survey(116.298, 39.905, schools, gates);
        SiteSurvey bare = survey(116.298, 39.905, schools);

        FactValue.Number gate = (FactValue.Number) fact(drawn, "site.gates.school");
        assertThat(gate.value().doubleValue()).isCloseTo(816.4, within(1.0));
        Missing missing = missing(bare, "site.gates.school", Reason.NOT_DRAWN);
        assertThat(number(missing.low())).isCloseTo(170.1, within(0.2));
    }

    @Test
    void aNearerSchoolWithoutGatesLeavesTheNearestGateOpen() throws Exception {
        String nearer = "POLYGON((116.295 39.905,116.296 39.905,116.296 39.906,116.295 39.905))";
        Layer schools = layer("school", BOX, CAMPUS, nearer);
        Layer gates = gates("school/0", "POINT(116.305 39.91)");

        SiteSurvey survey = survey(116.298, 39.905, schools, gates);

        Missing missing = missing(survey, "site.gates.school", Reason.NOT_DRAWN);
        assertThat(number(missing.low())).isCloseTo(170, within(1.0));
        // No farther than the farthest corner of the campus whose gate is not drawn.
        assertThat(number(missing.high())).isCloseTo(257.6, within(1.0));
        assertThat(missing.detail()).contains("量到", "171 米", "258 米", "门不在图上");
        assertThat(missing.seen().orElseThrow().line()).hasSize(2);
        assertThat(missing.seen().orElseThrow().how()).contains("所给坐标点", "边界最近处");
    }

    @Test
    void aSchoolDrawnAsAPointIsThatPointWithinTheAccuracyOfItsLayer() throws Exception {
        Layer point = layer("school", 5, BOX, "POINT(116.296 39.905)");
        Declaration wide =
                new Declaration(
                        "s",
                        "school",
                        "s",
                        SourceCrs.of(Datum.CGCS2000),
                        "t",
                        "CC0-1.0",
                        TODAY.minusDays(1),
                        365,
                        5,
                        60,
                        false);
        Layer campus = Layer.of(wide, "sha256:test", wkt(BOX), point.features());

        FactValue.Number known =
                (FactValue.Number) fact(survey(116.298, 39.905, point), "site.gates.school");
        Missing open =
                missing(survey(116.298, 39.905, campus), "site.gates.school", Reason.NOT_DRAWN);

        assertThat(known.value().doubleValue()).isCloseTo(171, within(0.2));
        assertThat(known.error().doubleValue()).isCloseTo(6, within(0.02));
        assertThat(number(open.low())).isCloseTo(171 - 66, within(0.2));
        assertThat(number(open.high())).isCloseTo(171 + 66, within(0.2));
        assertThat(open.detail()).contains("只有一个点", "门不在图上");
    }

    @Test
    void aGateOnTheOutlineIsTheGateOfThatCampusOnly() throws Exception {
        Layer schools = layer("school", 3, BOX, CAMPUS);
        Layer onOutline = anyGate(Map.of(), "POINT(116.30002 39.908)");
        Layer off = anyGate(Map.of(), "POINT(116.2995 39.908)");
        Layer shut = anyGate(Map.of("walk", "no"), "POINT(116.30002 39.908)");

        FactValue.Number gate =
                (FactValue.Number)
                        fact(survey(116.298, 39.905, schools, onOutline), "site.gates.school");

        assertThat(gate.value().doubleValue()).isCloseTo(375.2, within(0.1));
        missing(survey(116.298, 39.905, schools, off), "site.gates.school", Reason.NOT_DRAWN);
        missing(survey(116.298, 39.905, schools, shut), "site.gates.school", Reason.NOT_DRAWN);
    }

    @Test
    void aGateOnAWallTwoCampusesShareIsNeithersForSure() throws Exception {
        String other =
                "POLYGON((116.30 39.91,116.31 39.91,116.31 39.92,116.30 39.92,116.30 39.91))";
        Layer schools = layer("school", 3, BOX, CAMPUS, other);
        Layer gate = anyGate(Map.of(), "POINT(116.305 39.91)");

        Missing missing =
                missing(
                        survey(116.298, 39.905, schools, gate),
                        "site.gates.school",
                        Reason.NOT_DRAWN);

        assertThat(number(missing.low())).isCloseTo(167, within(1.0));
    }

    @Test
    void aGateLayerThatEndsBeforeTheCampusDoesNotShowAllItsGates() throws Exception {
        Layer schools = layer("school", BOX, CAMPUS);
        Layer gates =
                layer(
                        "school_gate",
                        0,
                        365,
                        wkt("POLYGON((116.30 39.909,116.32 39.909,116.32 39.92,116.30 39.909))"),
                        List.of(
                                new Feature(
                                        "gate/0",
                                        wkt("POINT(116.305 39.91)"),
                                        Map.of("of", "school/0"))));

        Missing missing =
                missing(
                        survey(116.298, 39.905, schools, gates),
                        "site.gates.school",
                        Reason.NOT_DRAWN);

        assertThat(number(missing.low())).isCloseTo(170.1, within(0.2));
        assertThat(number(missing.high())).isCloseTo(817.4, within(1.0));
    }

    @Test
    void aGateThatStandsAwayFromItsCampusIsStillItsGate() throws Exception {
        Layer schools = layer("school", BOX, CAMPUS);
        Layer gates = gates("school/0", "POINT(116.29 39.905)");

        FactValue.Number gate =
                (FactValue.Number)
                        fact(survey(116.298, 39.905, schools, gates), "site.gates.school");

        assertThat(gate.value().doubleValue()).isCloseTo(684.1, within(1.0));
    }

    private static Layer anyGate(Map<String, String> attributes, String point) {
        return layer("gate", 2, 365, wkt(BOX), List.of(new Feature("g", wkt(point), attributes)));
    }

    @Test
    void aWalkLeadsOverTheRoadsToAGate() throws Exception {
        Layer schools = layer("school", BOX, CAMPUS);
        Layer gates = gates("school/0", "POINT(116.305 39.91)");
        Layer roads =
                layer("road", BOX, "LINESTRING(116.298 39.904,116.298 39.911,116.306 39.911)");

        SiteSurvey survey = survey(116.298, 39.905, schools, gates, roads);

        FactValue.Number walk = (FactValue.Number) fact(survey, "site.walking.school");
        assertThat(walk.value().doubleValue()).isCloseTo(666 + 598 + 111, within(3.0));
        assertThat(((Provenance.Map) walk.from()).line()).hasSizeGreaterThan(3);
        missing(survey(116.298, 39.905, schools, gates), "site.walking.school", Reason.NO_LAYER);
        missing(survey(116.298, 39.905, schools, roads), "site.walking.school", Reason.NOT_DRAWN);
    }

    @Test
    void aWalkThatMightBeShorterOutsideTheRoadLayerIsNotKnown() throws Exception {
        Layer schools = layer("school", BOX, CAMPUS);
        Layer gates = gates("school/0", "POINT(116.305 39.91)");
        Layer roads =
                layer(
                        "road",
                        "POLYGON((116.29 39.904,116.31 39.904,116.31 39.912,116.29 39.912,"
                                + "116.29 39.904))",
                        "LINESTRING(116.298 39.904,116.298 39.911,116.306 39.911)");

        SiteSurvey survey = survey(116.298, 39.905, schools, gates, roads);

        Missing missing = missing(survey, "site.walking.school", Reason.OUTSIDE_COVERAGE);
        assertThat(number(missing.low())).isCloseTo(110, within(1.0));
        assertThat(number(missing.high())).isGreaterThan(1370);
    }

    @Test
    void theRegionIsUnknownWithinTheErrorOfABorder() throws Exception {
        Layer regions =
                layer(
                        "region",
                        150,
                        365,
                        wkt(BOX),
                        List.of(new Feature("110108", wkt(BOX), Map.of("code", "110108"))));

        assertThat(survey(116.5, 40, regions).region()).contains("110108");
        assertThat(survey(116.001, 40, regions).region()).isEmpty();
        assertThat(survey(115.9, 40, regions).region()).isEmpty();
    }

    @Test
    void statedFloorAndUseAreFactsOfTheRequest() throws Exception {
        SiteInput input =
                new SiteInput(
                        Optional.empty(),
                        Optional.of(coordinates(116.3, 39.9)),
                        Optional.of(-1),
                        Optional.of("residential"),
                        Optional.empty(),
                        Optional.empty());

        SiteSurvey survey = new SiteSurveyor(LayerSet.empty()).survey(input, TODAY);

        FactValue.Number floor = (FactValue.Number) fact(survey, "site.floor");
        assertThat(floor.value()).isEqualByComparingTo("-1");
        assertThat(((FactValue.Choice) fact(survey, "site.building.use")).value()).isEqualTo("住宅");
        assertThat(((FactValue.Flag) fact(survey, "site.building.residential")).value()).isTrue();
    }

    @Test
    void anAddressOfTwoPlacesLeavesTheSiteUnknown() throws Exception {
        SiteSurveyor surveyor = new SiteSurveyor(LayerSet.of(List.of(addresses())));

        SiteSurvey one = surveyor.survey(SiteInput.at("北京市海淀区成府路101号"), TODAY);
        SiteSurvey two = surveyor.survey(SiteInput.at("北京市海淀区华清嘉园12-8"), TODAY);
        SiteSurvey none = surveyor.survey(SiteInput.at("北京市海淀区成府路999号"), TODAY);

        assertThat(one.resolved()).isPresent();
        assertThat(one.candidates()).isEmpty();
        assertThat(two.resolved()).isEmpty();
        assertThat(two.candidates()).hasSize(2);
        missing(two, "site.distance.school", Reason.SITE_UNKNOWN);
        assertThat(none.resolved()).isEmpty();
        assertThat(none.candidates()).isEmpty();
        missing(none, "site.inside.school", Reason.SITE_UNKNOWN);
    }

    @Test
    void anAddressFarFromTheCoordinatesIsAContradiction() {
        SiteInput input =
                new SiteInput(
                        Optional.of("北京市海淀区成府路101号"),
                        Optional.of(coordinates(116.4, 39.9)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        SiteInputException thrown =
                refused(new SiteSurveyor(LayerSet.of(List.of(addresses()))), input);

        assertThat(thrown.pointer()).isEqualTo("/site/coordinates");
    }

    @Test
    void anAddressInAnotherDistrictThanTheCoordinatesIsAContradiction() {
        Layer region =
                layer(
                        "region",
                        5,
                        365,
                        wkt(BOX),
                        List.of(
                                new Feature(
                                        "r", wkt(BOX), Map.of("name", "海淀区", "code", "110108"))));
        SiteSurveyor surveyor = new SiteSurveyor(LayerSet.of(List.of(region)));

        SiteInputException thrown = refused(surveyor, with("上海市宝山区上大路99号"));

        assertThat(thrown.pointer()).isEqualTo("/site/address");
        assertThat(thrown.zh()).contains("宝山区", "110108");
        assertThatCode(() -> surveyor.survey(with("北京市海淀区没有的路1号"), TODAY))
                .doesNotThrowAnyException();
        assertThatCode(() -> surveyor.survey(with("没有的路1号"), TODAY)).doesNotThrowAnyException();
    }

    private static SiteInput with(String address) {
        return new SiteInput(
                Optional.of(address),
                Optional.of(coordinates(116.33, 39.99)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "39.9, 116.3, 5, /site/coordinates, 填反",
        "7.42, 43.73, 5, /site/coordinates, 中国",
        "179.99, 39.9, 5, /site/coordinates, 中国",
        "116.3, 90, 5, /site/coordinates, 中国",
        "0, 0, 5, /site/coordinates, 中国",
        "-179.99, 39.9, 5, /site/coordinates, 中国",
        "136.4, 39.9, 5, /site/coordinates, 只差 0.40 度",
        "104.05, 2.75, 5, /site/coordinates, 只差 0.25 度",
        "-Infinity, 39.9, 5, /site/coordinates/lon, 不是数",
        "116.3, NaN, 5, /site/coordinates/lat, 不是数",
        "116.3, 39.9, Infinity, /site/coordinates/accuracy, 精度",
        "116.3, 39.9, 5001, /site/coordinates/accuracy, 精度",
        "1e300, 39.9, 5, /site/coordinates, 中国",
        "NaN, 39.9, 5, /site/coordinates/lon, 不是数",
        "116.3, Infinity, 5, /site/coordinates/lat, 不是数",
        "116.3, 39.9, -1, /site/coordinates/accuracy, 精度",
        "116.3, 39.9, NaN, /site/coordinates/accuracy, 精度",
    })
    void nonsenseCoordinatesAreRefusedByField(
            double lon, double lat, double accuracy, String pointer, String says) {
        SiteInput input =
                SiteInput.at(new Coordinates(lon, lat, Datum.WGS84, OptionalDouble.of(accuracy)));

        SiteInputException thrown = refused(new SiteSurveyor(LayerSet.empty()), input);

        assertThat(thrown.pointer()).isEqualTo(pointer);
        assertThat(thrown.zh()).contains(says);
        assertThat(thrown.en()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POINT(116.32 39.905)||/site/entrances|500 米",
                "POINT(39.905 116.298)||/site/entrances|填反",
                "POINT(0 0)||/site/entrances|中国",
                "POINT EMPTY||/site/entrances|点",
                "MULTIPOINT EMPTY||/site/entrances|点",
                "POINT(116.298 39.995)||/site/entrances|500 米",
                "LINESTRING(116.298 39.905,116.298 39.999)||/site/entrances|500 米",
                "MULTIPOINT((116.298 39.905),(179.9 39.905))||/site/entrances|中国",
                "|POLYGON EMPTY|/site/boundary|多边形",
                "|POLYGON((-179 39,179 39,179 40,-179 40,-179 39))|/site/boundary|中国",
                "|POLYGON((39.905 116.298,39.906 116.298,39.906 116.299,39.905 116.298))|/site/boundary|填反",
                "POLYGON((116.298 39.905,116.299 39.905,116.299 39.906,116.298 39.905))||/site/entrances|点",
                "|POLYGON((116.298 39.905,116.299 39.906,116.299 39.905,116.298 39.906,116.298 39.905))|/site/boundary|自相交",
                "|POLYGON((116.25 39.85,116.35 39.85,116.35 39.95,116.25 39.95,116.25 39.85))|/site/boundary|平方公里",
                "|POLYGON((116.32 39.9,116.321 39.9,116.321 39.901,116.32 39.9))|/site/boundary|500 米",
                "|LINESTRING(116.298 39.905,116.299 39.906)|/site/boundary|多边形",
            })
    void partsThatCannotBelongToTheSiteAreRefused(
            @Nullable String entrances, @Nullable String boundary, String pointer, String says) {
        SiteInput input =
                with(
                        entrances == null ? null : wkt(entrances),
                        boundary == null ? null : wkt(boundary));

        SiteInputException thrown = refused(new SiteSurveyor(LayerSet.empty()), input);

        assertThat(thrown.pointer()).isEqualTo(pointer);
        assertThat(thrown.zh()).contains(says);
    }

    @Test
    void aBoundaryOfAMillionCornersAndAThousandDoorsAreRefusedAtOnce() {
        org.locationtech.jts.geom.Coordinate[] ring =
                new org.locationtech.jts.geom.Coordinate[1_000_001];
        for (int i = 0; i < ring.length - 1; i++) {
            double turn = 2 * Math.PI * i / (ring.length - 1);
            ring[i] =
                    new org.locationtech.jts.geom.Coordinate(
                            116.298 + 1e-4 * Math.cos(turn), 39.905 + 1e-4 * Math.sin(turn));
        }
        ring[ring.length - 1] = ring[0].copy();
        var factory = new org.locationtech.jts.geom.GeometryFactory();
        SiteSurveyor surveyor = new SiteSurveyor(LayerSet.empty());

        SiteInputException corners = refused(surveyor, with(null, factory.createPolygon(ring)));
        SiteInputException doors =
                refused(
                        surveyor,
                        with(
                                factory.createMultiPointFromCoords(
                                        java.util.Arrays.copyOf(ring, 1_000)),
                                null));

        assertThat(corners.pointer()).isEqualTo("/site/boundary");
        assertThat(corners.zh()).contains("一万");
        assertThat(corners.en()).contains("10,000");
        assertThat(doors.pointer()).isEqualTo("/site/entrances");
        assertThat(doors.en()).contains("100");
    }

    @Test
    void cornersThatAreNoNumbersAreRefused() {
        var factory = new org.locationtech.jts.geom.GeometryFactory();
        Geometry broken =
                factory.createLineString(
                        new org.locationtech.jts.geom.Coordinate[] {
                            new org.locationtech.jts.geom.Coordinate(116.298, 39.905),
                            new org.locationtech.jts.geom.Coordinate(Double.NaN, 39.905)
                        });
        Geometry endless =
                factory.createPoint(
                        new org.locationtech.jts.geom.Coordinate(Double.POSITIVE_INFINITY, 39.905));
        SiteSurveyor surveyor = new SiteSurveyor(LayerSet.empty());

        assertThat(refused(surveyor, with(broken, null)).pointer()).isEqualTo("/site/entrances");
        assertThat(refused(surveyor, with(endless, null)).pointer()).isEqualTo("/site/entrances");
    }

    @Test
    void floorZeroAnUnknownUseAndPartsWithoutADatumAreRefused() {
        SiteSurveyor surveyor = new SiteSurveyor(LayerSet.empty());
        Optional<Coordinates> here = Optional.of(coordinates(116.3, 39.9));
        Optional<String> none = Optional.empty();
        Optional<Geometry> nowhere = Optional.empty();

        assertThat(
                        refused(
                                        surveyor,
                                        new SiteInput(
                                                none, here, Optional.of(0), none, nowhere, nowhere))
                                .pointer())
                .isEqualTo("/site/floor");
        assertThat(
                        refused(
                                        surveyor,
                                        new SiteInput(
                                                none,
                                                here,
                                                Optional.empty(),
                                                Optional.of("castle"),
                                                nowhere,
                                                nowhere))
                                .pointer())
                .isEqualTo("/site/building/use");
        assertThat(
                        refused(
                                        surveyor,
                                        new SiteInput(
                                                none,
                                                Optional.empty(),
                                                Optional.empty(),
                                                none,
                                                Optional.of(wkt("POINT(116.3 39.9)")),
                                                nowhere))
                                .pointer())
                .isEqualTo("/site/coordinates");
    }

    private static Layer gates(String of, String point) {
        return layer(
                "school_gate",
                0,
                365,
                wkt(BOX),
                List.of(new Feature("gate/0", wkt(point), Map.of("of", of))));
    }

    private static Layer addresses() {
        Geometry here = wkt("POINT(116.33 39.99)");
        return layer(
                "address",
                5,
                365,
                wkt(BOX),
                List.of(
                        new Feature("a", here, Map.of("address", "北京市海淀区成府路101号")),
                        new Feature("b", here, Map.of("address", "北京市海淀区华清嘉园12-8")),
                        new Feature("c", here, Map.of("address", "北京市海淀区华清嘉园12-8"))));
    }

    private static SiteInput with(@Nullable Geometry entrances, @Nullable Geometry boundary) {
        return new SiteInput(
                Optional.empty(),
                Optional.of(coordinates(116.298, 39.905)),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(entrances),
                Optional.ofNullable(boundary));
    }

    private static Coordinates coordinates(double lon, double lat) {
        return new Coordinates(lon, lat, Datum.CGCS2000, OptionalDouble.of(1));
    }

    private static SiteSurvey survey(double lon, double lat, Layer... layers) throws Exception {
        return new SiteSurveyor(LayerSet.of(List.of(layers)))
                .survey(SiteInput.at(coordinates(lon, lat)), TODAY);
    }

    private static SiteInputException refused(SiteSurveyor surveyor, SiteInput input) {
        SiteInputException thrown =
                catchThrowableOfType(SiteInputException.class, () -> surveyor.survey(input, TODAY));
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static FactValue fact(SiteSurvey survey, String name) {
        FactValue value = survey.facts().get(name);
        if (value == null) {
            throw new AssertionError("no fact " + name + " in " + survey.facts().keySet());
        }
        return value;
    }

    private static Missing missing(SiteSurvey survey, String name, Reason why) {
        FactValue value = fact(survey, name);
        assertThat(value).as(name).isInstanceOf(Missing.class);
        assertThat(((Missing) value).why()).as(name).isEqualTo(why);
        assertThat(((Missing) value).detail()).isNotBlank();
        return (Missing) value;
    }

    private static double number(java.math.@Nullable BigDecimal value) {
        if (value == null) {
            throw new AssertionError("no bound");
        }
        return value.doubleValue();
    }
}

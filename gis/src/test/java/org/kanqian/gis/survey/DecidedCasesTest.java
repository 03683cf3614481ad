package org.kanqian.gis.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kanqian.gis.TestLayers.layer;
import static org.kanqian.gis.TestLayers.wkt;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Provenance;
import org.locationtech.jts.geom.Geometry;

/**
 * What courts and ministries have decided about distances, in metres east and north of one corner.
 * The provinces' and the years' rules are in {@code rules}: {@code DecidedRulesTest}.
 */
class DecidedCasesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final String BOX = "POLYGON((116 39,117 39,117 41,116 41,116 39))";
    private static final double EAST = Ellipsoid.metresPerDegreeEast(39.9);
    private static final double NORTH = Ellipsoid.metresPerDegreeNorth(39.9);

    /**
     * C01, Ziyang: from which gate to which door was the issue, and whether the stairs count. Outer
     * and inner gate stand 15.1 m apart, 23 m of the way are inside the building.
     */
    @Test
    void c01TheAnswerSaysFromWhichDoorToWhichGateAndThatStairsAreNotCounted() throws Exception {
        Layer schools = schools(feature("s", area(0, 20, 100, 120), Map.of("name", "某中学")));
        Layer roads = roads("0 0", "400 0");
        Layer gates =
                layer(
                        "school_gate",
                        0,
                        365,
                        wkt(BOX),
                        List.of(
                                feature("outer", point(50, 5), gate("外校门")),
                                feature("inner", point(50, 20.1), gate("内校门"))));

        FactValue.Number streetDoor = walk(site(247, 1), schools, gates, roads);
        FactValue.Number shopDoor = walk(site(247 + 23, 1), schools, gates, roads);
        FactValue wideBand = fact(site(252, 40), WALKING, schools, gates, roads);

        assertThat(streetDoor.value().doubleValue()).isCloseTo(197 + 5 + 5, within(1.0));
        assertThat(shopDoor.value().doubleValue() - streetDoor.value().doubleValue())
                .isCloseTo(23, within(0.1));
        Provenance.Map from = (Provenance.Map) streetDoor.from();
        assertThat(from.name()).isEqualTo("外校门");
        assertThat(from.how()).contains("从所给坐标点", "“外校门”", "不含楼内步行");
        assertThat(from.line().get(0).x()).isCloseTo(116.3 + 247 / EAST, within(1e-7));
        // Where the start is only known to 40 m, 212 m is not proven to be over 200 m.
        FactValue.Number wide = (FactValue.Number) wideBand;
        assertThat(wide.value().subtract(wide.error()).doubleValue()).isLessThan(200);
        assertThat(wide.value().add(wide.error()).doubleValue()).isGreaterThan(200);
    }

    /** C02, Nanchong: over 200 m in one way, 164.8 m in another; both are right. */
    @Test
    void c02TheSamePairHasADistanceForEachWayAndEachNamesItsWay() throws Exception {
        Layer schools = schools(feature("s", area(165, -50, 300, 50), Map.of("name", "某小学")));
        Layer gates =
                layer(
                        "school_gate",
                        0,
                        365,
                        wkt(BOX),
                        List.of(feature("g", point(300, 0), gate("东门"))));
        SiteSurvey survey =
                survey(site(0, 0), TODAY, schools, gates, roads("0 -80", "300 -80", "300 0"));

        FactValue.Number wall = number(survey, "site.distance.school");
        FactValue.Number gate = number(survey, "site.gates.school");
        FactValue.Number walk = number(survey, "site.walking.school");

        assertThat(wall.value().doubleValue()).isCloseTo(165, within(0.1));
        assertThat(gate.value().doubleValue()).isCloseTo(300, within(0.1));
        assertThat(walk.value().doubleValue()).isCloseTo(80 + 300 + 80, within(1.0));
        assertThat(how(wall)).contains("直线", "边界最近处");
        assertThat(how(gate)).contains("直线", "东门");
        assertThat(how(walk)).contains("步行", "东门");
    }

    /** C03, the State Council's office: straight from any point of the wall or boundary. */
    @Test
    void c03TheBoundaryIsMeasuredAtItsNearestPointAndVocationalSchoolsAreSchools()
            throws Exception {
        // The middle of the long side is nearest, and no corner is near it.
        Layer schools =
                schools(
                        feature(
                                "v",
                                area(199, -300, 500, 300),
                                Map.of("name", "某职业高中", "amenity", "school")));

        FactValue.Number found = number(survey(site(0, 0), TODAY, schools), "site.distance.school");

        assertThat(found.value().doubleValue()).isCloseTo(199, within(0.05));
        Provenance.Map from = (Provenance.Map) found.from();
        assertThat(from.name()).isEqualTo("某职业高中");
        assertThat(from.line().get(1).y()).isCloseTo(39.9, within(1e-6));
    }

    /** C04, Guangdong: from any gate to any door, on foot; the nearest pair counts. */
    @Test
    void c04OfSeveralDoorsAndGatesTheNearestPairCounts() throws Exception {
        Layer schools = schools(feature("s", area(300, 20, 500, 120), Map.of("name", "某中学")));
        Layer gates =
                layer(
                        "school_gate",
                        0,
                        365,
                        wkt(BOX),
                        List.of(
                                feature("far", point(480, 20), gate("东门")),
                                feature("near", point(320, 20), gate("西门"))));
        SiteInput twoDoors =
                new SiteInput(
                        Optional.empty(),
                        Optional.of(coordinates(0, 0)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(wkt("MULTIPOINT((" + at(0, 5) + "),(" + at(60, 5) + "))")),
                        Optional.empty());

        FactValue.Number walk = walk(twoDoors, schools, gates, roads("-50 0", "600 0"));

        assertThat(walk.value().doubleValue()).isCloseTo(260 + 25, within(1.0));
        assertThat(how(walk)).contains("从所给出入口", "“西门”");
    }

    /** C05, Xiapu: the kindergarten was built after the licence; the day decides. */
    @Test
    void c05AKindergartenCountsFromTheDayItIsThere() throws Exception {
        Layer kindergartens =
                layer(
                        "kindergarten",
                        0,
                        36_500,
                        wkt(BOX),
                        List.of(
                                feature(
                                        "new",
                                        point(15, 0),
                                        Map.of("name", "新园", "since", "2021-09-01")),
                                feature(
                                        "old",
                                        point(300, 0),
                                        Map.of("name", "老园", "until", "2023-08-31"))));
        LayerSet layers = LayerSet.of(List.of(kindergartens));
        SiteSurveyor surveyor = new SiteSurveyor(layers);

        assertThat(kindergarten(surveyor, "2021-08-31")).isCloseTo(300, within(0.1));
        assertThat(kindergarten(surveyor, "2021-09-01")).isCloseTo(15, within(0.1));
        assertThat(kindergarten(surveyor, "2026-11-23")).isCloseTo(15, within(0.1));
        assertThat(
                        surveyor.survey(site(0, 0), LocalDate.of(2023, 9, 1)).nearby().stream()
                                .map(n -> n.feature().name()))
                .containsExactly("新园");
        assertThat(
                        surveyor.survey(site(0, 0), LocalDate.of(2023, 8, 31)).nearby().stream()
                                .map(n -> n.feature().name()))
                .containsExactly("新园", "老园");
    }

    /** C06, Luzhou: in a compound and in a dwelling house are two questions. */
    @Test
    void c06AShopInACompoundIsNotAShopInADwellingHouse() throws Exception {
        Layer compounds = layer("residential_compound", BOX, area(-200, -200, 200, 200));
        Layer buildings =
                layer(
                        "building",
                        0,
                        365,
                        wkt(BOX),
                        List.of(
                                feature(
                                        "shops",
                                        area(-10, -10, 10, 10),
                                        Map.of("residential", "false", "use", "商业")),
                                feature(
                                        "home",
                                        area(50, -10, 70, 10),
                                        Map.of("residential", "true", "use", "住宅"))));

        SiteSurvey shop = survey(site(0, 0), TODAY, compounds, buildings);
        SiteSurvey home = survey(site(60, 0), TODAY, compounds, buildings);

        assertThat(flag(shop, "site.inside.residential_compound")).isTrue();
        assertThat(flag(shop, "site.building.residential")).isFalse();
        assertThat(flag(home, "site.inside.residential_compound")).isTrue();
        assertThat(flag(home, "site.building.residential")).isTrue();
    }

    private static final String WALKING = "site.walking.school";

    private static double kindergarten(SiteSurveyor surveyor, String day) throws Exception {
        return number(
                        surveyor.survey(site(0, 0), LocalDate.parse(day)),
                        "site.distance.kindergarten")
                .value()
                .doubleValue();
    }

    private static FactValue.Number walk(SiteInput site, Layer... layers) throws Exception {
        return (FactValue.Number) fact(site, WALKING, layers);
    }

    private static FactValue fact(SiteInput site, String name, Layer... layers) throws Exception {
        return java.util.Objects.requireNonNull(survey(site, TODAY, layers).facts().get(name));
    }

    private static FactValue.Number number(SiteSurvey survey, String fact) {
        FactValue value = java.util.Objects.requireNonNull(survey.facts().get(fact));
        assertThat(value).as(fact).isInstanceOf(FactValue.Number.class);
        return (FactValue.Number) value;
    }

    private static boolean flag(SiteSurvey survey, String fact) {
        return ((FactValue.Flag) java.util.Objects.requireNonNull(survey.facts().get(fact)))
                .value();
    }

    private static String how(FactValue.Number value) {
        return ((Provenance.Map) value.from()).how();
    }

    private static SiteSurvey survey(SiteInput site, LocalDate day, Layer... layers)
            throws Exception {
        return new SiteSurveyor(LayerSet.of(List.of(layers)))
                .survey(site, day, Map.<String, Measure>of());
    }

    private static SiteInput site(double east, double accuracy) {
        return SiteInput.at(
                new Coordinates(
                        116.3 + east / EAST,
                        39.9 + (accuracy > 0 ? 5 / NORTH : 0),
                        Datum.CGCS2000,
                        OptionalDouble.of(accuracy)));
    }

    private static Coordinates coordinates(double east, double north) {
        return new Coordinates(
                116.3 + east / EAST, 39.9 + north / NORTH, Datum.CGCS2000, OptionalDouble.of(0));
    }

    private static Layer schools(Feature... schools) {
        return layer("school", 0, 365, wkt(BOX), List.of(schools));
    }

    private static Layer roads(String... metres) {
        List<String> places =
                java.util.Arrays.stream(metres)
                        .map(m -> m.split(" "))
                        .map(m -> at(Double.parseDouble(m[0]), Double.parseDouble(m[1])))
                        .toList();
        return layer("road", 0, BOX, "LINESTRING(" + String.join(",", places) + ")");
    }

    private static Map<String, String> gate(String name) {
        return Map.of("of", "s", "name", name);
    }

    private static Feature feature(String id, Geometry geometry, Map<String, String> attributes) {
        return new Feature(id, geometry, attributes);
    }

    private static Feature feature(String id, String geometry, Map<String, String> attributes) {
        return new Feature(id, wkt(geometry), attributes);
    }

    private static String point(double east, double north) {
        return "POINT(" + at(east, north) + ")";
    }

    private static String area(double west, double south, double east, double north) {
        return "POLYGON(("
                + String.join(
                        ",",
                        at(west, south),
                        at(east, south),
                        at(east, north),
                        at(west, north),
                        at(west, south))
                + "))";
    }

    private static String at(double east, double north) {
        return (116.3 + east / EAST) + " " + (39.9 + north / NORTH);
    }
}

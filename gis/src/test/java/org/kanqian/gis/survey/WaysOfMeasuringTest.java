package org.kanqian.gis.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kanqian.gis.TestLayers.TODAY;
import static org.kanqian.gis.TestLayers.layer;
import static org.kanqian.gis.TestLayers.wkt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Measure.End;
import org.kanqian.rules.fact.Measure.Path;
import org.kanqian.rules.fact.Provenance;

/**
 * A shop and a school along one street, in metres east and north of the shop's door: the shop
 * reaches 20 m towards the school, the campus begins at 220 m, its gate is at 260 m on the street
 * side.
 */
class WaysOfMeasuringTest {
    private static final String BOX = "POLYGON((116 39,117 39,117 41,116 41,116 39))";
    private static final double EAST = Ellipsoid.metresPerDegreeEast(39.9);
    private static final double NORTH = Ellipsoid.metresPerDegreeNorth(39.9);

    private static final Layer SCHOOLS =
            layer(
                    "school",
                    2,
                    365,
                    wkt(BOX),
                    List.of(
                            new Feature(
                                    "s", wkt(area(220, 10, 400, 200)), Map.of("name", "示范小学"))));
    private static final Layer GATES =
            layer(
                    "school_gate",
                    1,
                    365,
                    wkt(BOX),
                    List.of(
                            new Feature(
                                    "g",
                                    wkt("POINT(" + at(260, 10) + ")"),
                                    Map.of("of", "s", "name", "示范小学南门"))));
    private static final Layer ROADS =
            layer(
                    "road",
                    1,
                    365,
                    wkt(BOX),
                    List.of(
                            new Feature(
                                    "r",
                                    wkt(
                                            "LINESTRING("
                                                    + at(-50, 0)
                                                    + ","
                                                    + at(0, 0)
                                                    + ","
                                                    + at(500, 0)
                                                    + ")"),
                                    Map.of())));

    @ParameterizedTest
    @CsvSource({
        // From the door at (0, 5), or the wall at (20, 5).
        "ENTRANCE, BOUNDARY, STRAIGHT, 220.06, 从所给出入口直线量到“示范小学”的边界最近处",
        "ENTRANCE, ENTRANCE, STRAIGHT, 260.05, 从所给出入口直线量到“示范小学南门”",
        "BOUNDARY, BOUNDARY, STRAIGHT, 200.00, 从场所边界直线量到“示范小学”的边界最近处",
        "BOUNDARY, ENTRANCE, STRAIGHT, 240.00, 从场所边界直线量到“示范小学南门”",
        // Five metres to the street, along it, ten to the gate.
        "ENTRANCE, ENTRANCE, WALKING, 275.00, 从所给出入口沿道路步行到“示范小学南门”，不含楼内步行",
        // Up to where the street comes along the wall.
        "ENTRANCE, BOUNDARY, WALKING, 235.00, 从所给出入口沿道路步行到“示范小学”的边界，不含楼内步行",
    })
    void everyWayIsTakenAndSaysSo(End from, End to, Path path, double metres, String how)
            throws Exception {
        FactValue.Number found =
                (FactValue.Number) measured(new Measure(from, to, path), SCHOOLS, GATES, ROADS);

        assertThat(found.value().doubleValue())
                .isCloseTo(metres, within(path == Path.WALKING ? 3.0 : 0.05));
        Provenance.Map map = (Provenance.Map) found.from();
        assertThat(map.how()).startsWith(how);
        assertThat(map.line()).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"ENTRANCE", "BOUNDARY"})
    void aWalkFromTheBoundaryLeavesItWhereItIsNearestToARoad(End to) throws Exception {
        FactValue door =
                measured(new Measure(End.ENTRANCE, to, Path.WALKING), SCHOOLS, GATES, ROADS);
        FactValue wall =
                measured(new Measure(End.BOUNDARY, to, Path.WALKING), SCHOOLS, GATES, ROADS);

        assertThat(number(wall)).isLessThanOrEqualTo(number(door) + 0.01);
        assertThat(number(wall)).isGreaterThan(200);
    }

    @Test
    void theErrorIsThatOfThePlaceOfItsDatumAndOfTheLayer() throws Exception {
        SiteInput input = input(Datum.GCJ02, false);

        FactValue.Number found =
                (FactValue.Number)
                        survey(
                                input,
                                new Measure(End.ENTRANCE, End.BOUNDARY, Path.STRAIGHT),
                                SCHOOLS);

        // 3 m of the place, 2 m of GCJ-02, 2 m of the layer.
        assertThat(found.error().doubleValue()).isCloseTo(7, within(0.02));
    }

    @Test
    void aWalkSaysWhatTheRoadDataDoesNotHold() throws Exception {
        Measure way = new Measure(End.ENTRANCE, End.ENTRANCE, Path.WALKING);
        Layer crossings = layer("crossing", BOX);
        Layer barriers = layer("barrier", BOX);

        assertThat(how(measured(way, SCHOOLS, GATES, ROADS))).endsWith("；没有过街设施、隔离设施图层，按可以随处穿过计");
        assertThat(how(measured(way, SCHOOLS, GATES, ROADS, crossings)))
                .endsWith("；没有隔离设施图层，按可以随处穿过计");
        assertThat(how(measured(way, SCHOOLS, GATES, ROADS, crossings, barriers)))
                .endsWith("不含楼内步行");
    }

    @Test
    void premisesWithoutABoundaryEndSomewhereInTheirBuilding() throws Exception {
        Layer buildings = layer("building", 1, BOX, area(-10, 0, 60, 30));
        Measure way = new Measure(End.BOUNDARY, End.BOUNDARY, Path.STRAIGHT);

        Missing bare = (Missing) survey(input(Datum.CGCS2000, false), way, SCHOOLS);
        Missing housed = (Missing) survey(input(Datum.CGCS2000, false), way, SCHOOLS, buildings);

        assertThat(bare.why()).isEqualTo(Reason.NOT_DRAWN);
        assertThat(bare.low()).isNull();
        assertThat(requireNumber(bare.high())).isCloseTo(225.1, within(0.2));
        assertThat(requireNumber(housed.low())).isCloseTo(157, within(0.2));
        assertThat(requireNumber(housed.high())).isCloseTo(225.1, within(0.2));
        assertThat(housed.detail()).contains("没有给出场所边界");
    }

    @Test
    void roadLayersThatMeetAreOneNetwork() throws Exception {
        Layer west = road("POLYGON((116 39,116.305 39,116.305 41,116 41,116 39))", -50, 0, 100, 0);
        Layer east = road(BOX, 100, 0, 500, 0);
        Measure way = new Measure(End.ENTRANCE, End.ENTRANCE, Path.WALKING);

        FactValue walk = survey(input(Datum.CGCS2000, false), way, SCHOOLS, GATES, west, east);

        assertThat(number(walk)).isCloseTo(275, within(1.0));
    }

    @Test
    void plannedSchoolsAreMeasuredAsAKindOfTheirOwn() throws Exception {
        Layer planned = layer("planned_school", 5, BOX, area(80, 10, 120, 60));
        SiteSurvey survey =
                new SiteSurveyor(LayerSet.of(List.of(SCHOOLS, planned)))
                        .survey(input(Datum.CGCS2000, false), TODAY);

        assertThat(
                        number(
                                java.util.Objects.requireNonNull(
                                        survey.facts().get("site.distance.planned_school"))))
                .isCloseTo(80.2, within(0.1));
        assertThat(
                        number(
                                java.util.Objects.requireNonNull(
                                        survey.facts().get("site.distance.school"))))
                .isCloseTo(220.1, within(0.1));
    }

    private static Layer road(String coverage, double... metres) {
        String id = "road" + metres[0];
        Layer one =
                layer(
                        "road",
                        1,
                        365,
                        wkt(coverage),
                        List.of(
                                new Feature(
                                        id,
                                        wkt(
                                                "LINESTRING("
                                                        + at(metres[0], metres[1])
                                                        + ","
                                                        + at(metres[2], metres[3])
                                                        + ")"),
                                        Map.of())));
        return Layer.of(
                new org.kanqian.gis.layer.Declaration(
                        id,
                        "road",
                        "道路",
                        org.kanqian.gis.crs.SourceCrs.of(Datum.CGCS2000),
                        "t",
                        "CC0-1.0",
                        TODAY.minusDays(1),
                        365,
                        1,
                        0,
                        false),
                "sha256:" + id,
                one.coverage(),
                one.features());
    }

    private static FactValue measured(Measure way, Layer... layers) throws Exception {
        return survey(input(Datum.CGCS2000, true), way, layers);
    }

    private static FactValue survey(SiteInput input, Measure way, Layer... layers)
            throws Exception {
        String fact = "site.distance.school";
        FactValue value =
                new SiteSurveyor(LayerSet.of(List.of(layers)))
                        .survey(input, TODAY, Map.of(fact, way))
                        .facts()
                        .get(fact);
        return java.util.Objects.requireNonNull(value);
    }

    private static SiteInput input(Datum datum, boolean parts) {
        var door = datum.fromCgcs2000(116.3, 39.9 + 5 / NORTH);
        return new SiteInput(
                Optional.empty(),
                Optional.of(new Coordinates(door.lon(), door.lat(), datum, OptionalDouble.of(3))),
                Optional.empty(),
                Optional.empty(),
                parts ? Optional.of(wkt("POINT(" + at(0, 5) + ")")) : Optional.empty(),
                parts ? Optional.of(wkt(area(0, 5, 20, 20))) : Optional.empty());
    }

    private static String area(double west, double south, double east, double north) {
        List<String> corners = new ArrayList<>();
        corners.add(at(west, south));
        corners.add(at(east, south));
        corners.add(at(east, north));
        corners.add(at(west, north));
        corners.add(at(west, south));
        return "POLYGON((" + String.join(",", corners) + "))";
    }

    private static String at(double east, double north) {
        return (116.3 + east / EAST) + " " + (39.9 + north / NORTH);
    }

    private static String how(FactValue value) {
        return ((Provenance.Map) ((FactValue.Number) value).from()).how();
    }

    private static double number(FactValue value) {
        return ((FactValue.Number) value).value().doubleValue();
    }

    private static double requireNumber(java.math.@Nullable BigDecimal value) {
        if (value == null) {
            throw new AssertionError("no bound");
        }
        return value.doubleValue();
    }
}

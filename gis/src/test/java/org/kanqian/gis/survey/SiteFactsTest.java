package org.kanqian.gis.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kanqian.gis.TestLayers.TODAY;
import static org.kanqian.gis.TestLayers.layer;
import static org.kanqian.gis.TestLayers.wkt;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Reason;

/** Every {@code site.*} name the law's fact sheets use, and what of the map tells it. */
class SiteFactsTest {
    private static final String BOX = "POLYGON((116 39,117 39,117 41,116 41,116 39))";
    private static final String FAR = "POLYGON((100 30,101 30,101 31,100 31,100 30))";

    /** Around the site, some 500 m wide. */
    private static final String AROUND =
            "POLYGON((116.297 39.903,116.303 39.903,116.303 39.907,116.297 39.907,116.297 39.903))";

    private static final String PREMISES =
            "POLYGON((116.2998 39.9048,116.3002 39.9048,116.3002 39.9052,116.2998 39.9052,"
                    + "116.2998 39.9048))";

    private record Row(String fact, String how, String kind, String attribute, String value) {
        @Override
        public String toString() {
            return fact;
        }
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(TestLayers.RESOURCES.resolve("facts/site-facts.tsv")).stream()
                .filter(l -> !l.startsWith("#"))
                .map(l -> l.split("\t"))
                .map(
                        l -> {
                            String[] how = l[1].split(":");
                            return new Row(
                                    l[0],
                                    how[0],
                                    how.length > 1 ? how[1] : "",
                                    l.length > 2 ? l[2] : "",
                                    l.length > 3 ? l[3] : "");
                        })
                .toList();
    }

    static Stream<Row> told() throws IOException {
        return rows().stream().filter(r -> !r.how().equals("no"));
    }

    @Test
    void everyNameIsSettledOneWayOrTheOther() throws IOException {
        List<Row> rows = rows();

        assertThat(rows).hasSize(144);
        assertThat(rows).extracting(Row::fact).doesNotHaveDuplicates();
        assertThat(rows)
                .filteredOn(r -> r.how().equals("no"))
                .allSatisfy(r -> assertThat(r.attribute()).isNotBlank());
        assertThat(told()).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("told")
    void aLayerMakesItKnown(Row row) throws Exception {
        if (row.how().equals("region")) {
            assertThat(survey(layers(row, BOX), TODAY).region()).contains("110108");
            return;
        }

        FactValue value = fact(row, layers(row, BOX), TODAY);

        if (row.how().equals("bound")) {
            assertThat(((Missing) value).low()).isNotNull();
            return;
        }
        assertThat(value).as(row.fact()).isInstanceOf(FactValue.Known.class);
        if (row.how().equals("attribute")) {
            assertThat(text(value)).startsWith(row.value().startsWith("20") ? "" : row.value());
        } else if (row.how().equals("inside")) {
            assertThat(((FactValue.Flag) value).value()).isTrue();
        } else if (row.how().equals("adjacent")) {
            assertThat(((FactValue.Flag) value).value()).isFalse();
        } else {
            assertThat(((FactValue.Number) value).value().doubleValue()).isBetween(10.0, 5000.0);
            assertThat(((FactValue.Number) value).error()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("told")
    void aLayerThatIsTooOldMakesItMissingAndIsNamed(Row row) throws Exception {
        LocalDate later = TODAY.plusYears(3);
        if (row.how().equals("region")) {
            assertThat(survey(layers(row, BOX), later).region()).isEmpty();
            return;
        }

        FactValue value = fact(row, layers(row, BOX), later);

        assertThat(value).as(row.fact()).isInstanceOf(Missing.class);
        if (!row.how().equals("bound") && !row.how().equals("distance")) {
            assertThat(((Missing) value).why()).isEqualTo(Reason.LAYER_STALE);
        }
        assertThat(((Missing) value).detail()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("told")
    void outsideTheCoverageItIsMissingAndNotAbsent(Row row) throws Exception {
        if (row.how().equals("region")) {
            return;
        }

        FactValue value = fact(row, List.of(layer(row.kind(), 1, 365, wkt(FAR), List.of())), TODAY);

        assertThat(value).as(row.fact()).isInstanceOf(Missing.class);
        assertThat(((Missing) value).why()).isNotEqualTo(Reason.NOT_ANSWERED);
        assertThat(((Missing) value).low()).isNull();
    }

    @ParameterizedTest
    @MethodSource("told")
    void withoutALayerItIsMissingOrNotTold(Row row) throws Exception {
        @Nullable FactValue value = survey(List.of(), TODAY).facts().get(row.fact());

        assertThat(value instanceof FactValue.Known).as(row.fact()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("told")
    void whatItIsCalledIsChinese(Row row) {
        assertThat(Kinds.chinese(LayerSet.empty(), row.kind())).matches(".*\\p{IsHan}.*");
    }

    /** A layer that makes the fact known, over that coverage. */
    private static List<Layer> layers(Row row, String coverage) {
        String kind = row.kind();
        List<Feature> features = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        switch (row.how()) {
            case "inside" -> features.add(feature("in", AROUND, Map.of()));
            case "attribute" ->
                    features.add(
                            feature(
                                    "here",
                                    kind.equals("tree")
                                            ? "POINT(116.3 39.905)"
                                            : kind.equals("powerline")
                                                    ? "LINESTRING(116.2 39.9053,116.4 39.9053)"
                                                    : AROUND,
                                    Map.of(row.attribute(), row.value())));
            case "region" -> features.add(feature("110108", BOX, Map.of("code", "110108")));
            case "spacing" -> {
                features.add(feature("own", PREMISES, Map.of()));
                features.add(feature("next", moved(PREMISES, "116.301", "116.3014"), Map.of()));
            }
            case "side" -> {
                boolean same = row.fact().endsWith("same_side");
                features.add(
                        feature(
                                "shop",
                                same ? "POINT(116.302 39.905)" : "POINT(116.302 39.9046)",
                                Map.of("name", "小店")));
                layers.add(
                        layer(
                                "road",
                                1,
                                365,
                                wkt(coverage),
                                List.of(
                                        feature(
                                                "r",
                                                "LINESTRING(116.29 39.9048,116.31 39.9048)",
                                                Map.of("name", "大街", "kind", "tertiary")))));
            }
            case "distance", "bound" ->
                    features.add(feature("far", "POINT(116.31 39.905)", Map.of()));
            default -> features.add(feature("far", "POINT(116.32 39.905)", Map.of()));
        }
        layers.add(layer(kind, 1, 365, wkt(coverage), features));
        return layers;
    }

    private static String moved(String polygon, String west, String east) {
        return polygon.replace("116.2998", west).replace("116.3002", east);
    }

    private static Feature feature(String id, String geometry, Map<String, String> attributes) {
        return new Feature(id, wkt(geometry), attributes);
    }

    private static FactValue fact(Row row, List<Layer> layers, LocalDate day) throws Exception {
        FactValue value = survey(layers, day).facts().get(row.fact());
        if (value == null) {
            throw new AssertionError("no fact " + row.fact());
        }
        return value;
    }

    private static SiteSurvey survey(List<Layer> layers, LocalDate day) throws Exception {
        SiteInput here =
                new SiteInput(
                        Optional.empty(),
                        Optional.of(
                                new Coordinates(
                                        116.3, 39.905, Datum.CGCS2000, OptionalDouble.of(1))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(wkt(PREMISES)));
        return new SiteSurveyor(LayerSet.of(layers)).survey(here, day);
    }

    private static String text(FactValue value) {
        return value instanceof FactValue.Number n
                ? n.value().toPlainString()
                : value instanceof FactValue.Flag f
                        ? String.valueOf(f.value())
                        : value instanceof FactValue.Choice c ? c.value() : "";
    }
}

package org.kanqian.api.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.Coordinates;
import org.kanqian.gis.survey.Ground;
import org.kanqian.gis.survey.SiteInput;
import org.kanqian.gis.survey.SiteSurvey;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.Inquiry;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.Severity;
import org.kanqian.rules.pack.Stage;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.verdict.ItemJudgement;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** What is drawn for a district is what a pre-check says at every place in it. */
class EligibleAreaTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final double ACCURACY = 10;
    private static RuleBook book;
    private static SiteSurveyor surveyor;

    @BeforeAll
    static void load() throws Exception {
        book = RuleBook.compile(StandardsPack.load(PackSource.classPath()));
        surveyor = new SiteSurveyor(LayerSet.load(Path.of("../samples/layers")));
    }

    @ParameterizedTest
    @CsvSource({
        "internet-cafe, 110108",
        "internet-cafe, 310113",
        "entertainment-song-dance, 110108",
        "entertainment-song-dance, 310113",
        "tobacco-retail, 310113",
        "bar, 110108",
        "food-catering-restaurant, 510106",
    })
    void everyPlaceIsJudgedAsItIsDrawn(String item, String region) {
        assertJudgedAsDrawn(item, region, 150);
    }

    /** The rest of the items, in both quarters, at fewer places. */
    @ParameterizedTest
    @MethodSource("everyItemInEveryQuarter")
    void everyItemIsJudgedAsItIsDrawn(String item, String region) {
        assertJudgedAsDrawn(item, region, 20);
    }

    static Stream<Arguments> everyItemInEveryQuarter() {
        return StandardsPack.load(PackSource.classPath()).items().stream()
                .flatMap(
                        i ->
                                Stream.of("110108", "310113")
                                        .map(region -> Arguments.of(i.id(), region)));
    }

    private static void assertJudgedAsDrawn(String item, String region, int count) {
        Ground ground =
                Ground.of(surveyor.layers(), region, ACCURACY, TODAY, book.pack().measures())
                        .orElseThrow();
        EligibleArea area = EligibleArea.of(book, ground, item, Optional.empty(), region, TODAY);
        Map<EligibleArea.Standing, Double> shares =
                area.parts().stream()
                        .collect(
                                Collectors.groupingBy(
                                        EligibleArea.Part::standing,
                                        Collectors.summingDouble(p -> p.geometry().getArea())));
        double filled = shares.values().stream().mapToDouble(d -> d).sum();
        assertThat(filled / area.area().getArea()).isBetween(0.9999, 1.0001);
        assertThat(area.tooMuch()).isEmpty();
        for (EligibleArea.Part part : area.parts()) {
            assertThat(part.geometry().isValid()).isTrue();
            for (EligibleArea.Part other : area.parts()) {
                assertThat(part == other ? 0 : shared(part, other)).isLessThan(1);
            }
        }

        Random random = new Random(42);
        for (EligibleArea.Part part : area.parts()) {
            if (part.standing() == EligibleArea.Standing.UNSURE) {
                continue;
            }
            for (Coordinate place : places(ground.toDegrees(part.geometry()), count, random)) {
                ItemJudgement judged = judged(item, place, region);
                if (part.standing() == EligibleArea.Standing.EXCLUDED) {
                    assertThat(judged.verdict())
                            .as("excluded %s by %s", place, part.findings())
                            .isEqualTo(Verdict.WRONG_SITE);
                } else {
                    assertThat(judged.findings())
                            .as("eligible %s", place)
                            .noneMatch(
                                    f ->
                                            f.point().stage() == Stage.SITING
                                                    && f.point().severity() == Severity.VETO
                                                    && f.status() == Status.VIOLATED);
                    assertThat(judged.verdict()).isNotEqualTo(Verdict.WRONG_SITE);
                }
            }
        }
    }

    /** Square metres. */
    private static double shared(EligibleArea.Part one, EligibleArea.Part other) {
        return OverlayNGRobust.overlay(one.geometry(), other.geometry(), OverlayNG.INTERSECTION)
                .getArea();
    }

    /**
     * Sixty thousand schools would take minutes: they are not drawn, and nothing is sure of them.
     */
    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void moreThanCanBeDrawnIsSureNowhere() {
        Geometry district = TestPlaces.box(116, 39.5, 117, 40.5);
        List<Feature> schools = new java.util.ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            double lon = 116.01 + (i % 300) * 0.003;
            double lat = 39.51 + (i / 300) * 0.004;
            schools.add(
                    new Feature(
                            "s" + i,
                            TestPlaces.box(lon, lat, lon + 0.0005, lat + 0.0005),
                            Map.of()));
        }
        LayerSet layers =
                LayerSet.of(
                        List.of(
                                TestPlaces.layer(
                                        "region",
                                        district,
                                        List.of(
                                                new Feature(
                                                        "d", district, Map.of("code", "110108")))),
                                TestPlaces.layer("school", district, schools)));
        Ground ground =
                Ground.of(layers, "110108", ACCURACY, TODAY, book.pack().measures()).orElseThrow();

        EligibleArea area =
                EligibleArea.of(book, ground, "internet-cafe", Optional.empty(), "110108", TODAY);

        assertThat(area.tooMuch()).contains("site.distance.school");
        assertThat(area.parts())
                .extracting(EligibleArea.Part::standing)
                .containsOnly(EligibleArea.Standing.UNSURE);
    }

    @Test
    void partOfTheQuarterIsOpenAndPartIsNot() {
        Ground ground =
                Ground.of(surveyor.layers(), "110108", ACCURACY, TODAY, book.pack().measures())
                        .orElseThrow();
        EligibleArea area =
                EligibleArea.of(book, ground, "internet-cafe", Optional.empty(), "110108", TODAY);
        assertThat(area.parts())
                .extracting(EligibleArea.Part::standing)
                .contains(EligibleArea.Standing.ELIGIBLE, EligibleArea.Standing.EXCLUDED);
        assertThat(area.parts())
                .filteredOn(p -> p.standing() == EligibleArea.Standing.EXCLUDED)
                .allSatisfy(p -> assertThat(p.findings()).isNotEmpty());
    }

    @Test
    void aWorseFixLeavesLessThatIsSure() {
        double fine = sure(2);
        double poor = sure(40);
        assertThat(poor).isLessThan(fine);
    }

    private static double sure(double accuracy) {
        Ground ground =
                Ground.of(surveyor.layers(), "110108", accuracy, TODAY, book.pack().measures())
                        .orElseThrow();
        return EligibleArea.of(book, ground, "internet-cafe", Optional.empty(), "110108", TODAY)
                .parts()
                .stream()
                .filter(p -> p.standing() != EligibleArea.Standing.UNSURE)
                .mapToDouble(p -> p.geometry().getArea())
                .sum();
    }

    @Test
    void aRegionNoLayerDrawsHasNoGround() {
        assertThat(Ground.of(surveyor.layers(), "999999", ACCURACY, TODAY, book.pack().measures()))
                .isEmpty();
    }

    private static ItemJudgement judged(String item, Coordinate place, String region) {
        SiteSurvey survey;
        try {
            survey =
                    surveyor.survey(
                            SiteInput.at(
                                    new Coordinates(
                                            place.x,
                                            place.y,
                                            Datum.CGCS2000,
                                            OptionalDouble.of(ACCURACY))),
                            TODAY,
                            book.pack().measures());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(survey.region()).hasValue(region);
        return book.judge(
                        new Inquiry(
                                List.of(new Inquiry.ItemInquiry(item, Optional.empty())),
                                FactSheet.of(survey.facts()),
                                survey.region(),
                                TODAY,
                                0))
                .items()
                .get(0);
    }

    /** Places anywhere in a geometry, a good half of them near its edge. */
    private static List<Coordinate> places(Geometry degrees, int count, Random random) {
        Envelope box = degrees.getEnvelopeInternal();
        IndexedPointInAreaLocator in = new IndexedPointInAreaLocator(degrees);
        Coordinate[] corners = degrees.getCoordinates();
        List<Coordinate> places = new java.util.ArrayList<>();
        for (int i = 0; i < count * 50 && places.size() < count; i++) {
            Coordinate place;
            if (i % 2 == 0) {
                place =
                        new Coordinate(
                                box.getMinX() + random.nextDouble() * box.getWidth(),
                                box.getMinY() + random.nextDouble() * box.getHeight());
            } else {
                Coordinate corner = corners[random.nextInt(corners.length)];
                double off = Math.pow(10, -4 - 3 * random.nextDouble());
                place =
                        new Coordinate(
                                corner.x + off * random.nextGaussian(),
                                corner.y + off * random.nextGaussian());
            }
            if (in.locate(place) == Location.INTERIOR) {
                places.add(place);
            }
        }
        return places;
    }
}

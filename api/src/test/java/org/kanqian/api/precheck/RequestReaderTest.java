package org.kanqian.api.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.survey.Coordinates;
import org.kanqian.gis.survey.SiteInput;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;

/** What a request may hold, field by field, without a server. */
class RequestReaderTest {
    private static final StandardsPack PACK = StandardsPack.load(PackSource.classPath());

    private static PreCheckRequest read(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return RequestReader.read(Body.read(new ByteArrayInputStream(bytes)), PACK);
    }

    private static Problem refused(String body) {
        ProblemException e = catchThrowableOfType(ProblemException.class, () -> read(body));
        assertThat(e).as("not refused: " + body).isNotNull();
        return e.problem();
    }

    private static String with(String field, String value) {
        return "{\"items\":[{\"item\":\"internet-cafe\"}],\"" + field + "\":" + value + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999"})
    void aNumberNoDecimalCanHoldIsNamedByItsField(String number) {
        Problem problem = refused(with("answers", "{\"site.distance.school\":" + number + "}"));

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.faults())
                .extracting(Fault::pointer)
                .containsExactly("/answers/site.distance.school");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"items\":[{\"item\":null}]}", "{\"items\":[null]}", "{\"items\":[{}]}"})
    void anItemWithoutItsNameIsRefused(String body) {
        assertThat(refused(body).faults())
                .extracting(Fault::pointer)
                .containsExactly("/items/0/item");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\u001b[2J", "\\ud83d", "\\udc00\\ud800"})
    void controlCharactersAndHalfCharactersAreRefused(String text) {
        assertThat(refused(with("site", "{\"address\":\"" + text + "\"}")).faults())
                .extracting(Fault::pointer)
                .containsExactly("/site/address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"شارع الحرية ٥", "רחוב הרצל", "😀🏳️‍🌈", "𠀀巷", "a\\n\\tb"})
    void textOfAnyScriptIsKeptAsItCame(String text) {
        PreCheckRequest request = read(with("site", "{\"address\":\"" + text + "\"}"));

        assertThat(request.site().address())
                .contains(text.replace("\\n", "\n").replace("\\t", "\t"));
    }

    @ParameterizedTest
    @CsvSource({
        "441069.3933, 4428646.7327, EPSG:4548",
        "39441069.3933, 4428646.7327, EPSG:4527",
    })
    void surveyorsCoordinatesAreTakenOutOfTheirProjection(String x, String y, String crs) {
        SiteInput site =
                read(with(
                                "site",
                                "{\"coordinates\":{\"x\":%s,\"y\":%s,\"crs\":\"%s\",\"accuracy\":1},"
                                                .formatted(x, y, crs)
                                        + "\"entrances\":{\"type\":\"Point\",\"coordinates\":[%s,%s]}}"
                                                .formatted(x, y)))
                        .site();

        Coordinates place = site.coordinates().orElseThrow();
        assertThat(place.lon()).isCloseTo(116.31, within(1e-8));
        assertThat(place.lat()).isCloseTo(39.99, within(1e-8));
        assertThat(place.datum()).isEqualTo(Datum.CGCS2000);
        assertThat(site.entrances().orElseThrow().getCoordinate().x)
                .isCloseTo(116.31, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // North and east exchanged; a zone number the code does not have; none where it
                // has.
                "{'x':4428646.7,'y':441069.4,'crs':'EPSG:4548'}|/site/coordinates|不要写反",
                "{'x':39441069.4,'y':4428646.7,'crs':'EPSG:4548'}|/site/coordinates|带号",
                "{'x':441069.4,'y':4428646.7,'crs':'EPSG:4527'}|/site/coordinates|带号",
                "{'x':116.31,'y':39.99,'crs':'EPSG:4490'}|/site/coordinates/crs|lon、lat",
                "{'x':1,'y':2,'crs':'EPSG:2436'}|/site/coordinates/crs|不支持",
                "{'x':1,'y':2,'crs':''}|/site/coordinates/crs|不支持",
                "{'x':441069.4,'crs':'EPSG:4548'}|/site/coordinates/y|必填",
                "{'lon':116.3,'x':441069.4,'y':4428646.7,'crs':'EPSG:4548'}|/site/coordinates/lon|字段",
                "{'x':441069.4,'y':4428646.7,'datum':'CGCS2000'}|/site/coordinates/lon|必填",
            })
    void projectedCoordinatesThatCannotBeAreRefusedByField(
            String coordinates, String pointer, String says) {
        Problem problem =
                refused(with("site", "{\"coordinates\":" + coordinates.replace('\'', '"') + "}"));

        assertThat(problem.faults())
                .anySatisfy(
                        f -> {
                            assertThat(f.pointer()).isEqualTo(pointer);
                            assertThat(f.detail().zh()).contains(says);
                            assertThat(f.detail().en()).isNotBlank();
                        });
    }

    @Test
    void whatIsShownBackIsShortAndVisible() {
        String name = "\\u202e" + "x".repeat(100);

        Fault fault = refused(with(name, "1")).faults().get(0);

        assertThat(fault.detail().zh())
                .contains("<U+202E>x")
                .contains("…")
                .doesNotContain("\u202e");
        assertThat(fault.detail().zh()).hasSizeLessThan(200);
    }

    @Test
    void aPointerEscapesWhatPointersReserve() {
        assertThat(refused(with("a/b~c", "1")).faults())
                .extracting(Fault::pointer)
                .containsExactly("/a~1b~0c");
    }

    /** Beside 50 faults the nearest name of no other is looked for: it took 40 s. */
    @Test
    void aHundredThousandUnknownFactsAreNotEachComparedWithTheVocabulary() {
        String facts =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "\"site.distance.k" + i + "\":1")
                        .collect(Collectors.joining(",", "{", "}"));

        Problem problem =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(60), () -> refused(with("answers", facts)));

        assertThat(problem.faults()).hasSize(50);
    }

    @Test
    void aFieldWrittenTwiceIsCalledThat() {
        Problem problem = refused("{\"items\":[],\n\"items\":[]}");

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail().zh()).contains("写了两次").contains("第 2 行");
    }

    @Test
    void aNameOfThousandsOfCharactersIsRefusedAndNotShownBack() {
        Problem problem = refused(with("x".repeat(40_000), "1"));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail().zh()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "510106, true", "441900, true", "429004, true", "510000, false", "510100, false",
        "890101, false", "999999, false", "51010, false", "5101060, false", "'', false"
    })
    void theRegionIsADistrictForACityHidesWhatItsDistrictsAsk(String code, boolean taken) {
        String body = with("answers", "{\"site.region\":\"" + code + "\"}");

        if (taken) {
            assertThat(read(body).region()).contains(code);
        } else {
            assertThat(refused(body).faults())
                    .extracting(Fault::pointer)
                    .containsExactly("/answers/site.region");
        }
    }

    @Test
    void notKnowingTheRegionIsAnAnswer() {
        assertThat(read(with("answers", "{\"site.region\":null}")).region()).isEmpty();
    }
}

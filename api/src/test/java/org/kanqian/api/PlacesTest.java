package org.kanqian.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Addresses, districts and where one may open, as the outside asks for them. */
class PlacesTest {
    private static final String AREA = "/v1/sites/eligible-area?item=";

    @TempDir static Path data;
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> addresses(String q) {
        return server.get("/v1/addresses?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8));
    }

    private static JsonNode check(String site) {
        HttpResponse<String> response =
                server.post(
                        "/v1/pre-checks",
                        "{\"items\":[{\"item\":\"internet-cafe\"}],\"site\":" + site + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Server.json(response);
    }

    // Addresses

    @Test
    void aCandidateSaysHowRoughItIs() {
        JsonNode found = Server.json(addresses("海淀区成府路101号3层"));

        JsonNode best = found.path("candidates").path(0);
        assertThat(best.path("level").asString("")).isEqualTo("DOOR");
        assertThat(best.path("accuracy").asDouble(0)).isEqualTo(6);
        assertThat(best.path("region").asString("")).isEqualTo("110108");
        assertThat(found.path("parsed").path("floor").asString("")).isEqualTo("3层");
        assertThat(found.path("resolved").asBoolean(true)).isFalse();
    }

    @Test
    void allNaughtyStringsAreAnswered() throws Exception {
        JsonNode strings =
                new JsonMapper()
                        .readTree(
                                Path.of("../gis/src/test/resources/addresses/blns.json").toFile());

        for (JsonNode string : strings) {
            HttpResponse<String> response = addresses(string.asString(""));
            assertThat(response.statusCode()).as(string.toString()).isIn(200, 422);
            assertThat(Server.json(response).isObject()).isTrue();
        }
        assertThat(strings.size()).isGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource({"q=, 参数 q", "limit=5, 参数 q", "q=a&limit=0, 参数 limit", "q=a&limit=21, 参数 limit"})
    void aQuestionThatIsNoneIsRefused(String query, String said) {
        HttpResponse<String> response = server.get("/v1/addresses?" + query);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains(said);
    }

    @Test
    void moreThanAnAddressIsRefused() {
        assertThat(addresses("路".repeat(201)).statusCode()).isEqualTo(422);
        assertThat(addresses("路".repeat(200)).statusCode()).isEqualTo(200);
    }

    /** 3楼 may be a house: the storey is asked for and never filled in. */
    @Test
    void aStoreyInTheAddressIsSaidAndNotTaken() {
        String point =
                "\"coordinates\":{\"lon\":116.318183,\"lat\":39.9915097,\"datum\":\"CGCS2000\"}";

        String omitted = check("{\"address\":\"海淀区成府路101号3楼\"," + point + "}").toString();
        String differs =
                check("{\"address\":\"海淀区成府路101号B1层\",\"floor\":1," + point + "}").toString();
        String same = check("{\"address\":\"海淀区成府路101号3楼\",\"floor\":3," + point + "}").toString();

        assertThat(omitted).contains("没有填 site.floor；楼层没有从地址里取");
        assertThat(differs).contains("写着 -1 层，site.floor 填的是 1");
        assertThat(same).doesNotContain("像是写着");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "成都市武侯区武侯祠大街231号;/site/address;四川省成都市武侯区",
                "北京市海淀区中关村北二条1号;/site/coordinates;米",
            })
    void anAddressAndAPointThatDisagreeAreRefused(String address, String pointer, String said) {
        HttpResponse<String> response =
                server.post(
                        "/v1/pre-checks",
                        "{\"items\":[{\"item\":\"internet-cafe\"}],\"site\":{\"address\":\""
                                + address
                                + "\",\"coordinates\":{\"lon\":116.318183,\"lat\":40.0055,"
                                + "\"datum\":\"CGCS2000\"}}}");

        JsonNode fault = Server.json(response).path("errors").path(0);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(fault.path("pointer").asString("")).isEqualTo(pointer);
        assertThat(fault.path("zh").asString("")).contains(said);
    }

    // Districts

    /** The outlines of Chengdu are right to 150 m. */
    @ParameterizedTest
    @CsvSource({
        "104.043, 30.642, 510107, ''",
        "104.0605, 30.6475, '', 成都市锦江区、成都市青羊区、成都市武侯区",
        "104.0898, 30.6709, '', 成都市锦江区、成都市青羊区、成都市金牛区、成都市成华区",
    })
    void nearABorderNoDistrictIsChosen(double lon, double lat, String region, String note) {
        JsonNode answer =
                check(
                        "{\"coordinates\":{\"lon\":"
                                + lon
                                + ",\"lat\":"
                                + lat
                                + ",\"datum\":\"GCJ02\"}}");

        assertThat(answer.path("region").asString("")).isEqualTo(region);
        assertThat(answer.path("notes").toString().contains("边界太近")).isEqualTo(region.isEmpty());
        assertThat(answer.path("notes").toString()).contains(note);
    }

    @Test
    void theDistrictsOfChengduHaveTheirCodesOfToday() {
        JsonNode districts = Server.json(server.get("/v1/layers/region/chengdu"));

        Set<String> codes = new TreeSet<>();
        districts
                .path("features")
                .forEach(f -> codes.add(f.path("properties").path("code").asString("")));
        assertThat(codes)
                .contains("510117", "510118", "510185")
                .doesNotContain("510124", "510132", "510180")
                .hasSize(20);
    }

    // Where can I?

    private static List<String> items() {
        List<String> items = new ArrayList<>();
        Server.json(server.get("/v1/items"))
                .path("items")
                .forEach(i -> items.add(i.path("item").asString("")));
        return items;
    }

    /** Districts without schools or roads on the map: nothing there is better than unsure. */
    @Test
    void whereNoLayerReachesNothingIsSureThatNeedsOne() {
        List<String> items = items();
        for (String item : items) {
            for (String region : List.of("510106", "610113")) {
                JsonNode area = Server.json(server.get(AREA + item + "&region=" + region));
                for (JsonNode part : area.path("features")) {
                    JsonNode said = part.path("properties");
                    if (said.path("standing").asString("").equals("UNSURE")) {
                        assertThat(
                                        said.path("border").asBoolean(false)
                                                || said.path("reasons").size() > 0)
                                .as(item + " " + said)
                                .isTrue();
                    }
                }
                assertThat(share(area, "EXCLUDED")).as(item).isZero();
                double sure = share(area, "ELIGIBLE");
                assertThat(sure)
                        .as(item)
                        .satisfiesAnyOf(
                                s -> assertThat(s).isZero(), s -> assertThat(s).isGreaterThan(0.5));
            }
        }
        assertThat(items).hasSize(24);
        assertThat(share(Server.json(server.get(AREA + "internet-cafe&region=510106")), "UNSURE"))
                .isEqualTo(1);
    }

    private static double share(JsonNode area, String standing) {
        return area.path("shares").path(standing).asDouble(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "internet-cafe, 110108",
        "entertainment-song-dance, 310113",
        "tobacco-retail, 110108",
        "pharmacy-retail, 510106",
        "food-sales, 310113",
    })
    void whatIsDrawnIsGeoJsonAsTheStandardHasIt(String item, String region) throws Exception {
        JsonNode area = Server.json(server.get(AREA + item + "&region=" + region));

        double sum = 0;
        List<Geometry> parts = new ArrayList<>();
        for (JsonNode feature : area.path("features")) {
            JsonNode geometry = feature.path("geometry");
            Geometry read = read(geometry);
            assertThat(read.isValid()).isTrue();
            parts.add(read);
            assertThat(geometry.path("type").asString("")).isIn("Polygon", "MultiPolygon");
            JsonNode polygons = geometry.path("coordinates");
            for (JsonNode polygon :
                    geometry.path("type").asString("").equals("Polygon")
                            ? List.of(polygons)
                            : polygons) {
                for (int ring = 0; ring < polygon.size(); ring++) {
                    assertThat(counterClockwise(polygon.path(ring))).isEqualTo(ring == 0);
                }
            }
            assertThat(geometry.toString()).doesNotContainPattern("\\.[0-9]{8}");
            assertThat(feature.path("properties").path("squareMetres").asInt(0)).isPositive();
        }
        for (String standing : List.of("ELIGIBLE", "EXCLUDED", "UNSURE")) {
            sum += share(area, standing);
        }
        assertThat(sum).isBetween(0.999, 1.001);
        for (int i = 0; i < parts.size(); i++) {
            for (int j = 0; j < i; j++) {
                double shared = parts.get(i).intersection(parts.get(j)).getArea();
                assertThat(shared).isLessThan(parts.get(i).getLength() * 2e-7); // rounded
            }
        }
    }

    private static Geometry read(JsonNode geometry) throws ParseException {
        return new GeoJsonReader().read(geometry.toString());
    }

    private static boolean counterClockwise(JsonNode ring) {
        double twice = 0;
        for (int i = 1; i < ring.size(); i++) {
            JsonNode a = ring.path(i - 1);
            JsonNode b = ring.path(i);
            twice +=
                    (a.path(0).asDouble(0) - ring.path(0).path(0).asDouble(0))
                                    * (b.path(1).asDouble(0) - a.path(1).asDouble(0))
                            - (a.path(1).asDouble(0) - ring.path(0).path(1).asDouble(0))
                                    * (b.path(0).asDouble(0) - a.path(0).asDouble(0));
        }
        return twice > 0;
    }

    /** Points of siting no map decides leave the whole district open, its border aside. */
    @Test
    void anItemThatAsksNothingOfTheMapMayGoAnywhere() {
        JsonNode area = Server.json(server.get(AREA + "clinic-dental&region=110108"));

        assertThat(share(area, "ELIGIBLE")).isGreaterThan(0.95);
        assertThat(share(area, "EXCLUDED")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "internet-cafe&region=11",
                "internet-cafe&region=abcdef",
                "internet-cafe",
                "none&region=110108",
                "&region=110108",
                "internet-cafe&variant=none&region=110108",
                "internet-cafe&region=110108&accuracy=0",
                "internet-cafe&region=110108&accuracy=101",
                "internet-cafe&region=110108&asOf=yesterday",
                "internet-cafe&region=110108&asOf=1900-01-01",
            })
    void whatCannotBeDrawnSaysWhy(String query) {
        HttpResponse<String> response = server.get(AREA + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.body()).contains("\"detail\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"region=999999", "region=110101", "region=110108&asOf=2099-01-01"})
    void aDistrictNoLayerInDateDrawsIsNotFound(String query) {
        HttpResponse<String> response = server.get(AREA + "internet-cafe&" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
        assertThat(response.body()).contains("图层");
    }

    @Test
    void fiftyWhoAskAtOnceAreAnsweredAlikeAndSparedTheSecondTime() {
        String path = AREA + "bar&region=110108&accuracy=12";

        Set<String> bodies =
                IntStream.range(0, 50)
                        .parallel()
                        .mapToObj(i -> server.get(path).body())
                        .collect(java.util.stream.Collectors.toSet());
        HttpResponse<String> again = server.get(path);
        String version = again.headers().firstValue("ETag").orElse("");

        assertThat(bodies).containsExactly(again.body());
        assertThat(server.get(path, "If-None-Match", version).statusCode()).isEqualTo(304);
    }

    @Test
    void aMapTravelsPacked() {
        HttpResponse<String> packed =
                server.get(AREA + "internet-cafe&region=110108", "Accept-Encoding", "gzip");

        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    }
}

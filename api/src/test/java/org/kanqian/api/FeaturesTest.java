package org.kanqian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What OGC API – Features asks of a service: core, GeoJSON and coordinate reference systems. */
class FeaturesTest {
    private static final String SCHOOLS = "/ogc/collections/haidian.school";
    private static final String ITEMS = SCHOOLS + "/items";
    private static final String EPSG = "http://www.opengis.net/def/crs/EPSG/0/";
    private static final String CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private static final String PRIMARY = "way/226670880";

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

    private static JsonNode get(String path) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
        return Server.json(response);
    }

    private static String link(JsonNode answer, String rel) {
        for (JsonNode link : answer.path("links")) {
            if (link.path("rel").asString("").equals(rel)) {
                return link.path("href").asString("");
            }
        }
        return "";
    }

    private static String path(String link) {
        assertThat(link).startsWith(server.url() + "/");
        return link.substring(server.url().length());
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("features").forEach(f -> ids.add(f.path("id").asString("")));
        return ids;
    }

    @Test
    void fromTheLandingPageEverythingIsReached() {
        JsonNode landing = get("/ogc");

        assertThat(link(landing, "self")).isEqualTo(server.url() + "/ogc");
        assertThat(get(path(link(landing, "service-desc"))).path("openapi").asString(""))
                .startsWith("3.1");
        assertThat(get(path(link(landing, "conformance"))).path("conformsTo").size()).isEqualTo(3);
        JsonNode all = get(path(link(landing, "data")));
        assertThat(all.path("collections").size())
                .isEqualTo(get("/v1/layers").path("layers").size());
        for (JsonNode collection : all.path("collections")) {
            assertThat(get(path(link(collection, "self")))).isEqualTo(collection);
            JsonNode page = get(path(link(collection, "items")));
            assertThat(page.path("type").asString("")).isEqualTo("FeatureCollection");
            assertThat(page.path("numberReturned").asInt(-1))
                    .isEqualTo(page.path("features").size())
                    .isLessThanOrEqualTo(10);
            assertThat(get(path(link(collection, "describedby"))).path("properties").isObject())
                    .isTrue();
            for (JsonNode feature : page.path("features")) {
                String one =
                        path(link(collection, "items"))
                                + "/"
                                + feature.path("id")
                                        .asString("")
                                        .replace("/", "%2F")
                                        .replace("#", "%23");
                assertThat(get(one).path("geometry")).isEqualTo(feature.path("geometry"));
            }
        }
    }

    @Test
    void aCollectionTellsWhereItIsFromAndUnderWhichLicence() {
        JsonNode schools = get(SCHOOLS);

        assertThat(schools.path("title").asString("")).isEqualTo("中小学（清华园一带）");
        assertThat(schools.path("description").asString(""))
                .contains("OpenStreetMap")
                .contains("ODbL-1.0")
                .contains("2017-06-24");
        assertThat(schools.path("itemType").asString("")).isEqualTo("feature");
        assertThat(schools.path("storageCrs").asString("")).isEqualTo(EPSG + 4490);
        assertThat(schools.path("crs").path(0).asString("")).isEqualTo(CRS84);
        assertThat(schools.path("crs").toString())
                .contains(EPSG + 4490, EPSG + 4326, EPSG + 3857, EPSG + 4548)
                .doesNotContain(EPSG + 4534);
        assertThat(schools.path("extent").path("spatial").path("bbox").path(0).toString())
                .isEqualTo("[116.308,39.99,116.332,40.012]");
        assertThat(schools.path("extent").path("temporal").path("interval").toString())
                .contains("2017-06-24");
        assertThat(link(schools, "license")).isEqualTo("https://spdx.org/licenses/ODbL-1.0.html");
        assertThat(get("/ogc/collections/demo.haidian-landuse").path("description").asString(""))
                .contains("演示数据", "Demonstration");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void pagesTurnedForthAndBackHoldEveryFeatureOnce(int limit) {
        List<String> all = ids(get(ITEMS + "?limit=10000"));
        List<String> forth = new ArrayList<>();
        String next = ITEMS + "?limit=" + limit + "&bbox=116,39,117,41";
        String last = next;
        while (!next.isEmpty()) {
            JsonNode page = get(next);
            assertThat(page.path("numberMatched").asInt(-1)).isEqualTo(all.size());
            assertThat(path(link(page, "self"))).contains("bbox=116%2C39%2C117%2C41");
            forth.addAll(ids(page));
            last = next;
            next = link(page, "next").isEmpty() ? "" : path(link(page, "next"));
        }

        assertThat(forth).hasSize(5).containsExactlyElementsOf(all);
        String before = link(get(last), "prev");
        assertThat(before.isEmpty()).isEqualTo(limit >= 5);
        if (!before.isEmpty()) {
            assertThat(ids(get(path(before)))).hasSize(limit);
        }
    }

    @Test
    void aPageBeyondTheEndIsEmptyAndLeadsBack() {
        JsonNode page = get(ITEMS + "?offset=9999999999&limit=2");

        assertThat(page.path("numberReturned").asInt(-1)).isZero();
        assertThat(page.path("numberMatched").asInt(-1)).isEqualTo(5);
        assertThat(link(page, "next")).isEmpty();
        assertThat(ids(get(path(link(page, "prev"))))).hasSize(2);
    }

    @Test
    void theDescriptionTellsTheBoundsOfEveryParameter() {
        JsonNode paths = get("/openapi.json").path("paths");
        JsonNode items = paths.path("/ogc/collections/{collection}/items").path("get");
        List<String> told = new ArrayList<>();
        items.path("parameters")
                .forEach(p -> told.add(p.path("name").asString("") + p.path("schema")));

        assertThat(paths.propertyNames())
                .contains("/ogc", "/ogc/conformance", "/ogc/collections")
                .contains("/ogc/collections/{collection}/items/{feature}");
        assertThat(told)
                .anyMatch(t -> t.matches("limit.*integer.*") && t.contains(":10000"))
                .anyMatch(t -> t.matches("bbox\\{.*array.*"))
                .anyMatch(t -> t.matches("bbox-crs.*uri.*"));
        assertThat(items.path("responses").path("200").path("content").propertyNames())
                .containsExactly("application/geo+json");
    }

    /** GIS programs take the columns of a layer from the first features they see. */
    @Test
    void theFirstFeatureOfAPageNamesEveryAttribute() {
        String buildings = "/ogc/collections/haidian.building";
        JsonNode schema = get(buildings + "/schema").path("properties").path("properties");
        JsonNode page = get(buildings + "/items?offset=7&limit=2").path("features");

        assertThat(schema.path("properties").propertyNames()).contains("name", "residential");
        assertThat(page.path(0).path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(schema.path("properties").propertyNames());
        assertThat(page.path(1).path("properties").toString()).doesNotContain("null");
    }

    @Test
    void moreThanTheMostIsTheMost() {
        assertThat(path(link(get(ITEMS + "?limit=1000000000"), "self"))).contains("limit=10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"way/226670880", "way%2F226670880", "way%2f226670880"})
    void idsHaveSlashes(String id) {
        JsonNode feature = get(ITEMS + "/" + id);

        assertThat(feature.path("id").asString("")).isEqualTo(PRIMARY);
        assertThat(feature.path("properties").path("name").asString("")).isEqualTo("清华附小");
        assertThat(path(link(feature, "self"))).isEqualTo(ITEMS + "/way%2F226670880");
        assertThat(path(link(feature, "collection"))).isEqualTo(SCHOOLS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';116.3163,39.9938,116.3164,39.9939",
                "4490;39.9938,116.3163,39.9939,116.3164",
                "4326;39.9938,116.3163,39.9939,116.3164",
                "3857;12948271,4865041,12948283,4865056",
                "4548;4429050,441600,4429070,441640"
            })
    void aBoxIsReadInItsOwnSystem(String code, String box) {
        String crs = code.isEmpty() ? "" : "&bbox-crs=" + EPSG + code;

        assertThat(ids(get(ITEMS + "?bbox=" + box + crs))).contains(PRIMARY).hasSizeLessThan(5);
    }

    @Test
    void aBoxMeetsGeometriesNotTheirBoxes() {
        // In the north-east of the school's box, outside its outline.
        JsonNode corner = get(ITEMS + "?bbox=116.31575,39.99337,116.31577,39.99338");

        assertThat(ids(corner)).doesNotContain(PRIMARY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "-180,-90,180,90;5",
                "170,30,120,50;5",
                "117,30,116,50;0",
                "116,39,-100,117,41,9000;5",
                "0,0,1,1;0",
                "116.3e0,3.9e1,1.17e2,41;5"
            })
    void boxesOfAllKinds(String box, int matched) {
        if (box.startsWith("117")) {
            assertThat(ids(get(ITEMS + "?bbox=" + box))).hasSize(matched);
        }
        assertThat(get(ITEMS + "?bbox=" + box).path("numberMatched").asInt(-1)).isEqualTo(matched);
    }

    @ParameterizedTest
    @CsvSource({"4490, 1", "4326, 1", "4548, 1", "3857, 0"})
    void axesComeInTheOrderOfTheAuthority(String code, int east) {
        String path = ITEMS + "/" + PRIMARY;
        HttpResponse<String> response = server.get(path + "?crs=" + EPSG + code);
        JsonNode there = Server.json(response).path("geometry").path("coordinates").path(0).path(0);

        assertThat(response.headers().firstValue("Content-Crs")).contains("<" + EPSG + code + ">");
        double[] expected =
                switch (code) {
                    case "4548" -> new double[] {441563.9, 4429104.7};
                    case "3857" -> new double[] {12948210.0, 4865093.6};
                    default -> new double[] {116.3157493, 39.9941598};
                };
        double near = code.startsWith("4") && !code.equals("4548") ? 1e-9 : 100;
        assertThat(there.path(east).asDouble(0)).isCloseTo(expected[0], within(near));
        assertThat(there.path(1 - east).asDouble(0)).isCloseTo(expected[1], within(near));
    }

    @Test
    void withoutAWordAnswersAreInCrs84() {
        HttpResponse<String> response = server.get(ITEMS);

        assertThat(response.headers().firstValue("Content-Crs")).contains("<" + CRS84 + ">");
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/geo+json");
        assertThat(get(ITEMS + "?f=json&crs=" + CRS84).path("features"))
                .isEqualTo(Server.json(response).path("features"));
    }

    @ParameterizedTest
    @CsvSource({
        "2017-06-24, 5",
        "2017-06-24T12:00:00%2B08:00, 5",
        "2017-06-23T16:00:00Z, 5",
        "2017-06-24T16:00:00Z, 0",
        "../2017-06-23, 0",
        "../2017-06-24, 5",
        "2017-06-24T00:00:00Z/.., 5",
        "2018-01-01/, 0",
        "../.., 5",
        "2010-01-01T00:00:00Z/2020-01-01T00:00:00Z, 5"
    })
    void aLayerShowsOneDay(String datetime, int matched) {
        assertThat(get(ITEMS + "?datetime=" + datetime).path("numberMatched").asInt(-1))
                .isEqualTo(matched);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        for (String path : List.of(SCHOOLS, ITEMS, ITEMS + "/" + PRIMARY, SCHOOLS + "/schema")) {
            String version = server.get(path).headers().firstValue("ETag").orElse("");
            assertThat(version).contains("sha256:");
            assertThat(server.get(path, "If-None-Match", version).statusCode()).isEqualTo(304);
        }
    }

    /** There is one form of everything, and it is sent whatever a program says it would like. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "application/json",
                "application/geo+json",
                "application/geo+json, application/json",
                "text/html,application/xhtml+xml,*/*;q=0.8",
                "text/html",
                "application/vnd.oai.openapi+json;version=3.0, application/json"
            })
    void theFormDoesNotHangOnWhatIsAccepted(String accept) {
        for (String path : List.of("/ogc", "/ogc/conformance", "/ogc/collections", SCHOOLS)) {
            HttpResponse<String> response = server.get(path + "?f=json", "Accept", accept);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/json");
        }
        assertThat(server.get(ITEMS, "Accept", accept).headers().firstValue("Content-Type"))
                .hasValue("application/geo+json");
        assertThat(server.get("/openapi.json", "Accept", accept).statusCode()).isEqualTo(200);
    }

    @Test
    void elsewhereWhatIsAcceptedCounts() {
        assertThat(server.get("/v1/items", "Accept", "text/html").statusCode()).isEqualTo(406);
    }

    @Test
    void theHeadOfAnAnswerIsItsHead() {
        for (String path : List.of("/ogc", "/ogc/collections", SCHOOLS, ITEMS + "?limit=2")) {
            HttpResponse<String> head =
                    server.send(
                            java.net.http.HttpRequest.newBuilder(URI.create(server.url() + path))
                                    .method(
                                            "HEAD",
                                            java.net.http.HttpRequest.BodyPublishers.noBody()));
            HttpResponse<String> whole = server.get(path);

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String name : List.of("Content-Type", "ETag", "Content-Crs")) {
                assertThat(head.headers().firstValue(name))
                        .isEqualTo(whole.headers().firstValue(name));
            }
        }
    }

    /** QGIS looks for it under the components, not at the operation. */
    @Test
    void theDescriptionTellsQgisTheLargestPage() {
        JsonNode limit = get("/openapi.json").path("components").path("parameters").path("limit");

        assertThat(limit.path("in").asString("")).isEqualTo("query");
        assertThat(limit.path("schema").path("maximum").asInt(0)).isEqualTo(10_000);
        assertThat(limit.path("schema").path("default").asInt(0)).isEqualTo(10);
    }

    /** Requirements of parts 1 and 2 on what every collection says of itself. */
    @Test
    void everyCollectionSaysWhatTheStandardAsks() {
        for (JsonNode collection : get("/ogc/collections").path("collections")) {
            List<String> systems = new ArrayList<>();
            collection.path("crs").forEach(c -> systems.add(c.asString("")));
            JsonNode box = collection.path("extent").path("spatial").path("bbox").path(0);

            assertThat(systems).contains(CRS84, collection.path("storageCrs").asString("none"));
            assertThat(box.size()).isEqualTo(4);
            assertThat(box.path(0).asDouble(9)).isLessThan(box.path(2).asDouble(0));
            assertThat(box.path(1).asDouble(9)).isLessThan(box.path(3).asDouble(0));
            for (JsonNode link : collection.path("links")) {
                assertThat(link.path("rel").asString("")).isNotEmpty();
                assertThat(link.path("type").asString("")).isNotEmpty();
            }
            assertThat(link(collection, "items")).isNotEmpty();
            assertThat(link(collection, "self")).isNotEmpty();
        }
    }

    @Test
    void aPageKeepsWhatWasAskedWhileItIsTurned() {
        String asked =
                "?limit=1&crs="
                        + EPSG
                        + 4490
                        + "&bbox-crs="
                        + CRS84
                        + "&bbox=116,39,117,41"
                        + "&datetime=2017-06-24";
        HttpResponse<String> first = server.get(ITEMS + asked);
        HttpResponse<String> second = server.get(path(link(Server.json(first), "next")));

        assertThat(second.headers().firstValue("Content-Crs"))
                .hasValue("<" + EPSG + 4490 + ">")
                .isEqualTo(first.headers().firstValue("Content-Crs"));
        assertThat(Server.json(second).path("numberMatched").asInt(0))
                .isEqualTo(Server.json(first).path("numberMatched").asInt(-1));
        assertThat(Server.json(second).path("timeStamp").asString("")).matches("[0-9T:-]+Z");
    }

    @Test
    void linksNameTheHostThatWasAsked() {
        String answer =
                server.raw(
                        "GET /ogc HTTP/1.1\r\nHost: maps.example:8443\r\n"
                                + "X-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .contains("http://maps.example:8443/ogc/collections")
                .doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=-1",
                "limit=0",
                "limit=1e9",
                "limit=ten",
                "limit=",
                "limit=1&limit=2",
                "limit=99999999999999999999",
                "offset=-1",
                "offset=1.5",
                "offset=99999999999999999999",
                "bbox=",
                "bbox=1,2,3",
                "bbox=1,2,3,4,5",
                "bbox=1,2,3,4,5,6,7,8,9",
                "bbox=NaN,0,1,1",
                "bbox=Infinity,0,1,1",
                "bbox=0,1,1,0",
                "bbox=-181,0,1,1",
                "bbox=0,0,1,91",
                "bbox=1e99,0,1,1",
                "bbox=a,b,c,d",
                "bbox=116,39,117,40&bbox-crs=EPSG:4326",
                "bbox=116,39,117,40&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
                "crs=http://www.opengis.net/def/crs/EPSG/0/2436",
                "crs=http://www.opengis.net/def/crs/EPSG/0/4534",
                "crs=",
                "crs=%E2%80%AE",
                "datetime=yesterday",
                "datetime=",
                "datetime=..",
                "datetime=2020-01-01/2010-01-01",
                "datetime=2020-01-01/2020-02-01/2020-03-01",
                "f=html",
                "colour=red",
                "Limit=3"
            })
    void aWrongParameterIsRefusedInBothLanguages(String query) {
        HttpResponse<String> response = server.get(ITEMS + "?" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        JsonNode fault = Server.json(response).path("errors").path(0);
        assertThat(fault.path("zh").asString("")).containsPattern("参数");
        assertThat(fault.path("en").asString("")).containsPattern("(?i)parameter");
        assertThat(response.body()).doesNotContain("\u202e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bbox=-1e20,-1e20,1e20,1e20&bbox-crs=" + EPSG + 4548,
                "bbox=-1e20,-1e20,1e20,1e20&bbox-crs=" + EPSG + 3857
            })
    void aBoxLargerThanItsSystemHoldsAll(String query) {
        assertThat(get(ITEMS + "?" + query).path("numberMatched").asInt(-1)).isEqualTo(5);
    }

    @Test
    void aBoxOutsideItsSystemHoldsNothing() {
        String far = "?bbox=1e15,1e15,1e16,1e16&bbox-crs=" + EPSG + 4548;

        assertThat(get(ITEMS + far).path("numberMatched").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ogc/collections/none",
                "/ogc/collections/haidian/school",
                "/ogc/collections/none/items",
                "/ogc/collections/none/schema",
                ITEMS + "/",
                ITEMS + "/none",
                ITEMS + "/way%2F0",
                ITEMS + "/..%2F..%2F..%2Fetc%2Fpasswd",
                "/..%2F..%2Fetc%2Fpasswd"
            })
    void whatIsNotThereIsNotFound(String path) {
        HttpResponse<String> response =
                server.send(
                        java.net.http.HttpRequest.newBuilder(URI.create(server.url() + path))
                                .GET());

        assertThat(response.statusCode()).as(response.body()).isIn(400, 404);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
    }

    @Test
    void everyAddressRefusesWhatItDoesNotKnow() {
        for (String path :
                List.of(
                        "/ogc",
                        "/ogc/conformance",
                        "/ogc/collections",
                        SCHOOLS,
                        SCHOOLS + "/schema",
                        ITEMS + "/" + PRIMARY)) {
            assertThat(server.get(path + "?colour=red").statusCode()).as(path).isEqualTo(400);
            assertThat(server.get(path + "?f=xml").statusCode()).as(path).isEqualTo(400);
            assertThat(server.get(path + "?f=json").statusCode()).as(path).isEqualTo(200);
        }
    }
}

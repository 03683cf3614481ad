package org.kanqian.api.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.api.Server;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plans drawn over HTTP, with what the pre-check found of them. */
class DrawingTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path REQUESTS = Path.of("../samples/requests");
    private static final String PATH = "/v1/plans/drawing";

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

    private static String request(String name) throws Exception {
        return Files.readString(REQUESTS.resolve(name + ".json"));
    }

    private static String svg(String body, String query, String... headers) {
        HttpResponse<String> response = server.post(PATH + query, body, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/svg+xml");
        return response.body();
    }

    @ParameterizedTest
    @CsvSource({
        "04-internet-cafe-faulty-plan",
        "06-karaoke-faulty-plan",
        "09-restaurant-faulty-plan",
        "11-small-catering-chengdu-faulty"
    })
    void everyViolationReadOffThePlanIsNumberedAndToldInTheOrderOfTheFixList(String name)
            throws Exception {
        JsonNode answer = server.check(request(name));
        List<String> titles = new ArrayList<>();
        for (JsonNode fix : answer.path("fixes")) {
            if (onPlan(answer, fix.path("point").asString(""))) {
                titles.add(fix.path("title").asString(""));
            }
        }

        String svg = svg(request(name), "");

        assertThat(titles).isNotEmpty();
        String about = svg.substring(svg.indexOf("<desc"), svg.indexOf("</desc>"));
        for (int i = 0; i < titles.size(); i++) {
            assertThat(about).contains("\n" + (i + 1) + ". " + titles.get(i));
        }
        assertThat(svg).contains("kq-findings", "kq-badge-", "#c0281c");
    }

    private static boolean onPlan(JsonNode answer, String point) {
        for (JsonNode item : answer.path("items")) {
            for (JsonNode finding : item.path("findings")) {
                if (finding.path("point").asString("").equals(point)) {
                    for (JsonNode because : finding.path("because")) {
                        if (because.path("fact").asString("").startsWith("plan.")
                                || because.path("from").path("kind").asString("").equals("PLAN")) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    @Test
    void aPlanAloneIsDrawnWithoutFindingsAndNothingIsFiled() throws Exception {
        ObjectNode plan = JSON.createObjectNode();
        plan.set("plan", JSON.readTree(request("09-restaurant-faulty-plan")).path("plan"));
        int before = server.filed();

        String svg = svg(plan.toString(), "");

        assertThat(svg).contains("大厅").doesNotContain("kq-findings").doesNotContain("kq-mark");
        assertThat(server.filed()).isEqualTo(before);
    }

    @Test
    void aModelPlanCallsOutWhatIsMet() throws Exception {
        String request = request("12-pharmacy-ok");

        assertThat(svg(request, "")).doesNotContain("kq-mark");
        assertThat(svg(request, "?model=true")).contains("kq-mark-1-", "#1e7d45");
    }

    @Test
    void whatIsWrongInThePlanItselfIsToldOnTheDrawing() throws Exception {
        ObjectNode plan = JSON.createObjectNode();
        plan.set("plan", JSON.readTree(request("09-restaurant-faulty-plan")).path("plan"));
        ((ArrayNode) plan.at("/plan/rooms/0/polygon")).remove(0);

        String svg = svg(plan.toString(), "");

        assertThat(svg).contains("图上有错", "没有闭合");
    }

    @Test
    void theReadersLanguageIsSpoken() throws Exception {
        String svg = svg(request("09-restaurant-faulty-plan"), "", "Accept-Language", "en");

        assertThat(svg).contains("Not met: ", "Findings", "dining", ">EXIT<");
    }

    @Test
    void whoAsksForPdfGetsTheSamePicture() throws Exception {
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(server.url() + PATH))
                                        .header("Content-Type", "application/json")
                                        .header("Accept", "application/pdf, image/svg+xml;q=0.5")
                                        .POST(
                                                BodyPublishers.ofString(
                                                        request("09-restaurant-faulty-plan")))
                                        .build(),
                                BodyHandlers.ofByteArray());

        if (response.statusCode() == 503) {
            assertThat(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("fonts-noto-cjk");
            return;
        }
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/pdf");
        try (PDDocument document = Loader.loadPDF(response.body())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document)).contains("勘前意见", "大厅", "不符合");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"items":[{"item":"internet-cafe"}]}  | 422 | /plan
            {"plan":{"format":"kanqian-plan/1"}}  | 422 | /plan/
            {"plan":{},"itmes":[]}                | 422 | items
            {"plan":                              | 400 | JSON
            """)
    void aRequestThatCannotBeDrawnSaysWhy(String body, int status, String named) {
        for (String accept :
                List.of("*/*", "image/svg+xml", "image/svg+xml, application/problem+json")) {
            HttpResponse<String> response = server.post(PATH, body, "Accept", accept);

            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/problem+json");
            assertThat(response.body()).contains(named);
        }
        assertThat(server.post(PATH, body, "Accept", "text/html").statusCode()).isEqualTo(406);
    }
}

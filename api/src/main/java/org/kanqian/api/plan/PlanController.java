package org.kanqian.api.plan;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Arriving;
import org.kanqian.api.precheck.Localised;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.plan.importing.ImportException;
import org.kanqian.gis.plan.importing.ImportSettings;
import org.kanqian.gis.plan.importing.ImportedPlan;
import org.kanqian.gis.plan.importing.LengthUnit;
import org.kanqian.gis.plan.importing.PlanImport;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.Nearest;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.Text;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** For whoever draws a plan. Nothing is filed. */
@Tag(name = "plans", description = "平面图 / Floor plans")
@RestController
class PlanController {
    /** Largest file taken, in bytes: what a browser sends, less than the command line reads. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int MOST_ITEMS = 50;
    private static final int LONGEST_SETTINGS = 4_000;

    /** A drawing made to be slow keeps one thread busy, never all of them. */
    private final Semaphore importing = new Semaphore(2);

    private final Serving serving;

    PlanController(Serving serving) {
        this.serving = serving;
    }

    @Operation(
            summary = "平面图里可以画什么、所选事项要看什么 / What can be drawn, and what the items look at",
            description =
                    "功能间、设施、流线、可填的属性；所选事项的要点要看的排在前面，从要点所读的事实推出来。"
                            + " / Rooms, fixtures, flows and attributes; what the items' points look"
                            + " at comes first, worked out from the facts they read.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = PlanAnswers.Vocabulary.class)))
    @GetMapping(path = "/v1/plans/vocabulary", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode vocabulary(
            @Parameter(description = "事项，可重复，最多 50 个 / items, repeatable, at most 50")
                    @RequestParam(required = false)
                    @Nullable List<String> item,
            @Parameter(hidden = true) Locale locale) {
        RuleBook book = serving.now().book();
        return Localised.in(locale, Words.of(book, items(book, item == null ? List.of() : item)));
    }

    @Operation(
            summary = "平面图现在哪里不行 / What is wrong with a plan now",
            description =
                    "请求与 POST /v1/pre-checks 相同，要带平面图。图本身的毛病按要素列出，牵涉到的要点不判；"
                            + "编号与 POST /v1/plans/drawing 的图一致。不留存。/ As for a pre-check, with a plan:"
                            + " its own faults by element, and the findings on the rest, numbered"
                            + " as the drawing numbers them. Nothing is filed.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(ref = "PreCheckRequest"))))
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = PlanAnswers.Findings.class)))
    @PostMapping(
            path = "/v1/plans/findings",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode findings(
            @Parameter(hidden = true) HttpServletRequest http,
            @Parameter(hidden = true) Locale locale)
            throws IOException {
        return Localised.in(locale, PlanCheck.of(Arriving.body(http), serving.now()));
    }

    @Operation(
            summary = "把 DXF、GeoJSON、IMDF 转成平面图 / Makes a plan of DXF, GeoJSON or IMDF",
            description =
                    "请求体就是文件，不超过 16 MB，格式看内容，不看 Content-Type。没读的、推测的列在 notes 里。图纸没写单位时"
                            + "答 422，units 列出各单位算出的长边，选一个再发。/ The body is the file, at most"
                            + " 16 MB, told apart by what it holds. What was left out or guessed is in"
                            + " notes. A drawing that states no unit is answered 422 with, in units, how"
                            + " long it would be in each: choose one and send it again.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = PlanAnswers.Imported.class)))
    @PostMapping(
            path = "/v1/plans/import",
            consumes = {
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                MediaType.APPLICATION_JSON_VALUE,
                "application/geo+json",
                "application/dxf",
                "image/vnd.dxf",
                MediaType.TEXT_PLAIN_VALUE
            },
            produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode imported(
            @Parameter(hidden = true) HttpServletRequest http,
            @Parameter(description = "mm、cm、dm、m、in、ft") @RequestParam(required = false)
                    @Nullable String units,
            @Parameter(
                            description =
                                    "导入设置，YAML，最多 4000 字，同 samples/plans/import-settings.yaml"
                                            + " / import settings, YAML, at most 4,000 characters")
                    @RequestParam(required = false)
                    @Nullable String settings,
            @Parameter(hidden = true) Locale locale)
            throws IOException {
        ImportSettings with = settings(units, settings);
        byte[] file = file(http);
        ImportedPlan plan = plan(file, with);
        return Localised.in(
                locale,
                new PlanAnswers.Imported(
                        plan.plan(),
                        plan.notes().stream()
                                .map(
                                        n ->
                                                new PlanAnswers.Note(
                                                        n.kind(),
                                                        n.element(),
                                                        new Text(n.zh(), n.en())))
                                .toList()));
    }

    private ImportedPlan plan(byte[] file, ImportSettings with) throws IOException {
        if (!importing.tryAcquire()) {
            throw new ProblemException(
                    new Problem(
                            503,
                            "import-busy",
                            new Text("正在转别的图纸", "Other drawings are being read"),
                            new Text("请过一会儿再试。", "Please try again in a moment."),
                            List.of()));
        }
        try {
            return PlanImport.read(new ByteArrayInputStream(file), with);
        } catch (ImportException e) {
            throw refused(e);
        } finally {
            importing.release();
        }
    }

    private static byte[] file(HttpServletRequest http) throws IOException {
        byte[] file =
                http.getContentLengthLong() > MOST_BYTES
                        ? new byte[MOST_BYTES + 1]
                        : http.getInputStream().readNBytes(MOST_BYTES + 1);
        if (file.length > MOST_BYTES) {
            throw new ProblemException(
                    new Problem(
                            413,
                            "body-too-large",
                            new Text("文件太大", "The file is too large"),
                            new Text(
                                    "文件超过 16 MB。请只留墙、门窗、设施和房间名，或者用命令行 ./kanqian plan import。",
                                    "The file is larger than 16 MB. Keep walls, openings, fixtures"
                                            + " and room names, or use ./kanqian plan import."),
                            List.of()));
        }
        if (file.length == 0) {
            throw ProblemException.invalid(
                    List.of(
                            new Fault(
                                    "", "没有收到文件：请求体是空的。", "No file arrived: the body is empty.")));
        }
        return file;
    }

    private static ImportSettings settings(@Nullable String units, @Nullable String yaml)
            throws IOException {
        if (yaml != null && yaml.length() > LONGEST_SETTINGS) {
            throw parameter(
                    "参数 settings 超过 4000 字。", "Parameter settings is over 4,000 characters.");
        }
        ImportSettings given;
        try {
            given =
                    yaml == null
                            ? ImportSettings.DEFAULT
                            : ImportSettings.read(
                                    new ByteArrayInputStream(
                                            yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (ImportException e) {
            throw parameter(e.zh(), e.en());
        }
        return units == null
                ? given
                : given.in(
                        LengthUnit.of(units)
                                .orElseThrow(
                                        () ->
                                                parameter(
                                                        "参数 units 应为 mm、cm、dm、m、in、ft 之一。",
                                                        "Parameter units must be one of mm, cm, dm,"
                                                                + " m, in, ft.")));
    }

    private static ProblemException parameter(String zh, String en) {
        return ProblemException.invalid(List.of(new Fault("", zh, en)));
    }

    /** Why no plan came of a file; with the units to choose from, where that is what is asked. */
    private static ProblemException refused(ImportException e) {
        boolean asks = !e.sizes().isEmpty();
        return new ProblemException(
                new Problem(
                        422,
                        asks ? "plan-units-missing" : "plan-not-imported",
                        asks
                                ? new Text("图纸的单位要您说明", "The drawing's unit has to be stated")
                                : new Text("这个文件转不成平面图", "No plan can be made of this file"),
                        new Text(e.zh(), e.en()),
                        List.of(),
                        asks ? Map.of("units", sizes(e)) : Map.of()));
    }

    private static List<Map<String, Object>> sizes(ImportException e) {
        List<Map<String, Object>> units = new ArrayList<>();
        for (ImportException.Size size : e.sizes()) {
            Map<String, Object> choice = new LinkedHashMap<>();
            choice.put("unit", size.unit().word());
            choice.put("metres", size.metres());
            units.add(choice);
        }
        return units;
    }

    private static List<ApprovalItem> items(RuleBook book, List<String> ids) {
        if (ids.size() > MOST_ITEMS) {
            throw parameter("参数 item 最多 50 个。", "At most 50 items.");
        }
        List<String> known = book.pack().items().stream().map(ApprovalItem::id).toList();
        List<Fault> faults = new ArrayList<>();
        List<ApprovalItem> items = new ArrayList<>();
        for (String id : ids) {
            Optional<ApprovalItem> item = book.pack().item(id);
            item.ifPresent(items::add);
            if (item.isEmpty()) {
                Optional<String> near = Nearest.to(id, known);
                String shown = Fault.shown(id);
                faults.add(
                        new Fault(
                                "",
                                "参数 item：没有事项 "
                                        + shown
                                        + near.map(n -> "，是不是 " + n + "？").orElse("。"),
                                "Parameter item: there is no item "
                                        + shown
                                        + near.map(n -> "; did you mean " + n + "?").orElse(".")));
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return items;
    }
}

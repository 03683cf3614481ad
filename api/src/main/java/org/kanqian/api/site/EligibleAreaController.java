package org.kanqian.api.site;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.survey.Ground;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.verdict.Finding;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.io.geojson.GeoJsonWriter;
import org.locationtech.jts.precision.GeometryPrecisionReducer;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where in a district no siting point is violated. */
@Tag(name = "sites", description = "选址 / Sites")
@RestController
class EligibleAreaController {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int KEPT = 64;
    private static final int MOST_WAITING = 8;
    private static final int DECIMALS = 7;
    private static final PrecisionModel ROUNDED = new PrecisionModel(Math.pow(10, DECIMALS));

    private final Serving serving;

    private final OnceEach<ObjectNode> drawn = new OnceEach<>(KEPT, MOST_WAITING);

    EligibleAreaController(Serving serving) {
        this.serving = serving;
    }

    @Operation(
            summary = "哪里可以开：一个区内可选址的范围，GeoJSON，CGCS2000 / Where can I?",
            description =
                    "要素的 standing：ELIGIBLE 图上能查的选址要点都不违反；EXCLUDED 任何一处都不行，reasons 写明"
                            + "哪条；UNSURE 在误差之内、图层没覆盖或离区界太近，要逐个地址查。toAnswer 是图上查不出、"
                            + "要看具体房屋的事。/ ELIGIBLE: no siting point a map can tell is violated;"
                            + " EXCLUDED: no site there will do, and why; UNSURE: within the errors,"
                            + " outside a layer or near the border. toAnswer: what depends on the"
                            + " premises themselves.")
    @GetMapping(path = "/v1/sites/eligible-area", produces = "application/geo+json")
    ResponseEntity<JsonNode> eligibleArea(
            @Parameter(description = "事项 / the item", example = "internet-cafe")
                    @RequestParam(required = false)
                    @Nullable String item,
            @Parameter(description = "情形 / the variant") @RequestParam(required = false)
                    @Nullable String variant,
            @Parameter(description = "六位行政区划代码 / GB/T 2260 code", example = "110108")
                    @RequestParam(required = false)
                    @Nullable String region,
            @Parameter(description = "定位精度，米，1–100 / accuracy of a site in metres")
                    @RequestParam(defaultValue = "10")
                    double accuracy,
            @Parameter(description = "按哪天的法规 / the day whose law counts")
                    @RequestParam(required = false)
                    @Nullable String asOf) {
        PreCheckService service = serving.now();
        ApprovalItem asked = item(service, item);
        Optional<String> form = variant(asked, variant);
        String code = region(region);
        LocalDate day = day(asOf).orElseGet(service::today);
        if (!(accuracy >= 1 && accuracy <= 100)) {
            throw wrong("accuracy", "应为 1 到 100 之间的米数", "is metres from 1 to 100");
        }
        SiteSurveyor surveyor = service.surveyor();
        String key =
                String.join(
                        "|",
                        service.pack().hash(),
                        surveyor.layers().versions().toString(),
                        asked.id(),
                        form.orElse(""),
                        code,
                        day.toString(),
                        String.valueOf(accuracy));
        ObjectNode answer = drawn.get(key, () -> draw(service, asked, form, code, day, accuracy));
        return ResponseEntity.ok()
                .eTag("W/\"" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)) + "\"")
                .cacheControl(CacheControl.noCache())
                .body(answer);
    }

    private static ObjectNode draw(
            PreCheckService service,
            ApprovalItem item,
            Optional<String> variant,
            String region,
            LocalDate asOf,
            double accuracy) {
        Ground ground =
                Ground.of(
                                service.surveyor().layers(),
                                region,
                                accuracy,
                                asOf,
                                service.pack().measures())
                        .orElseThrow(
                                () ->
                                        ProblemException.notFound(
                                                "行政区划图层里没有画出 " + region + "，或图层已过期。",
                                                "No region layer in date draws " + region + "."));
        try {
            return written(
                    service,
                    ground,
                    EligibleArea.of(service.book(), ground, item.id(), variant, region, asOf),
                    item,
                    region,
                    asOf,
                    accuracy);
        } catch (NotInForceException e) {
            throw ProblemException.notInForce(e);
        }
    }

    private static ObjectNode written(
            PreCheckService service,
            Ground ground,
            EligibleArea area,
            ApprovalItem item,
            String region,
            LocalDate asOf,
            double accuracy) {
        ObjectNode answer = JSON.createObjectNode().put("type", "FeatureCollection");
        answer.put("item", item.id()).put("region", region).put("asOf", asOf.toString());
        answer.put("accuracy", accuracy).put("pack", service.pack().hash());
        ObjectNode versions = answer.putObject("layers");
        service.surveyor().layers().versions().forEach(versions::put);
        ArrayNode ask = answer.putArray("toAnswer");
        for (String fact : area.toAnswer()) {
            ask.addObject().put("fact", fact).put("label", label(service, fact));
        }
        if (!area.tooMuch().isEmpty()) {
            ArrayNode tooMuch = answer.putArray("tooMuch");
            for (String fact : area.tooMuch()) {
                tooMuch.addObject().put("fact", fact).put("label", label(service, fact));
            }
        }
        double whole = area.area().getArea();
        ObjectNode shares = answer.putObject("shares");
        for (EligibleArea.Standing standing : EligibleArea.Standing.values()) {
            double part =
                    area.parts().stream()
                            .filter(p -> p.standing() == standing)
                            .mapToDouble(p -> p.geometry().getArea())
                            .sum();
            shares.put(standing.name(), Math.round(part / whole * 10_000) / 10_000.0);
        }
        GeoJsonWriter writer = new GeoJsonWriter(DECIMALS);
        writer.setEncodeCRS(false);
        writer.setForceCCW(true);
        ArrayNode features = answer.putArray("features");
        for (EligibleArea.Part part : area.parts()) {
            Geometry degrees =
                    GeometryPrecisionReducer.reduce(ground.toDegrees(part.geometry()), ROUNDED);
            if (degrees.isEmpty()) {
                continue;
            }
            ObjectNode feature = features.addObject().put("type", "Feature");
            ObjectNode properties = feature.putObject("properties");
            properties.put("standing", part.standing().name());
            properties.put("squareMetres", Math.round(part.geometry().getArea()));
            properties.put("border", part.border());
            ArrayNode reasons = properties.putArray("reasons");
            for (Finding finding : part.findings()) {
                ObjectNode reason = reasons.addObject().put("point", finding.point().id());
                reason.put("title", finding.point().title().zh());
                reason.put("text", finding.text().zh()).put("textEn", finding.text().en());
                ArrayNode basis = reason.putArray("basis");
                finding.basis()
                        .forEach(
                                b ->
                                        basis.addObject()
                                                .put("law", b.law().title())
                                                .put("article", b.article().orElse("")));
            }
            ArrayNode missing = properties.putArray("unsure");
            for (String fact : part.missing()) {
                missing.addObject().put("fact", fact).put("label", label(service, fact));
            }
            feature.set("geometry", JSON.readTree(writer.write(degrees)));
        }
        return answer;
    }

    private static String label(PreCheckService service, String fact) {
        return service.pack().fact(fact).map(FactDefinition::label).orElse(fact);
    }

    private static ApprovalItem item(PreCheckService service, @Nullable String item) {
        return service.pack().items().stream()
                .filter(i -> i.id().equals(item))
                .findFirst()
                .orElseThrow(() -> wrong("item", "应为 /v1/items 列出的一个事项", "is one of /v1/items"));
    }

    private static Optional<String> variant(ApprovalItem item, @Nullable String variant) {
        if (variant == null || variant.isBlank()) {
            return Optional.empty();
        }
        if (item.variants().stream().noneMatch(v -> v.value().equals(variant))) {
            throw wrong("variant", "不是这个事项的情形", "is no variant of the item");
        }
        return Optional.of(variant);
    }

    private static String region(@Nullable String region) {
        if (region == null || !region.matches("[1-9][0-9]{5}")) {
            throw wrong("region", "应为六位行政区划代码，例如 510106", "is six digits, e.g. 510106");
        }
        return region;
    }

    private static Optional<LocalDate> day(@Nullable String asOf) {
        try {
            return Optional.ofNullable(asOf).map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw wrong("asOf", "应为日期，例如 2026-11-23", "is a day, e.g. 2026-11-23");
        }
    }

    private static ProblemException wrong(String parameter, String zh, String en) {
        return ProblemException.invalid(
                List.of(
                        new Fault(
                                "",
                                String.format(Locale.ROOT, "参数 %s %s。", parameter, zh),
                                "The parameter " + parameter + " " + en + ".")));
    }
}

package org.kanqian.api.item;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Localised;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.rules.inforce.InForce;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.Parameter.Value;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What can be checked, and what each item asks. */
@RestController
class ItemController {
    private final PreCheckService service;

    ItemController(PreCheckService service) {
        this.service = service;
    }

    @Operation(summary = "可以检查的事项 / The approval items")
    @GetMapping(path = "/v1/items", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode items(@Parameter(hidden = true) Locale locale) {
        StandardsPack pack = service.pack();
        List<Map<String, Object>> items = pack.items().stream().map(i -> summary(i)).toList();
        return Localised.in(
                locale,
                Map.of(
                        "pack",
                        Map.of("name", pack.name(), "version", pack.version(), "hash", pack.hash()),
                        "items",
                        items));
    }

    @Operation(summary = "一个事项在某地某天的全部要点 / An item's points in force, there and then")
    @GetMapping(path = "/v1/items/{item}", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode item(
            @PathVariable String item,
            @RequestParam(required = false) @Nullable LocalDate asOf,
            @RequestParam(required = false) @Nullable String region,
            @Parameter(hidden = true) Locale locale) {
        ApprovalItem found =
                service.pack()
                        .item(item)
                        .orElseThrow(
                                () ->
                                        ProblemException.notFound(
                                                "没有这个事项，全部事项见 /v1/items。",
                                                "There is no such item; /v1/items lists them."));
        if (region != null && !region.matches("[1-8][0-9]{5}")) {
            throw ProblemException.invalid(
                    List.of(
                            new Fault(
                                    "",
                                    "参数 region 是六位行政区划代码，例如 510106。",
                                    "The parameter region is a six-digit code, e.g. 510106.")));
        }
        LocalDate day = asOf == null ? service.today() : asOf;
        Optional<String> place = Optional.ofNullable(region);
        Map<String, Object> body = new LinkedHashMap<>(summary(found));
        body.put("asOf", day);
        body.put("region", place.orElse("CN"));
        body.put("licenceBasis", found.licenceBasis().stream().map(ItemController::cited).toList());
        body.put(
                "points",
                InForce.points(found, place, day).stream().map(p -> point(p, place, day)).toList());
        body.put("facts", service.book().factsOf(item).stream().map(this::fact).toList());
        return Localised.in(locale, body);
    }

    @Operation(summary = "事实词表 / The fact vocabulary")
    @GetMapping(path = "/v1/facts", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode facts(@Parameter(hidden = true) Locale locale) {
        return Localised.in(
                locale,
                Map.of("facts", service.pack().facts().stream().map(f -> fact(f.name())).toList()));
    }

    private static Map<String, Object> summary(ApprovalItem item) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("item", item.id());
        map.put("name", item.name());
        map.put("category", item.category());
        map.put("authority", item.authority());
        map.put("visit", item.visit().name());
        map.put(
                "variants",
                item.variants().stream()
                        .map(v -> Map.of("value", v.value(), "title", v.title()))
                        .toList());
        return map;
    }

    private static Map<String, Object> point(
            RequirementPoint p, Optional<String> region, LocalDate day) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("point", p.id());
        map.put("stage", p.stage().name());
        map.put("check", p.check().name());
        map.put("severity", p.severity().name());
        map.put("curable", p.curable());
        map.put("title", p.title());
        map.put("text", p.text());
        map.put("basis", p.basis().stream().map(ItemController::cited).toList());
        map.put("region", p.region());
        put(map, "inForce", p.inForce());
        put(map, "until", p.until());
        List<Map<String, Object>> limits = new ArrayList<>();
        p.parameters()
                .forEach(
                        (name, parameter) -> {
                            Map<String, Object> limit = new LinkedHashMap<>();
                            limit.put("name", name);
                            limit.put("unit", parameter.unit());
                            Optional<Value> value = InForce.value(parameter, region, day);
                            value.ifPresent(
                                    v -> {
                                        limit.put("value", v.value());
                                        limit.put("region", v.region());
                                        put(limit, "since", v.since());
                                        put(limit, "until", v.until());
                                    });
                            parameter.ask().ifPresent(a -> limit.put("ask", a));
                            limits.add(limit);
                        });
        map.put("limits", limits);
        map.put("fix", p.fix());
        map.put("evidence", p.evidence());
        map.put("recalled", p.recalled());
        put(map, "verified", p.verified());
        p.source().ifPresent(s -> map.put("source", s));
        return map;
    }

    private Map<String, Object> fact(String name) {
        FactDefinition f = service.book().fact(name).orElseThrow();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fact", f.name());
        map.put("label", f.label());
        map.put("type", f.type().name().toLowerCase(Locale.ROOT));
        map.put("unit", f.unit());
        map.put("sources", f.sources().stream().map(Enum::name).sorted().toList());
        map.put("ask", f.ask());
        map.put("howTo", f.help());
        map.put(
                "choices",
                f.values().stream()
                        .map(v -> Map.of("value", v.value(), "title", v.title()))
                        .toList());
        put(map, "min", f.min());
        put(map, "max", f.max());
        return map;
    }

    private static Map<String, Object> cited(Basis basis) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("law", basis.law().id());
        map.put("title", basis.law().title());
        map.put("doc", basis.law().doc());
        basis.article().ifPresent(a -> map.put("article", a));
        map.put("inForce", basis.law().inForceText());
        return map;
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}

package org.kanqian.api.item;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Localised;
import org.kanqian.api.precheck.PreCheckAnswer.Choice;
import org.kanqian.api.precheck.PreCheckAnswer.Cited;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.precheck.RegionCode;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.Nearest;
import org.kanqian.rules.inforce.InForce;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.ApprovalItem;
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
@Tag(name = "items", description = "事项、要点与事实词表 / Items, their points, the facts they read")
@RestController
class ItemController {
    private final Serving serving;

    ItemController(Serving serving) {
        this.serving = serving;
    }

    @Operation(summary = "可以检查的事项 / The approval items")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ItemAnswers.Items.class)))
    @GetMapping(path = "/v1/items", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode items(@Parameter(hidden = true) Locale locale) {
        StandardsPack pack = serving.now().pack();
        return Localised.in(
                locale,
                new ItemAnswers.Items(
                        new ItemAnswers.Pack(pack.name(), pack.version(), pack.hash()),
                        pack.items().stream().map(ItemController::summary).toList(),
                        pack.bundles().stream()
                                .map(
                                        b ->
                                                new ItemAnswers.Bundle(
                                                        b.id(),
                                                        b.name(),
                                                        b.items().stream()
                                                                .map(
                                                                        m ->
                                                                                new ItemAnswers
                                                                                        .Member(
                                                                                        m.item(),
                                                                                        m.variant()
                                                                                                .orElse(
                                                                                                        null)))
                                                                .toList()))
                                .toList()));
    }

    @Operation(summary = "一个事项在某地某天的全部要点 / An item's points in force, there and then")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ItemAnswers.Item.class)))
    @GetMapping(path = "/v1/items/{item}", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode item(
            @PathVariable String item,
            @Parameter(description = "以哪天的法规为准，默认今天 / day whose law counts")
                    @RequestParam(required = false)
                    @Nullable LocalDate asOf,
            @Parameter(description = "六位行政区划代码 / six-digit region code", example = "510106")
                    @RequestParam(required = false)
                    @Nullable String region,
            @Parameter(hidden = true) Locale locale) {
        PreCheckService service = serving.now();
        RuleBook book = service.book();
        ApprovalItem found =
                book.pack().item(item).orElseThrow(() -> noSuchItem(item, book.pack()));
        if (region != null) {
            RegionCode.fault(region)
                    .ifPresent(
                            wrong -> {
                                throw ProblemException.invalid(
                                        List.of(
                                                new Fault(
                                                        "",
                                                        "参数 region " + wrong.zh(),
                                                        "Parameter region: " + wrong.en())));
                            });
        }
        LocalDate day = asOf == null ? service.today() : asOf;
        InForce.firstDay(found)
                .filter(day::isBefore)
                .ifPresent(
                        first -> {
                            throw NotInForceException.tooEarly(item, first);
                        });
        Optional<String> place = Optional.ofNullable(region);
        return Localised.in(
                locale,
                new ItemAnswers.Item(
                        found.id(),
                        found.name(),
                        found.category(),
                        found.authority(),
                        found.visit(),
                        choices(found.variants()),
                        day,
                        place.orElse("CN"),
                        found.licenceBasis().stream().map(Cited::of).toList(),
                        InForce.points(found, place, day).stream()
                                .map(p -> point(p, place, day))
                                .toList(),
                        book.factsOf(item).stream().map(f -> fact(f, book)).toList()));
    }

    @Operation(summary = "事实词表 / The fact vocabulary")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ItemAnswers.Facts.class)))
    @GetMapping(path = "/v1/facts", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode facts(@Parameter(hidden = true) Locale locale) {
        RuleBook book = serving.now().book();
        return Localised.in(
                locale,
                new ItemAnswers.Facts(
                        Stream.concat(
                                        Stream.of(RuleBook.REGION),
                                        book.pack().facts().stream().map(FactDefinition::name))
                                .map(f -> fact(f, book))
                                .toList()));
    }

    private static ProblemException noSuchItem(String item, StandardsPack pack) {
        Optional<String> near =
                Nearest.to(item, pack.items().stream().map(ApprovalItem::id).toList());
        return ProblemException.notFound(
                "没有这个事项" + near.map(n -> "，是不是 " + n + "？").orElse("，") + "全部事项见 /v1/items。",
                "There is no such item; "
                        + near.map(n -> "did you mean " + n + "? ").orElse("")
                        + "/v1/items lists them.");
    }

    private static ItemAnswers.Summary summary(ApprovalItem item) {
        return new ItemAnswers.Summary(
                item.id(),
                item.name(),
                item.category(),
                item.authority(),
                item.visit(),
                choices(item.variants()));
    }

    private static List<Choice> choices(List<FactDefinition.Option> options) {
        return options.stream().map(o -> new Choice(o.value(), o.title())).toList();
    }

    private static ItemAnswers.Point point(
            RequirementPoint p, Optional<String> region, LocalDate day) {
        List<ItemAnswers.Limit> limits = new ArrayList<>();
        p.parameters()
                .forEach(
                        (name, parameter) -> {
                            Optional<Value> value = InForce.value(parameter, region, day);
                            limits.add(
                                    new ItemAnswers.Limit(
                                            name,
                                            parameter.unit(),
                                            value.map(Value::value).orElse(null),
                                            value.map(Value::region).orElse(null),
                                            value.map(Value::since).orElse(null),
                                            value.map(Value::until).orElse(null),
                                            parameter.ask().orElse(null)));
                        });
        return new ItemAnswers.Point(
                p.id(),
                p.stage(),
                p.check(),
                p.severity(),
                p.curable(),
                p.title(),
                p.text(),
                p.basis().stream().map(Cited::of).toList(),
                p.region(),
                p.inForce(),
                p.until(),
                limits,
                p.tables().stream()
                        .map(t -> new ItemAnswers.Table(t.file(), t.headings(), t.rows()))
                        .toList(),
                p.common(),
                p.fix(),
                p.evidence(),
                p.recalled(),
                p.verified(),
                p.source().orElse(null));
    }

    private static ItemAnswers.Fact fact(String name, RuleBook book) {
        FactDefinition f = book.fact(name).orElseThrow();
        return new ItemAnswers.Fact(
                f.name(),
                f.label(),
                f.type().name().toLowerCase(Locale.ROOT),
                f.unit(),
                f.sources().stream().map(Enum::name).sorted().toList(),
                f.ask(),
                f.help(),
                choices(f.values()),
                f.min(),
                f.max());
    }
}

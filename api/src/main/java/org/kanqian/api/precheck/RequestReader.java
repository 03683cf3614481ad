package org.kanqian.api.precheck;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.crs.UnknownCrsException;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.PlanException;
import org.kanqian.gis.survey.Coordinates;
import org.kanqian.gis.survey.SiteInput;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Nearest;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import tools.jackson.databind.JsonNode;

/**
 * Reads a pre-check request strictly: an unknown field, item, variant or fact is refused with the
 * nearest known one, and all faults are reported together.
 */
final class RequestReader {
    private static final int MOST_ITEMS = 20;
    private static final int MOST_FAULTS = 50;
    private static final int LONGEST_ADDRESS = 200;
    private static final int MOST_AHEAD = 60;
    private static final BigDecimal LARGEST = new BigDecimal("1e12");

    private final StandardsPack pack;
    private final List<Fault> faults = new ArrayList<>();

    private RequestReader(StandardsPack pack) {
        this.pack = pack;
    }

    /**
     * @throws ProblemException with every fault found
     */
    static PreCheckRequest read(JsonNode body, StandardsPack pack) {
        RequestReader reader = new RequestReader(pack);
        PreCheckRequest request = reader.request(body);
        if (!reader.faults.isEmpty()) {
            throw ProblemException.invalid(reader.faults);
        }
        return request;
    }

    private PreCheckRequest request(JsonNode body) {
        only(body, "", List.of("items", "asOf", "aheadMonths", "site", "plan", "answers"));
        JsonNode site = object(body, "", "site");
        only(
                site,
                "/site",
                List.of("address", "coordinates", "floor", "building", "entrances", "boundary"));
        JsonNode building = object(site, "/site", "building");
        only(building, "/site/building", List.of("use"));
        Optional<String> use = text(building, "/site/building", "use", 50);
        use.ifPresent(u -> choice("site.building.use", u, "/site/building/use"));
        Optional<Integer> floor = whole(site, "/site", "floor", -10, 200);
        if (floor.isPresent() && floor.get() == 0) {
            fault(
                    "/site/floor",
                    "没有 0 层：地面一层填 1，地下一层填 -1。",
                    "There is no floor 0: the ground floor is 1, the first basement -1.");
        }
        Map<String, FactValue> answers = answers(object(body, "", "answers"));
        Optional<SourceCrs> projection = projection(site);
        Optional<String> region = Optional.empty();
        if (answers.remove(RuleBook.REGION) instanceof FactValue.Choice c) {
            region = Optional.of(c.value());
        }
        return new PreCheckRequest(
                items(body.path("items")),
                day(body),
                whole(body, "", "aheadMonths", 0, MOST_AHEAD).orElse(0),
                new SiteInput(
                        text(site, "/site", "address", LONGEST_ADDRESS),
                        coordinates(site, projection),
                        floor,
                        use,
                        geometry(site.path("entrances"), "/site/entrances", projection),
                        geometry(site.path("boundary"), "/site/boundary", projection)),
                plan(body.path("plan")),
                answers,
                region);
    }

    private List<PreCheckRequest.Asked> items(JsonNode node) {
        List<PreCheckRequest.Asked> items = new ArrayList<>();
        if (!node.isArray() || node.isEmpty()) {
            fault(
                    "/items",
                    "至少要有一个事项，例如 [{\"item\": \"internet-cafe\"}]。",
                    "At least one item is needed, e.g. [{\"item\": \"internet-cafe\"}].");
            return items;
        }
        if (node.size() > MOST_ITEMS) {
            fault(
                    "/items",
                    "一次最多查 " + MOST_ITEMS + " 个事项。",
                    "At most " + MOST_ITEMS + " items at once.");
            return items;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            String at = "/items/" + i;
            only(node.get(i), at, List.of("item", "variant"));
            Optional<String> id = text(node.get(i), at, "item", 100);
            if (id.isEmpty()) {
                JsonNode given = node.get(i).path("item");
                if (given.isMissingNode() || given.isNull()) {
                    fault(at + "/item", "必填。", "Required.");
                }
                continue;
            }
            Optional<ApprovalItem> item = pack.item(id.get());
            if (item.isEmpty()) {
                unknown(
                        at + "/item",
                        "没有这个事项",
                        "no such item",
                        id.get(),
                        pack.items().stream().map(ApprovalItem::id).toList());
                continue;
            }
            if (!seen.add(id.get())) {
                fault(at + "/item", "这个事项列了两次。", "This item is listed twice.");
            }
            Optional<String> variant = text(node.get(i), at, "variant", 50);
            List<String> variants =
                    item.get().variants().stream().map(FactDefinition.Option::value).toList();
            variant.filter(v -> !variants.contains(v))
                    .ifPresent(
                            v ->
                                    unknown(
                                            at + "/variant",
                                            "该事项没有这种情形",
                                            "the item has no such variant",
                                            v,
                                            variants));
            items.add(new PreCheckRequest.Asked(id.get(), variant));
        }
        return items;
    }

    private Optional<LocalDate> day(JsonNode body) {
        return text(body, "", "asOf", 10)
                .flatMap(
                        day -> {
                            try {
                                LocalDate date = LocalDate.parse(day);
                                if (date.getYear() < 1949 || date.getYear() > 2100) {
                                    fault(
                                            "/asOf",
                                            "日期要在 1949 年到 2100 年之间。",
                                            "The day must lie between 1949 and 2100.");
                                }
                                return Optional.of(date);
                            } catch (DateTimeParseException e) {
                                fault(
                                        "/asOf",
                                        "日期写成 2026-11-23 这样。",
                                        "Write the day like 2026-11-23.");
                                return Optional.empty();
                            }
                        });
    }

    /** What the coordinates are projected in; empty where they are degrees of a datum. */
    private Optional<SourceCrs> projection(JsonNode site) {
        JsonNode c = site.path("coordinates");
        if (!c.isObject() || !c.has("crs")) {
            return Optional.empty();
        }
        String at = "/site/coordinates";
        Optional<String> name = text(c, at, "crs", 40);
        try {
            Optional<SourceCrs> named =
                    name.isEmpty() ? Optional.empty() : Optional.of(SourceCrs.named(name.get()));
            if (named.filter(n -> n.degrees().isEmpty()).isPresent()) {
                return named;
            }
            fault(
                    at + "/crs",
                    "crs 填投影坐标系，如 EPSG:4548；经纬度请改用 lon、lat 和 datum。",
                    "crs names a projection such as EPSG:4548; degrees are given as lon, lat and"
                            + " datum.");
        } catch (UnknownCrsException e) {
            fault(at + "/crs", e.chinese(), e.english());
        }
        return Optional.empty();
    }

    /** East and north in metres. */
    private Optional<Coordinates> projected(JsonNode c, SourceCrs crs) {
        String at = "/site/coordinates";
        only(c, at, List.of("x", "y", "crs", "accuracy"));
        OptionalDouble x = number(c, at, "x", true);
        OptionalDouble y = number(c, at, "y", true);
        OptionalDouble accuracy = number(c, at, "accuracy", false);
        if (x.isEmpty() || y.isEmpty()) {
            return Optional.empty();
        }
        Optional<LonLat> place =
                crs.toCgcs2000(x.getAsDouble(), y.getAsDouble()).filter(LonLat::inChinaBox);
        if (place.isEmpty()) {
            fault(
                    at,
                    "按 " + crs.name() + " 换算不在中国范围内。x 是东坐标、y 是北坐标，不要写反；东坐标前有没有带号，要与坐标系的代码一致。",
                    "In "
                            + crs.name()
                            + " this lies outside China. x is the easting and y the northing; whether"
                            + " the easting begins with a zone number has to fit the code.");
            return Optional.empty();
        }
        return Optional.of(
                new Coordinates(
                        place.get().lon(),
                        place.get().lat(),
                        crs.errorMetres() == 0 ? Datum.CGCS2000 : Datum.WGS84,
                        accuracy));
    }

    private Optional<Coordinates> coordinates(JsonNode site, Optional<SourceCrs> projection) {
        JsonNode c = object(site, "/site", "coordinates");
        if (!c.isObject()) {
            return Optional.empty();
        }
        if (c.has("crs")) {
            return projection.flatMap(p -> projected(c, p));
        }
        String at = "/site/coordinates";
        only(c, at, List.of("lon", "lat", "datum", "accuracy"));
        OptionalDouble lon = number(c, at, "lon", true);
        OptionalDouble lat = number(c, at, "lat", true);
        OptionalDouble accuracy = number(c, at, "accuracy", false);
        Optional<Datum> datum = datum(c);
        if (lon.isEmpty() || lat.isEmpty() || datum.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Coordinates(lon.getAsDouble(), lat.getAsDouble(), datum.get(), accuracy));
    }

    private Optional<Datum> datum(JsonNode c) {
        String at = "/site/coordinates/datum";
        Optional<String> name = text(c, "/site/coordinates", "datum", 20);
        for (Datum datum : Datum.values()) {
            if (name.filter(datum.name()::equals).isPresent()) {
                return Optional.of(datum);
            }
        }
        fault(
                at,
                "坐标基准必填，只能是 CGCS2000、WGS84、GCJ02、BD09 之一：高德、腾讯地图取的是 GCJ02，百度是 BD09，手机定位一般是 WGS84。",
                "The datum is required: CGCS2000, WGS84, GCJ02 or BD09. Amap and Tencent maps give"
                        + " GCJ02, Baidu BD09, satellite positioning WGS84.");
        return Optional.empty();
    }

    /** As it stands where it is degrees; out of the projection where it is metres. */
    private Optional<Geometry> geometry(JsonNode node, String at, Optional<SourceCrs> projection) {
        Optional<Geometry> given = geometry(node, at);
        if (given.isEmpty() || projection.isEmpty()) {
            return given;
        }
        Optional<Geometry> degrees = projection.get().toCgcs2000(given.get());
        if (degrees.isEmpty()) {
            fault(
                    at,
                    "坐标超出 " + projection.get().name() + " 的范围；应与 coordinates 用同一坐标系。",
                    "Outside "
                            + projection.get().name()
                            + "; it has to be in the coordinate system of the coordinates.");
        }
        return degrees;
    }

    private Optional<Geometry> geometry(JsonNode node, String at) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GeoJsonReader().read(node.toString()));
        } catch (ParseException | RuntimeException e) {
            fault(at, "不是有效的 GeoJSON 几何图形。", "Not a valid GeoJSON geometry.");
            return Optional.empty();
        }
    }

    private Optional<FloorPlan> plan(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FloorPlan.read(node));
        } catch (PlanException e) {
            e.faults().forEach(f -> fault("/plan" + f.pointer(), f.zh(), f.en()));
            return Optional.empty();
        }
    }

    private Map<String, FactValue> answers(JsonNode node) {
        Map<String, FactValue> answers = new HashMap<>();
        if (!node.isObject()) {
            return answers;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String name = entry.getKey();
            String at = "/answers/" + Fault.escaped(name);
            if (name.equals(RuleBook.REGION)) {
                region(entry.getValue(), at)
                        .ifPresent(
                                code ->
                                        answers.put(
                                                name,
                                                new FactValue.Choice(
                                                        code, new Provenance.Answer())));
                continue;
            }
            Optional<FactDefinition> fact = pack.fact(name);
            if (fact.isEmpty()) {
                unknown(
                        at,
                        "没有这个事实",
                        "no such fact",
                        name,
                        pack.facts().stream().map(FactDefinition::name).toList());
            } else if (!fact.get().answerable()) {
                fault(
                        at,
                        "这一项不由申请人回答：它写在请求里，或者由地图、平面图量出。",
                        "Not for the applicant to answer: it is part of the request, or measured.");
            } else {
                answer(fact.get(), entry.getValue(), at).ifPresent(v -> answers.put(name, v));
            }
        }
        return answers;
    }

    private Optional<String> region(JsonNode value, String at) {
        if (value.isNull()) {
            return Optional.empty();
        }
        Optional<Text> wrong = RegionCode.faultOfDistrict(value.isString() ? value.asString() : "");
        wrong.ifPresent(w -> fault(at, w.zh(), w.en()));
        return wrong.isPresent() ? Optional.empty() : Optional.of(value.asString());
    }

    private Optional<FactValue> answer(FactDefinition fact, JsonNode value, String at) {
        if (value.isNull()) {
            return Optional.of(new FactValue.Missing(FactValue.Reason.DONT_KNOW, "申请人回答：我不知道。"));
        }
        Provenance from = new Provenance.Answer();
        switch (fact.type()) {
            case BOOLEAN:
                if (value.isBoolean()) {
                    return Optional.of(new FactValue.Flag(value.asBoolean(), from));
                }
                fault(at, "要填 true、false 或 null（不知道）。", "true, false or null (not known).");
                return Optional.empty();
            case CHOICE:
                if (value.isString() && choice(fact.name(), value.asString(), at)) {
                    return Optional.of(new FactValue.Choice(value.asString(), from));
                }
                if (!value.isString()) {
                    fault(at, "要填一段文字：" + options(fact), "One of: " + options(fact));
                }
                return Optional.empty();
            default:
                return number(fact, value, at)
                        .map(n -> FactValue.Number.exact(n, fact.unit(), from));
        }
    }

    private Optional<BigDecimal> number(FactDefinition fact, JsonNode value, String at) {
        if (!value.isNumber()) {
            fault(at, "要填一个数，或 null（不知道）。", "A number, or null (not known).");
            return Optional.empty();
        }
        BigDecimal number = value.decimalValue();
        BigDecimal min = fact.min() == null ? LARGEST.negate() : fact.min();
        BigDecimal max = fact.max() == null ? LARGEST : fact.max();
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            String range = min.toPlainString() + " – " + max.toPlainString();
            fault(at, "要在 " + range + " 之间。", "Must lie within " + range + ".");
            return Optional.empty();
        }
        if (fact.type() == FactDefinition.Type.INTEGER && number.stripTrailingZeros().scale() > 0) {
            fault(at, "要填整数。", "A whole number is needed.");
            return Optional.empty();
        }
        return Optional.of(number);
    }

    private boolean choice(String name, String value, String at) {
        Optional<FactDefinition> fact = pack.fact(name);
        List<String> values =
                fact.map(f -> f.values().stream().map(FactDefinition.Option::value).toList())
                        .orElse(List.of());
        if (!values.contains(value)) {
            unknown(at, "没有这个选项", "no such choice", value, values);
            return false;
        }
        return true;
    }

    private static String options(FactDefinition fact) {
        return String.join("、", fact.values().stream().map(FactDefinition.Option::value).toList());
    }

    private void unknown(String at, String zh, String en, String given, Collection<String> known) {
        if (faults.size() >= MOST_FAULTS) {
            return; // Looking for the nearest name of every one of 100,000 takes minutes.
        }
        String shown = Fault.shown(given);
        Optional<String> near = Nearest.to(given, known);
        String all = known.size() <= 12 ? "；可选：" + String.join("、", known) : "";
        String allEn = known.size() <= 12 ? "; known: " + String.join(", ", known) : "";
        fault(
                at,
                zh + "：" + shown + near.map(n -> "。是不是 " + n + "？").orElse(all + "。"),
                en + ": " + shown + near.map(n -> ". Did you mean " + n + "?").orElse(allEn + "."));
    }

    private void only(JsonNode node, String at, List<String> known) {
        if (!node.isObject()) {
            if (!node.isMissingNode() && !node.isNull()) {
                fault(at, "要是一个 JSON 对象。", "Must be a JSON object.");
            }
            return;
        }
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                unknown(at + "/" + Fault.escaped(name), "不认识这个字段", "unknown field", name, known);
            }
        }
    }

    private JsonNode object(JsonNode parent, String at, String name) {
        JsonNode node = parent.path(name);
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            fault(at + "/" + name, "要是一个 JSON 对象。", "Must be a JSON object.");
        }
        return node;
    }

    private Optional<String> text(JsonNode parent, String at, String name, int longest) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isString()) {
            fault(at + "/" + name, "要是文字。", "Must be text.");
            return Optional.empty();
        }
        if (node.asString().length() > longest) {
            fault(at + "/" + name, "最多 " + longest + " 个字。", "At most " + longest + " characters.");
            return Optional.empty();
        }
        return Optional.of(node.asString());
    }

    private Optional<Integer> whole(JsonNode parent, String at, String name, int min, int max) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.asInt() < min
                || node.asInt() > max) {
            fault(
                    at + "/" + name,
                    "要填 " + min + " 到 " + max + " 的整数。",
                    "A whole number from " + min + " to " + max + " is needed.");
            return Optional.empty();
        }
        return Optional.of(node.asInt());
    }

    private OptionalDouble number(JsonNode parent, String at, String name, boolean required) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            if (required) {
                fault(at + "/" + name, "必填。", "Required.");
            }
            return OptionalDouble.empty();
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            fault(at + "/" + name, "要填一个数。", "A number is needed.");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(node.doubleValue());
    }

    private void fault(String pointer, String zh, String en) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Fault(pointer, zh, en));
        }
    }
}

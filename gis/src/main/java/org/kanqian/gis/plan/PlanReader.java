package org.kanqian.gis.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.FloorPlan.Anchor;
import org.kanqian.gis.plan.FloorPlan.Attribute;
import org.kanqian.gis.plan.FloorPlan.Defect;
import org.kanqian.gis.plan.FloorPlan.Fixture;
import org.kanqian.gis.plan.FloorPlan.Flow;
import org.kanqian.gis.plan.FloorPlan.FlowKind;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Part;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.kanqian.gis.plan.FloorPlan.Storey;
import org.kanqian.gis.plan.FloorPlan.Swing;
import org.kanqian.rules.fact.Nearest;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the plan format. Goes on after a fault, so that a drawer gets to see all of them at once.
 */
final class PlanReader {
    static final GeometryFactory GEOMETRY = new GeometryFactory();

    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_STOREYS = 200;
    private static final int MAX_ROOMS = 5_000;
    private static final int MAX_OPENINGS = 20_000;
    private static final int MAX_FIXTURES = 20_000;
    private static final int MAX_FLOWS = 50;
    private static final int MAX_STOPS = 100;
    private static final int MAX_ALL_STOPS = 300;
    private static final int MAX_ATTRIBUTES = 50;
    private static final int MAX_POLYGON_VERTICES = 2_000;
    private static final int MAX_VERTICES = 200_000;
    private static final int MAX_COUNT = 100_000;
    private static final double MAX_COORDINATE = 10_000;
    private static final double MAX_AMOUNT = 1e9;
    private static final double MIN_ROOM_AREA = 0.1;
    private static final double MIN_OPENING = 0.05;

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern FACT_KEY =
            Pattern.compile("[a-z][a-z0-9_]{0,63}(\\.[a-z][a-z0-9_]{0,63}){0,3}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(100)
                                                    .maxNameLength(1_000)
                                                    .maxStringLength(10_000)
                                                    .maxDocumentLength(MAX_BYTES)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final Faults faults = new Faults();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, PlanFault> repeated = new HashMap<>();
    private final Map<String, Storey> storeys = new LinkedHashMap<>();
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final List<Defect> defects = new ArrayList<>();

    /** What the gate finds wrong with the element being read. */
    private final List<PlanFault> flaws = new ArrayList<>();

    private int vertices;

    private PlanReader() {}

    static FloorPlan read(InputStream json) throws PlanException {
        byte[] bytes;
        try {
            bytes = json.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.length > MAX_BYTES) {
            throw refuse("平面图超过 8 MB。", "The plan is larger than 8 MB.");
        }
        try {
            return read(JSON.readTree(bytes));
        } catch (StreamConstraintsException e) {
            throw refuse(
                    "平面图嵌套超过 32 层，或者含有过长的数字、文字" + where(e, "（第 %d 行第 %d 列）") + "。",
                    "The plan nests deeper than 32 levels or holds an overlong number or text"
                            + where(e, " (line %d, column %d)")
                            + ".");
        } catch (JacksonException e) {
            throw refuse(
                    "不是合法的 JSON" + where(e, "（第 %d 行第 %d 列）") + "：不允许 NaN、重复的字段名和多余的内容。",
                    "Not valid JSON"
                            + where(e, " (line %d, column %d)")
                            + "; NaN, repeated field names and trailing content are refused.");
        }
    }

    static FloorPlan read(JsonNode json) throws PlanException {
        return new PlanReader().plan(json);
    }

    private static String where(JacksonException e, String format) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : String.format(
                        Locale.ROOT,
                        format,
                        e.getLocation().getLineNr(),
                        e.getLocation().getColumnNr());
    }

    private static PlanException refuse(String zh, String en) {
        return new PlanException(List.of(new PlanFault("", zh, en)));
    }

    private FloorPlan plan(JsonNode json) throws PlanException {
        Optional<Fields> opened = open(json, "");
        if (opened.isEmpty()) {
            throw new PlanException(faults.list());
        }
        Fields top = opened.get();
        top.only(
                "format",
                "complete",
                "accuracy_m",
                "attributes",
                "storeys",
                "rooms",
                "openings",
                "fixtures",
                "flows",
                "anchor");
        top.text("format", 40)
                .filter(format -> !format.equals(FloorPlan.FORMAT))
                .ifPresent(
                        format ->
                                faults.add(
                                        "/format",
                                        "不认识的格式“"
                                                + shorten(format)
                                                + "”，应为 "
                                                + FloorPlan.FORMAT
                                                + "。",
                                        "Unknown format '"
                                                + shorten(format)
                                                + "'; "
                                                + FloorPlan.FORMAT
                                                + " is the only one."));
        boolean complete = top.flag("complete").orElse(false);
        double accuracy =
                top.number("accuracy_m", 0.001, 5).orElse(FloorPlan.DEFAULT_ACCURACY_METRES);
        Map<String, Attribute> attributes = top.attributes(FACT_KEY);
        for (String key : attributes.keySet()) {
            if (PlanSurveyor.measures("plan." + key)) {
                faults.add(
                        "/attributes/" + key,
                        "plan." + key + " 由图形量算，不能直接填写。",
                        "plan." + key + " is measured in the drawing and cannot be stated.");
            }
        }

        top.each("storeys", MAX_STOREYS, true, this::storey)
                .forEach(s -> storeys.putIfAbsent(s.id(), s));
        List<Room> drawn = top.each("rooms", MAX_ROOMS, true, this::room);
        drawn.forEach(r -> rooms.putIfAbsent(r.id(), r));
        List<Opening> openings = top.each("openings", MAX_OPENINGS, false, this::opening);
        List<Fixture> fixtures = top.each("fixtures", MAX_FIXTURES, false, this::fixture);
        List<Flow> flows = top.each("flows", MAX_FLOWS, false, this::flow);
        if (flows.stream().mapToInt(flow -> flow.stops().size()).sum() > MAX_ALL_STOPS) {
            faults.add(
                    "/flows",
                    "流线的停靠点一共不得超过 " + MAX_ALL_STOPS + " 个。",
                    "All flows together stop at most " + MAX_ALL_STOPS + " times.");
        }
        Optional<Anchor> anchor = top.object("anchor").flatMap(this::anchor);

        PlanGate gate = new PlanGate(ids, defects, drawn, openings, fixtures);
        gate.check(repeated, complete);
        gate.scale().ifPresent(faults::add);
        if (!faults.list().isEmpty()) {
            defects.stream().map(Defect::fault).distinct().forEach(faults::add);
            throw new PlanException(faults.list());
        }
        return new FloorPlan(
                complete,
                accuracy,
                attributes,
                List.copyOf(storeys.values()),
                gate.sound(Part.ROOM, drawn),
                gate.sound(Part.OPENING, openings),
                gate.sound(Part.FIXTURE, fixtures),
                flows,
                anchor,
                defects,
                gate.warnings(complete, storeys.values()));
    }

    /** Whether the element just read has no flaws; if it has, they are noted. */
    private boolean sound(
            Part part, Optional<String> id, Optional<String> type, Set<String> rooms) {
        for (PlanFault flaw : flaws) {
            defects.add(new Defect(part, id.orElse(""), type.orElse(""), rooms, flaw));
        }
        boolean none = flaws.isEmpty();
        flaws.clear();
        return none;
    }

    private void flaw(String pointer, String zh, String en) {
        flaws.add(new PlanFault(pointer, zh, en));
    }

    private Optional<Storey> storey(Fields f, int index) {
        f.only("id", "name", "floor", "elevation");
        Optional<String> id = f.text("id", 64);
        id.flatMap(i -> claim("storey " + i, f, i)).ifPresent(faults::add);
        String name = f.optionalText("name", 200).orElse("");
        OptionalDouble floor = f.required("floor", f.number("floor", -20, 200));
        OptionalDouble elevation = f.number("elevation", -200, 1_000);
        if (floor.isPresent()) {
            double n = floor.getAsDouble();
            if (n == 0 || n != Math.rint(n)) {
                faults.add(
                        f.pointer + "/floor",
                        "楼层是整数：1 为一层，−1 为地下一层，没有 0 层。",
                        "A floor is a whole number: 1 is the ground floor, -1 the first basement;"
                                + " there is no 0.");
                return Optional.empty();
            }
        }
        return id.isPresent() && floor.isPresent()
                ? Optional.of(new Storey(id.get(), name, (int) floor.getAsDouble(), elevation))
                : Optional.empty();
    }

    private Optional<Room> room(Fields f, int index) {
        f.only("id", "type", "name", "storey", "polygon", "holes", "height", "attributes");
        Optional<String> id = identity(f);
        Optional<String> type = f.key("type");
        String name = f.optionalText("name", 200).orElse("");
        Optional<String> storey = storeyOf(f);
        OptionalDouble height = f.number("height", 0.5, 200);
        Map<String, Attribute> attributes = f.attributes(KEY);
        String title = name.isBlank() ? id.orElse("") : name;
        Optional<Polygon> polygon = f.polygon("polygon", "holes", title, MIN_ROOM_AREA);
        boolean sound = sound(Part.ROOM, id, type, Set.of());
        return sound
                        && id.isPresent()
                        && type.isPresent()
                        && storey.isPresent()
                        && polygon.isPresent()
                ? Optional.of(
                        new Room(
                                id.get(),
                                type.get(),
                                name,
                                storey.get(),
                                polygon.get(),
                                height,
                                attributes))
                : Optional.empty();
    }

    private Optional<Opening> opening(Fields f, int index) {
        f.only("id", "kind", "storey", "at", "connects", "exit", "swing", "attributes");
        Optional<String> id = identity(f);
        Optional<OpeningKind> kind =
                f.required("kind", f.word("kind", OpeningKind.class, OpeningKind.values()));
        Optional<String> storey = storeyOf(f);
        boolean exit = f.flag("exit").orElse(false);
        Optional<Swing> swing = f.word("swing", Swing.class, Swing.values());
        Map<String, Attribute> attributes = f.attributes(KEY);
        Optional<LineSegment> at = f.segment("at");
        List<String> sides = f.ids("connects", 2, 2);
        for (int i = 0; i < sides.size(); i++) {
            String side = sides.get(i);
            String pointer = f.pointer + "/connects/" + i;
            if (!side.equals(FloorPlan.OUTSIDE) && refersTo(side, "room", pointer)) {
                Room room = rooms.get(side);
                if (room != null && storey.isPresent() && !room.storey().equals(storey.get())) {
                    flaw(
                            pointer,
                            "门窗画在“" + storey.get() + "”，而" + quote(room.title()) + "在另一层。",
                            "The opening lies on storey '"
                                    + storey.get()
                                    + "', room '"
                                    + shorten(room.id())
                                    + "' on another.");
                }
            }
        }
        if (sides.size() == 2 && sides.get(0).equals(sides.get(1))) {
            faults.add(
                    f.pointer + "/connects",
                    "门窗的两侧不能是同一处。",
                    "Both sides of an opening are the same.");
        }
        Set<String> mayJoin =
                flaws.isEmpty()
                        ? Set.of()
                        : PlanGate.mayJoin(
                                sides, at.map(l -> l.toGeometry(GEOMETRY)), rooms.values());
        boolean sound = sound(Part.OPENING, id, Optional.empty(), mayJoin) && sides.size() == 2;
        return sound && id.isPresent() && kind.isPresent() && storey.isPresent() && at.isPresent()
                ? Optional.of(
                        new Opening(
                                id.get(),
                                kind.get(),
                                storey.get(),
                                at.get(),
                                sides.get(0),
                                sides.get(1),
                                exit,
                                swing,
                                attributes))
                : Optional.empty();
    }

    private Optional<Fixture> fixture(Fields f, int index) {
        f.only("id", "type", "storey", "room", "at", "polygon", "attributes");
        Optional<String> id = identity(f);
        Optional<String> type = f.key("type");
        Optional<String> storey = storeyOf(f);
        Optional<String> room = f.optionalText("room", 64);
        room.ifPresent(r -> refersTo(r, "room", f.pointer + "/room"));
        Room in = room.map(rooms::get).orElse(null);
        if (in != null && storey.isPresent() && !in.storey().equals(storey.get())) {
            flaw(
                    f.pointer + "/storey",
                    "设施画在“" + storey.get() + "”，而它所在的" + quote(in.title()) + "在另一层。",
                    "The fixture lies on storey '"
                            + storey.get()
                            + "', its room '"
                            + shorten(in.id())
                            + "' on another.");
        }
        Map<String, Attribute> attributes = f.attributes(KEY);
        if (attributes.containsKey("count")) {
            boolean whole =
                    attributes.get("count") instanceof Attribute.Amount a
                            && a.value().stripTrailingZeros().scale() <= 0
                            && a.value().signum() > 0
                            && a.value().intValue() <= MAX_COUNT;
            if (!whole) {
                faults.add(
                        f.pointer + "/attributes/count",
                        "count 是 1 到 " + MAX_COUNT + " 的整数。",
                        "count is a whole number from 1 to " + MAX_COUNT + ".");
            }
        }
        Optional<? extends Geometry> geometry;
        if (f.has("at") == f.has("polygon")) {
            faults.add(
                    f.pointer,
                    "设施要用 at（一点）或 polygon（轮廓）之一标明位置。",
                    "A fixture lies at one point (at) or has an outline (polygon): exactly one.");
            geometry = Optional.empty();
        } else if (f.has("at")) {
            geometry = f.point("at").map(GEOMETRY::createPoint);
        } else {
            geometry = f.polygon("polygon", "", id.orElse(""), 0);
        }
        boolean sound = sound(Part.FIXTURE, id, type, Set.of());
        return sound
                        && id.isPresent()
                        && type.isPresent()
                        && storey.isPresent()
                        && geometry.isPresent()
                ? Optional.of(
                        new Fixture(
                                id.get(),
                                type.get(),
                                storey.get(),
                                room,
                                geometry.get(),
                                attributes))
                : Optional.empty();
    }

    private Optional<Flow> flow(Fields f, int index) {
        f.only("id", "kind", "stops");
        Optional<String> id = f.text("id", 64);
        id.flatMap(i -> claim("flow " + i, f, i)).ifPresent(flaws::add);
        Optional<FlowKind> kind =
                f.required("kind", f.word("kind", FlowKind.class, FlowKind.values()));
        List<String> stops = f.ids("stops", 2, MAX_STOPS);
        for (int i = 0; i < stops.size(); i++) {
            refersTo(stops.get(i), "", f.pointer + "/stops/" + i);
        }
        boolean sound = sound(Part.FLOW, id, Optional.empty(), Set.of()) && stops.size() >= 2;
        return sound && id.isPresent() && kind.isPresent()
                ? Optional.of(new Flow(id.get(), kind.get(), stops))
                : Optional.empty();
    }

    private Optional<Anchor> anchor(Fields f) {
        f.only("lon", "lat", "datum", "rotation");
        OptionalDouble lon = f.required("lon", f.number("lon", -180, 180));
        OptionalDouble lat = f.required("lat", f.number("lat", -90, 90));
        OptionalDouble rotation = f.number("rotation", -360, 360);
        Optional<String> datum = f.text("datum", 20);
        Set<String> known = Set.of("CGCS2000", "WGS84", "GCJ02", "BD09");
        if (datum.isPresent() && !known.contains(datum.get())) {
            faults.add(
                    f.pointer + "/datum",
                    "坐标系只能是 CGCS2000、WGS84、GCJ02 或 BD09。",
                    "The datum is one of CGCS2000, WGS84, GCJ02 and BD09.");
            return Optional.empty();
        }
        return lon.isPresent() && lat.isPresent() && datum.isPresent()
                ? Optional.of(
                        new Anchor(
                                lon.getAsDouble(),
                                lat.getAsDouble(),
                                datum.get(),
                                rotation.orElse(0)))
                : Optional.empty();
    }

    /** Id of a room, opening or fixture; all three share one name space, for flows stop at all. */
    private Optional<String> identity(Fields f) {
        Optional<String> id = f.text("id", 64);
        if (id.isPresent() && id.get().equals(FloorPlan.OUTSIDE)) {
            faults.add(
                    f.pointer + "/id",
                    "outside 表示室外，不能用作编号。",
                    "'outside' means outdoors, not an id.");
            return Optional.empty();
        }
        id.flatMap(i -> claim(i, f, i))
                .ifPresent(
                        fault -> {
                            flaws.add(fault);
                            repeated.putIfAbsent(id.get(), fault);
                        });
        return id;
    }

    /** Takes an id; the fault if somebody has it already. */
    private Optional<PlanFault> claim(String key, Fields f, String id) {
        String first = ids.putIfAbsent(key, f.pointer);
        return first == null
                ? Optional.empty()
                : Optional.of(
                        new PlanFault(
                                f.pointer + "/id",
                                "编号“" + shorten(id) + "”重复，" + first + " 已经用过。",
                                "Id '" + shorten(id) + "' is used twice, first at " + first + "."));
    }

    private Optional<String> storeyOf(Fields f) {
        Optional<String> storey = f.text("storey", 64);
        return storey.filter(s -> refersTo(s, "storey", f.pointer + "/storey"));
    }

    /** Reports a reference to nothing; one to a thing that is there but faulty is sound. */
    private boolean refersTo(String id, String kind, String pointer) {
        String at = kind.equals("storey") ? ids.get("storey " + id) : ids.get(id);
        if (at != null && (!kind.equals("room") || at.startsWith("/rooms/"))) {
            return true;
        }
        String zh = kind.equals("storey") ? "楼层" : kind.equals("room") ? "房间" : "房间、门窗或设施";
        String en = kind.equals("") ? "room, opening or fixture" : kind;
        flaw(
                pointer,
                "没有编号为“" + shorten(id) + "”的" + zh + "。",
                "There is no " + en + " '" + shorten(id) + "'.");
        return false;
    }

    private Optional<Fields> open(@Nullable JsonNode node, String pointer) {
        if (node == null || !node.isObject()) {
            faults.add(pointer, "这里应当是一个对象 {…}。", "An object {…} is expected here.");
            return Optional.empty();
        }
        return Optional.of(new Fields(node, pointer));
    }

    static String quote(String title) {
        return "“" + shorten(title) + "”";
    }

    static String shorten(String text) {
        String plain = CONTROL.matcher(text).replaceAll("�");
        return plain.codePointCount(0, plain.length()) <= 40
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, 40)) + "…";
    }

    private static String escape(String field) {
        return shorten(field).replace("~", "~0").replace("/", "~1");
    }

    /** The fields of one object. Absent and null mean the same. */
    private final class Fields {
        private final JsonNode node;
        private final String pointer;

        Fields(JsonNode node, String pointer) {
            this.node = node;
            this.pointer = pointer;
        }

        boolean has(String field) {
            return get(field) != null;
        }

        private @Nullable JsonNode get(String field) {
            JsonNode value = node.get(field);
            return value == null || value.isNull() || value.isMissingNode() ? null : value;
        }

        private void wrong(String field, String zh, String en) {
            faults.add(pointer + "/" + field, "应为" + zh + "。", "Must be " + en + ".");
        }

        void only(String... known) {
            for (String name : node.propertyNames()) {
                if (Arrays.asList(known).contains(name)) {
                    continue;
                }
                Optional<String> meant = Nearest.to(name, Arrays.asList(known));
                faults.add(
                        pointer + "/" + escape(name),
                        "不认识的字段“"
                                + shorten(name)
                                + "”"
                                + meant.map(m -> "，是不是 " + m + "？").orElse("。"),
                        "Unknown field '"
                                + shorten(name)
                                + "'"
                                + meant.map(m -> "; did you mean " + m + "?").orElse("."));
            }
        }

        <T> Optional<T> required(String field, Optional<T> value) {
            if (!has(field)) {
                missing(field);
            }
            return value;
        }

        OptionalDouble required(String field, OptionalDouble value) {
            if (!has(field)) {
                missing(field);
            }
            return value;
        }

        private void missing(String field) {
            faults.add(pointer + "/" + field, "缺少必填字段 " + field + "。", "Required.");
        }

        Optional<String> text(String field, int longest) {
            return required(field, optionalText(field, longest)).filter(t -> !t.isEmpty());
        }

        Optional<String> optionalText(String field, int longest) {
            JsonNode value = get(field);
            if (value == null) {
                return Optional.empty();
            }
            if (!value.isString()) {
                wrong(field, "文字", "text");
                return Optional.empty();
            }
            String text = value.stringValue();
            if (text.isBlank() && longest < 200) {
                wrong(field, "非空文字", "a text that is not blank");
                return Optional.empty();
            }
            if (text.codePointCount(0, text.length()) > longest || CONTROL.matcher(text).find()) {
                wrong(
                        field,
                        "不超过 " + longest + " 个字、不含控制字符的文字",
                        "at most " + longest + " characters, none of them a control character");
                return Optional.empty();
            }
            return Optional.of(text);
        }

        Optional<String> key(String field) {
            Optional<String> text = text(field, 64);
            if (text.isPresent() && !KEY.matcher(text.get()).matches()) {
                wrong(
                        field,
                        "小写英文类型代码，如 dish_washing",
                        "a type code in lower case, e.g. dish_washing");
                return Optional.empty();
            }
            return text;
        }

        Optional<Boolean> flag(String field) {
            JsonNode value = get(field);
            if (value == null) {
                return Optional.empty();
            }
            if (!value.isBoolean()) {
                wrong(field, " true 或 false", "true or false");
                return Optional.empty();
            }
            return Optional.of(value.booleanValue());
        }

        OptionalDouble number(String field, double low, double high) {
            JsonNode value = get(field);
            if (value == null) {
                return OptionalDouble.empty();
            }
            double number = value.isNumber() ? value.numberValue().doubleValue() : Double.NaN;
            if (!(number >= low && number <= high)) {
                String range = plain(low) + " … " + plain(high);
                wrong(field, " " + range + " 之间的数", "a number within " + range);
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(number);
        }

        <E extends Enum<E>> Optional<E> word(String field, Class<E> type, E[] values) {
            JsonNode value = get(field);
            if (value == null) {
                return Optional.empty();
            }
            List<String> known = new ArrayList<>();
            for (E candidate : values) {
                String word = candidate.name().toLowerCase(Locale.ROOT);
                known.add(word);
                if (value.isString() && value.stringValue().equals(word)) {
                    return Optional.of(candidate);
                }
            }
            wrong(field, " " + String.join("、", known) + " 之一", "one of " + known);
            return Optional.empty();
        }

        Optional<Fields> object(String field) {
            JsonNode value = get(field);
            return value == null ? Optional.empty() : open(value, pointer + "/" + field);
        }

        Map<String, Attribute> attributes(Pattern keys) {
            Map<String, Attribute> read = new LinkedHashMap<>();
            Optional<Fields> attributes = object("attributes");
            if (attributes.isEmpty()) {
                return read;
            }
            JsonNode all = attributes.get().node;
            String at = pointer + "/attributes";
            if (all.size() > MAX_ATTRIBUTES) {
                tooMany(at, MAX_ATTRIBUTES);
                return read;
            }
            for (Map.Entry<String, JsonNode> entry : all.properties()) {
                String key = entry.getKey();
                JsonNode value = entry.getValue();
                if (!keys.matcher(key).matches()) {
                    faults.add(
                            at + "/" + escape(key),
                            "属性名“" + shorten(key) + "”只能用小写英文字母、数字和下划线。",
                            "Attribute names are lower case letters, digits and underscores.");
                } else if (value.isBoolean()) {
                    read.put(key, new Attribute.Flag(value.booleanValue()));
                } else if (value.isNumber()
                        && Math.abs(value.numberValue().doubleValue()) <= MAX_AMOUNT) {
                    read.put(key, new Attribute.Amount(amount(value.numberValue().doubleValue())));
                } else if (value.isString()
                        && !value.stringValue().isBlank()
                        && value.stringValue().length() <= 200
                        && !CONTROL.matcher(value.stringValue()).find()) {
                    read.put(key, new Attribute.Word(value.stringValue()));
                } else if (!value.isNull()) {
                    faults.add(
                            at + "/" + key,
                            "属性值只能是 true、false、绝对值不超过 10 亿的数，或者不超过 200 字的文字。",
                            "An attribute is true, false, a number up to 1e9 either way, or a text"
                                    + " of at most 200 characters.");
                }
            }
            return read;
        }

        <T> List<T> each(
                String field, int most, boolean some, BiFunction<Fields, Integer, Optional<T>> of) {
            String at = pointer + "/" + field;
            JsonNode all = get(field);
            if (all == null || !all.isArray() || (some && all.isEmpty())) {
                if (all == null && some) {
                    missing(field);
                } else if (all != null) {
                    wrong(field, some ? "非空数组" : "数组", some ? "a non-empty array" : "an array");
                }
                return List.of();
            }
            if (all.size() > most) {
                tooMany(at, most);
                return List.of();
            }
            List<T> read = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                int index = i;
                open(all.get(i), at + "/" + i)
                        .flatMap(fields -> of.apply(fields, index))
                        .ifPresent(read::add);
            }
            return read;
        }

        private void tooMany(String at, int most) {
            faults.add(at, "不得超过 " + most + " 个。", "At most " + most + " are allowed.");
        }

        List<String> ids(String field, int least, int most) {
            JsonNode all = get(field);
            if (all == null) {
                missing(field);
                return List.of();
            }
            boolean texts = all.isArray() && all.size() >= least && all.size() <= most;
            List<String> read = new ArrayList<>();
            for (int i = 0; texts && i < all.size(); i++) {
                texts = all.get(i).isString();
                if (texts) {
                    read.add(all.get(i).stringValue());
                }
            }
            if (!texts) {
                String count = least == most ? "" + least : least + "–" + most;
                wrong(field, " " + count + " 个编号的数组", "an array of " + count + " ids");
                return List.of();
            }
            return read;
        }

        Optional<Coordinate> point(String field) {
            JsonNode value = get(field);
            return value == null ? Optional.empty() : point(value, pointer + "/" + field);
        }

        private Optional<Coordinate> point(JsonNode value, String at) {
            boolean pair =
                    value.isArray()
                            && value.size() == 2
                            && value.get(0).isNumber()
                            && value.get(1).isNumber();
            if (!pair) {
                faults.add(at, "坐标应为两个数 [x, y]。", "A coordinate is two numbers [x, y].");
                return Optional.empty();
            }
            double x = value.get(0).numberValue().doubleValue();
            double y = value.get(1).numberValue().doubleValue();
            if (!(Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE)) {
                faults.add(
                        at,
                        "坐标超出 ±10 公里：平面图的单位是米，是不是填成了毫米或经纬度投影坐标？",
                        "Coordinate beyond 10 km either way: plans are in metres; are these"
                                + " millimetres or projected map coordinates?");
                return Optional.empty();
            }
            return Optional.of(new Coordinate(x, y));
        }

        Optional<LineSegment> segment(String field) {
            JsonNode value = get(field);
            if (value == null) {
                missing(field);
                return Optional.empty();
            }
            if (!value.isArray() || value.size() != 2) {
                wrong(field, "两个端点 [[x, y], [x, y]]", "two end points [[x, y], [x, y]]");
                return Optional.empty();
            }
            Optional<Coordinate> a = point(value.get(0), pointer + "/" + field + "/0");
            Optional<Coordinate> b = point(value.get(1), pointer + "/" + field + "/1");
            if (a.isEmpty() || b.isEmpty()) {
                return Optional.empty();
            }
            if (a.get().distance(b.get()) < MIN_OPENING) {
                flaw(pointer + "/" + field, "门窗宽度不足 5 厘米。", "The opening is narrower than 5 cm.");
            }
            return Optional.of(new LineSegment(a.get(), b.get()));
        }

        Optional<Polygon> polygon(String shellField, String holesField, String title, double min) {
            JsonNode shellNode = get(shellField);
            if (shellNode == null) {
                missing(shellField);
                return Optional.empty();
            }
            String shellAt = pointer + "/" + shellField;
            int before = vertices;
            Optional<LinearRing> shell = ring(shellNode, shellAt, title);
            List<LinearRing> holes = new ArrayList<>();
            boolean sound = shell.isPresent();
            JsonNode holeNodes = holesField.isEmpty() ? null : get(holesField);
            if (holeNodes != null && (!holeNodes.isArray() || holeNodes.size() > 500)) {
                wrong(holesField, "不超过 500 个环的数组", "an array of at most 500 rings");
                return Optional.empty();
            }
            for (int i = 0; holeNodes != null && i < holeNodes.size(); i++) {
                Optional<LinearRing> hole =
                        ring(holeNodes.get(i), pointer + "/" + holesField + "/" + i, title);
                sound &= hole.isPresent();
                hole.ifPresent(holes::add);
            }
            if (vertices - before > MAX_POLYGON_VERTICES) {
                tooMany(shellAt, MAX_POLYGON_VERTICES);
                return Optional.empty();
            }
            if (!sound || shell.isEmpty()) {
                return Optional.empty();
            }
            Polygon polygon = GEOMETRY.createPolygon(shell.get(), holes.toArray(LinearRing[]::new));
            TopologyValidationError error = new IsValidOp(polygon).getValidationError();
            if (error != null) {
                invalid(error, shellAt, title);
                return Optional.empty();
            }
            if (polygon.getArea() < min) {
                flaw(
                        shellAt,
                        quote(title) + "的面积只有 " + plain(polygon.getArea()) + " 平方米，不足 0.1 平方米。",
                        "'"
                                + shorten(title)
                                + "' covers "
                                + plain(polygon.getArea())
                                + " m², less than 0.1 m².");
                return Optional.empty();
            }
            return Optional.of(polygon);
        }

        private Optional<LinearRing> ring(JsonNode value, String at, String title) {
            if (!value.isArray() || value.size() < 4) {
                faults.add(
                        at,
                        "轮廓应为至少 4 个坐标的数组，首尾相同。",
                        "An outline is an array of at least 4 coordinates, the last as the first.");
                return Optional.empty();
            }
            if (value.size() > MAX_POLYGON_VERTICES) {
                tooMany(at, MAX_POLYGON_VERTICES);
                return Optional.empty();
            }
            vertices += value.size();
            if (vertices > MAX_VERTICES) {
                if (vertices - value.size() <= MAX_VERTICES) {
                    faults.add(
                            at,
                            "全图顶点超过 " + MAX_VERTICES + " 个。",
                            "The plan holds more than " + MAX_VERTICES + " vertices.");
                }
                return Optional.empty();
            }
            Coordinate[] ring = new Coordinate[value.size()];
            boolean sound = true;
            for (int i = 0; i < ring.length; i++) {
                Optional<Coordinate> c = point(value.get(i), at + "/" + i);
                sound &= c.isPresent();
                ring[i] = c.orElseGet(Coordinate::new);
            }
            if (!sound) {
                return Optional.empty();
            }
            if (!ring[0].equals2D(ring[ring.length - 1])) {
                flaw(
                        at,
                        quote(title)
                                + "的轮廓没有闭合：首点 "
                                + plain(ring[0])
                                + "，末点 "
                                + plain(ring[ring.length - 1])
                                + "。",
                        "The outline of '"
                                + shorten(title)
                                + "' is not closed: it starts at "
                                + plain(ring[0])
                                + " and ends at "
                                + plain(ring[ring.length - 1])
                                + ".");
                return Optional.empty();
            }
            return Optional.of(GEOMETRY.createLinearRing(ring));
        }

        private void invalid(TopologyValidationError error, String at, String title) {
            String place = plain(error.getCoordinate());
            boolean crossing =
                    error.getErrorType() == TopologyValidationError.SELF_INTERSECTION
                            || error.getErrorType()
                                    == TopologyValidationError.RING_SELF_INTERSECTION;
            flaw(
                    at,
                    quote(title) + (crossing ? "的轮廓自相交于 " : "的轮廓或孔洞无效，问题在 ") + place + "。",
                    "The outline of '"
                            + shorten(title)
                            + (crossing
                                    ? "' crosses itself at "
                                    : "' or a hole in it is invalid at ")
                            + place
                            + ".");
        }
    }

    /** A measured value as an exact decimal without trailing zeros. */
    static BigDecimal amount(double value) {
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    static String plain(double value) {
        return amount(Math.rint(value * 1000) / 1000).toPlainString();
    }

    static String plain(Coordinate c) {
        return "(" + plain(c.x) + ", " + plain(c.y) + ")";
    }
}

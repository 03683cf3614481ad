package org.kanqian.gis.plan;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.FloorPlan.Attribute;
import org.kanqian.gis.plan.FloorPlan.Element;
import org.kanqian.gis.plan.FloorPlan.Fixture;
import org.kanqian.gis.plan.FloorPlan.FlowKind;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Part;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.kanqian.gis.plan.FloorPlan.Storey;
import org.kanqian.gis.plan.FloorPlan.Swing;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Choice;
import org.kanqian.rules.fact.FactValue.Flag;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Number;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Provenance;
import org.locationtech.jts.algorithm.MinimumDiameter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Answers one fact name at a time from one plan. What the names mean is told in {@link
 * PlanSurveyor}.
 */
final class Teller {
    /** Half a 240 mm wall on every side is what a gross room area may hold beyond the net one. */
    private static final double HALF_WALL = 0.12;

    /** 公共娱乐场所、餐饮等房间设 1 个疏散门的上限：建筑面积 50 m² 且不超过 15 人。 */
    private static final double LARGE_AREA = 50;

    private static final int LARGE_PERSONS = 15;

    /** Nobody may pack people tighter than 1.5 m² each, so 15 people need this much. */
    private static final double FEW_PERSONS_AREA = LARGE_PERSONS * 1.5;

    private static final int MOST_ELEMENTS = 500;
    private static final int MOST_TOLD = 3;

    private static final Pattern NAME = Pattern.compile("plan(\\.[a-z][a-z0-9_]*){1,3}");

    /** Nobody draws these, so that their absence in a drawing says nothing. */
    private static final Set<String> UNDRAWN =
            Set.of(
                    "raw_material_types",
                    "beauty_department",
                    "clinical_department",
                    "tcm_department",
                    "hazmat_vehicle",
                    "vehicle",
                    "training_car",
                    "vehicle_projection");

    /** The last word of a name that is a length. */
    private static final Pattern LENGTH =
            Pattern.compile("(.*_)?(height|width|length|depth|distance|gap|spacing|side)(_.*)?");

    /** Stated yes is the worse answer of these; of all others no is. */
    private static final Set<String> WORSE_IF_TRUE =
            Set.of(
                    "has_partition",
                    "open_drain",
                    "openable_window",
                    "shares_raw_sink",
                    "barred",
                    "bunk",
                    "outdoor",
                    "in_residential",
                    "shared_with_residential");

    /** More is the worse answer of these. */
    private static final Pattern WORSE_IF_MORE = Pattern.compile("persons|beds|.*_max");

    /** Less is the worse answer of these; of all others nobody can say which is. */
    private static final Pattern WORSE_IF_LESS =
            Pattern.compile("(?!bar_gap)(.*_)?(height|width|length|spacing|gap|clear)(_.*)?");

    /** Rooms whose doors let dirt in: the more the worse. Elsewhere doors let people out. */
    private static final String SEALED = "special_room";

    private final FloorPlan plan;
    private final Map<String, Room> roomsById = new HashMap<>();
    private final Map<String, List<Room>> roomsByType = new TreeMap<>();
    private final Map<String, List<Fixture>> fixturesByType = new TreeMap<>();
    private final Map<String, List<Fixture>> fixturesByRoom = new HashMap<>();
    private final Map<String, List<Opening>> openingsByRoom = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, STRtree> trees = new HashMap<>();
    private final Map<String, Optional<Shape.Gap>> gaps = new HashMap<>();
    private final Faults warnings = new Faults();

    /** What failed the gate and would have been looked at for the fact being told. */
    private final Set<PlanFault> met = new LinkedHashSet<>();

    private final Defects defects;

    private @Nullable Walls walls;
    private @Nullable Routes routes;

    Teller(FloorPlan plan) {
        this.plan = plan;
        this.defects = new Defects(plan.defects());
        for (Room room : plan.rooms()) {
            roomsById.put(room.id(), room);
            roomsByType.computeIfAbsent(room.type(), t -> new ArrayList<>()).add(room);
        }
        for (Fixture fixture : plan.fixtures()) {
            fixturesByType.computeIfAbsent(fixture.type(), t -> new ArrayList<>()).add(fixture);
            fixture.room()
                    .ifPresent(
                            r ->
                                    fixturesByRoom
                                            .computeIfAbsent(r, k -> new ArrayList<>())
                                            .add(fixture));
        }
        for (Opening opening : plan.openings()) {
            for (String side : List.of(opening.from(), opening.to())) {
                openingsByRoom.computeIfAbsent(side, s -> new ArrayList<>()).add(opening);
            }
        }
    }

    List<PlanFault> warnings() {
        return warnings.list();
    }

    Set<String> roomTypes() {
        return types(Part.ROOM, roomsByType.keySet());
    }

    Set<String> fixtureTypes() {
        return types(Part.FIXTURE, fixturesByType.keySet());
    }

    private Set<String> types(Part part, Set<String> sound) {
        Set<String> types = new TreeSet<>(sound);
        types.addAll(defects.types(part));
        return types;
    }

    /** Attributes stated of any room of that type, so that each has a fact. */
    Set<String> roomAttributes(String word) {
        Set<String> keys = new TreeSet<>();
        rooms(word).forEach(r -> keys.addAll(r.attributes().keySet()));
        return keys;
    }

    Set<String> fixtureAttributes(String word) {
        Set<String> keys = new TreeSet<>();
        fixtures(word).forEach(f -> keys.addAll(f.attributes().keySet()));
        return keys;
    }

    /** Types of rooms that share a wall with rooms of {@code word}. */
    Set<String> typesBeside(String type) {
        Set<String> types = new TreeSet<>();
        for (Room room : rooms(type)) {
            for (String other : walls().beside(room.id())) {
                types.add(room(other).type());
            }
        }
        return types;
    }

    /** Types a door or hatch leads to from rooms of {@code type}. */
    Set<String> typesBehindDoors(String type) {
        Set<String> types = new TreeSet<>();
        for (Room room : rooms(type)) {
            for (Opening door : passable(room)) {
                String beyond = door.beyond(room.id());
                if (beyond.equals(FloorPlan.OUTSIDE) || roomsById.containsKey(beyond)) {
                    types.add(leadsTo(beyond));
                }
            }
        }
        return types;
    }

    /** The fact; empty if this plan has nothing to do with it. */
    Optional<FactValue> tell(String name) {
        String[] part = name.split("\\.", -1);
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        met.clear();
        Optional<FactValue> measured = measure(part, name);
        if (!met.isEmpty()) {
            return Optional.of(defective());
        }
        if (measured.isPresent() && measured.get() instanceof FactValue.Known) {
            return measured;
        }
        Optional<FactValue> stated = stated(name);
        return stated.or(() -> measured)
                .or(() -> Optional.of(notDrawn("平面图没有写明 " + key(name) + "（写在最外层 attributes 里）。")));
    }

    private static String key(String name) {
        return name.substring("plan.".length());
    }

    private FactValue defective() {
        List<String> faults = met.stream().map(PlanFault::zh).limit(MOST_TOLD).toList();
        return new Missing(
                Reason.PLAN_DEFECT,
                "平面图有错，改好才能判：" + String.join("", faults) + (met.size() > MOST_TOLD ? "等等。" : ""));
    }

    private Optional<FactValue> stated(String name) {
        return Optional.ofNullable(plan.attributes().get(key(name)))
                .map(a -> value(a, unit(name), List.of()));
    }

    private Optional<FactValue> measure(String[] part, String name) {
        if (part.length == 2) {
            return switch (part[1]) {
                case "exits" -> Optional.of(exits());
                case "exits_shared_with_residential" ->
                        Optional.of(
                                worst(
                                        exitDoors(),
                                        "shared_with_residential",
                                        name,
                                        "没有标明安全出口是否与住宅共用。"));
                case "windows_barred" -> Optional.of(windowsBarred());
                case "mixed_with_living" -> Optional.of(has("living"));
                case "travel_distance" -> Optional.of(travelDistance());
                default -> Optional.empty();
            };
        }
        if (part.length == 3) {
            return switch (part[1]) {
                case "area" ->
                        UNDRAWN.contains(part[2]) ? Optional.empty() : Optional.of(area(part[2]));
                case "count" -> count(part[2]);
                case "has" -> Optional.of(hasWord(part[2]));
                case "height" -> height(part[2], name);
                case "exit" -> exit(part[2]);
                case "flow" -> flow(part[2]);
                case "distance" ->
                        part[2].equals("exit_to_exit")
                                ? Optional.of(exitToExit())
                                : Optional.empty();
                case "floors" -> floors(part[2]);
                case "entrance" -> Optional.of(entrance(part[2], name));
                case "ceiling" ->
                        part[2].equals("height") ? Optional.of(ceilingHeight()) : Optional.empty();
                case "basement" ->
                        part[2].equals("depth") ? Optional.of(basementDepth()) : Optional.empty();
                case "cctv" ->
                        part[2].equals("covers_all_rooms")
                                ? Optional.of(camerasEverywhere())
                                : Optional.empty();
                case "room" -> wholeRooms(part[2]);
                case "bed", "shower" ->
                        part[2].equals("gap") || part[2].equals("spacing")
                                ? Optional.of(gap(part[1]))
                                : Optional.of(thing(part[1], part[2], name));
                case "corridor", "stair", "aisle" ->
                        switch (part[2]) {
                            case "width" -> Optional.of(narrowest(part[1]));
                            case "dead_end" -> Optional.of(deadEnd(part[1]));
                            default -> Optional.of(thing(part[1], part[2], name));
                        };
                default -> Optional.of(thing(part[1], part[2], name));
            };
        }
        return switch (part[1]) {
            case "adjacent" -> Optional.of(adjacent(part[2], part[3]));
            case "opening" -> Optional.of(opening(part[2], part[3]));
            case "inside" -> Optional.of(inside(part[2], part[3]));
            case "distance" -> Optional.of(distance(part[2], part[3]));
            case "ratio" -> Optional.of(ratio(part[2], part[3]));
            case "room" -> room(part[2], part[3], name);
            case "wall" ->
                    part[3].equals("openings")
                            ? Optional.of(wallOpenings(part[2]))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    // areas, counts, presence

    private FactValue area(String word) {
        switch (word) {
            case "total":
                return total();
            case "gross":
                return atLeast(total(), "平面图只画室内净面积，建筑面积以产权证为准。");
            case "floor_max":
                return atLeast(largestStorey(), "平面图只画室内净面积，建筑面积以产权证为准。");
            case "exterior_window_min":
                return exteriorWindow();
            default:
                break;
        }
        List<Element> drawn = new ArrayList<>(rooms(word));
        if (drawn.isEmpty()) {
            fixtures(word).stream()
                    .filter(f -> f.geometry() instanceof Polygon)
                    .forEach(drawn::add);
        }
        if (drawn.isEmpty()) {
            return plan.complete() && fixtures(word).isEmpty()
                    ? Number.exact(BigDecimal.ZERO, "m2", from(List.of()))
                    : notDrawn("平面图没有画出" + term(word) + "。");
        }
        Number sum = sum(drawn);
        return plan.complete() || Types.members(word).size() == 1
                ? sum
                : atLeast(sum, "平面图没有标明画全了，" + term(word) + "可能还有没画的部分。");
    }

    /** The area of one kind over the area of another. */
    private FactValue ratio(String a, String b) {
        FactValue some = area(a);
        FactValue others = area(b);
        if (!(some instanceof Number n)
                || !(others instanceof Number m)
                || m.value().subtract(m.error()).signum() <= 0) {
            return notDrawn("平面图没有画全" + term(a) + "和" + term(b) + "。");
        }
        double ratio = n.value().doubleValue() / m.value().doubleValue();
        double least = m.value().subtract(m.error()).doubleValue();
        double error = (n.error().doubleValue() + ratio * m.error().doubleValue()) / least;
        return measured(ratio, error, "", ids(drawn(a), drawn(b)));
    }

    private List<Element> drawn(String word) {
        List<Element> drawn = new ArrayList<>(rooms(word));
        return drawn.isEmpty() ? List.copyOf(fixtures(word)) : drawn;
    }

    private FactValue total() {
        Number sum = sum(rooms().stream().filter(Teller::ownFloor).toList());
        return plan.complete() ? sum : atLeast(sum, "平面图没有标明画全了，可能还有没画的房间。");
    }

    /** Open air, and stairs shared with others, are no floor of the premises. */
    private static boolean ownFloor(Room room) {
        return !Types.is(room.type(), "outdoor") && !flag(room, "shared").orElse(false);
    }

    private FactValue largestStorey() {
        Number largest = sum(List.of());
        for (Storey storey : plan.storeys()) {
            Number sum =
                    sum(
                            rooms().stream()
                                    .filter(r -> r.storey().equals(storey.id()))
                                    .filter(Teller::ownFloor)
                                    .toList());
            largest = sum.value().compareTo(largest.value()) > 0 ? sum : largest;
        }
        return largest;
    }

    private static FactValue atLeast(FactValue value, String why) {
        return value instanceof Number n
                ? new Missing(
                        Reason.NOT_DRAWN,
                        why,
                        n.value().subtract(n.error()).max(BigDecimal.ZERO),
                        null)
                : value;
    }

    private Number sum(Collection<? extends Element> drawn) {
        double area = 0;
        double around = 0;
        for (Element element : drawn) {
            area += element.geometry().getArea();
            around += element.geometry().getLength();
        }
        return measured(area, around * plan.accuracyMetres(), "m2", ids(drawn));
    }

    private FactValue exteriorWindow() {
        Number least = null;
        for (Storey storey : plan.storeys()) {
            Number largest = null;
            boolean open = false;
            for (Opening window : openings()) {
                if (window.kind() != OpeningKind.WINDOW
                        || !Openings.toOutside(window)
                        || !window.storey().equals(storey.id())) {
                    continue;
                }
                Optional<Boolean> usable =
                        either(flag(window, "openable"), flag(window, "breakable"));
                Optional<BigDecimal> height = amount(window, "height");
                if (usable.isPresent() && !usable.get()) {
                    continue;
                }
                if (usable.isEmpty() || height.isEmpty()) {
                    open = true;
                    continue;
                }
                double high = height.get().doubleValue();
                Number area =
                        measured(
                                window.at().getLength() * high,
                                2 * plan.accuracyMetres() * high,
                                "m2",
                                List.of(window.id()));
                largest = larger(largest, area);
            }
            if (open || (largest == null && !plan.complete())) {
                return notDrawn("外窗没有标明高度，或者没有标明能否开启、击碎。");
            }
            Number best =
                    largest == null
                            ? Number.exact(BigDecimal.ZERO, "m2", from(List.of()))
                            : largest;
            least = least == null || best.value().compareTo(least.value()) < 0 ? best : least;
        }
        return least == null ? notDrawn("没有画外窗。") : least;
    }

    private static Number larger(@Nullable Number a, Number b) {
        return a == null || b.value().compareTo(a.value()) > 0 ? b : a;
    }

    private static Optional<Boolean> either(Optional<Boolean> a, Optional<Boolean> b) {
        if (a.orElse(false) || b.orElse(false)) {
            return Optional.of(true);
        }
        return a.isPresent() && b.isPresent() ? Optional.of(false) : Optional.empty();
    }

    private Optional<FactValue> count(String word) {
        if (UNDRAWN.contains(word)) {
            return Optional.empty();
        }
        if (word.equals("handwash_sinks")) {
            return Optional.of(handwashSinks());
        }
        String one =
                known(word) || !word.endsWith("s") ? word : word.substring(0, word.length() - 1);
        List<Fixture> fixtures = fixtures(one);
        List<? extends Element> drawn = fixtures.isEmpty() ? rooms(one) : fixtures;
        if (drawn.isEmpty() && !plan.complete()) {
            return Optional.of(notDrawn("平面图没有画出" + term(one) + "。"));
        }
        long count = fixtures.isEmpty() ? drawn.size() : pieces(fixtures);
        return Optional.of(Number.count(count, pieceUnit(one), from(ids(drawn))));
    }

    /** 食品处理区和生产区内的洗手池：卫生间等处的不算。 */
    private FactValue handwashSinks() {
        return within("production", "handwash_sink");
    }

    /** How many such fixtures stand in rooms of that kind. */
    private FactValue within(String word, String fixture) {
        List<Fixture> here =
                fixtures(fixture).stream()
                        .filter(
                                f ->
                                        f.room()
                                                .map(this::roomAt)
                                                .map(Room::type)
                                                .filter(t -> Types.is(t, word))
                                                .isPresent())
                        .toList();
        return here.isEmpty() && !plan.complete()
                ? notDrawn("平面图没有在" + term(word) + "画出" + term(fixture) + "。")
                : Number.count(pieces(here), pieceUnit(fixture), from(ids(here)));
    }

    private static long pieces(List<Fixture> fixtures) {
        return fixtures.stream().mapToLong(Fixture::count).sum();
    }

    private boolean known(String word) {
        return !rooms(word).isEmpty() || !fixtures(word).isEmpty();
    }

    private FactValue hasWord(String word) {
        return switch (word) {
            case "partition_processing_dining" -> partition();
            case "special_room_anteroom", "anteroom" -> anteroom();
            case "handwash_sinks" -> has("handwash_sink");
            case "independent_pharmacy_area" -> independentSales();
            case "office_zone", "office_zone_separate" -> ownOffice(word);
            default -> has(word);
        };
    }

    private FactValue has(String word) {
        List<Element> drawn = new ArrayList<>(rooms(word));
        drawn.addAll(fixtures(word));
        if (!drawn.isEmpty()) {
            return new Flag(true, from(ids(drawn)));
        }
        return plan.complete()
                ? new Flag(false, from(List.of()))
                : notDrawn("平面图没有画出" + term(word) + "，也没有标明画全了。");
    }

    /** 加工与就餐各为一间即有分隔；开敞的（open_plan）要另画隔断。 */
    private FactValue partition() {
        List<Room> processing =
                rooms("food_processing").stream()
                        .filter(r -> !Types.is(r.type(), "food_store"))
                        .toList();
        List<Room> dining = rooms("dining");
        if (processing.isEmpty() || dining.isEmpty()) {
            return plan.complete() && !processing.isEmpty()
                    ? new Flag(true, from(ids(processing)))
                    : notDrawn("平面图没有分别画出加工间和就餐区。");
        }
        List<Element> both = new ArrayList<>(processing);
        both.addAll(dining);
        boolean open =
                both.stream().anyMatch(e -> flag(e, "open_plan").orElse(false))
                        && fixtures("partition").isEmpty();
        return new Flag(!open, from(ids(both)));
    }

    /** 药品营业区独立：自成一间，没有标为开敞，里面没有住人的设施。 */
    private FactValue independentSales() {
        List<Room> sales = rooms("sales");
        if (sales.isEmpty()) {
            return notDrawn("平面图没有画出营业区。");
        }
        for (Room room : sales) {
            if (flag(room, "open_plan").orElse(false) || !fixtures(room, "bed").isEmpty()) {
                return new Flag(false, from(List.of(room.id())));
            }
        }
        return new Flag(true, from(ids(sales)));
    }

    /** Whether an office is apart can be told only where there is one. */
    private FactValue ownOffice(String word) {
        List<Element> drawn = new ArrayList<>(rooms("office"));
        drawn.addAll(rooms(word));
        drawn.addAll(fixtures(word));
        return drawn.isEmpty() ? notDrawn("平面图没有画出办公区。") : new Flag(true, from(ids(drawn)));
    }

    /** Every special room is entered through an anteroom, and only so. */
    private FactValue anteroom() {
        FactValue any = has("special_room_anteroom");
        List<Room> special = rooms("special_room");
        if (special.isEmpty() || !(any instanceof Flag f && f.value())) {
            return any;
        }
        for (Room room : special) {
            List<Opening> doors = doors(room);
            boolean through =
                    doors.stream()
                            .map(d -> roomAt(d.beyond(room.id())))
                            .allMatch(
                                    r -> r != null && Types.is(r.type(), "special_room_anteroom"));
            if (doors.isEmpty() && !plan.complete()) {
                return notDrawn("没有画出专间的门。");
            }
            if (!through || doors.isEmpty()) {
                return new Flag(false, from(List.of(room.id())));
            }
        }
        return new Flag(true, from(ids(rooms("special_room_anteroom"), special)));
    }

    // heights, storeys

    private Optional<FactValue> height(String word, String name) {
        if (word.equals("min")) {
            return Optional.of(lowest(rooms()));
        }
        return fixtures(word).isEmpty()
                ? Optional.empty()
                : Optional.of(worst(fixtures(word), "height", name, "没有标明高度。"));
    }

    private FactValue ceilingHeight() {
        List<Room> food = rooms("food_processing");
        return lowest(food.isEmpty() ? rooms() : food);
    }

    private FactValue lowest(List<Room> rooms) {
        Optional<Room> lowest =
                rooms.stream()
                        .filter(r -> r.height().isPresent())
                        .min(comparingDouble(r -> r.height().orElse(0)));
        if (lowest.isEmpty()) {
            return notDrawn("没有标明净高。");
        }
        BigDecimal metres = round(lowest.get().height().orElse(0));
        List<String> unmarked =
                rooms.stream()
                        .filter(r -> r.height().isEmpty())
                        .map(r -> PlanReader.quote(r.title()))
                        .limit(5)
                        .toList();
        return unmarked.isEmpty()
                ? Number.exact(metres, "m", from(List.of(lowest.get().id())))
                : new Missing(
                        Reason.NOT_DRAWN,
                        "没有标明净高：" + String.join("、", unmarked) + "。",
                        null,
                        metres);
    }

    private Optional<FactValue> floors(String word) {
        if (word.equals("served")) {
            List<Room> dining = rooms("dining");
            return Optional.of(
                    dining.isEmpty() && !plan.complete()
                            ? notDrawn("平面图没有画出就餐区。")
                            : Number.count(
                                    dining.stream().map(Room::storey).distinct().count(),
                                    "层",
                                    from(ids(dining))));
        }
        if (word.equals("teaching_max")) {
            return Optional.of(
                    rooms("teaching").stream()
                            .max(comparing(this::floor))
                            .<FactValue>map(r -> Number.count(floor(r), "层", from(List.of(r.id()))))
                            .orElseGet(() -> notDrawn("平面图没有画出教学用房。")));
        }
        return Optional.empty();
    }

    private int floor(Room room) {
        return plan.storeys().stream()
                .filter(s -> s.id().equals(room.storey()))
                .mapToInt(Storey::floor)
                .findFirst()
                .orElse(1);
    }

    private FactValue basementDepth() {
        Optional<Storey> basement = plan.storeys().stream().filter(s -> s.floor() == -1).findAny();
        if (basement.isEmpty() || basement.get().elevation().isEmpty()) {
            return notDrawn("没有标明地下一层的标高。");
        }
        return Number.exact(
                round(-basement.get().elevation().getAsDouble()),
                "m",
                from(List.of(basement.get().id())));
    }

    // ways out

    private List<Opening> exitDoors() {
        List<Opening> exits = openings().stream().filter(Opening::exit).toList();
        exits.forEach(o -> List.of(o.from(), o.to()).forEach(this::roomAt));
        return exits.stream().filter(o -> Openings.leadsOut(o, roomsById)).toList();
    }

    private FactValue exits() {
        List<Opening> exits = exitDoors();
        return exits.isEmpty() && !plan.complete()
                ? notDrawn("平面图没有标出安全出口。")
                : Number.count(exits.size(), "个", from(ids(exits)));
    }

    private Optional<FactValue> exit(String what) {
        List<Opening> exits = exitDoors();
        switch (what) {
            case "door_swing":
                Optional<Swing> worst =
                        exits.stream().flatMap(o -> o.swing().stream()).max(comparing(s -> s));
                boolean all = exits.stream().allMatch(o -> o.swing().isPresent());
                return Optional.of(
                        worst.isPresent() && (all || worst.get() == Swing.SLIDING)
                                ? new Choice(
                                        worst.get().name().toLowerCase(Locale.ROOT),
                                        from(ids(exits)))
                                : notDrawn("没有标明安全出口的门怎么开。"));
            case "width":
                return Optional.of(least(exits, this::clearWidth, "m", "平面图没有标出安全出口。"));
            case "independent_count":
                long shared = exits.stream().filter(o -> flag(o, "shared").orElse(false)).count();
                long unknown = exits.stream().filter(o -> flag(o, "shared").isEmpty()).count();
                long own = exits.size() - shared - unknown;
                return Optional.of(
                        unknown == 0 && (plan.complete() || !exits.isEmpty())
                                ? Number.count(own, "个", from(ids(exits)))
                                : new Missing(
                                        Reason.NOT_DRAWN,
                                        "没有标明安全出口是否与他人共用。",
                                        BigDecimal.valueOf(own),
                                        plan.complete()
                                                ? BigDecimal.valueOf(own + unknown)
                                                : null));
            default:
                return Optional.empty();
        }
    }

    private Number clearWidth(Opening door) {
        return amount(door, "clear_width")
                .map(w -> Number.exact(w, "m", from(List.of(door.id()))))
                .orElseGet(
                        () ->
                                measured(
                                        door.at().getLength(),
                                        2 * plan.accuracyMetres(),
                                        "m",
                                        List.of(door.id())));
    }

    private FactValue exitToExit() {
        Optional<Shape.Gap> closest = Optional.empty();
        for (Storey storey : plan.storeys()) {
            closest =
                    closer(
                            closest,
                            Shape.closestTwo(
                                    exitDoors().stream()
                                            .filter(o -> o.storey().equals(storey.id()))
                                            .map(this::shape)
                                            .toList()));
        }
        return closest.map(this::gap).orElseGet(() -> notDrawn("同一层没有画出两个安全出口。"));
    }

    /** The farthest anybody has to walk to an exit; only a complete plan shows all doors. */
    private FactValue travelDistance() {
        List<Room> inside =
                rooms().stream()
                        .filter(r -> !Types.is(r.type(), "outdoor"))
                        .filter(r -> !Types.joinsStoreys(r.type()))
                        .toList();
        List<Opening> exits = exitDoors();
        if (exits.isEmpty() || !plan.complete()) {
            return notDrawn(exits.isEmpty() ? "平面图没有标出安全出口。" : "平面图没有标明画全了，疏散距离算不准。");
        }
        return walk(() -> new Ways(inside, openings(), exits).farthest());
    }

    private FactValue deadEnd(String word) {
        List<Room> corridors = rooms(word);
        List<Opening> exits = exitDoors();
        if (corridors.isEmpty() || exits.isEmpty() || !plan.complete()) {
            return notDrawn("平面图没有画全走道、门和安全出口。");
        }
        return walk(() -> new Ways(rooms(), openings(), exits).deadEnd(corridors));
    }

    private interface Walking {
        Ways.Walk measure() throws Ways.NoWay;
    }

    private FactValue walk(Walking walking) {
        try {
            Ways.Walk walk = walking.measure();
            return measured(
                    (walk.low() + walk.high()) / 2,
                    (walk.high() - walk.low()) / 2
                            + 2 * walk.elements().size() * plan.accuracyMetres(),
                    "m",
                    walk.elements());
        } catch (Ways.NoWay e) {
            return notDrawn(e.zh());
        }
    }

    /** Doors that state they are an entrance (of vehicles, of the premises). */
    private FactValue entrance(String what, String name) {
        List<Opening> entrances =
                openings().stream().filter(o -> flag(o, "entrance").orElse(false)).toList();
        if (entrances.isEmpty()) {
            return notDrawn("没有标明哪个门是出入口（entrance）。");
        }
        return switch (what) {
            case "count" ->
                    plan.complete()
                            ? Number.count(entrances.size(), "个", from(ids(entrances)))
                            : new Missing(
                                    Reason.NOT_DRAWN,
                                    "平面图没有标明画全了，可能还有出入口。",
                                    BigDecimal.valueOf(entrances.size()),
                                    null);
            case "width" -> least(entrances, this::clearWidth, "m", "");
            default -> worst(entrances, what, name, "没有逐个标明出入口的 " + what + "。");
        };
    }

    private FactValue windowsBarred() {
        List<Opening> windows =
                openings().stream().filter(o -> o.kind() == OpeningKind.WINDOW).toList();
        List<Opening> barredDoors =
                openings().stream().filter(o -> flag(o, "barred").orElse(false)).toList();
        if (!barredDoors.isEmpty()) {
            return new Flag(true, from(ids(barredDoors)));
        }
        if (windows.isEmpty()) {
            return plan.complete() && !openings().isEmpty()
                    ? new Flag(false, from(List.of()))
                    : notDrawn("平面图没有画窗。");
        }
        return worst(windows, "barred", "plan.windows_barred", "没有标明窗上有没有栅栏。");
    }

    private FactValue camerasEverywhere() {
        List<Room> without =
                rooms().stream()
                        .filter(r -> !Types.passage(r.type()) && !r.type().equals("changing_room"))
                        .filter(r -> fixtures(r, "camera").isEmpty())
                        .toList();
        if (without.isEmpty()) {
            return new Flag(true, from(ids(fixtures("camera"))));
        }
        return plan.complete() && !fixtures("camera").isEmpty()
                ? new Flag(false, from(ids(without)))
                : notDrawn("平面图没有画全监控摄像头。");
    }

    // between rooms

    /** These names ask whether one can walk through, whatever the word says (事实词表). */
    private static final Set<String> WALK_THROUGH = Set.of("lab.production", "toilet.production");

    private FactValue adjacent(String a, String b) {
        if (b.equals("exterior_wall") || b.equals(FloorPlan.OUTSIDE)) {
            return exteriorWall(a);
        }
        if (b.equals("shop_door") || (a.equals("living") && b.equals("production"))) {
            return livingDoor(a);
        }
        if (WALK_THROUGH.contains(a + "." + b)) {
            return opening(a, b);
        }
        List<Room> some = rooms(a);
        List<Room> others = rooms(b);
        if (some.isEmpty() || others.isEmpty()) {
            return absent(some, a, b);
        }
        for (Room room : some) {
            for (String other : walls().beside(room.id())) {
                if (Types.is(room(other).type(), b)) {
                    return new Flag(true, from(List.of(room.id(), other)));
                }
            }
        }
        return walls().tooDense()
                ? new Missing(Reason.PLAN_DEFECT, "图形过密，无法逐墙比对。")
                : new Flag(false, from(ids(some, others)));
    }

    /** A door or hatch from where people live to anything else but their toilet. */
    private FactValue livingDoor(String living) {
        List<Room> homes = rooms(living);
        if (homes.isEmpty()) {
            return absent(homes, living, living);
        }
        for (Room home : homes) {
            for (Opening door : passable(home)) {
                Room beyond = roomAt(door.beyond(home.id()));
                if (beyond != null
                        && !Types.is(beyond.type(), living)
                        && !Types.is(beyond.type(), "toilet")) {
                    return new Flag(true, from(List.of(home.id(), door.id())));
                }
            }
        }
        return plan.complete() || !openings().isEmpty()
                ? new Flag(false, from(ids(homes)))
                : notDrawn("平面图没有画门。");
    }

    private static FactValue worseOf(FactValue a, FactValue b) {
        if (a instanceof Flag f && f.value()) {
            return a;
        }
        return b instanceof Flag f && f.value() || a instanceof Flag ? b : a;
    }

    private FactValue absent(List<? extends Element> some, String a, String b) {
        return plan.complete()
                ? new Flag(false, from(List.of()))
                : notDrawn("平面图没有画出" + term(some.isEmpty() ? a : b) + "。");
    }

    private FactValue exteriorWall(String word) {
        List<Room> rooms = rooms(word);
        if (rooms.isEmpty()) {
            return notDrawn("平面图没有画出" + term(word) + "。");
        }
        boolean unclear = false;
        for (Room room : rooms) {
            boolean outward = !openings(room, Openings::toOutside).isEmpty();
            Optional<Boolean> stated = flag(room, "exterior_wall");
            if (outward || stated.orElse(false)) {
                continue;
            }
            if (stated.isPresent() || (plan.complete() && enclosed(room))) {
                return new Flag(false, from(List.of(room.id())));
            }
            unclear = true;
        }
        return unclear
                ? notDrawn("没有画出朝外的门窗，也没有标明哪面是外墙（exterior_wall）。")
                : new Flag(true, from(ids(rooms)));
    }

    /** No part of its outline is free: other rooms stand behind all of its walls. */
    private boolean enclosed(Room room) {
        Geometry ahead = room.polygon().buffer(0.45).getBoundary();
        List<Geometry> around =
                rooms().stream()
                        .filter(r -> r != room && r.storey().equals(room.storey()))
                        .map(Room::polygon)
                        .filter(p -> p.isWithinDistance(room.polygon(), 1))
                        .map(p -> p.buffer(0.3))
                        .toList();
        return !around.isEmpty()
                && OverlayNGRobust.overlay(
                                        ahead, OverlayNGRobust.union(around), OverlayNG.DIFFERENCE)
                                .getLength()
                        < 0.3;
    }

    private FactValue opening(String a, String b) {
        List<Room> some = rooms(a);
        boolean out = b.equals(FloorPlan.OUTSIDE);
        if (some.isEmpty() || (!out && rooms(b).isEmpty())) {
            return absent(some, a, b);
        }
        for (Room room : some) {
            for (Opening door : passable(room)) {
                String beyond = leadsTo(door.beyond(room.id()));
                if (out ? beyond.equals(b) : Types.is(beyond, b)) {
                    return new Flag(true, from(List.of(door.id())));
                }
            }
        }
        return plan.complete() || !openings().isEmpty()
                ? new Flag(false, from(ids(some)))
                : notDrawn("平面图没有画门。");
    }

    private FactValue inside(String a, String b) {
        List<Room> inner = rooms(a);
        List<Fixture> fixtures = fixtures(a);
        for (Fixture fixture : fixtures) {
            Room room = fixture.room().map(this::roomAt).orElse(null);
            if (room != null && Types.is(room.type(), b) && !Types.is(room.type(), a)) {
                return new Flag(true, from(List.of(fixture.id(), room.id())));
            }
        }
        if (inner.isEmpty() && fixtures.isEmpty()) {
            return absent(inner, a, b);
        }
        boolean unclear = false;
        for (Room room : inner) {
            for (Opening door : passable(room)) {
                Room beyond = roomAt(door.beyond(room.id()));
                if (beyond != null && Types.is(beyond.type(), b)) {
                    return new Flag(true, from(List.of(room.id(), door.id())));
                }
            }
            for (Room outer : rooms(b)) {
                if (nested(room, outer)) {
                    return new Flag(true, from(List.of(room.id(), outer.id())));
                }
            }
            unclear |= passable(room).isEmpty();
        }
        return unclear && !plan.complete()
                ? notDrawn("没有画出" + term(a) + "的门。")
                : new Flag(false, from(ids(inner, fixtures)));
    }

    private static boolean nested(Room inner, Room outer) {
        if (!inner.storey().equals(outer.storey())
                || outer.polygon().getNumInteriorRing() == 0
                || !outer.polygon()
                        .getEnvelopeInternal()
                        .contains(inner.polygon().getEnvelopeInternal())) {
            return false;
        }
        Polygon shell = PlanReader.GEOMETRY.createPolygon(outer.polygon().getExteriorRing());
        return shell.covers(inner.polygon().getInteriorPoint())
                && !outer.polygon().covers(inner.polygon().getInteriorPoint());
    }

    private FactValue distance(String a, String b) {
        List.of(a, b).forEach(this::look);
        boolean inOrder = a.compareTo(b) <= 0;
        return gaps.computeIfAbsent(inOrder ? a + "/" + b : b + "/" + a, key -> closest(a, b))
                .map(this::gap)
                .orElseGet(() -> notDrawn("同一层没有画出" + term(a) + "和" + term(b) + "。"));
    }

    private Optional<Shape.Gap> closest(String a, String b) {
        Optional<Shape.Gap> closest = Optional.empty();
        for (Storey storey : plan.storeys()) {
            closest = closer(closest, Shape.closest(shapes(a, storey), shapes(b, storey)));
        }
        return closest;
    }

    private FactValue gap(Shape.Gap gap) {
        return measured(
                gap.metres(), 2 * plan.accuracyMetres(), "m", List.of(gap.a().id(), gap.b().id()));
    }

    private static Optional<Shape.Gap> closer(Optional<Shape.Gap> a, Optional<Shape.Gap> b) {
        return a.isEmpty() || (b.isPresent() && b.get().metres() < a.get().metres()) ? b : a;
    }

    private STRtree shapes(String word, Storey storey) {
        return trees.computeIfAbsent(
                word + "/" + storey.id(),
                key -> {
                    List<? extends Element> drawn = fixtures(word);
                    return Shape.tree(
                            (drawn.isEmpty() ? rooms(word) : drawn)
                                    .stream()
                                            .filter(e -> e.storey().equals(storey.id()))
                                            .map(this::shape)
                                            .toList());
                });
    }

    private Shape shape(Element element) {
        return shapes.computeIfAbsent(element.id(), id -> new Shape(element));
    }

    /** Smallest clear distance between two such fixtures of one room. */
    private FactValue gap(String word) {
        Optional<Shape.Gap> closest = Optional.empty();
        look(word);
        for (List<Fixture> room : fixturesByRoom.values()) {
            closest =
                    closer(
                            closest,
                            Shape.closestTwo(
                                    room.stream()
                                            .filter(f -> Types.is(f.type(), word))
                                            .map(this::shape)
                                            .toList()));
        }
        return closest.map(this::gap).orElseGet(() -> notDrawn("没有一间画出两个" + term(word) + "。"));
    }

    private FactValue wallOpenings(String word) {
        List<Room> rooms = rooms(word);
        if (rooms.isEmpty()) {
            return notDrawn("平面图没有画出" + term(word) + "。");
        }
        Set<String> openings = new LinkedHashSet<>();
        for (Room room : rooms) {
            for (Opening opening : openings(room, o -> true)) {
                Room beyond = roomAt(opening.beyond(room.id()));
                if (beyond != null && Types.is(beyond.type(), "business")) {
                    openings.add(opening.id());
                }
            }
        }
        return Number.count(openings.size(), "个", from(List.copyOf(openings)));
    }

    // flows

    private Optional<FactValue> flow(String what) {
        met.addAll(defects.some());
        if (!met.isEmpty()) {
            return Optional.empty();
        }
        return switch (what) {
            case "crosses" -> Optional.of(crosses());
            case "raw_to_ready" -> Optional.of(flows(false, FlowKind.FOOD, null));
            case "dish_return_separate" ->
                    Optional.of(flows(false, FlowKind.FOOD, FlowKind.DISH_RETURN));
            case "people_material_separate" ->
                    Optional.of(flows(false, FlowKind.PEOPLE, FlowKind.MATERIAL));
            case "clean_dirty" -> Optional.of(flows(false, FlowKind.CLEAN, FlowKind.DIRTY));
            case "instrument_reprocessing" -> Optional.of(flows(false, FlowKind.INSTRUMENT, null));
            case "gender_separate" -> Optional.of(flows(false, FlowKind.MEN, FlowKind.WOMEN));
            default -> Optional.empty();
        };
    }

    /** Food goes back, or meets the used dishes. */
    private FactValue crosses() {
        FactValue back = flows(true, FlowKind.FOOD, null);
        if (!routes().has(FlowKind.DISH_RETURN)) {
            return back instanceof Flag f && f.value() ? back : notDrawn("平面图没有画出食品和回收餐具两种流线。");
        }
        return worseOf(back, flows(true, FlowKind.FOOD, FlowKind.DISH_RETURN));
    }

    private FactValue flows(boolean ifCrossed, FlowKind one, @Nullable FlowKind other) {
        if (!routes().has(one) || (other != null && !routes().has(other))) {
            return notDrawn("平面图没有画出要比较的流线。");
        }
        Routes.Found found = other == null ? routes().returns(one) : routes().cross(one, other);
        return found.crosses()
                .<FactValue>map(c -> new Flag(c == ifCrossed, from(found.elements())))
                .orElseGet(() -> notDrawn("流线经过的地方没有画出相通的门。"));
    }

    // rooms of one kind

    private Optional<FactValue> wholeRooms(String what) {
        List<Room> halls =
                rooms().stream()
                        .filter(r -> !Types.passage(r.type()) && !Types.is(r.type(), "outdoor"))
                        .toList();
        return switch (what) {
            case "room_max_area" ->
                    Optional.of(
                            largest(halls)
                                    .<FactValue>map(r -> grossOrLow(r))
                                    .orElseGet(() -> notDrawn("平面图没有画出厅室。")));
            case "room_max_doors" ->
                    Optional.of(
                            largest(halls)
                                    .<FactValue>map(
                                            r ->
                                                    plan.complete() || !doors(r).isEmpty()
                                                            ? doorCount(r)
                                                            : notDrawn("没有画出最大一间的门。"))
                                    .orElseGet(() -> notDrawn("平面图没有画出厅室。")));
            case "room_max_exits" ->
                    Optional.of(
                            largest(halls)
                                    .<FactValue>map(this::waysOut)
                                    .orElseGet(() -> notDrawn("平面图没有画出厅室。")));
            case "large_rooms_have_two_doors" -> Optional.of(twoDoors(halls));
            default -> Optional.empty();
        };
    }

    /** Doors through which people leave a hall: exits, and doors to a corridor or a stair. */
    private FactValue waysOut(Room hall) {
        Set<String> exits = new HashSet<>(ids(exitDoors()));
        List<Opening> out =
                doors(hall).stream()
                        .filter(
                                d -> {
                                    String beyond = leadsTo(d.beyond(hall.id()));
                                    return exits.contains(d.id())
                                            || Types.is(beyond, "corridor")
                                            || Types.is(beyond, "stair");
                                })
                        .toList();
        return plan.complete()
                ? Number.count(out.size(), "个", from(ids(List.of(hall), out)))
                : notDrawn("平面图没有标明画全了，最大一间可能还有没画的门。");
    }

    private FactValue grossOrLow(Room room) {
        Number gross = gross(room);
        return plan.complete() ? gross : atLeast(gross, "平面图没有标明画全了，可能还有更大的房间。");
    }

    private static Optional<Room> largest(List<Room> rooms) {
        return rooms.stream().max(comparingDouble(r -> r.polygon().getArea()));
    }

    /** 建筑面积: net area and up to half a wall all round; the band runs from none to all of it. */
    private Number gross(Room room) {
        double net = room.polygon().getArea();
        double around = room.polygon().getLength();
        double half = around * HALF_WALL / 2;
        return measured(
                net + half, half + around * plan.accuracyMetres(), "m2", List.of(room.id()));
    }

    private FactValue twoDoors(List<Room> halls) {
        List<String> unclear = new ArrayList<>();
        for (Room room : halls) {
            if (doors(room).size() >= 2) {
                continue;
            }
            Number gross = gross(room);
            double low = gross.value().subtract(gross.error()).doubleValue();
            double high = gross.value().add(gross.error()).doubleValue();
            Optional<BigDecimal> persons = amount(room, "persons");
            boolean crowded =
                    persons.isPresent()
                            && persons.get().compareTo(BigDecimal.valueOf(LARGE_PERSONS)) > 0;
            boolean doorsKnown = plan.complete() || !doors(room).isEmpty();
            if ((low > LARGE_AREA || crowded) && doorsKnown) {
                return new Flag(false, from(List.of(room.id())));
            }
            boolean maybeCrowded =
                    persons.isEmpty()
                            && Types.gathers(room.type())
                            && room.polygon().getArea() > FEW_PERSONS_AREA;
            if (crowded || high > LARGE_AREA || maybeCrowded) {
                unclear.add(PlanReader.quote(room.title()));
            }
        }
        if (!unclear.isEmpty()) {
            return notDrawn(
                    "说不清这些房间是否超过 50 平方米或 15 人（可标明 persons）："
                            + String.join("、", unclear.subList(0, Math.min(5, unclear.size())))
                            + "。");
        }
        return plan.complete()
                ? new Flag(true, from(ids(halls)))
                : notDrawn("平面图没有标明画全了，可能还有没画的大房间。");
    }

    private Optional<FactValue> room(String word, String what, String name) {
        if (word.equals("food_processing") && what.equals("handwash_sinks")) {
            return Optional.of(handwashSinks());
        }
        List<Room> rooms = rooms(word);
        if (rooms.isEmpty()) {
            return Optional.of(
                    plan.complete() && WORSE_IF_TRUE.contains(what)
                            ? new Flag(false, from(List.of()))
                            : notDrawn("平面图没有画出" + term(word) + "。"));
        }
        if (what.startsWith("area_per_")) {
            return Optional.of(areaPer(rooms, what.substring("area_per_".length())));
        }
        switch (what) {
            case "area", "min_area":
                return Optional.of(least(rooms, r -> sum(List.of(r)), "m2", ""));
            case "max_area":
                return Optional.of(sum(List.of(largest(rooms).orElseThrow())));
            case "net_height", "height":
                return Optional.of(lowest(rooms));
            case "min_side", "width":
                return Optional.of(narrowest(word));
            case "length":
                return Optional.of(range(rooms.stream().map(this::longerSide).toList()));
            case "doors":
                return Optional.of(doorsOf(word, rooms));
            case "windows":
                return Optional.of(windowsOf(rooms));
            case "window_area_ratio":
                return Optional.of(windowRatio(rooms));
            case "door_width":
                return Optional.of(
                        least(
                                rooms.stream().flatMap(r -> doors(r).stream()).toList(),
                                this::clearWidth,
                                "m",
                                "没有画出" + term(word) + "的门。"));
            case "beds":
                return Optional.of(most(rooms, "bed"));
            case "has_partition":
                return Optional.of(hasPartition(rooms));
            case "window_height":
                return Optional.of(glass(rooms, "height", name));
            case "window_width":
                return Optional.of(glass(rooms, "width", name));
            case "openable_window":
                return Optional.of(openableWindow(rooms));
            case "separate_entrance":
                return Optional.of(separateEntrance(rooms));
            case "indoor":
                return Optional.of(indoor(rooms));
            case "shares_raw_sink":
                return Optional.of(sharesRawSink(rooms, name));
            default:
                break;
        }
        if (what.startsWith("has_")) {
            return Optional.of(every(rooms, what));
        }
        if (what.endsWith("_sinks")) {
            return Optional.of(within(word, what.substring(0, what.length() - 1)));
        }
        boolean stated = rooms.stream().anyMatch(r -> r.attributes().containsKey(what));
        return stated
                ? Optional.of(worst(rooms, what, name, "没有逐间标明" + what + "。"))
                : Optional.of(notDrawn("没有标明" + term(word) + "的 " + what + "。"));
    }

    private FactValue areaPer(List<Room> rooms, String what) {
        Number least = null;
        for (Room room : rooms) {
            Number area = sum(List.of(room));
            defects.types(Part.FIXTURE).stream()
                    .filter(type -> counts(type, what))
                    .forEach(type -> look(Part.FIXTURE, type));
            long pieces =
                    fixturesByRoom.getOrDefault(room.id(), List.of()).stream()
                            .filter(f -> counts(f.type(), what))
                            .mapToLong(Fixture::count)
                            .sum();
            Optional<BigDecimal> persons = amount(room, what.equals("person") ? "persons" : what);
            BigDecimal by = pieces > 0 ? BigDecimal.valueOf(pieces) : persons.orElse(null);
            if (by == null || by.signum() <= 0) {
                if (plan.complete() && !what.equals("person")) {
                    continue;
                }
                return notDrawn(PlanReader.quote(room.title()) + "没有标明 " + what + " 的数量。");
            }
            Number each =
                    new Number(
                            area.value().divide(by, 4, RoundingMode.HALF_EVEN),
                            "m2",
                            area.error().divide(by, 4, RoundingMode.CEILING),
                            area.from());
            least = least == null || each.value().compareTo(least.value()) < 0 ? each : least;
        }
        return least == null ? notDrawn("没有一间画出 " + what + "。") : least;
    }

    private static boolean counts(String type, String what) {
        return type.equals(what) || type.endsWith("_" + what);
    }

    private FactValue most(List<Room> rooms, String fixture) {
        long most = 0;
        for (Room room : rooms) {
            most = Math.max(most, pieces(fixtures(room, fixture)));
        }
        return most == 0 && !plan.complete()
                ? notDrawn("没有画出" + term(fixture) + "。")
                : Number.count(most, pieceUnit(fixture), from(ids(rooms)));
    }

    private FactValue doorsOf(String word, List<Room> rooms) {
        if (!plan.complete() && rooms.stream().anyMatch(r -> doors(r).isEmpty())) {
            return notDrawn("没有画全" + term(word) + "的门。");
        }
        ToDoubleFunction<Room> doors = r -> doors(r).size();
        boolean sealed = rooms.stream().allMatch(r -> Types.is(r.type(), SEALED));
        return doorCount(
                sealed
                        ? rooms.stream().max(comparingDouble(doors)).orElseThrow()
                        : rooms.stream().min(comparingDouble(doors)).orElseThrow());
    }

    private Number longerSide(Element drawn) {
        return side(drawn, true);
    }

    /** A side of the narrowest rectangle round it. */
    private Number side(Element drawn, boolean longer) {
        MinimumDiameter across = new MinimumDiameter(drawn.geometry());
        double width = across.getLength();
        double length = across.getMinimumRectangle().getLength() / 2 - width;
        return measured(
                longer ? Math.max(width, length) : Math.min(width, length),
                2 * plan.accuracyMetres(),
                "m",
                List.of(drawn.id()));
    }

    /** Where nobody can say whether more or less is worse: known if all agree, else bounds. */
    private static FactValue range(List<Number> all) {
        Number least = all.stream().min(comparing(Number::value)).orElseThrow();
        Number most = all.stream().max(comparing(Number::value)).orElseThrow();
        return least.value().compareTo(most.value()) == 0
                ? least
                : new Missing(
                        Reason.NOT_DRAWN,
                        "各处不一样。",
                        least.value().subtract(least.error()),
                        most.value().add(most.error()));
    }

    /** Windows of the room that has the fewest. */
    private FactValue windowsOf(List<Room> rooms) {
        Room fewest = rooms.stream().min(comparing((Room r) -> windows(r).size())).orElseThrow();
        List<Opening> windows = windows(fewest);
        return plan.complete()
                ? Number.count(windows.size(), "个", from(ids(List.of(fewest), windows)))
                : notDrawn("平面图没有标明画全了，可能还有没画的窗。");
    }

    private List<Opening> windows(Room room) {
        return openings(room, o -> o.kind() == OpeningKind.WINDOW);
    }

    /** Area of its windows (width × height) over its floor, the worst room. */
    private FactValue windowRatio(List<Room> rooms) {
        Number least = null;
        for (Room room : rooms) {
            double glass = 0;
            double error = 0;
            List<Opening> windows = windows(room);
            for (Opening window : windows) {
                Optional<BigDecimal> height = amount(window, "height");
                if (height.isEmpty()) {
                    return notDrawn("窗" + PlanReader.quote(window.id()) + "没有标明高度。");
                }
                glass += window.at().getLength() * height.get().doubleValue();
                error += 2 * plan.accuracyMetres() * height.get().doubleValue();
            }
            if (windows.isEmpty() && !plan.complete()) {
                return notDrawn("没有画出" + PlanReader.quote(room.title()) + "的窗。");
            }
            double floor = room.polygon().getArea();
            double ratio = glass / floor;
            double off = room.polygon().getLength() * plan.accuracyMetres();
            Number here =
                    measured(
                            ratio,
                            (error + ratio * off) / Math.max(floor - off, floor / 2),
                            "",
                            ids(List.of(room), windows));
            least = least == null || here.value().compareTo(least.value()) < 0 ? here : least;
        }
        return least == null ? notDrawn("没有画窗。") : least;
    }

    private Number doorCount(Room room) {
        List<String> drawn = new ArrayList<>(List.of(room.id()));
        drawn.addAll(ids(doors(room)));
        return Number.count(doors(room).size(), "个", from(drawn));
    }

    /** A screen or another room (toilets aside) that stands in, or is only reached through, it. */
    private FactValue hasPartition(List<Room> rooms) {
        boolean stated = true;
        for (Room room : rooms) {
            if (flag(room, "has_partition").orElse(false)) {
                return new Flag(true, from(List.of(room.id())));
            }
            for (String word : List.of("partition", "screen")) {
                if (!fixtures(room, word).isEmpty()) {
                    return new Flag(true, from(ids(List.of(room), fixtures(room, word))));
                }
            }
            Optional<Room> within = roomWithin(room);
            if (within.isPresent()) {
                return new Flag(true, from(List.of(room.id(), within.get().id())));
            }
            stated &= flag(room, "has_partition").isPresent();
        }
        return stated || plan.complete()
                ? new Flag(false, from(ids(rooms)))
                : notDrawn("没有逐间标明有无隔断。");
    }

    private Optional<Room> roomWithin(Room room) {
        if (room.polygon().getNumInteriorRing() > 0) {
            for (Room other : rooms()) {
                if (!Types.is(other.type(), "toilet") && nested(other, room)) {
                    return Optional.of(other);
                }
            }
        }
        for (Opening door : doors(room)) {
            Room other = roomAt(door.beyond(room.id()));
            if (other != null && !Types.is(other.type(), "toilet") && onlyThrough(other, room)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private boolean onlyThrough(Room other, Room room) {
        List<Opening> doors = doors(other);
        return doors.stream().allMatch(d -> d.beyond(other.id()).equals(room.id()))
                && doors(room).size() > doors.size();
    }

    /** Per room its best transparent opening; over all rooms the smallest. */
    private FactValue glass(List<Room> rooms, String side, String name) {
        Number least = null;
        for (Room room : rooms) {
            Optional<BigDecimal> size =
                    amount(room, "window_" + side)
                            .or(
                                    () ->
                                            openings(room, o -> true).stream()
                                                    .filter(
                                                            o ->
                                                                    amount(o, "glass_height")
                                                                                    .isPresent()
                                                                            && amount(
                                                                                            o,
                                                                                            "glass_width")
                                                                                    .isPresent())
                                                    .max(comparing(Teller::glassArea))
                                                    .flatMap(o -> amount(o, "glass_" + side)));
            if (size.isEmpty()) {
                return notDrawn(
                        PlanReader.quote(room.title()) + "没有标明门窗透明部分（glass_height、glass_width）。");
            }
            Number here = Number.exact(size.get(), unit(name), from(List.of(room.id())));
            least = least == null || here.value().compareTo(least.value()) < 0 ? here : least;
        }
        return least == null ? notDrawn("没有标明门窗透明部分。") : least;
    }

    private static BigDecimal glassArea(Opening opening) {
        return amount(opening, "glass_height")
                .orElse(BigDecimal.ZERO)
                .multiply(amount(opening, "glass_width").orElse(BigDecimal.ZERO));
    }

    private FactValue openableWindow(List<Room> rooms) {
        boolean unclear = false;
        for (Room room : rooms) {
            if (flag(room, "openable_window").orElse(false)) {
                return new Flag(true, from(List.of(room.id())));
            }
            for (Opening opening : openings(room, o -> o.kind() == OpeningKind.WINDOW)) {
                Optional<Boolean> openable = flag(opening, "openable");
                if (openable.orElse(false)) {
                    return new Flag(true, from(List.of(room.id(), opening.id())));
                }
                unclear |= openable.isEmpty();
            }
            unclear |= !plan.complete() && flag(room, "openable_window").isEmpty();
        }
        return unclear ? notDrawn("没有标明窗能否开启（openable）。") : new Flag(false, from(ids(rooms)));
    }

    private FactValue separateEntrance(List<Room> rooms) {
        for (Room room : rooms) {
            for (Opening door : doors(room)) {
                if (Openings.toOutside(door)) {
                    return new Flag(true, from(List.of(door.id())));
                }
            }
        }
        return plan.complete() ? new Flag(false, from(ids(rooms))) : notDrawn("没有画出通向室外的门。");
    }

    /** A room is indoors unless it says otherwise; only a complete plan shows them all. */
    private FactValue indoor(List<Room> rooms) {
        List<Room> outdoors =
                rooms.stream()
                        .filter(
                                r ->
                                        flag(r, "outdoor").orElse(false)
                                                || !flag(r, "indoor").orElse(true))
                        .toList();
        if (!outdoors.isEmpty()) {
            return new Flag(false, from(ids(outdoors)));
        }
        return plan.complete()
                ? new Flag(true, from(ids(rooms)))
                : notDrawn("平面图没有标明画全了，室外可能还有没画的部分。");
    }

    private FactValue sharesRawSink(List<Room> rooms, String name) {
        if (rooms.stream().anyMatch(r -> r.attributes().containsKey("shares_raw_sink"))) {
            return worst(rooms, "shares_raw_sink", name, "没有逐间标明水池是否混用。");
        }
        List<Fixture> sinks = new ArrayList<>(fixtures("dish_sink"));
        List<Fixture> raw = fixtures("raw_material_sink");
        if (sinks.isEmpty() || raw.isEmpty()) {
            return notDrawn("平面图没有分别画出餐用具水池和原料水池。");
        }
        sinks.addAll(raw);
        return new Flag(false, from(ids(sinks)));
    }

    /** Every room of the kind holds the fixture. */
    private FactValue every(List<Room> rooms, String what) {
        String fixture = what.substring("has_".length());
        List<Element> seen = new ArrayList<>();
        boolean unclear = false;
        for (Room room : rooms) {
            List<Fixture> here = fixtures(room, fixture);
            Optional<Boolean> stated = flag(room, what);
            if (!here.isEmpty() || stated.orElse(false)) {
                seen.add(room);
                seen.addAll(here);
            } else if (stated.isPresent() || plan.complete()) {
                return new Flag(false, from(List.of(room.id())));
            } else {
                unclear = true;
            }
        }
        return unclear
                ? notDrawn("没有在每一间画出" + term(fixture) + "。")
                : new Flag(true, from(ids(seen)));
    }

    private FactValue narrowest(String word) {
        return least(
                rooms(word),
                r ->
                        measured(
                                Widths.narrowest(r.polygon()),
                                2 * plan.accuracyMetres(),
                                "m",
                                List.of(r.id())),
                "m",
                "平面图没有画出" + term(word) + "。");
    }

    // what is stated

    /** What such fixtures or rooms state of themselves; sides of what is drawn as an outline. */
    private FactValue thing(String word, String what, String name) {
        List<Element> drawn = new ArrayList<>(fixtures(word));
        drawn.addAll(rooms(word));
        if (drawn.isEmpty()) {
            return notDrawn("平面图没有画出" + term(word) + "，也没有写明 " + key(name) + "。");
        }
        boolean stated = drawn.stream().anyMatch(f -> f.attributes().containsKey(what));
        boolean outlined = drawn.stream().allMatch(f -> f.geometry() instanceof Polygon);
        if (!stated && outlined && (what.equals("length") || what.equals("width"))) {
            return range(drawn.stream().map(e -> side(e, what.equals("length"))).toList());
        }
        return worst(drawn, what, name, "没有逐个标明" + term(word) + "的 " + what + "。");
    }

    /**
     * The worst of what is stated. Where some state nothing, the worst is known only if it cannot
     * get worse; else numbers keep the bound that is known.
     */
    private FactValue worst(
            List<? extends Element> elements, String key, String name, String unstated) {
        List<Element> stating =
                elements.stream()
                        .filter(e -> e.attributes().containsKey(key))
                        .<Element>map(e -> e)
                        .toList();
        boolean all = stating.size() == elements.size();
        Set<Class<?>> kinds = new HashSet<>();
        stating.forEach(e -> kinds.add(attribute(e, key).getClass()));
        if (stating.isEmpty() || kinds.size() > 1) {
            return notDrawn(unstated);
        }
        Attribute first = attribute(stating.get(0), key);
        if (first instanceof Attribute.Flag) {
            boolean worse = WORSE_IF_TRUE.contains(key);
            Optional<Element> bad =
                    stating.stream()
                            .filter(e -> flag(e, key).equals(Optional.of(worse)))
                            .findFirst();
            if (bad.isPresent()) {
                return new Flag(worse, from(List.of(bad.get().id())));
            }
            return all ? new Flag(!worse, from(ids(stating))) : notDrawn(unstated);
        }
        if (first instanceof Attribute.Amount) {
            boolean more = WORSE_IF_MORE.matcher(key).matches();
            if (!more && !WORSE_IF_LESS.matcher(key).matches()) {
                return all
                        ? range(stating.stream().map(e -> stated(e, key, name)).toList())
                        : notDrawn(unstated);
            }
            Element worst =
                    more
                            ? stating.stream().max(comparing(e -> number(e, key))).orElseThrow()
                            : stating.stream().min(comparing(e -> number(e, key))).orElseThrow();
            BigDecimal value = number(worst, key);
            return all
                    ? stated(worst, key, name)
                    : new Missing(
                            Reason.NOT_DRAWN, unstated, more ? value : null, more ? null : value);
        }
        boolean agree = stating.stream().allMatch(e -> attribute(e, key).equals(first));
        return all && agree && first instanceof Attribute.Word w
                ? new Choice(w.value(), from(ids(stating)))
                : notDrawn(agree ? unstated : "各处标的不一样：" + key + "。");
    }

    private static Number stated(Element element, String key, String name) {
        return Number.exact(number(element, key), unit(name), from(List.of(element.id())));
    }

    private static FactValue value(Attribute attribute, String unit, List<String> ids) {
        if (attribute instanceof Attribute.Flag f) {
            return new Flag(f.value(), from(ids));
        }
        if (attribute instanceof Attribute.Amount a) {
            return Number.exact(a.value(), unit, from(ids));
        }
        return new Choice(((Attribute.Word) attribute).value(), from(ids));
    }

    private static Attribute attribute(Element element, String key) {
        Attribute attribute = element.attributes().get(key);
        if (attribute == null) {
            throw new IllegalStateException("not stated: " + key);
        }
        return attribute;
    }

    private static BigDecimal number(Element element, String key) {
        return amount(element, key).orElseThrow();
    }

    private static Optional<BigDecimal> amount(Element element, String key) {
        return element.attributes().get(key) instanceof Attribute.Amount a
                ? Optional.of(a.value())
                : Optional.empty();
    }

    private static Optional<Boolean> flag(Element element, String key) {
        return element.attributes().get(key) instanceof Attribute.Flag f
                ? Optional.of(f.value())
                : Optional.empty();
    }

    // looking things up

    /**
     * Rooms or fixtures of that kind are about to be looked at. Every way to an element goes past
     * {@code defects}, so that none is overlooked.
     */
    private void look(Part part, String word) {
        Types.members(word).forEach(type -> met.addAll(defects.of(part, type)));
    }

    private void look(String word) {
        look(Part.ROOM, word);
        look(Part.FIXTURE, word);
    }

    private List<Room> rooms() {
        met.addAll(defects.of(Part.ROOM));
        return plan.rooms();
    }

    private List<Opening> openings() {
        met.addAll(defects.of(Part.OPENING));
        return plan.openings();
    }

    private List<Room> rooms(String word) {
        look(Part.ROOM, word);
        return gather(roomsByType, word);
    }

    private List<Fixture> fixtures(String word) {
        look(Part.FIXTURE, word);
        return gather(fixturesByType, word);
    }

    /** The room of that id; null for the outside, and for one that failed the gate. */
    private @Nullable Room roomAt(String id) {
        met.addAll(defects.at(Part.ROOM, id));
        return roomsById.get(id);
    }

    /** The type of the room of that id, or {@link FloorPlan#OUTSIDE}; empty if it failed. */
    private String leadsTo(String id) {
        Room room = roomAt(id);
        return room != null ? room.type() : id.equals(FloorPlan.OUTSIDE) ? id : "";
    }

    private static <T> List<T> gather(Map<String, List<T>> byType, String word) {
        Set<String> types = Types.members(word);
        if (types.size() == 1) {
            return byType.getOrDefault(types.iterator().next(), List.of());
        }
        List<T> all = new ArrayList<>();
        types.forEach(t -> all.addAll(byType.getOrDefault(t, List.of())));
        return all;
    }

    private List<Fixture> fixtures(Room room, String word) {
        look(Part.FIXTURE, word);
        return fixturesByRoom.getOrDefault(room.id(), List.of()).stream()
                .filter(f -> Types.is(f.type(), word))
                .toList();
    }

    private List<Opening> doors(Room room) {
        return openings(room, o -> o.kind() == OpeningKind.DOOR);
    }

    private List<Opening> passable(Room room) {
        return openings(room, o -> o.kind() != OpeningKind.WINDOW);
    }

    private List<Opening> openings(Room room, Predicate<Opening> which) {
        met.addAll(defects.at(Part.OPENING, room.id()));
        return openingsByRoom.getOrDefault(room.id(), List.of()).stream().filter(which).toList();
    }

    private Room room(String id) {
        Room room = roomsById.get(id);
        if (room == null) {
            throw new IllegalStateException("no room " + id);
        }
        return room;
    }

    private Walls walls() {
        if (walls == null) {
            walls = new Walls(plan.rooms());
        }
        return walls;
    }

    private Routes routes() {
        if (routes == null) {
            routes = new Routes(plan, warnings);
        }
        return routes;
    }

    // values

    private static <T extends Element> FactValue least(
            List<T> elements, Function<T, Number> of, String unit, String none) {
        return elements.stream()
                .map(of)
                .min(comparing(Number::value))
                .<FactValue>map(n -> n)
                .orElseGet(() -> notDrawn(none));
    }

    private static Number measured(double value, double error, String unit, List<String> ids) {
        return new Number(round(value), unit, roundUp(error), from(ids));
    }

    /** To a tenth of a millimetre: beyond that doubles hold noise. */
    private static BigDecimal round(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** Up, but not for the noise of a double. */
    private static BigDecimal roundUp(double error) {
        return BigDecimal.valueOf(error)
                .setScale(9, RoundingMode.HALF_EVEN)
                .setScale(4, RoundingMode.CEILING);
    }

    private static Provenance from(List<String> ids) {
        return new Provenance.Plan(
                ids.size() <= MOST_ELEMENTS ? ids : ids.subList(0, MOST_ELEMENTS));
    }

    private static List<String> ids(Collection<? extends Element> elements) {
        return elements.stream().limit(MOST_ELEMENTS).map(Element::id).toList();
    }

    private static List<String> ids(
            Collection<? extends Element> some, Collection<? extends Element> others) {
        Set<String> all = new LinkedHashSet<>(ids(some));
        all.addAll(ids(others));
        return List.copyOf(all);
    }

    private static Missing notDrawn(String why) {
        return new Missing(Reason.NOT_DRAWN, why);
    }

    private static String term(String word) {
        return PlanReader.quote(Catalogue.of(word).zh());
    }

    /** The unit the vocabulary gives facts of such a name. */
    private static String unit(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (name.startsWith("plan.area.") || last.contains("area")) {
            return "m2";
        }
        if (last.equals("persons")) {
            return "人";
        }
        boolean length =
                name.startsWith("plan.height.")
                        || name.startsWith("plan.distance.")
                        || LENGTH.matcher(last).matches();
        boolean walk = last.equals("travel_distance") || last.equals("dead_end");
        return length || walk ? "m" : "";
    }

    private static String pieceUnit(String word) {
        return switch (word) {
            case "computer", "elevator" -> "台";
            case "private_room" -> "间";
            case "bed" -> "张";
            case "seat", "dining_seat" -> "座";
            default -> "个";
        };
    }
}

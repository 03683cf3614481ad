package org.kanqian.gis.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.kanqian.rules.fact.FactValue;

/**
 * Measures facts in a floor plan.
 *
 * <p>A word in a fact name ({@code <type>}) is a room or fixture type of the drawing, or a group:
 * {@code food_processing}, {@code kitchen}, {@code cooking_cutting}, {@code dishwash}, {@code
 * special_room}, {@code dining}, {@code production}, {@code business}, {@code entertainment},
 * {@code sales}, {@code living} and so on; {@link #typesOf} lists what a group holds.
 *
 * <p><b>Absence.</b> Only a plan that says {@code "complete": true} shows by leaving a thing out
 * that there is none (0, or no). In any other plan what is not drawn is {@link
 * FactValue.Reason#NOT_DRAWN}; a type that is drawn counts as drawn in full, and sums over several
 * types (groups, the total) are known only as "at least".
 *
 * <p><b>Worst case.</b> Facts about several rooms of one type take the worst: the smallest number
 * ({@code persons}, {@code beds} and {@code …_max}: the largest), no before yes (for bad things
 * such as {@code open_drain}: yes before no). Where a room states nothing the fact is not drawn,
 * unless the worst is known already; numbers then keep the bound that is known.
 *
 * <p><b>Error.</b> Every drawn corner may be off by the plan's accuracy: areas by perimeter ×
 * accuracy, lengths between two points by twice the accuracy; counts and stated values by nothing.
 */
public final class PlanSurveyor {
    /** More words than this, and pairs of words are measured only when asked for by name. */
    private static final int MOST_WORDS = 60;

    /** More rooms than this of one type, and their narrowest width waits until it is asked for. */
    private static final int MOST_WIDTHS = 100;

    private static final String WORD = "[a-z][a-z0-9_]*";

    private static final List<Telling> TELLINGS = tellings();

    /** Measured by geometry alone: a plan cannot state these about itself. */
    private static final Pattern MEASURED =
            Pattern.compile(
                    "plan\\.(area\\.(?!gross$|floor_max$|vehicle_projection$).*|count\\.(?!raw_material_types$"
                            + "|.*_department$|.*vehicle$|training_car$).*|exits|ratio\\..*"
                            + "|exit\\.(door_swing|width)|opening\\..*|inside\\..*"
                            + "|adjacent\\.(?!.*exterior_wall$).*|height\\.min|floors\\..*"
                            + "|distance\\.exit_to_exit"
                            + "|flow\\.(crosses|raw_to_ready|dish_return_separate"
                            + "|people_material_separate|clean_dirty)"
                            + "|room\\.(room_max_area|room_max_doors|room_max_exits)"
                            + "|room\\."
                            + WORD
                            + "\\.(area|min_area|max_area|min_side|doors|area_per_.*))");

    private PlanSurveyor() {}

    /**
     * How facts of one shape are measured.
     *
     * @param pattern of fact names; {@code <type>}, {@code <a>}, {@code <b>} and {@code
     *     <attribute>} stand for one word each
     */
    public record Telling(String pattern, String zh, String en) {
        private boolean covers(String name) {
            String regex =
                    pattern.replace(".", "\\.").replaceAll("<[a-z]+>", WORD.replace("\\", "\\\\"));
            return name.matches(regex);
        }
    }

    /** Every shape of fact a drawing can tell, the narrower first. */
    public static List<Telling> canTell() {
        return TELLINGS;
    }

    /** How that fact is measured; empty if no drawing can tell it. */
    public static Optional<Telling> method(String factName) {
        return factName.length() > 300
                ? Optional.empty()
                : TELLINGS.stream().filter(t -> t.covers(factName)).findFirst();
    }

    /** The room and fixture types that count as that word: a group's members, or just itself. */
    public static Set<String> typesOf(String word) {
        return Types.members(word);
    }

    /** The words that stand for several types. */
    public static Set<String> groups() {
        return Types.allGroups();
    }

    static boolean measures(String name) {
        return MEASURED.matcher(name).matches();
    }

    /**
     * Measures everything the plan tells: all shapes of {@link #canTell()} for all types it draws,
     * absences of the usual types, and what it states.
     */
    public static PlanSurvey survey(FloorPlan plan) {
        Teller teller = new Teller(plan);
        return survey(plan, names(plan, teller), teller);
    }

    /**
     * Measures the facts of those names only; names no drawing can tell are left out. With the
     * vocabulary's names this tells absences too which {@link #survey(FloorPlan)} does not think
     * of.
     */
    public static PlanSurvey survey(FloorPlan plan, Collection<String> factNames) {
        return survey(plan, factNames, new Teller(plan));
    }

    private static PlanSurvey survey(FloorPlan plan, Collection<String> names, Teller teller) {
        Map<String, FactValue> facts = new TreeMap<>();
        for (String name : names) {
            teller.tell(name).ifPresent(value -> facts.put(name, value));
        }
        List<PlanFault> warnings = new ArrayList<>(plan.warnings());
        warnings.addAll(teller.warnings());
        return new PlanSurvey(facts, warnings);
    }

    private static Set<String> names(FloorPlan plan, Teller teller) {
        Set<String> names = new TreeSet<>(WELL_KNOWN);
        plan.attributes().keySet().forEach(key -> names.add("plan." + key));

        Set<String> rooms = new TreeSet<>(teller.roomTypes());
        rooms.addAll(Types.groups(teller.roomTypes()));
        Set<String> fixtures = new TreeSet<>(teller.fixtureTypes());
        fixtures.addAll(Types.groups(teller.fixtureTypes()));

        Set<String> simple = new TreeSet<>(rooms);
        simple.addAll(fixtures);
        simple.addAll(Types.catalogue());
        simple.addAll(Types.allGroups());
        for (String word : simple) {
            names.add("plan.area." + word);
            names.add("plan.count." + word);
            names.add("plan.has." + word);
        }
        for (String word : rooms) {
            String room = "plan.room." + word + ".";
            for (String what : List.of("area", "min_area", "max_area", "height", "doors")) {
                names.add(room + what);
            }
            if (plan.rooms().size() <= MOST_WIDTHS) {
                names.add(room + "min_side");
            }
            teller.roomAttributes(word).forEach(key -> names.add(room + key));
            if (rooms.size() * fixtures.size() <= MOST_WORDS * MOST_WORDS) {
                fixtures.forEach(fixture -> names.add(room + "has_" + fixture));
            }
        }
        for (String word : fixtures) {
            for (String key : teller.fixtureAttributes(word)) {
                names.add("plan." + word + "." + key);
                if (key.equals("height")) {
                    names.add("plan.height." + word);
                }
            }
        }
        Set<String> places = new TreeSet<>(teller.roomTypes());
        places.addAll(Types.paired(teller.roomTypes()));
        boolean pairs = places.size() <= MOST_WORDS;
        for (String a : places) {
            Set<String> others = new TreeSet<>(pairs ? places : teller.typesBeside(a));
            others.removeIf(b -> !Types.apart(a, b));
            others.forEach(b -> names.add("plan.adjacent." + a + "." + b));
            Set<String> beyond = new TreeSet<>(pairs ? places : teller.typesBehindDoors(a));
            beyond.removeIf(b -> !Types.apart(a, b));
            beyond.add(FloorPlan.OUTSIDE);
            beyond.forEach(b -> names.add("plan.opening." + a + "." + b));
        }
        Set<String> things = new TreeSet<>(teller.roomTypes());
        things.addAll(teller.fixtureTypes());
        for (String a : things.size() <= MOST_WORDS ? things : Set.<String>of()) {
            for (String b : things) {
                if (!a.equals(b)) {
                    names.add("plan.distance." + a + "." + b);
                }
            }
        }
        return names;
    }

    private static final Set<String> WELL_KNOWN =
            Set.of(
                    "plan.area.total",
                    "plan.area.gross",
                    "plan.area.floor_max",
                    "plan.area.exterior_window_min",
                    "plan.adjacent.cooking_room.exterior_wall",
                    "plan.adjacent.dwelling.shop_door",
                    "plan.adjacent.lab.production",
                    "plan.adjacent.living.production",
                    "plan.adjacent.medical_waste_room.food_area",
                    "plan.adjacent.shower_room.toilet",
                    "plan.adjacent.toilet.production",
                    "plan.basement.depth",
                    "plan.bed.gap",
                    "plan.cctv.covers_all_rooms",
                    "plan.ceiling.height",
                    "plan.corridor.width",
                    "plan.count.handwash_sinks",
                    "plan.count.dish_sinks",
                    "plan.count.raw_material_sinks",
                    "plan.distance.exit_to_exit",
                    "plan.exit.door_swing",
                    "plan.exit.independent_count",
                    "plan.exit.width",
                    "plan.exits",
                    "plan.exits_shared_with_residential",
                    "plan.floors.served",
                    "plan.floors.teaching_max",
                    "plan.travel_distance",
                    "plan.corridor.dead_end",
                    "plan.flow.gender_separate",
                    "plan.flow.instrument_reprocessing",
                    "plan.flow.clean_dirty",
                    "plan.flow.crosses",
                    "plan.flow.dish_return_separate",
                    "plan.flow.people_material_separate",
                    "plan.flow.raw_to_ready",
                    "plan.has.independent_pharmacy_area",
                    "plan.has.office_zone",
                    "plan.has.partition_processing_dining",
                    "plan.height.min",
                    "plan.inside.livestock.production",
                    "plan.inside.toilet.food_processing",
                    "plan.inside.toilet.sales_area",
                    "plan.mixed_with_living",
                    "plan.room.dishwash.shares_raw_sink",
                    "plan.room.food_processing.indoor",
                    "plan.room.kitchen.net_height",
                    "plan.room.kitchen.separate_entrance",
                    "plan.room.large_rooms_have_two_doors",
                    "plan.room.private_room.has_partition",
                    "plan.room.private_room.window_height",
                    "plan.room.private_room.window_width",
                    "plan.room.room_max_area",
                    "plan.room.room_max_doors",
                    "plan.room.special_room.doors",
                    "plan.room.special_room.enclosed",
                    "plan.room.special_room.open_drain",
                    "plan.room.special_room.openable_window",
                    "plan.shower.spacing",
                    "plan.stair.width",
                    "plan.windows_barred");

    private static List<Telling> tellings() {
        List<Telling> all = new ArrayList<>();
        add(
                all,
                "plan.area.total",
                "各室内房间净面积之和，标为公用（shared）的不算",
                "sum of the net areas of all indoor rooms but those stating shared");
        add(
                all,
                "plan.area.gross",
                "平面图只能给出下限（净面积之和）；可在 attributes 填写产权证建筑面积",
                "only a lower bound, the net total; may be stated from the property certificate");
        add(
                all,
                "plan.area.floor_max",
                "净面积最大的一层，作为建筑面积的下限",
                "the storey of the largest net area, as a lower bound of its gross area");
        add(
                all,
                "plan.area.exterior_window_min",
                "每层最大一扇可开启或可击碎外窗的面积（宽×height），各层取最小",
                "per storey its largest window to the outside that opens or breaks (width × height);"
                        + " the smallest storey");
        add(
                all,
                "plan.area.<type>",
                "该类房间净面积之和；没有房间时为该类设施轮廓面积之和",
                "sum of the net areas of such rooms, or else of the outlines of such fixtures");
        add(
                all,
                "plan.count.handwash_sinks",
                "食品处理区和生产区内的洗手池数",
                "handwash sinks in food-processing and production rooms");
        add(
                all,
                "plan.count.<type>",
                "该类设施个数（一处多个的按 count）；没有设施时为该类房间间数",
                "number of such fixtures (each as many as its count), or else of such rooms");
        add(
                all,
                "plan.has.partition_processing_dining",
                "加工间与就餐区分别成间，没有标为开敞（open_plan）",
                "processing and dining are rooms of their own, none of them open_plan");
        add(
                all,
                "plan.has.independent_pharmacy_area",
                "营业区自成一间，没有标为开敞（open_plan），里面没有床",
                "the sales area is a room of its own, not open_plan, without beds");
        add(
                all,
                "plan.has.special_room_anteroom",
                "每个专间的门都只通向预进间",
                "all doors of every special room lead to an anteroom");
        add(all, "plan.has.<type>", "画有该类房间或设施", "a room or fixture of that type is drawn");
        add(all, "plan.height.min", "各房间净高的最小值", "smallest clear height of all rooms");
        add(
                all,
                "plan.height.<fixture>",
                "该类设施 height 的最小值",
                "smallest height stated of such fixtures");
        add(
                all,
                "plan.ceiling.height",
                "食品处理区净高的最小值；没有食品处理区时为全部房间",
                "smallest clear height of food-processing rooms, or else of all");
        add(
                all,
                "plan.room.room_max_area",
                "最大一间的净面积加墙体（每边 0 至 12 厘米）",
                "largest room's net area with 0 to 12 cm of wall on every side");
        add(all, "plan.room.room_max_doors", "最大一间的门数", "number of doors of the largest room");
        add(
                all,
                "plan.room.room_max_exits",
                "最大一间通向室外、走道、楼梯的门数",
                "doors of the largest room that lead outside or to a corridor or stair");
        add(
                all,
                "plan.room.food_processing.handwash_sinks",
                "食品处理区和生产区内的洗手池数",
                "handwash sinks in food-processing and production rooms");
        add(
                all,
                "plan.room.large_rooms_have_two_doors",
                "建筑面积超过 50 平方米或 persons 超过 15 的厅室都有两扇门",
                "rooms above 50 m² gross or stating more than 15 persons all have two doors");
        add(
                all,
                "plan.room.<type>.area_per_<fixture>",
                "每间净面积除以其中设施（或 persons）数，取最小",
                "a room's net area over its such fixtures (or persons), the smallest");
        add(
                all,
                "plan.room.<type>.min_side",
                "最窄处净宽，取最小",
                "clear width at the narrowest, the smallest of the rooms");
        add(
                all,
                "plan.room.<type>.doors",
                "门数：专间取最多，其他取最少",
                "number of doors: the most of special rooms, the fewest of others");
        add(
                all,
                "plan.room.<type>.has_partition",
                "室内画有 partition、screen，或者套有、只经由它进入别的房间（卫生间除外）",
                "a partition or screen is drawn in it, or another room (toilets aside) stands in it"
                        + " or is only reached through it");
        add(
                all,
                "plan.room.<type>.has_<fixture>",
                "每间都画有该类设施",
                "every such room holds such a fixture");
        add(
                all,
                "plan.room.<type>.<attribute>",
                "面积、净高、门宽等量算，其余取各间所填的最差值",
                "measured where it is an area, height or width; else the worst the rooms state");
        add(
                all,
                "plan.adjacent.<type>.exterior_wall",
                "有朝外的门窗，或标明 exterior_wall；四周都是房间则为否",
                "it opens outwards or states exterior_wall; no if rooms lie all round");
        add(all, "plan.adjacent.<type>.outside", "同 exterior_wall", "as for exterior_wall");
        add(
                all,
                "plan.adjacent.<a>.<b>",
                "墙面平行相对、间距不超过 0.5 米、共长不少于 0.3 米（living.production、"
                        + "lab.production、toilet.production、dwelling.shop_door 看有无门洞相通）",
                "their faces run parallel within 0.5 m over at least 0.3 m (living.production,"
                        + " lab.production, toilet.production, dwelling.shop_door: a door or hatch"
                        + " joins them)");
        add(all, "plan.opening.<a>.<b>", "两类房间之间有门或传递口", "a door or hatch joins them");
        add(
                all,
                "plan.inside.<a>.<b>",
                "设在其中、套在其中，或有门开向它",
                "it stands in, is enclosed by, or opens to it");
        add(
                all,
                "plan.distance.exit_to_exit",
                "同层两个安全出口最近边缘的直线距离",
                "straight distance of the closest two exits of one storey");
        add(
                all,
                "plan.distance.<a>.<b>",
                "同层两类设施（或房间）之间最短直线距离",
                "shortest straight distance between such fixtures (or rooms) of one storey");
        add(
                all,
                "plan.exits",
                "标为安全出口、通向室外或楼梯间的门数",
                "doors marked as exits that lead outside or to a stair");
        add(all, "plan.exit.door_swing", "安全出口门开启方式，取最差", "how exit doors open, the worst of them");
        add(all, "plan.exit.width", "安全出口净宽，取最小", "clear width of exits, the smallest");
        add(
                all,
                "plan.exit.independent_count",
                "标为 shared: false 的安全出口数",
                "exits that state shared: false");
        add(
                all,
                "plan.exits_shared_with_residential",
                "任一安全出口标为与住宅共用",
                "any exit states shared_with_residential");
        add(all, "plan.windows_barred", "任一门窗标为 barred", "any window or door states barred");
        add(all, "plan.mixed_with_living", "画有居住用房", "a living room, bedroom or the like is drawn");
        add(
                all,
                "plan.flow.crosses",
                "食品流线走回头路，或与回收餐具流线相交、同门",
                "food goes back, or meets the used dishes or shares a door with them");
        add(
                all,
                "plan.flow.raw_to_ready",
                "食品流线不走回头路：不重复进门进间、不自交、工序不倒退",
                "food never goes back: no door or room twice, no crossing of itself, no earlier"
                        + " stage");
        add(
                all,
                "plan.flow.dish_return_separate",
                "食品与回收餐具流线不相交、不同门",
                "food and used dishes neither cross nor share a door");
        add(
                all,
                "plan.flow.people_material_separate",
                "人流与物流不相交、不同门",
                "people and material neither cross nor share a door");
        add(
                all,
                "plan.flow.clean_dirty",
                "洁污流线不相交、不同门",
                "clean and dirty neither cross nor share a door");
        add(all, "plan.floors.served", "有就餐区的楼层数", "number of storeys with dining rooms");
        add(all, "plan.floors.teaching_max", "教学用房所在的最高楼层", "highest floor with a teaching room");
        add(
                all,
                "plan.basement.depth",
                "地下一层标高（elevation）的相反数",
                "elevation of the first basement, downwards");
        add(all, "plan.cctv.covers_all_rooms", "每间都画有 camera", "every room holds a camera");
        add(all, "plan.bed.gap", "同室相邻床位最小净距", "smallest clear distance of two beds of one room");
        add(
                all,
                "plan.shower.spacing",
                "同室相邻淋浴喷头最小间距",
                "smallest distance of two showers of one room");
        add(
                all,
                "plan.travel_distance",
                "从最远的墙角经门走到最近安全出口的距离（室内不绕家具）",
                "the walk through doors from the farthest corner to the nearest exit, furniture"
                        + " aside");
        add(
                all,
                "plan.corridor.dead_end",
                "走道只有一个方向能走到安全出口的那一段，取最长",
                "the longest stretch of a corridor that leads out in one direction only");
        add(
                all,
                "plan.entrance.<attribute>",
                "标为 entrance: true 的门：count 是个数，width 取最窄，其余取所填的最差值",
                "doors stating entrance: true: count, width (the narrowest), or the worst they"
                        + " state");
        add(all, "plan.ratio.<a>.<b>", "两类房间净面积之比", "net area of the one over that of the other");
        add(all, "plan.flow.instrument_reprocessing", "器械流线不走回头路", "instruments never go back");
        add(
                all,
                "plan.flow.gender_separate",
                "男、女流线不相交、不同门",
                "men and women neither cross nor share a door");
        add(
                all,
                "plan.room.<type>.length",
                "外接矩形的长边",
                "longer side of the rectangle round the room");
        add(
                all,
                "plan.room.<type>.windows",
                "窗数，取最少的一间",
                "number of windows, the room with the fewest");
        add(
                all,
                "plan.room.<type>.window_area_ratio",
                "窗面积（宽×height）与地面净面积之比，取最小",
                "windows (width × height) over floor, the smallest");
        add(all, "plan.corridor.width", "走道最窄处净宽", "corridors at their narrowest");
        add(all, "plan.stair.width", "楼梯最窄处净宽", "stairs at their narrowest");
        add(all, "plan.aisle.width", "通车道最窄处净宽", "aisles at their narrowest");
        add(
                all,
                "plan.wall.<type>.openings",
                "该类房间通向营业区的门窗洞口数",
                "openings between such rooms and the business area");
        add(
                all,
                "plan.<type>.<attribute>",
                "该类设施、房间所填的最差值；没有填的 length、width 按轮廓量",
                "the worst that such fixtures or rooms state; length and width, if not stated, of"
                        + " their outlines");
        add(all, "plan.<attribute>", "写在最外层 attributes 里的", "stated of the premises as a whole");
        return List.copyOf(all);
    }

    private static void add(List<Telling> all, String pattern, String zh, String en) {
        all.add(new Telling(pattern, zh, en));
    }
}

package org.kanqian.gis.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words a fact name may use for rooms and fixtures. Any type a drawing uses is a word of its
 * own; the groups here gather several types under the word the standards use.
 */
final class Types {
    private static final Map<String, Set<String>> GROUPS = groups();

    /** Types whose absence a complete plan tells even if nobody asks for them by name. */
    private static final Set<String> CATALOGUE =
            sorted(
                    "cooking dish_washing rough_processing cutting cold raw decorating pastry drinks"
                            + " steaming serving_room portioning_room special_room special_area"
                            + " special_room_anteroom passthrough_room food_store raw_store"
                            + " product_store packing_material_store packing_room inner_packing_room"
                            + " changing_room chemical_store clean_zone kitchen cooking_room dishwash"
                            + " dining production production_room workshop processing lab toilet"
                            + " pit_toilet shower_room living living_room dwelling warehouse office"
                            + " office_zone cctv_room private_room computer stage dance_floor sales shop"
                            + " rx_zone otc_zone external_zone nondrug_zone split_zone tcm_zone"
                            + " goods_receiving fitting_room special_food_zone"
                            + " bulk_food_zone fresh_zone takeaway_handover food_lift"
                            + " dedicated_flue fume_outlet cooling_equipment handwash_sink dish_sink"
                            + " raw_material_sink handwash_sinks dish_sinks raw_material_sinks"
                            + " handwash_before_workshop vehicle_wash stove seat bed locker shower"
                            + " dental_chair teaching reception lab outdoor disinfection_room"
                            + " observation_room treatment_room medical_waste_room xray_room"
                            + " consulting_room disposal_room operating_room pharmacy ward"
                            + " waiting_area linen_room luggage_room control_room archive_room"
                            + " health_room cold_room partition");

    /** Waiting halls and the like: not counted anywhere else, but people gather there. */
    private static final Set<String> GATHERING =
            sorted("lobby hall waiting waiting_area auditorium reception meeting_room");

    /** Groups whose neighbours and doors the standards ask about. */
    private static final Set<String> PAIRED =
            sorted("food_processing dining production living business sales special_room toilet");

    private static final Set<String> PASSAGE =
            sorted("corridor passage stair stairwell lift elevator toilet washroom shower_room");

    private static final Set<String> STOREYS =
            sorted("stair stairwell lift elevator escalator ramp");

    private Types() {}

    /** The types that count as {@code word}: its group's, or just itself. */
    static Set<String> members(String word) {
        Set<String> group = GROUPS.get(word);
        return group != null ? group : Set.of(word);
    }

    /** Every group's word. */
    static Set<String> groups(Set<String> types) {
        Set<String> found = new TreeSet<>();
        GROUPS.forEach(
                (word, members) -> {
                    if (!Collections.disjoint(members, types)) {
                        found.add(word);
                    }
                });
        return found;
    }

    static Set<String> paired(Set<String> types) {
        Set<String> found = groups(types);
        found.retainAll(PAIRED);
        return found;
    }

    static boolean apart(String a, String b) {
        return Collections.disjoint(members(a), members(b));
    }

    static Set<String> allGroups() {
        return GROUPS.keySet();
    }

    static Set<String> catalogue() {
        return CATALOGUE;
    }

    static boolean is(String type, String word) {
        return members(word).contains(type);
    }

    /** Whether many people may be in such a room at once. */
    static boolean gathers(String type) {
        return GATHERING.contains(type)
                || is(type, "business")
                || is(type, "entertainment")
                || is(type, "dining")
                || is(type, "teaching");
    }

    /** Whether it only leads to other rooms or serves one person. */
    static boolean passage(String type) {
        return PASSAGE.contains(type);
    }

    /** Whether one gets to it from another storey. */
    static boolean joinsStoreys(String type) {
        return STOREYS.contains(type);
    }

    private static Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        // 专间：冷食、生食、裱花、分装各有专间
        groups.put("special_room", sorted("special_room cold raw decorating portioning_room"));
        groups.put("special_room_anteroom", sorted("special_room_anteroom anteroom"));
        groups.put("cooking_room", sorted("cooking cooking_room kitchen"));
        groups.put(
                "kitchen",
                sorted("kitchen cooking cooking_room rough_processing cutting pastry steaming"));
        groups.put("cooking_cutting", sorted("kitchen cooking cooking_room cutting"));
        groups.put("dishwash", sorted("dish_washing dishwash"));
        groups.put("food_store", sorted("food_store raw_store product_store dry_store cold_store"));
        // 食品处理区：贮存、加工制作、餐用具清洗消毒保洁的区域（《餐饮服务食品安全操作规范》附录术语）
        groups.put(
                "food_processing",
                union(
                        groups.get("special_room"),
                        groups.get("kitchen"),
                        groups.get("dishwash"),
                        groups.get("food_store"),
                        sorted("special_area drinks serving_room food_processing")));
        groups.put("dining", sorted("dining dining_hall private_dining"));
        groups.put("food_area", union(groups.get("food_processing"), groups.get("dining")));
        groups.put(
                "production",
                union(
                        groups.get("food_processing"),
                        sorted("production production_room workshop packing_room"),
                        sorted("inner_packing_room processing")));
        groups.put("living", sorted("living living_room dwelling bedroom dormitory"));
        groups.put("dwelling", groups.get("living"));
        groups.put("living_room", groups.get("living"));
        groups.put(
                "entertainment",
                sorted(
                        "entertainment dance_floor stage private_room game_hall entertainment_hall"));
        groups.put("sales", sorted("sales shop shop_floor drug_sales"));
        groups.put("shop", groups.get("sales"));
        groups.put(
                "business",
                union(
                        groups.get("sales"),
                        groups.get("dining"),
                        groups.get("entertainment"),
                        sorted("business computer_hall computer_room")));
        groups.put("warehouse", sorted("warehouse store drug_store storage"));
        // 食品陈列、贮存区
        groups.put(
                "sales_area",
                union(groups.get("sales"), groups.get("warehouse"), groups.get("food_store")));
        groups.put("toilet", sorted("toilet washroom class_toilet"));
        groups.put("stair", sorted("stair stairwell"));
        groups.put("corridor", sorted("corridor passage"));
        groups.put("teaching", sorted("teaching classroom training_room"));
        groups.put("outdoor", sorted("outdoor terrace parking training_ground sports_ground"));
        return Collections.unmodifiableMap(groups);
    }

    private static Set<String> sorted(String words) {
        return Collections.unmodifiableSet(new TreeSet<>(List.of(words.trim().split("\\s+"))));
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new TreeSet<>();
        Arrays.stream(sets).forEach(all::addAll);
        return Collections.unmodifiableSet(all);
    }
}

package org.kanqian.gis.survey;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;

/** The kinds of layers the surveyor knows, and the facts it makes of them. */
final class Kinds {
    static final String REGION = "region";
    static final String ROAD = "road";
    static final String ADDRESS = "address";
    static final String BUILDING = "building";
    static final String LANDUSE = "landuse";
    static final String COMPOUND = "residential_compound";
    static final String TOBACCO_RETAILER = "tobacco_retailer";
    static final String TOBACCO_GRID = "tobacco_grid";
    static final String HAZARDOUS_STORE = "hazardous_store";

    static final String BUILDING_USE = "site.building.use";
    static final String BUILDING_RESIDENTIAL = "site.building.residential";
    static final String LAND_USE = "site.landuse";
    static final String SAME_SIDE = "site.distance.tobacco_retailer_same_side";
    static final String OPPOSITE = "site.distance.tobacco_retailer_opposite";
    static final String SAME_ADDRESS = "site.inside.existing_tobacco_address";
    static final String ADJACENT_STORE = "site.adjacent.hazardous_store";
    static final String QUOTA_LEFT = "site.grid.quota_left";

    /** Distances the vocabulary asks for, whether or not there is a layer. */
    static final List<String> DISTANCE =
            List.of("school", "kindergarten", "hospital", "government", TOBACCO_RETAILER);

    static final List<String> GATES = List.of("school");

    static final List<String> WALKING = List.of("school", "kindergarten");

    static final List<String> INSIDE =
            List.of(
                    COMPOUND,
                    "heritage_museum_library",
                    "station_airport",
                    "school",
                    "kindergarten",
                    "internet_cafe",
                    "hospital");

    private static final Set<String> NOT_FOR_DISTANCE =
            Set.of(REGION, ROAD, ADDRESS, BUILDING, LANDUSE, TOBACCO_GRID);

    private static final Map<String, String> CHINESE =
            Map.ofEntries(
                    Map.entry("school", "中小学"),
                    Map.entry("kindergarten", "幼儿园"),
                    Map.entry("hospital", "医院"),
                    Map.entry("government", "机关"),
                    Map.entry(TOBACCO_RETAILER, "烟草零售点"),
                    Map.entry(COMPOUND, "居民住宅区"),
                    Map.entry("heritage_museum_library", "博物馆、图书馆、文物建筑"),
                    Map.entry("station_airport", "车站机场"),
                    Map.entry("internet_cafe", "网吧"),
                    Map.entry("planned_school", "规划学校"),
                    Map.entry(HAZARDOUS_STORE, "危险化学品仓库"),
                    Map.entry(TOBACCO_GRID, "烟草零售网格"),
                    Map.entry(REGION, "行政区划"),
                    Map.entry(ROAD, "道路"),
                    Map.entry(BUILDING, "建筑"),
                    Map.entry(LANDUSE, "用地"));

    private Kinds() {}

    /** Kinds a distance is measured to. */
    static SortedSet<String> distances(LayerSet layers) {
        SortedSet<String> kinds = new TreeSet<>(DISTANCE);
        for (String kind : layers.kinds()) {
            boolean other =
                    NOT_FOR_DISTANCE.contains(kind)
                            || kind.endsWith("_gate")
                            || (INSIDE.contains(kind) && !DISTANCE.contains(kind));
            if (!other) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** Kinds a site may lie inside: those asked for always, and every other kind drawn as areas. */
    static SortedSet<String> insides(LayerSet layers) {
        SortedSet<String> kinds = new TreeSet<>(INSIDE);
        for (String kind : layers.kinds()) {
            boolean areas = layers.layers(kind).stream().anyMatch(Layer::hasAreas);
            if (areas && !NOT_FOR_DISTANCE.contains(kind) && !kind.endsWith("_gate")) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** Every fact the surveyor gives a value, known or missing. */
    static SortedSet<String> facts(LayerSet layers) {
        SortedSet<String> facts = new TreeSet<>();
        distances(layers).forEach(k -> facts.add("site.distance." + k));
        GATES.forEach(k -> facts.add("site.gates." + k));
        WALKING.forEach(k -> facts.add("site.walking." + k));
        insides(layers).forEach(k -> facts.add("site.inside." + k));
        facts.addAll(
                List.of(
                        BUILDING_USE,
                        BUILDING_RESIDENTIAL,
                        SAME_SIDE,
                        OPPOSITE,
                        SAME_ADDRESS,
                        ADJACENT_STORE,
                        QUOTA_LEFT));
        if (layers.kinds().contains(LANDUSE)) {
            facts.add(LAND_USE);
        }
        return facts;
    }

    /** What a kind is called in sentences for applicants. */
    static String chinese(String kind) {
        if (kind.endsWith("_gate")) {
            return chinese(kind.substring(0, kind.length() - "_gate".length())) + "校门";
        }
        return CHINESE.getOrDefault(kind, kind);
    }
}

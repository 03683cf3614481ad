package org.kanqian.gis.survey;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;

/** The kinds of layers the surveyor treats in a way of their own, and what kinds are called. */
final class Kinds {
    static final String REGION = "region";
    static final String ROAD = "road";
    static final String CROSSING = "crossing";
    static final String BARRIER = "barrier";
    static final String GATE = "gate";
    static final String ADDRESS = "address";
    static final String BUILDING = "building";
    static final String LANDUSE = "landuse";
    static final String COMPOUND = "residential_compound";
    static final String TOBACCO_RETAILER = "tobacco_retailer";
    static final String TOBACCO_GRID = "tobacco_grid";
    static final String HAZARDOUS_STORE = "hazardous_store";
    static final String JUNCTION = "junction";

    static final String BUILDING_USE = "site.building.use";
    static final String BUILDING_RESIDENTIAL = "site.building.residential";
    static final String SAME_SIDE = "site.distance.tobacco_retailer_same_side";
    static final String OPPOSITE = "site.distance.tobacco_retailer_opposite";
    static final String SAME_ADDRESS = "site.inside.existing_tobacco_address";
    static final String QUOTA_LEFT = "site.grid.quota_left";
    static final String ALONG_RIVER = "site.distance.water_intake_upstream";

    /** Distances told of whether or not there is a layer. */
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

    /** Kinds that may adjoin the premises. */
    static final List<String> ADJACENT = List.of(HAZARDOUS_STORE, "crowd_place", "fire_facility");

    /** Kinds that are no places of their own: they tell of the ground, of ways and of others. */
    private static final Set<String> GROUND =
            Set.of(
                    REGION,
                    ROAD,
                    CROSSING,
                    BARRIER,
                    GATE,
                    ADDRESS,
                    BUILDING,
                    LANDUSE,
                    TOBACCO_GRID,
                    "street_class",
                    "road_surface");

    private static final String GATE_OF = "_" + GATE;

    private static final Map<String, String> CHINESE = chinese();

    private Kinds() {}

    /** Whether a kind is of places a distance may be measured to and that a site may lie in. */
    static boolean ofPlaces(String kind) {
        return !GROUND.contains(kind) && !kind.endsWith(GATE_OF);
    }

    /** The kind of the gates of a kind. */
    static String gateOf(String kind) {
        return kind + GATE_OF;
    }

    /** Whether a layer holds gates, of one kind of place or of any. */
    static boolean ofGates(Layer layer) {
        return layer.kind().equals(GATE) || layer.kind().endsWith(GATE_OF);
    }

    /**
     * Whether a kind is drawn with areas or lines, so that a site may lie in it or on it. A layer
     * that is complete and empty says that there are none.
     */
    static boolean extended(LayerSet layers, String kind) {
        return layers.layers(kind).stream()
                .anyMatch(
                        l ->
                                l.size() == 0
                                        || l.hasAreas()
                                        || l.page(0, 1).stream()
                                                .anyMatch(f -> f.geometry().getDimension() > 0));
    }

    /** What a kind is called in sentences for applicants: its own name, else that of its layer. */
    static String chinese(LayerSet layers, String kind) {
        if (kind.endsWith(GATE_OF)) {
            return chinese(layers, kind.substring(0, kind.length() - GATE_OF.length())) + "的门";
        }
        String name = CHINESE.get(kind);
        if (name != null) {
            return name;
        }
        return layers.layers(kind).stream().map(Layer::title).findFirst().orElse(kind);
    }

    private static Map<String, String> chinese() {
        Map<String, String> names = new HashMap<>();
        try (InputStream in = requireNonNull(Kinds.class.getResourceAsStream("kinds.tsv"))) {
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split("\t"))
                    .forEach(l -> names.put(l[0], l[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(names);
    }
}

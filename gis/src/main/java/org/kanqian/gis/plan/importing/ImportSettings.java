package org.kanqian.gis.plan.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.Nearest;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the owner of a drawing can say about it; everything may be left out.
 *
 * @param units what one drawing unit is; empty: what the file says
 * @param layers parts of layer names that give a role, regardless of case, instead of {@link
 *     LayerRole#words()} of that role
 * @param fixtures parts of block names and the fixture type they stand for
 * @param rooms room names and the room type they stand for
 * @param gapMetres gaps between wall lines up to this wide are closed, metres
 * @param wallMetres what is narrower than this between wall lines is wall and no room, metres
 * @param storey id of the storey a drawing without storeys shows
 * @param floor its number, 1 = ground floor
 */
public record ImportSettings(
        Optional<LengthUnit> units,
        Map<LayerRole, List<String>> layers,
        Map<String, String> fixtures,
        Map<String, String> rooms,
        double gapMetres,
        double wallMetres,
        String storey,
        int floor) {

    /** Nothing said. */
    public static final ImportSettings DEFAULT =
            new ImportSettings(Optional.empty(), Map.of(), Map.of(), Map.of(), 0.05, 0.5, "F1", 1);

    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_WORDS = 500;
    private static final Set<String> KEYS =
            Set.of("units", "layers", "fixtures", "rooms", "gap_m", "wall_m", "storey", "floor");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public ImportSettings {
        layers = Map.copyOf(layers);
        fixtures = Map.copyOf(fixtures);
        rooms = Map.copyOf(rooms);
        if (!(gapMetres >= 0.001 && gapMetres <= 3) || !(wallMetres >= 0.1 && wallMetres <= 2)) {
            throw new IllegalArgumentException(
                    "gap " + gapMetres + " m, wall " + wallMetres + " m");
        }
        if (floor == 0 || floor < -20 || floor > 200 || storey.isBlank() || storey.length() > 60) {
            throw new IllegalArgumentException("storey " + storey + ", floor " + floor);
        }
    }

    /** The same with these units. */
    public ImportSettings in(LengthUnit unit) {
        return new ImportSettings(
                Optional.of(unit), layers, fixtures, rooms, gapMetres, wallMetres, storey, floor);
    }

    /**
     * Reads settings from UTF-8 YAML of at most 256 KB; see {@code
     * samples/plans/import-settings.yaml}.
     *
     * @throws ImportException naming the first thing that is wrong
     */
    public static ImportSettings read(InputStream yaml) throws IOException, ImportException {
        byte[] bytes = yaml.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ImportException("导入设置超过 256 KB。", "The settings are over 256 KB.");
        }
        LoadSettings safe =
                LoadSettings.builder()
                        .setMaxAliasesForCollections(5)
                        .setAllowDuplicateKeys(false)
                        .setAllowRecursiveKeys(false)
                        .build();
        @Nullable Object root;
        try {
            root = new Load(safe).loadFromString(new String(bytes, StandardCharsets.UTF_8));
        } catch (YamlEngineException e) {
            throw new ImportException(
                    "导入设置不是合法的 YAML。", "The settings are not valid YAML: " + e.getMessage());
        }
        return root == null ? DEFAULT : new Reading(mapping("", root)).settings();
    }

    private static Map<String, Object> mapping(String key, @Nullable Object value)
            throws ImportException {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(key, "应为“键: 值”", "must be a mapping");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() == null) {
                continue;
            }
            fields.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        if (fields.size() > MAX_WORDS) {
            throw wrong(key, "超过 " + MAX_WORDS + " 项", "has over " + MAX_WORDS + " entries");
        }
        return fields;
    }

    private static ImportException wrong(String key, String zh, String en) {
        return new ImportException(
                "导入设置 " + Notes.shown(key) + " " + zh + "。",
                "Import setting " + Notes.shown(key) + " " + en + ".");
    }

    private record Reading(Map<String, Object> fields) {

        ImportSettings settings() throws ImportException {
            known(fields.keySet(), KEYS);
            Optional<LengthUnit> units = DEFAULT.units;
            if (fields.containsKey("units")) {
                units = LengthUnit.of(String.valueOf(fields.get("units")));
                if (units.isEmpty()) {
                    throw wrong(
                            "units",
                            "应为 mm、cm、dm、m、in、ft 之一",
                            "must be one of mm, cm, dm, m, in, ft");
                }
            }
            double floor = number("floor", DEFAULT.floor, -20, 200);
            if (floor == 0 || floor != Math.rint(floor)) {
                throw wrong("floor", "是不为 0 的整数", "is a whole number other than 0");
            }
            String storey = String.valueOf(fields.getOrDefault("storey", DEFAULT.storey)).strip();
            if (storey.isEmpty() || storey.length() > 60) {
                throw wrong("storey", "应为 1–60 个字", "must be 1 to 60 characters");
            }
            return new ImportSettings(
                    units,
                    layers(),
                    types("fixtures"),
                    types("rooms"),
                    number("gap_m", DEFAULT.gapMetres, 0.001, 3),
                    number("wall_m", DEFAULT.wallMetres, 0.1, 2),
                    storey,
                    (int) floor);
        }

        private Map<LayerRole, List<String>> layers() throws ImportException {
            Map<LayerRole, List<String>> layers = new EnumMap<>(LayerRole.class);
            if (!fields.containsKey("layers")) {
                return layers;
            }
            Map<String, Object> given = mapping("layers", fields.get("layers"));
            Map<String, LayerRole> roles = new LinkedHashMap<>();
            for (LayerRole role : LayerRole.values()) {
                roles.put(role.word(), role);
            }
            known(given.keySet(), roles.keySet());
            for (Map.Entry<String, LayerRole> role : roles.entrySet()) {
                Object value = given.get(role.getKey());
                if (value != null) {
                    List<String> words = new ArrayList<>();
                    for (Object word : value instanceof List<?> list ? list : List.of(value)) {
                        String text = String.valueOf(word).strip().toUpperCase(Locale.ROOT);
                        if (text.isEmpty() || words.size() >= MAX_WORDS) {
                            throw wrong(
                                    "layers." + role.getKey(),
                                    "应为图层名的列表",
                                    "must be a list of layer names");
                        }
                        words.add(text);
                    }
                    layers.put(role.getValue(), List.copyOf(words));
                }
            }
            return layers;
        }

        private Map<String, String> types(String key) throws ImportException {
            Map<String, String> types = new LinkedHashMap<>();
            if (fields.containsKey(key)) {
                for (Map.Entry<String, Object> e : mapping(key, fields.get(key)).entrySet()) {
                    String type = String.valueOf(e.getValue());
                    if (e.getKey().isBlank() || !TYPE.matcher(type).matches()) {
                        throw wrong(
                                key + "." + e.getKey(),
                                "应为小写英文类型代码，如 dish_washing",
                                "must be a type code in lower case, e.g. dish_washing");
                    }
                    types.put(e.getKey(), type);
                }
            }
            return types;
        }

        private double number(String key, double otherwise, double low, double high)
                throws ImportException {
            Object value = fields.get(key);
            if (value == null) {
                return otherwise;
            }
            if (value instanceof Number n && n.doubleValue() >= low && n.doubleValue() <= high) {
                return n.doubleValue();
            }
            throw wrong(
                    key,
                    "应为 " + low + "–" + high + " 之间的数",
                    "must be a number from " + low + " to " + high);
        }

        private static void known(Set<String> given, Set<String> known) throws ImportException {
            for (String key : given) {
                if (!known.contains(key)) {
                    String near = Nearest.to(key, known).map(n -> "，是不是 " + n + "？").orElse("");
                    String nearEn =
                            Nearest.to(key, known).map(n -> "; did you mean " + n + "?").orElse("");
                    throw wrong(key, "不认识" + near, "is not known" + nearEn);
                }
            }
        }
    }
}

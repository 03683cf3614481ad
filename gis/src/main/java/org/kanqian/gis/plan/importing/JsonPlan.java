package org.kanqian.gis.plan.importing;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.importing.ImportNote.Kind;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A plan out of JSON: {@code kanqian-plan/1} as it stands; else a GeoJSON FeatureCollection, whose
 * features may be those of IMDF (level, unit, opening, fixture; Apple, <i>Indoor Mapping Data
 * Format</i>). Coordinates are degrees, or metres where degrees would make a house too large.
 */
final class JsonPlan {
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int MAX_FEATURES = 50_000;
    private static final int MAX_VERTICES = 300_000;

    /** Two kilometres: no floor plan is that large, in degrees. */
    private static final double MOST_DEGREES = 0.02;

    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(32)
                                                    .maxNumberLength(100)
                                                    .maxNameLength(1_000)
                                                    .maxStringLength(100_000)
                                                    .maxDocumentLength(MAX_BYTES)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    private record Feature(String id, String kind, JsonNode properties, Geometry geometry) {}

    private final ImportSettings settings;
    private final Notes notes;
    private final List<Feature> features = new ArrayList<>();
    private int vertices;

    private JsonPlan(ImportSettings settings, Notes notes) {
        this.settings = settings;
        this.notes = notes;
    }

    static ObjectNode read(InputStream in, ImportSettings settings, Notes notes)
            throws IOException, ImportException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ImportException("JSON 超过 8 MB。", "The JSON is over 8 MB.");
        }
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ImportException(
                    "不是合法的 JSON（第 " + line + " 行）。", "Not valid JSON, line " + line + ".");
        }
        if (root instanceof ObjectNode plan && text(plan.path("format")).equals(FloorPlan.FORMAT)) {
            return plan;
        }
        if (!text(root.path("type")).equals("FeatureCollection")
                || !root.path("features").isArray()) {
            throw new ImportException(
                    "既不是 kanqian-plan/1，也不是 GeoJSON 的 FeatureCollection。",
                    "Neither kanqian-plan/1 nor a GeoJSON FeatureCollection.");
        }
        return new JsonPlan(settings, notes).plan(root.path("features"));
    }

    private static String text(JsonNode node) {
        return node.isString() || node.isNumber() ? node.asString() : "";
    }

    private ObjectNode plan(JsonNode all) throws ImportException {
        if (all.size() > MAX_FEATURES) {
            throw new ImportException("要素超过 5 万个。", "Over 50,000 features.");
        }
        Envelope extent = new Envelope();
        for (int i = 0; i < all.size(); i++) {
            feature(i, all.get(i)).ifPresent(features::add);
        }
        features.forEach(f -> extent.expandToInclude(f.geometry.getEnvelopeInternal()));
        boolean degrees =
                !extent.isNull()
                        && Math.max(extent.getWidth(), extent.getHeight()) < MOST_DEGREES
                        && Math.abs(extent.getMinX()) <= 180
                        && Math.abs(extent.getMinY()) <= 89;
        notes.guessed(
                "",
                degrees ? "坐标是经纬度，已换算为米。" : "坐标当作米：作为经纬度，图会大得不像房子。",
                degrees
                        ? "Coordinates are degrees and were turned into metres."
                        : "Coordinates are taken for metres; as degrees the plan would be too large.");
        Optional<LocalFrame> frame =
                degrees
                        ? Optional.of(
                                LocalFrame.at(new LonLat(extent.centre().x, extent.centre().y)))
                        : Optional.empty();
        PlanDraft draft = new PlanDraft(settings.wallMetres() + 0.15, notes);
        Map<String, String> storeys = storeys(draft);
        for (Feature f : features) {
            Geometry metres = frame.map(l -> l.toMetres(f.geometry)).orElse(f.geometry);
            add(draft, f, metres, storeys);
        }
        return draft.plan();
    }

    /** Level ids to storey ids. */
    private Map<String, String> storeys(PlanDraft draft) throws ImportException {
        Map<String, String> storeys = new HashMap<>();
        Map<String, Integer> floors = new HashMap<>();
        for (Feature f : features) {
            if (f.kind.equals("level")) {
                int ordinal =
                        (int)
                                Math.max(
                                        -20,
                                        Math.min(199, f.properties.path("ordinal").asDouble(0)));
                int floor = ordinal >= 0 ? ordinal + 1 : ordinal;
                Integer before = floors.put(f.id, floor);
                if (before != null && before != floor) {
                    throw new ImportException(
                            "两个楼层用了同一个编号“" + Notes.shown(f.id) + "”，分不清房间在哪一层。请改编号。",
                            "Two levels share the id '"
                                    + Notes.shown(f.id)
                                    + "': which one a room is on cannot be told. Give them ids of their own.");
                }
                String id = "F" + floor;
                String name = name(f.properties);
                storeys.put(f.id, id);
                draft.storey(new PlanDraft.Storey(id, name.isEmpty() ? floor + " 层" : name, floor));
            }
        }
        return storeys;
    }

    private String storey(PlanDraft draft, Feature f, Map<String, String> storeys) {
        String level = text(f.properties.path("level_id"));
        String known = storeys.get(level);
        if (known != null) {
            return known;
        }
        String plain = text(f.properties.path("floor"));
        if (plain.matches("-?[1-9]\\d?")) {
            int floor = Integer.parseInt(plain);
            if (floor >= -20) {
                draft.storey(new PlanDraft.Storey("F" + floor, floor + " 层", floor));
                return "F" + floor;
            }
        }
        notes.count(
                Kind.GUESSED,
                "level_id " + level,
                n -> n + " 个要素没有写明楼层，算作 " + settings.storey() + "。",
                n -> n + " features name no known level; taken for " + settings.storey() + ".");
        draft.storey(
                new PlanDraft.Storey(settings.storey(), settings.floor() + " 层", settings.floor()));
        return settings.storey();
    }

    private void add(PlanDraft draft, Feature f, Geometry metres, Map<String, String> storeys)
            throws ImportException {
        JsonNode p = f.properties;
        String category = text(p.path("category"));
        switch (f.kind) {
            case "level" -> {}
            case "unit" -> {
                String name = name(p);
                String said = text(p.path("room_type"));
                String words = name.isEmpty() ? text(p.path("number")) : name;
                TypeNames names = TypeNames.rooms(settings);
                String type =
                        said.matches("[a-z][a-z0-9_]{0,63}")
                                ? said
                                : names.type(words)
                                        .or(() -> names.type(category.replace('_', ' ')))
                                        .orElse(TypeNames.UNKNOWN);
                if (type.equals(TypeNames.UNKNOWN)) {
                    notes.guessed(
                            f.id,
                            "不认识“" + Notes.shown(words + " " + category) + "”是什么房间，类型记为 unknown。",
                            "'"
                                    + Notes.shown(words + " " + category)
                                    + "' is no known room; its type is unknown.");
                }
                if (!(metres instanceof Polygonal)) {
                    notes.leftOut(
                            f.id,
                            "房间“" + Notes.shown(f.id) + "”不是多边形，没有导入。",
                            "Room '" + Notes.shown(f.id) + "' is no polygon; left out.");
                    return;
                }
                double height = p.path("height").asDouble(p.path("height_m").asDouble(0));
                draft.room(
                        f.id,
                        f.id,
                        type,
                        words,
                        storey(draft, f, storeys),
                        metres,
                        height >= 0.5 && height <= 200
                                ? OptionalDouble.of(height)
                                : OptionalDouble.empty());
            }
            case "opening" -> {
                if (metres instanceof LineString line && line.getNumPoints() >= 2) {
                    String kind = (category + " " + text(p.path("kind"))).toLowerCase(Locale.ROOT);
                    Coordinate[] c = line.getCoordinates();
                    draft.opening(
                            f.id,
                            kind.contains("window")
                                    ? OpeningKind.WINDOW
                                    : kind.contains("pass_through")
                                            ? OpeningKind.PASS_THROUGH
                                            : OpeningKind.DOOR,
                            storey(draft, f, storeys),
                            new LineSegment(c[0], c[c.length - 1]),
                            kind.contains("emergencyexit"));
                } else {
                    notes.leftOut(
                            f.id,
                            "门窗“" + Notes.shown(f.id) + "”不是线，没有导入。",
                            "Opening '" + Notes.shown(f.id) + "' is no line; left out.");
                }
            }
            case "fixture" -> {
                String said = text(p.path("fixture_type"));
                String words = name(p) + " " + category;
                String type =
                        said.matches("[a-z][a-z0-9_]{0,63}")
                                ? said
                                : TypeNames.fixtures(settings)
                                        .type(words)
                                        .orElse(TypeNames.UNKNOWN);
                boolean drawn =
                        metres instanceof Point || (metres instanceof Polygon && metres.isValid());
                if (!drawn || type.equals(TypeNames.UNKNOWN)) {
                    notes.leftOut(
                            f.id,
                            "设施“" + Notes.shown(f.id + " " + words) + "”不认识或图形无效，没有导入。",
                            "Fixture '"
                                    + Notes.shown(f.id + " " + words)
                                    + "' is unknown or invalid; left out.");
                } else {
                    draft.fixture(f.id, type, storey(draft, f, storeys), metres);
                }
            }
            default ->
                    notes.count(
                            Kind.LEFT_OUT,
                            f.kind,
                            n -> n + " 个 " + Notes.shown(f.kind) + " 要素没有读。",
                            n ->
                                    n
                                            + " features of type "
                                            + Notes.shown(f.kind)
                                            + " were not read.");
        }
    }

    /** A label: text, or IMDF's texts by language, Chinese first. */
    private static String name(JsonNode properties) {
        JsonNode name = properties.path("name");
        if (name.isObject()) {
            for (String language : List.of("zh", "zh-Hans", "zh-CN", "en")) {
                if (name.path(language).isString()) {
                    return name.path(language).stringValue();
                }
            }
            return name.isEmpty() ? "" : text(name.values().iterator().next());
        }
        return text(name);
    }

    private Optional<Feature> feature(int i, JsonNode node) throws ImportException {
        String id = text(node.path("id"));
        if (id.isBlank()) {
            id = "feature-" + (i + 1);
        }
        JsonNode geometry = node.path("geometry");
        Optional<Geometry> shape = geometry(geometry);
        String kind = text(node.path("feature_type"));
        if (shape.isEmpty()) {
            if (!(kind.equals("address") || kind.equals("building") || kind.equals("occupant"))) {
                String shown = id;
                notes.leftOut(
                        id,
                        "要素“" + Notes.shown(shown) + "”没有可读的几何，没有导入。",
                        "Feature '" + Notes.shown(shown) + "' has no readable geometry; left out.");
            }
            return Optional.empty();
        }
        if (kind.isEmpty()) {
            String type = geometry.path("type").asString();
            kind =
                    type.endsWith("Polygon")
                            ? "unit"
                            : type.equals("LineString") ? "opening" : "fixture";
            if (node.path("properties").has("fixture_type")) {
                kind = "fixture";
            }
        }
        return Optional.of(new Feature(id, kind, node.path("properties"), shape.get()));
    }

    private Optional<Geometry> geometry(JsonNode node) throws ImportException {
        JsonNode c = node.path("coordinates");
        try {
            return switch (text(node.path("type"))) {
                case "Point" -> Optional.of(FACTORY.createPoint(position(c)));
                case "LineString" -> Optional.of(FACTORY.createLineString(path(c)));
                case "Polygon" -> Optional.of(polygon(c));
                case "MultiPolygon" -> {
                    List<Polygon> parts = new ArrayList<>();
                    for (JsonNode part : c) {
                        parts.add(polygon(part));
                    }
                    yield Optional.of(FACTORY.createMultiPolygon(parts.toArray(new Polygon[0])));
                }
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Polygon polygon(JsonNode rings) throws ImportException {
        if (!rings.isArray() || rings.isEmpty()) {
            throw new IllegalArgumentException("no rings");
        }
        LinearRing shell = FACTORY.createLinearRing(path(rings.get(0)));
        LinearRing[] holes = new LinearRing[rings.size() - 1];
        for (int i = 0; i < holes.length; i++) {
            holes[i] = FACTORY.createLinearRing(path(rings.get(i + 1)));
        }
        return FACTORY.createPolygon(shell, holes);
    }

    private Coordinate[] path(JsonNode positions) throws ImportException {
        Coordinate[] path = new Coordinate[positions.size()];
        for (int i = 0; i < path.length; i++) {
            path[i] = position(positions.get(i));
        }
        return path;
    }

    private Coordinate position(JsonNode at) throws ImportException {
        if (++vertices > MAX_VERTICES) {
            throw new ImportException("点超过 30 万个。", "Over 300,000 vertices.");
        }
        if (!at.isArray() || at.size() < 2 || !at.get(0).isNumber() || !at.get(1).isNumber()) {
            throw new IllegalArgumentException("no position");
        }
        Coordinate c = new Coordinate(at.get(0).doubleValue(), at.get(1).doubleValue());
        if (!(Math.abs(c.x) <= 1e8 && Math.abs(c.y) <= 1e8)) {
            throw new IllegalArgumentException("out of bounds");
        }
        return c;
    }
}

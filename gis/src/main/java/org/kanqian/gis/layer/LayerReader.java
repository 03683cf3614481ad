package org.kanqian.gis.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.China;
import org.kanqian.gis.crs.Datum;
import org.kanqian.rules.fact.Nearest;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code layers.yaml} and the GeoJSON files it names (RFC 7946, in the datum it declares).
 * Whatever is not as it should be is a fault with file and feature.
 */
final class LayerReader {
    static final String DECLARATIONS = "layers.yaml";
    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int MOST_FAULTS = 50;
    private static final List<String> KEYS =
            List.of(
                    "id",
                    "kind",
                    "title",
                    "file",
                    "select",
                    "datum",
                    "source",
                    "licence",
                    "surveyed",
                    "max_age_days",
                    "accuracy_m",
                    "point_extent_m",
                    "complete",
                    "coverage");
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final Path folder;
    private final JsonMapper json =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(64)
                                                    .maxDocumentLength(MOST_BYTES)
                                                    .build())
                                    .build())
                    .build();
    private final Map<String, JsonNode> files = new LinkedHashMap<>();
    private final Map<String, byte[]> bytes = new LinkedHashMap<>();
    private final List<LayerFault> faults = new ArrayList<>();

    LayerReader(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    List<Layer> read() {
        List<Layer> layers = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode declaration : declarations()) {
            layer(declaration).ifPresent(layers::add);
            String id = declaration.path("id").asString("");
            if (!ids.add(id)) {
                fault(DECLARATIONS, -1, "图层编号重复：" + id, "Two layers are called " + id);
            }
        }
        if (!faults.isEmpty()) {
            throw new LayerException(faults);
        }
        return layers;
    }

    private Iterable<JsonNode> declarations() {
        Optional<byte[]> file = bytes(DECLARATIONS);
        if (file.isEmpty()) {
            return List.of();
        }
        JsonNode root;
        try {
            LoadSettings settings =
                    LoadSettings.builder()
                            .setAllowDuplicateKeys(false)
                            .setMaxAliasesForCollections(0)
                            .setCodePointLimit(1_000_000)
                            .build();
            Object tree =
                    new Load(settings)
                            .loadFromString(new String(file.get(), StandardCharsets.UTF_8));
            root = json.valueToTree(tree);
        } catch (YamlEngineException e) {
            fault(DECLARATIONS, -1, "不是有效的 YAML：" + e.getMessage(), "Not valid YAML");
            return List.of();
        }
        if (root == null || !root.path("layers").isArray()) {
            fault(DECLARATIONS, -1, "缺少 layers 列表。", "A list called layers is missing.");
            return List.of();
        }
        return root.path("layers");
    }

    private Optional<Layer> layer(JsonNode d) {
        int before = faults.size();
        String id = text(d, "id");
        for (String key : d.propertyNames()) {
            if (!KEYS.contains(key)) {
                fault(
                        DECLARATIONS,
                        -1,
                        id
                                + "：不认识 "
                                + key
                                + Nearest.to(key, KEYS).map(k -> "，是不是 " + k + "？").orElse("。"),
                        id + ": unknown key " + key);
            }
        }
        Datum datum = datum(d, id);
        LocalDate surveyed = date(d, id);
        Layer.About about =
                new Layer.About(
                        id,
                        text(d, "kind"),
                        text(d, "title"),
                        text(d, "source"),
                        text(d, "licence"),
                        surveyed,
                        (int) number(d, id, "max_age_days", 1, 36_500),
                        number(d, id, "accuracy_m", 0, 10_000),
                        d.has("point_extent_m") ? number(d, id, "point_extent_m", 0, 10_000) : 0,
                        flag(d, id));
        String file = text(d, "file");
        Optional<JsonNode> collection = file.isEmpty() ? Optional.empty() : geojson(file);
        if (faults.size() > before || collection.isEmpty()) {
            return Optional.empty();
        }
        List<Feature> features = features(file, collection.get(), d.path("select"), datum);
        Geometry coverage = coverage(d.path("coverage"), id, datum);
        if (faults.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Layer(about, version(d, file), coverage, features));
    }

    private List<Feature> features(String file, JsonNode collection, JsonNode select, Datum datum) {
        List<Feature> features = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        String property = select.path("property").asString("");
        Set<String> wanted = new HashSet<>();
        select.path("in").forEach(v -> wanted.add(v.asString("")));
        if (!collection.path("type").asString("").equals("FeatureCollection")
                || !collection.path("features").isArray()) {
            fault(file, -1, "不是 GeoJSON 的 FeatureCollection。", "Not a FeatureCollection.");
            return features;
        }
        JsonNode crs = collection.path("crs");
        if (!crs.isMissingNode() && !crs.toString().contains("CRS84")) {
            fault(
                    file,
                    -1,
                    "文件带有 crs 成员 " + crs + "；GeoJSON 只能是经纬度，请转换后删去它。",
                    "The file carries a crs member; convert it to longitude and latitude.");
            return features;
        }
        int index = -1;
        for (JsonNode node : collection.path("features")) {
            index++;
            JsonNode properties = node.path("properties");
            String use = property.isEmpty() ? "" : properties.path(property).asString("");
            if (!property.isEmpty() && !wanted.contains(use)) {
                continue;
            }
            Optional<Geometry> geometry = geometry(file, index, node.path("geometry"), datum);
            if (geometry.isEmpty()) {
                continue;
            }
            String id = node.path("id").asString(Integer.toString(index));
            if (!ids.add(id)) {
                fault(file, index, "要素编号重复：" + id, "Two features have the id " + id);
            }
            features.add(
                    new Feature(id, properties.path("name").asString(""), use, geometry.get()));
        }
        return features;
    }

    private Optional<Geometry> geometry(String file, int index, JsonNode node, Datum datum) {
        if (!node.isObject()) {
            fault(file, index, "没有几何图形。", "No geometry.");
            return Optional.empty();
        }
        Geometry geometry;
        try {
            geometry = new GeoJsonReader(FACTORY).read(node.toString());
        } catch (ParseException | IllegalArgumentException | ClassCastException e) {
            fault(file, index, "几何图形读不出来：" + e.getMessage(), "Unreadable geometry");
            return Optional.empty();
        }
        if (geometry == null || geometry.isEmpty()) {
            fault(file, index, "几何图形是空的。", "The geometry is empty.");
            return Optional.empty();
        }
        Envelope box = geometry.getEnvelopeInternal();
        if (!China.holds(box.getMinX(), box.getMinY())
                || !China.holds(box.getMaxX(), box.getMaxY())) {
            boolean swapped =
                    China.holds(box.getMinY(), box.getMinX())
                            && China.holds(box.getMaxY(), box.getMaxX());
            fault(
                    file,
                    index,
                    swapped ? "坐标在中国范围以外，像是经度和纬度写反了。" : "坐标在中国范围以外，或者不是经纬度。",
                    swapped
                            ? "Outside China: longitude and latitude look swapped."
                            : "Outside China, or not longitude and latitude.");
            return Optional.empty();
        }
        TopologyValidationError error = new IsValidOp(geometry).getValidationError();
        if (error != null) {
            fault(
                    file,
                    index,
                    "几何图形无效（"
                            + error.getMessage()
                            + "），在 "
                            + error.getCoordinate().x
                            + ", "
                            + error.getCoordinate().y
                            + " 附近。",
                    "Invalid geometry: " + error);
            return Optional.empty();
        }
        return Optional.of(inCgcs2000(geometry, datum));
    }

    /** A copy in CGCS2000 degrees. */
    private static Geometry inCgcs2000(Geometry geometry, Datum datum) {
        Geometry copy = geometry.copy();
        copy.apply(
                new CoordinateSequenceFilter() {
                    @Override
                    public void filter(CoordinateSequence sequence, int i) {
                        Position p = datum.toCgcs2000(sequence.getX(i), sequence.getY(i));
                        sequence.setOrdinate(i, 0, p.x());
                        sequence.setOrdinate(i, 1, p.y());
                    }

                    @Override
                    public boolean isDone() {
                        return false;
                    }

                    @Override
                    public boolean isGeometryChanged() {
                        return true;
                    }
                });
        copy.geometryChanged();
        return copy;
    }

    private Geometry coverage(JsonNode node, String id, Datum datum) {
        if (node.isArray() && node.size() == 4) {
            double[] box = new double[4];
            for (int i = 0; i < 4; i++) {
                box[i] = node.get(i).asDouble(Double.NaN);
            }
            if (China.holds(box[0], box[1])
                    && China.holds(box[2], box[3])
                    && box[0] < box[2]
                    && box[1] < box[3]) {
                return inCgcs2000(
                        FACTORY.toGeometry(new Envelope(box[0], box[2], box[1], box[3])), datum);
            }
        } else if (node.isString()) {
            List<Geometry> parts =
                    geojson(node.asString())
                            .map(c -> features(node.asString(), c, json.createObjectNode(), datum))
                            .orElse(List.of())
                            .stream()
                            .map(Feature::geometry)
                            .toList();
            if (!parts.isEmpty()) {
                return FACTORY.buildGeometry(parts).union();
            }
        }
        fault(
                DECLARATIONS,
                -1,
                id + "：coverage 要写 [西, 南, 东, 北]，或一个 GeoJSON 面文件。",
                id + ": coverage must be [west, south, east, north] or a GeoJSON file of polygons");
        return FACTORY.createPolygon();
    }

    private Optional<JsonNode> geojson(String file) {
        JsonNode known = files.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> content = bytes(file);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode tree = json.readTree(content.get());
            files.put(file, tree);
            return Optional.of(tree);
        } catch (JacksonException e) {
            fault(
                    file,
                    -1,
                    "不是有效的 JSON"
                            + Optional.ofNullable(e.getLocation())
                                    .map(
                                            l ->
                                                    "，第 "
                                                            + l.getLineNr()
                                                            + " 行第 "
                                                            + l.getColumnNr()
                                                            + " 列")
                                    .orElse("")
                            + "："
                            + e.getOriginalMessage(),
                    "Not valid JSON");
            return Optional.empty();
        }
    }

    private Optional<byte[]> bytes(String file) {
        byte[] known = bytes.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        Path path = folder.resolve(file).normalize();
        if (!path.startsWith(folder) || !Files.isRegularFile(path)) {
            fault(file, -1, "没有这个文件。", "There is no such file.");
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            if (Files.size(path) > MOST_BYTES) {
                fault(file, -1, "文件超过 256 MB。", "The file is larger than 256 MB.");
                return Optional.empty();
            }
            byte[] content = in.readAllBytes();
            bytes.put(file, content);
            return Optional.of(content);
        } catch (IOException e) {
            fault(file, -1, "文件读不出来。", "The file cannot be read.");
            return Optional.empty();
        }
    }

    /** Over the declaration as declared and the bytes of the files it names. */
    private String version(JsonNode declaration, String file) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(declaration.toString().getBytes(StandardCharsets.UTF_8));
            sha.update(bytes.getOrDefault(file, new byte[0]));
            sha.update(bytes.getOrDefault(declaration.path("coverage").asString(""), new byte[0]));
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(JsonNode d, String key) {
        JsonNode node = d.path(key);
        if (!node.isString() || node.asString().isBlank()) {
            fault(
                    DECLARATIONS,
                    -1,
                    d.path("id").asString("?") + "：缺少 " + key + "。",
                    d.path("id").asString("?") + ": " + key + " is missing");
            return "";
        }
        return node.asString();
    }

    private Datum datum(JsonNode d, String id) {
        String name = text(d, "datum");
        for (Datum datum : Datum.values()) {
            if (datum.name().equals(name)) {
                return datum;
            }
        }
        if (!name.isEmpty()) {
            fault(
                    DECLARATIONS,
                    -1,
                    id + "：datum 只能是 CGCS2000、WGS84、GCJ02、BD09。",
                    id + ": datum must be CGCS2000, WGS84, GCJ02 or BD09");
        }
        return Datum.CGCS2000;
    }

    private LocalDate date(JsonNode d, String id) {
        String text = text(d, "surveyed");
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            if (!text.isEmpty()) {
                fault(
                        DECLARATIONS,
                        -1,
                        id + "：surveyed 要写成 \"2021-09-30\" 这样。",
                        id + ": surveyed must be a day like \"2021-09-30\"");
            }
            return LocalDate.EPOCH;
        }
    }

    private boolean flag(JsonNode d, String id) {
        if (!d.path("complete").isBoolean()) {
            fault(
                    DECLARATIONS,
                    -1,
                    id + "：complete 要写 true（没画就是没有）或 false（没画不等于没有）。",
                    id + ": complete must be true or false");
        }
        return d.path("complete").asBoolean(false);
    }

    private double number(JsonNode d, String id, String key, double min, double max) {
        double value = d.path(key).isNumber() ? d.path(key).asDouble() : Double.NaN;
        if (!(value >= min && value <= max)) {
            fault(
                    DECLARATIONS,
                    -1,
                    id + "：" + key + " 要在 " + min + " 到 " + max + " 之间。",
                    id + ": " + key + " must lie between " + min + " and " + max);
            return min;
        }
        return value;
    }

    private void fault(String file, int feature, @Nullable String zh, String en) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new LayerFault(file, feature, zh == null ? "" : zh, en));
        }
    }
}

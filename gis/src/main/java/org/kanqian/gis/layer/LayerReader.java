package org.kanqian.gis.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.crs.UnknownCrsException;
import org.kanqian.rules.fact.Nearest;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one folder with a {@code layer.yaml}: all of it or nothing. */
final class LayerReader {
    static final String DECLARATION = "layer.yaml";

    private static final long LARGEST_DECLARATION = 256 * 1024;
    private static final long LARGEST_FILE = 512L * 1024 * 1024;
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final Set<String> KEYS =
            Set.of(
                    "kind",
                    "title",
                    "file",
                    "table",
                    "crs",
                    "source",
                    "licence",
                    "surveyed",
                    "max_age_days",
                    "accuracy_m",
                    "point_extent_m",
                    "coverage",
                    "may_be_empty",
                    "demonstration",
                    "control_points");

    private final Path root;
    private final Path folder;
    private final Faults faults;
    private final List<Feature> features = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private LayerReader(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
        this.faults = new Faults(shown(folder.resolve(DECLARATION)));
    }

    /** The layer in {@code folder}, or nothing and its faults added to {@code into}. */
    static Optional<Layer> read(Path root, Path folder, List<LayerFault> into) throws IOException {
        LayerReader reader = new LayerReader(root, folder);
        Optional<Layer> layer = Optional.empty();
        try {
            layer = reader.layer();
        } catch (Faults.TooManyFaults e) {
            // The first hundred say enough.
        }
        into.addAll(reader.faults.found());
        return reader.faults.found().isEmpty() ? layer : Optional.empty();
    }

    private String shown(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private Optional<Layer> layer() throws IOException, Faults.TooManyFaults {
        Path yaml = folder.resolve(DECLARATION);
        if (Files.size(yaml) > LARGEST_DECLARATION) {
            faults.add("layer.yaml 超过 256 KB", "layer.yaml is over 256 KB");
            return Optional.empty();
        }
        byte[] declared = Files.readAllBytes(yaml);
        Optional<Map<String, Object>> parsed = yaml(declared);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = new Fields(parsed.get(), faults);
        fields.onlyKnown(KEYS);
        Optional<Declaration> declaration = declaration(fields);
        Optional<Path> data = file(fields, "file");
        if (declaration.isEmpty() || data.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = sha256();
        part(digest, "layer.yaml", declared.length);
        digest.update(declared);

        SourceCrs crs = declaration.get().crs();
        faults.in(shown(data.get()));
        features(data.get(), fields.text("table").orElse(null), crs);
        hash(digest, data.get());
        if (features.isEmpty() && faults.found().isEmpty() && !fields.flag("may_be_empty")) {
            faults.add(
                    "没有要素；如果确实一个也没有，在 layer.yaml 写 may_be_empty: true",
                    "no features; if there really are none, say may_be_empty: true in layer.yaml");
        }
        faults.in(shown(yaml));
        Optional<Geometry> coverage = coverage(fields, crs, digest);
        controlPoints(fields);
        if (coverage.isEmpty() || !faults.found().isEmpty()) {
            return Optional.empty();
        }
        if (!features.isEmpty()
                && features.stream().noneMatch(f -> f.geometry().intersects(coverage.get()))) {
            faults.add(
                    "没有一个要素在覆盖范围之内：坐标系或覆盖范围写错了",
                    "no feature lies in the coverage: the crs or the coverage is wrong");
        }
        String version = "sha256:" + HexFormat.of().formatHex(digest.digest());
        return Optional.of(new Layer(declaration.get(), version, coverage.get(), features));
    }

    private Optional<Map<String, Object>> yaml(byte[] bytes) throws Faults.TooManyFaults {
        LoadSettings settings =
                LoadSettings.builder()
                        .setMaxAliasesForCollections(5)
                        .setAllowDuplicateKeys(false)
                        .setAllowRecursiveKeys(false)
                        .build();
        try {
            @Nullable Object root =
                    new Load(settings).loadFromString(new String(bytes, StandardCharsets.UTF_8));
            if (root instanceof Map<?, ?> map
                    && map.keySet().stream().allMatch(String.class::isInstance)) {
                @SuppressWarnings("unchecked") // every key was just seen to be text
                Map<String, Object> fields = (Map<String, Object>) map;
                return Optional.of(fields);
            }
            faults.add("layer.yaml 应为“键: 值”", "layer.yaml must be a mapping");
        } catch (YamlEngineException e) {
            faults.add("不是合法的 YAML", "not valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<Declaration> declaration(Fields fields) throws Faults.TooManyFaults {
        Optional<String> kind = fields.required("kind");
        if (kind.isPresent() && !kind.get().matches("[a-z][a-z0-9_]*")) {
            faults.add(
                    "kind 只能用小写字母、数字和下划线：" + kind.get(),
                    "kind takes lower-case letters, digits and underscores: " + kind.get());
            kind = Optional.empty();
        }
        Optional<String> title = fields.required("title");
        Optional<String> source = fields.required("source");
        Optional<String> licence = fields.required("licence");
        Optional<LocalDate> surveyed = fields.day("surveyed");
        Optional<Double> age = fields.number("max_age_days", null, 0, 36_525);
        Optional<Double> accuracy = fields.number("accuracy_m", null, 0, 10_000);
        Optional<Double> extent = fields.number("point_extent_m", 0.0, 0, 10_000);
        Optional<String> name = fields.required("crs");
        Optional<SourceCrs> crs = Optional.empty();
        if (name.isPresent()) {
            try {
                crs = Optional.of(SourceCrs.named(name.get()));
            } catch (UnknownCrsException e) {
                faults.add(e.chinese(), e.english());
            }
        }
        if (kind.isEmpty()
                || title.isEmpty()
                || source.isEmpty()
                || licence.isEmpty()
                || surveyed.isEmpty()
                || age.isEmpty()
                || accuracy.isEmpty()
                || extent.isEmpty()
                || crs.isEmpty()) {
            return Optional.empty();
        }
        String id = shown(folder);
        return Optional.of(
                new Declaration(
                        id.isEmpty() ? kind.get() : id,
                        kind.get(),
                        title.get(),
                        crs.get(),
                        source.get(),
                        licence.get(),
                        surveyed.get(),
                        age.get().intValue(),
                        accuracy.get(),
                        extent.get(),
                        fields.flag("demonstration")));
    }

    /** A file named in the declaration: a plain name, beside it. */
    private Optional<Path> file(Fields fields, String key) throws Faults.TooManyFaults {
        Optional<String> name = fields.required(key);
        return name.isEmpty() ? Optional.empty() : file(name.get());
    }

    private Optional<Path> file(String name) throws Faults.TooManyFaults {
        if (!name.matches("[\\p{L}\\p{N}_.-]+") || name.startsWith(".")) {
            faults.add("文件应与 layer.yaml 同在一个文件夹：" + name, "not a plain file name: " + name);
            return Optional.empty();
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            faults.add("找不到文件 " + name, "no such file: " + name);
            return Optional.empty();
        }
        return Optional.of(file);
    }

    private void features(Path file, @Nullable String table, SourceCrs crs)
            throws IOException, Faults.TooManyFaults {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Files.size(file) > LARGEST_FILE) {
            faults.add("文件超过 512 MB", "the file is over 512 MB");
        } else if (name.endsWith(".geojson") || name.endsWith(".json")) {
            GeoJsonFile.read(file, crs, faults, raw -> take(raw, crs));
        } else if (name.endsWith(".gpkg")) {
            GeoPackageFile.read(file, table, crs, faults, raw -> take(raw, crs));
        } else {
            faults.add(
                    "只接受 .geojson 和 .gpkg；Shapefile 请先转成 GeoPackage",
                    "only .geojson and .gpkg are read; convert a shapefile to GeoPackage first");
        }
    }

    private void take(RawFeature raw, SourceCrs crs) throws Faults.TooManyFaults {
        String id = raw.id() == null ? "#" + raw.index() : raw.id();
        if (!ids.add(id)) {
            faults.add(raw.index(), "id 重复：" + id, "id used twice: " + id);
            return;
        }
        try {
            features.add(new Feature(id, degrees(raw.geometry(), crs), raw.attributes()));
        } catch (GeometryFault e) {
            faults.add(raw.index(), e.zh, e.en);
        }
    }

    /** The geometry in CGCS2000 degrees, if it can be relied on. */
    private static Geometry degrees(Geometry given, SourceCrs crs) throws GeometryFault {
        if (given.isEmpty()) {
            throw new GeometryFault("空几何", "empty geometry");
        }
        Envelope extent = given.getEnvelopeInternal();
        boolean degrees = crs.degrees().isPresent();
        if (degrees && (extent.getMaxX() > 360 || extent.getMaxY() > 360)) {
            throw projected(given, crs);
        }
        Optional<Geometry> converted = crs.toCgcs2000(given);
        if (converted.isEmpty()) {
            throw new GeometryFault(
                    "坐标不在 " + crs.name() + " 的适用范围之内",
                    "coordinates do not belong to " + crs.name());
        }
        Geometry geometry = converted.get();
        Envelope box = geometry.getEnvelopeInternal();
        LonLat southWest = new LonLat(box.getMinX(), box.getMinY());
        LonLat northEast = new LonLat(box.getMaxX(), box.getMaxY());
        if (!southWest.inChinaBox() || !northEast.inChinaBox()) {
            throw outside(given, crs, southWest, northEast);
        }
        TopologyValidationError error = new IsValidOp(given).getValidationError();
        if (error != null) {
            throw broken(error);
        }
        return asValidAsGiven(geometry);
    }

    /**
     * A hole that touches the side of its shell no longer quite touches it once the corners are
     * converted one by one. What was valid as given is made valid again, if that moves nothing.
     */
    private static Geometry asValidAsGiven(Geometry geometry) throws GeometryFault {
        TopologyValidationError error = new IsValidOp(geometry).getValidationError();
        if (error == null) {
            return geometry;
        }
        Geometry mended = GeometryFixer.fix(geometry);
        double change = Math.abs(mended.getArea() - geometry.getArea());
        if (!(mended instanceof Polygonal) || change > 1e-6 * geometry.getArea()) {
            throw broken(error);
        }
        return mended;
    }

    private static GeometryFault outside(
            Geometry given, SourceCrs crs, LonLat southWest, LonLat northEast) {
        Coordinate first = given.getCoordinate();
        String at = "(" + first.x + ", " + first.y + ")";
        if (crs.degrees().isPresent()
                && southWest.swappedInChinaBox()
                && northEast.swappedInChinaBox()) {
            return new GeometryFault(
                    "经纬度可能写反：" + at + "，应为 [经度, 纬度]",
                    "longitude and latitude may be swapped: " + at);
        }
        return new GeometryFault(
                "坐标 " + at + " 不在中国范围内（东经 73–136°、北纬 3–54°）",
                at + " lies outside China (73–136° E, 3–54° N); check the crs");
    }

    private static GeometryFault projected(Geometry given, SourceCrs crs) {
        Coordinate first = given.getCoordinate();
        String at = "(" + first.x + ", " + first.y + ")";
        return new GeometryFault(
                "坐标 " + at + " 像是投影坐标（米），layer.yaml 的 crs 写的是 " + crs.name(),
                at + " looks projected, in metres, but layer.yaml says " + crs.name());
    }

    private static GeometryFault broken(TopologyValidationError error) {
        Coordinate at = error.getCoordinate();
        String place = at == null ? "" : "，在 " + at.x + ", " + at.y + " 附近";
        String zh =
                switch (error.getErrorType()) {
                    case TopologyValidationError.SELF_INTERSECTION,
                            TopologyValidationError.RING_SELF_INTERSECTION ->
                            "多边形自相交";
                    case TopologyValidationError.HOLE_OUTSIDE_SHELL -> "洞在外环之外";
                    case TopologyValidationError.NESTED_HOLES,
                            TopologyValidationError.NESTED_SHELLS ->
                            "环互相嵌套";
                    case TopologyValidationError.DUPLICATE_RINGS -> "环重复";
                    case TopologyValidationError.DISCONNECTED_INTERIOR -> "多边形内部被切断";
                    case TopologyValidationError.TOO_FEW_POINTS -> "点太少";
                    default -> "几何无效";
                };
        return new GeometryFault(zh + place, "invalid: " + error);
    }

    private Optional<Geometry> coverage(Fields fields, SourceCrs crs, MessageDigest digest)
            throws IOException, Faults.TooManyFaults {
        @Nullable Object given = fields.any("coverage");
        if (!(given instanceof Map<?, ?> map) || map.size() != 1) {
            faults.add(
                    "coverage 要写明覆盖范围：bbox、polygon、file 或 features 之一",
                    "coverage must be one of bbox, polygon, file and features");
            return Optional.empty();
        }
        SourceCrs degrees = crs.degrees().isPresent() ? crs : SourceCrs.of(Datum.CGCS2000);
        Map.Entry<?, ?> only = map.entrySet().iterator().next();
        Optional<Geometry> area = Optional.empty();
        try {
            if ("bbox".equals(only.getKey()) && only.getValue() instanceof List<?> box) {
                area = Optional.of(degrees(box(box), degrees));
            } else if ("polygon".equals(only.getKey()) && only.getValue() instanceof List<?> ring) {
                area = Optional.of(degrees(ring(ring), degrees));
            } else if ("file".equals(only.getKey()) && only.getValue() instanceof String name) {
                area = coverageFile(name, degrees, digest);
            } else if ("features".equals(only.getKey()) && Boolean.TRUE.equals(only.getValue())) {
                area = union(features);
            } else {
                faults.add(
                        "coverage 只能是 bbox、polygon、file 或 features: true",
                        "coverage takes bbox, polygon, file or features: true");
            }
        } catch (GeometryFault e) {
            faults.add("coverage：" + e.zh, "coverage: " + e.en);
        }
        if (area.isPresent() && !(area.get() instanceof Polygonal)) {
            faults.add("coverage 应为多边形", "coverage must be polygons");
            return Optional.empty();
        }
        return area;
    }

    private Optional<Geometry> coverageFile(String name, SourceCrs degrees, MessageDigest digest)
            throws IOException, Faults.TooManyFaults {
        Optional<Path> file = file(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        List<Feature> parts = new ArrayList<>();
        faults.in(shown(file.get()));
        GeoJsonFile.read(
                file.get(),
                degrees,
                faults,
                raw -> {
                    try {
                        Geometry part = degrees(raw.geometry(), degrees);
                        parts.add(new Feature("#" + raw.index(), part, Map.of()));
                    } catch (GeometryFault e) {
                        faults.add(raw.index(), e.zh, e.en);
                    }
                });
        hash(digest, file.get());
        faults.in(shown(folder.resolve(DECLARATION)));
        return union(parts);
    }

    private static Optional<Geometry> union(List<Feature> parts) {
        List<Geometry> polygons =
                parts.stream().map(Feature::geometry).filter(Polygonal.class::isInstance).toList();
        return polygons.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(UnaryUnionOp.union(polygons));
    }

    private static Geometry box(List<?> box) throws GeometryFault {
        double[] d = new double[4];
        if (box.size() != 4) {
            throw new GeometryFault("bbox 是 [西, 南, 东, 北]", "bbox is [west, south, east, north]");
        }
        for (int i = 0; i < 4; i++) {
            d[i] = number(box.get(i));
        }
        if (d[0] >= d[2] || d[1] >= d[3]) {
            throw new GeometryFault("bbox 是 [西, 南, 东, 北]", "bbox is [west, south, east, north]");
        }
        return FACTORY.toGeometry(new Envelope(d[0], d[2], d[1], d[3]));
    }

    private static Geometry ring(List<?> ring) throws GeometryFault {
        Coordinate[] path = new Coordinate[ring.size()];
        for (int i = 0; i < path.length; i++) {
            if (!(ring.get(i) instanceof List<?> position) || position.size() != 2) {
                throw new GeometryFault("应为 [[经度, 纬度], …]", "[[lon, lat], …] wanted");
            }
            path[i] = new Coordinate(number(position.get(0)), number(position.get(1)));
        }
        if (path.length < 4 || !path[0].equals2D(path[path.length - 1])) {
            throw new GeometryFault("环没有闭合", "the ring is not closed");
        }
        return FACTORY.createPolygon(path);
    }

    private static double number(@Nullable Object value) throws GeometryFault {
        if (value instanceof Number n && Double.isFinite(n.doubleValue())) {
            return n.doubleValue();
        }
        throw new GeometryFault("不是数：" + value, "not a number: " + value);
    }

    /**
     * Known places that must come out where they are: the only way to notice GCJ-02 coordinates in
     * a file that claims another datum.
     */
    private void controlPoints(Fields fields) throws Faults.TooManyFaults {
        @Nullable Object given = fields.any("control_points");
        if (given == null) {
            return;
        }
        if (!(given instanceof List<?> points)) {
            faults.add("control_points 应为列表", "control_points must be a list");
            return;
        }
        for (Object point : points) {
            if (point instanceof Map<?, ?> p
                    && p.get("feature") instanceof String id
                    && p.get("lon") instanceof Number lon
                    && p.get("lat") instanceof Number lat
                    && p.get("datum") instanceof String name
                    && p.get("tolerance_m") instanceof Number tolerance
                    && List.of(Datum.values()).stream().anyMatch(d -> d.name().equals(name))) {
                controlPoint(
                        id,
                        Datum.valueOf(name).toCgcs2000(lon.doubleValue(), lat.doubleValue()),
                        tolerance.doubleValue());
            } else {
                faults.add(
                        "控制点要写 feature、lon、lat、datum、tolerance_m",
                        "a control point has feature, lon, lat, datum, tolerance_m");
            }
        }
    }

    private void controlPoint(String id, LonLat known, double tolerance)
            throws Faults.TooManyFaults {
        Optional<Feature> feature = features.stream().filter(f -> f.id().equals(id)).findFirst();
        if (feature.isEmpty()) {
            faults.add("控制点指的要素不存在：" + id, "no such feature for a control point: " + id);
            return;
        }
        Coordinate centre = feature.get().geometry().getCentroid().getCoordinate();
        double off = Ellipsoid.shortLine(centre.x, centre.y, known.lon(), known.lat());
        if (!(off <= tolerance)) {
            String metres = String.valueOf(Math.round(off));
            faults.add(
                    "控制点 " + id + " 偏差 " + metres + " 米：坐标系可能写错（GCJ02 与 WGS84 相差约 500 米）",
                    "control point " + id + " is off by " + metres + " m: the crs may be wrong");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Marks where a file begins, so that bytes cannot wander from one file to the next unseen. */
    private static void part(MessageDigest digest, String name, long length) {
        digest.update((name + "\n" + length + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void hash(MessageDigest digest, Path file) throws IOException {
        part(digest, file.getFileName().toString(), Files.size(file));
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    /** The fields of a declaration, each fault said once. */
    private record Fields(Map<String, Object> map, Faults faults) {

        void onlyKnown(Set<String> keys) throws Faults.TooManyFaults {
            for (String key : map.keySet()) {
                if (!keys.contains(key)) {
                    Optional<String> near = Nearest.to(key, keys);
                    faults.add(
                            "不认识的键 " + key + near.map(n -> "，是不是 " + n + "？").orElse(""),
                            "unknown key "
                                    + key
                                    + near.map(n -> "; did you mean " + n + "?").orElse(""));
                }
            }
        }

        @Nullable Object any(String key) {
            return map.get(key);
        }

        Optional<String> text(String key) {
            return any(key) instanceof String s && !s.isBlank() ? Optional.of(s) : Optional.empty();
        }

        Optional<String> required(String key) throws Faults.TooManyFaults {
            Optional<String> text = text(key);
            if (text.isEmpty()) {
                faults.add("缺少 " + key, key + " is missing");
            }
            return text;
        }

        boolean flag(String key) throws Faults.TooManyFaults {
            @Nullable Object value = any(key);
            if (value != null && !(value instanceof Boolean)) {
                faults.add(key + " 应为 true 或 false", key + " must be true or false");
            }
            return Boolean.TRUE.equals(value);
        }

        Optional<Double> number(String key, @Nullable Double otherwise, double low, double high)
                throws Faults.TooManyFaults {
            @Nullable Object value = any(key);
            if (value == null && otherwise != null) {
                return Optional.of(otherwise);
            }
            if (value instanceof Number n && n.doubleValue() >= low && n.doubleValue() <= high) {
                return Optional.of(n.doubleValue());
            }
            faults.add(
                    key + " 应为 " + low + "–" + high + " 之间的数",
                    key + " must be a number from " + low + " to " + high);
            return Optional.empty();
        }

        Optional<LocalDate> day(String key) throws Faults.TooManyFaults {
            try {
                return Optional.of(LocalDate.parse(String.valueOf(any(key))));
            } catch (DateTimeParseException e) {
                faults.add(key + " 应为日期，如 2026-11-23", key + " must be a day, as 2026-11-23");
                return Optional.empty();
            }
        }
    }
}

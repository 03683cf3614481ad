package org.kanqian.gis.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.crs.UnknownCrsException;
import org.kanqian.gis.filter.AttributeFilter;
import org.kanqian.gis.filter.FilterException;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.operation.distance.IndexedFacetDistance;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/** Reads one layer, its {@code layer.yaml} and what that names: all of it or nothing. */
final class LayerReader {
    private static final long LARGEST_DECLARATION = 256 * 1024;
    private static final long LARGEST_FILE = 2L * 1024 * 1024 * 1024;
    private static final int MOST_WORDS = 20_000;
    private static final int LONGEST_WORD = 40;
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** Some five kilometres. */
    private static final double FRINGE_DEGREES = 0.05;

    static final Geometry NOTHING = FACTORY.createEmpty(0);
    private static final Set<String> ID_LIKE = Set.of("id", "fid", "osm_id", "gid", "objectid");
    private static final Set<String> KEYS =
            Set.of(
                    "kind",
                    "title",
                    "file",
                    "table",
                    "postgis",
                    "store",
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
                    "control_points",
                    "filter",
                    "attributes",
                    "id",
                    "columns",
                    "encoding");

    private final String id;
    private final LayerFiles files;
    private final Faults faults;
    private final Optional<LayerDatabase> database;
    private final boolean tables;
    private final List<RawFeature> raws = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<Content> contents = new HashSet<>();
    private final Map<String, String> words = new HashMap<>();

    private LayerReader(
            String id, LayerFiles files, Optional<LayerDatabase> database, boolean tables) {
        this.tables = tables;
        this.id = id;
        this.files = files;
        this.database = database;
        this.faults = new Faults(shown(LayerFiles.DECLARATION));
    }

    /** A version that is to be had already, so that nothing need be read again. */
    @FunctionalInterface
    interface Known {
        Optional<Layer> find(String id, String version);
    }

    /**
     * A layer, or nothing and its faults added to {@code into}.
     *
     * @param id empty for one that is called as its kind
     * @param known asked for the very version before anything but its hash is read
     */
    static Optional<Layer> read(
            String id,
            LayerFiles files,
            Optional<LayerDatabase> database,
            Known known,
            List<LayerFault> into)
            throws IOException {
        LayerReader reader = new LayerReader(id, files, database, true);
        return reader.orFaults(() -> reader.layer(known), into);
    }

    /**
     * A layer somebody sent. It brings its features along: which tables are read is for whoever
     * keeps the layer folder to say.
     */
    static Optional<Layer> sent(
            String id, LayerFiles files, Optional<LayerDatabase> database, List<LayerFault> into)
            throws IOException {
        LayerReader reader = new LayerReader(id, files, database, false);
        return reader.orFaults(() -> reader.layer((i, v) -> Optional.empty()), into);
    }

    /**
     * A layer as it once served. One of a table comes from the database it was kept in, whatever
     * the table holds by now.
     */
    static Optional<Layer> kept(
            String id,
            LayerFiles files,
            String version,
            Optional<LayerDatabase> database,
            List<LayerFault> into)
            throws IOException {
        LayerReader reader = new LayerReader(id, files, database, true);
        return reader.orFaults(() -> reader.kept(version), into);
    }

    @FunctionalInterface
    private interface Reading {
        Optional<Layer> layer() throws IOException, Faults.TooManyFaults;
    }

    private Optional<Layer> orFaults(Reading reading, List<LayerFault> into) throws IOException {
        Optional<Layer> layer = Optional.empty();
        try {
            layer = reading.layer();
        } catch (Faults.TooManyFaults e) {
            // The first hundred say enough.
        }
        into.addAll(faults.found());
        return faults.found().isEmpty() ? layer : Optional.empty();
    }

    private String shown(String name) {
        return id.isEmpty() ? name : id + "/" + name;
    }

    /** What {@code layer.yaml} says, in order; its bytes count for the version. */
    private record Declared(byte[] bytes, Fields fields, Optional<Declaration> declaration) {}

    private Optional<Declared> declared() throws IOException, Faults.TooManyFaults {
        Optional<Path> yaml = files.find(LayerFiles.DECLARATION);
        if (yaml.isEmpty()) {
            faults.add("没有 layer.yaml", "there is no layer.yaml");
            return Optional.empty();
        }
        if (Files.size(yaml.get()) > LARGEST_DECLARATION) {
            faults.add("layer.yaml 超过 256 KB", "layer.yaml is over 256 KB");
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(yaml.get());
        Optional<Map<String, Object>> parsed = DeclarationYaml.read(bytes, faults);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = new Fields(parsed.get(), "", faults);
        fields.onlyKnown(KEYS);
        return Optional.of(new Declared(bytes, fields, declaration(fields)));
    }

    private Optional<Layer> kept(String version) throws IOException, Faults.TooManyFaults {
        Optional<Declared> declared = declared();
        if (declared.isEmpty() || declared.get().declaration().isEmpty()) {
            return Optional.empty();
        }
        Fields fields = declared.get().fields();
        if (fields.any("postgis") != null) {
            return keptTable(declared.get().declaration().get(), fields, version);
        }
        Optional<Layer> layer = layer((i, v) -> Optional.empty());
        if (layer.isPresent() && !layer.get().version().equals(version)) {
            faults.add(
                    "存下的文件变了，已不是 " + version,
                    "what was kept has changed and is no longer " + version);
        }
        return layer;
    }

    private Optional<Layer> keptTable(Declaration declaration, Fields fields, String version)
            throws IOException, Faults.TooManyFaults {
        Optional<FeatureIndex> index = database.flatMap(d -> d.find(version));
        if (index.isEmpty()) {
            faults.add("数据库里没有存下这一版", "the database does not hold this version");
            return Optional.empty();
        }
        Optional<Geometry> coverage = coverage(fields, declaration.crs(), index.get()::forEach);
        return coverage.map(
                area ->
                        new Layer(
                                declaration,
                                version,
                                area,
                                index.get(),
                                List.of(),
                                origin(fields)));
    }

    /** Where a layer was read from. */
    private Layer.Origin origin(Fields fields) {
        Map<String, Path> read = new LinkedHashMap<>();
        put(read, LayerFiles.DECLARATION);
        fields.text("file").ifPresent(name -> put(read, name));
        if (fields.any("coverage") instanceof Map<?, ?> coverage
                && coverage.get("file") instanceof String name) {
            put(read, name);
        }
        return new Layer.Origin(read, fields.any("postgis") != null);
    }

    private void put(Map<String, Path> read, String name) {
        files.find(name).ifPresent(path -> read.put(name, path));
    }

    private Optional<Layer> layer(Known known) throws IOException, Faults.TooManyFaults {
        Optional<Declared> read = declared();
        if (read.isEmpty()) {
            return Optional.empty();
        }
        byte[] declared = read.get().bytes();
        Fields fields = read.get().fields();
        Optional<Declaration> judged = read.get().declaration();
        Optional<Selection> selection = selection(fields);
        Optional<Boolean> stored = stored(fields);
        if (judged.isEmpty() || selection.isEmpty() || stored.isEmpty()) {
            return Optional.empty();
        }
        Declaration declaration = judged.get();
        Optional<Source> opened = source(fields, declaration.crs());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (Source source = opened.get()) {
            String version = version(declared, source, fields);
            Optional<Layer> before =
                    faults.none() ? known.find(declaration.id(), version) : Optional.empty();
            if (before.isPresent()) {
                return before;
            }
            try (Loading loading =
                    stored.get() ? database.orElseThrow().load(version) : Loading.intoMemory()) {
                Optional<Geometry> coverage;
                if (loading.earlier().isPresent()) {
                    coverage =
                            coverage(
                                    fields,
                                    declaration.crs(),
                                    loading.earlier().get().index()::forEach);
                } else {
                    coverage =
                            load(
                                    source,
                                    fields,
                                    declaration.crs(),
                                    selection.get(),
                                    loading,
                                    stored.get());
                    if (stored.get() && !version.equals(version(declared, source, fields))) {
                        faults.add("读的时候文件变了；请再试一次", "changed while it was read; try again");
                    }
                }
                if (coverage.isEmpty() || !faults.none()) {
                    return Optional.empty();
                }
                Loading.Kept kept =
                        loading.earlier().isPresent()
                                ? loading.earlier().get()
                                : loading.keep(faults.repairs());
                return Optional.of(
                        new Layer(
                                declaration,
                                version,
                                coverage.get(),
                                kept.index(),
                                kept.repairs(),
                                origin(fields)));
            }
        }
    }

    /** Content hash over the declaration, the features and the coverage. */
    private String version(byte[] declared, Source source, Fields fields) throws IOException {
        MessageDigest digest = sha256();
        part(digest, LayerFiles.DECLARATION, declared.length);
        digest.update(declared);
        source.hash(digest);
        if (fields.any("coverage") instanceof Map<?, ?> coverage
                && coverage.get("file") instanceof String name) {
            Optional<Path> file = files.find(name);
            if (file.isPresent()) {
                hash(digest, name, file.get());
            }
        }
        return written(digest);
    }

    /** Takes the features over and holds them against what is declared. */
    private Optional<Geometry> load(
            Source source,
            Fields fields,
            SourceCrs crs,
            Selection selection,
            Loading loading,
            boolean stored)
            throws IOException, Faults.TooManyFaults {
        faults.in(source.name());
        source.read(raw -> take(selection, raw, crs, loading, stored));
        if (loading.size() == 0 && faults.none() && !fields.flag("may_be_empty")) {
            faults.add(
                    "没有要素；如果确实一个也没有，在 layer.yaml 写 may_be_empty: true",
                    "no features; if there really are none, say may_be_empty: true in layer.yaml");
        }
        faults.in(shown(LayerFiles.DECLARATION));
        Optional<Geometry> coverage = coverage(fields, crs, loading::forEach);
        controlPoints(fields, loading);
        if (coverage.isPresent()) {
            faults.in(source.name());
            inside(coverage.get(), loading);
        }
        return coverage;
    }

    /**
     * What lies just outside the coverage is the fringe every extract has: it is kept, for it is
     * there, and told. What lies far outside is a mistake in the coordinates or in the coverage.
     */
    private void inside(Geometry coverage, Loading loading) throws Faults.TooManyFaults {
        PreparedGeometry area = PreparedGeometryFactory.prepare(coverage);
        IndexedFacetDistance border = new IndexedFacetDistance(coverage);
        Iterator<RawFeature> names = raws.iterator();
        List<RawFeature> near = new ArrayList<>();
        List<RawFeature> far = new ArrayList<>();
        loading.forEach(
                feature -> {
                    RawFeature raw = names.next();
                    if (!area.intersects(feature.geometry())) {
                        boolean fringe =
                                border.isWithinDistance(feature.geometry(), FRINGE_DEGREES);
                        (fringe ? near : far).add(raw);
                    }
                });
        for (RawFeature raw : near) {
            faults.mended(raw, "在覆盖范围边上之外，照用", "just outside the coverage; kept");
        }
        for (RawFeature raw : far) {
            faults.add(
                    raw,
                    "远在覆盖范围之外：坐标系、覆盖范围或这个要素写错了",
                    "far outside the coverage: the crs, the coverage or this feature is wrong");
        }
    }

    /** Whether features go to the database; empty, and a fault, if that is not to be had. */
    private Optional<Boolean> stored(Fields fields) throws Faults.TooManyFaults {
        @Nullable Object store = fields.any("store");
        if (store == null || store.equals("memory")) {
            return Optional.of(false);
        }
        if (!store.equals("postgis")) {
            faults.add("store 只能是 memory 或 postgis", "store must be memory or postgis");
            return Optional.empty();
        }
        if (database.isEmpty()) {
            noDatabase("store: postgis");
            return Optional.empty();
        }
        return Optional.of(true);
    }

    private void noDatabase(String key) throws Faults.TooManyFaults {
        faults.add(
                key + " 要有 PostgreSQL（PostGIS）：请设置 kanqian.db.url，或改用内存和文件",
                key
                        + " needs PostgreSQL with PostGIS: set kanqian.db.url, or use memory and a file");
    }

    private Optional<Source> source(Fields fields, SourceCrs crs) throws Faults.TooManyFaults {
        Optional<Fields> table = fields.below("postgis");
        if (fields.any("postgis") == null) {
            Optional<String> name = fields.required("file");
            Optional<Path> file = name.isEmpty() ? Optional.empty() : file(name.get());
            return file.map(f -> new FileSource(name.orElseThrow(), f, fields, crs));
        }
        if (!tables) {
            faults.add(
                    "postgis 只能写在图层文件夹里；上传的图层要带数据文件",
                    "postgis belongs into the layer folder; what is uploaded brings its data file");
            return Optional.empty();
        }
        if (fields.any("file") != null) {
            faults.add("file 与 postgis 只能写一个", "give file or postgis, not both");
            return Optional.empty();
        }
        Optional<PostgisTable.Address> address =
                table.isPresent() ? PostgisTable.address(table.get(), faults) : Optional.empty();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        if (database.isEmpty()) {
            noDatabase("postgis");
            return Optional.empty();
        }
        return PostgisTable.open(database.get().source(), address.get(), crs, faults);
    }

    /** A file beside the declaration. */
    private final class FileSource implements Source {
        private final String name;
        private final Path file;
        private final Fields fields;
        private final SourceCrs crs;

        FileSource(String name, Path file, Fields fields, SourceCrs crs) {
            this.name = name;
            this.file = file;
            this.fields = fields;
            this.crs = crs;
        }

        @Override
        public String name() {
            return shown(name);
        }

        @Override
        public void hash(MessageDigest digest) throws IOException {
            LayerReader.hash(digest, name, file);
        }

        @Override
        public void read(RawFeature.Sink sink) throws IOException, Faults.TooManyFaults {
            features(name, file, fields, crs, sink);
        }
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
        Optional<SourceCrs> crs = crs(fields);
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

    private Optional<SourceCrs> crs(Fields fields) throws Faults.TooManyFaults {
        Optional<String> name = fields.required("crs");
        if (name.isPresent()) {
            try {
                return Optional.of(SourceCrs.named(name.get()));
            } catch (UnknownCrsException e) {
                faults.add(e.chinese(), e.english());
            }
        }
        return Optional.empty();
    }

    /** A file named in the declaration: a plain name, beside it. */
    private Optional<Path> file(String name) throws Faults.TooManyFaults {
        if (!LayerFiles.plain(name)) {
            faults.add("文件应与 layer.yaml 同在一个文件夹：" + name, "not a plain file name: " + name);
            return Optional.empty();
        }
        Optional<Path> file = files.find(name);
        if (file.isEmpty()) {
            faults.add("找不到文件 " + name, "no such file: " + name);
        }
        return file;
    }

    /** Which features of the file belong, and what their attributes are called here. */
    private record Selection(
            Optional<AttributeFilter> filter,
            Map<String, String> attributes,
            Optional<String> id) {}

    private Optional<Selection> selection(Fields fields) throws Faults.TooManyFaults {
        Optional<AttributeFilter> filter = Optional.empty();
        if (fields.any("filter") != null) {
            try {
                filter = Optional.of(AttributeFilter.of(fields.text("filter").orElse("")));
            } catch (FilterException e) {
                faults.add("filter：" + e.zh(), "filter: " + e.en());
                return Optional.empty();
            }
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        Optional<Fields> mapping = fields.below("attributes");
        if (mapping.isPresent()) {
            for (Map.Entry<String, Object> entry : mapping.get().map().entrySet()) {
                if (entry.getValue() instanceof String theirs && !theirs.isBlank()) {
                    attributes.put(entry.getKey(), theirs);
                } else {
                    faults.add(
                            "attributes." + entry.getKey() + " 应为文件里的字段名",
                            "attributes." + entry.getKey() + " must name a field of the file");
                }
            }
        }
        return Optional.of(new Selection(filter, attributes, fields.text("id")));
    }

    private void features(
            String named, Path file, Fields fields, SourceCrs crs, RawFeature.Sink sink)
            throws IOException, Faults.TooManyFaults {
        String name = named.toLowerCase(Locale.ROOT);
        Optional<Charset> encoding = Optional.empty();
        if (fields.any("encoding") != null) {
            encoding = fields.text("encoding").flatMap(Encodings::named);
            if (encoding.isEmpty()) {
                faults.add("encoding 只能是 UTF-8 或 GBK", "encoding must be UTF-8 or GBK");
                return;
            }
        }
        if (Files.size(file) > LARGEST_FILE) {
            faults.add("文件超过 2 GB", "the file is over 2 GB");
        } else if (name.endsWith(".geojson") || name.endsWith(".json")) {
            GeoJsonFile.read(file, crs, faults, sink);
        } else if (name.endsWith(".gpkg")) {
            GeoPackageFile.read(file, fields.text("table").orElse(null), crs, faults, sink);
        } else if (name.endsWith(".zip")) {
            ShapefileZip.read(file, crs, encoding, faults, sink);
        } else if (name.endsWith(".csv")) {
            Optional<Fields> columns = fields.below("columns");
            if (columns.isEmpty()) {
                faults.add(
                        "CSV 要写明坐标在哪两列，例如 columns: {x: 经度, y: 纬度}",
                        "say which columns hold the place, e.g. columns: {x: lon, y: lat}");
                return;
            }
            columns.get().onlyKnown(Set.of("x", "y"));
            Optional<String> x = columns.get().required("x");
            Optional<String> y = columns.get().required("y");
            if (x.isPresent() && y.isPresent()) {
                CsvFile.read(file, new CsvFile.Columns(x.get(), y.get()), encoding, faults, sink);
            }
        } else {
            faults.add(
                    "只接受 .geojson、.gpkg、.csv 和装着 Shapefile 的 .zip",
                    "only .geojson, .gpkg, .csv and a .zip with a shapefile are read");
        }
    }

    private void take(
            Selection selection, RawFeature given, SourceCrs crs, Loading loading, boolean stored)
            throws Faults.TooManyFaults {
        if (selection.filter().isPresent()
                && !selection.filter().get().accepts(given.attributes())) {
            return;
        }
        Optional<String> named = selection.id();
        @Nullable String id = named.isPresent() ? given.attributes().get(named.get()) : given.id();
        RawFeature raw =
                new RawFeature(
                        given.index(),
                        id,
                        given.geometry(),
                        renamed(selection.attributes(), given.attributes()));
        if (named.isPresent() && id == null) {
            faults.add(
                    raw, "没有 " + named.get() + "，它是 id", "no " + named.get() + ", which is the id");
            return;
        }
        if (!ids.add(raw.name())) {
            faults.add(raw, "id 重复：" + raw.name(), "id used twice: " + raw.name());
            return;
        }
        try {
            GeometryGate.Passed passed = GeometryGate.pass(raw.geometry(), crs);
            if (!contents.add(content(passed.degrees(), raw.attributes()))) {
                faults.mended(raw, "与前面的要素完全相同，只留一个", "the same as one before; left out");
                return;
            }
            passed.mendedZh().ifPresent(zh -> faults.mended(raw, zh, passed.mendedEn()));
            Feature feature = new Feature(raw.name(), passed.degrees(), shared(raw.attributes()));
            if (!LayerDatabase.storable(feature)) {
                faults.add(
                        raw,
                        "id 超过 500 字，或文字里有存不下的字符（NUL、半个字符）",
                        "an id over 500 characters, or text that cannot be kept (NUL, half a"
                                + " character)");
                return;
            }
            loading.add(feature);
            raws.add(new RawFeature(raw.index(), raw.id(), NOTHING, Map.of()));
        } catch (GeometryFault e) {
            faults.add(raw, e.zh, e.en);
        }
    }

    /** Attributes under the names they have here; those nobody asked for are not kept. */
    private static Map<String, String> renamed(
            Map<String, String> mapping, Map<String, String> theirs) {
        if (mapping.isEmpty()) {
            return theirs;
        }
        Map<String, String> ours = new LinkedHashMap<>();
        mapping.forEach(
                (our, their) -> {
                    @Nullable String value = theirs.get(their);
                    if (value != null) {
                        ours.put(our, value);
                    }
                });
        return ours;
    }

    /** The same, with words that were met before as the same objects: most are used often. */
    private Map<String, String> shared(Map<String, String> attributes) {
        Map<String, String> shared = new LinkedHashMap<>();
        attributes.forEach((key, value) -> shared.put(shared(key), shared(value)));
        return shared;
    }

    private String shared(String word) {
        @Nullable String known = words.get(word);
        if (known == null && words.size() < MOST_WORDS && word.length() <= LONGEST_WORD) {
            words.put(word, word);
        }
        return known == null ? word : known;
    }

    private record Content(long high, long low) {}

    /** What tells two features apart beside their ids. */
    private static Content content(Geometry geometry, Map<String, String> attributes) {
        MessageDigest digest = sha256();
        digest.update(new WKBWriter().write(geometry));
        new TreeMap<>(attributes)
                .forEach(
                        (k, v) -> {
                            if (!ID_LIKE.contains(k)) {
                                part(digest, k, v.length());
                                digest.update(v.getBytes(StandardCharsets.UTF_8));
                            }
                        });
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Content(hash.getLong(), hash.getLong());
    }

    private Optional<Geometry> coverage(
            Fields fields, SourceCrs crs, Consumer<Consumer<Feature>> features)
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
                area = Optional.of(GeometryGate.pass(box(box), degrees).degrees());
            } else if ("polygon".equals(only.getKey()) && only.getValue() instanceof List<?> ring) {
                area = Optional.of(GeometryGate.pass(ring(ring), degrees).degrees());
            } else if ("file".equals(only.getKey()) && only.getValue() instanceof String name) {
                area = coverageFile(name, degrees);
            } else if ("features".equals(only.getKey()) && Boolean.TRUE.equals(only.getValue())) {
                List<Geometry> parts = new ArrayList<>();
                features.accept(f -> parts.add(f.geometry()));
                area = union(parts);
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

    private Optional<Geometry> coverageFile(String name, SourceCrs degrees)
            throws IOException, Faults.TooManyFaults {
        Optional<Path> file = file(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        List<Geometry> parts = new ArrayList<>();
        faults.in(shown(name));
        GeoJsonFile.read(
                file.get(),
                degrees,
                faults,
                raw -> {
                    try {
                        parts.add(GeometryGate.pass(raw.geometry(), degrees).degrees());
                    } catch (GeometryFault e) {
                        faults.add(raw, e.zh, e.en);
                    }
                });
        faults.in(shown(LayerFiles.DECLARATION));
        return union(parts);
    }

    private static Optional<Geometry> union(List<Geometry> parts) {
        List<Geometry> polygons = parts.stream().filter(Polygonal.class::isInstance).toList();
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
    private void controlPoints(Fields fields, Loading loading) throws Faults.TooManyFaults {
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
                        loading.byId(id),
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

    private void controlPoint(Optional<Feature> feature, String id, LonLat known, double tolerance)
            throws Faults.TooManyFaults {
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
    static void part(MessageDigest digest, String name, long length) {
        digest.update((name + "\n" + length + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void hash(MessageDigest digest, String name, Path file) throws IOException {
        part(digest, name, Files.size(file));
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** The version of a layer that is read from these files alone, in that order. */
    static String version(Map<String, Path> files) throws IOException {
        MessageDigest digest = sha256();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            hash(digest, file.getKey(), file.getValue());
        }
        return written(digest);
    }

    private static String written(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}

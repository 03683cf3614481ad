package org.kanqian.gis.layer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.crs.UnknownCrsException;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams the features of a GeoJSON FeatureCollection, one at a time. */
final class GeoJsonFile {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** A million positions are four million tokens, or five with heights. */
    private static final int MOST_TOKENS = 5_200_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // more features follow
                    .build();

    private final SourceCrs declared;
    private final Faults faults;
    private final RawFeature.Sink sink;
    private boolean sawType;
    private boolean sawFeatures;

    private GeoJsonFile(SourceCrs declared, Faults faults, RawFeature.Sink sink) {
        this.declared = declared;
        this.faults = faults;
        this.sink = sink;
    }

    static void read(Path file, SourceCrs declared, Faults faults, RawFeature.Sink sink)
            throws IOException, Faults.TooManyFaults {
        GeoJsonFile reading = new GeoJsonFile(declared, faults, sink);
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = MAPPER.createParser(in)) {
            reading.collection(parser);
        } catch (JacksonException e) {
            faults.add(
                    "不是合法的 JSON（第 " + line(e) + " 行）",
                    "not valid JSON, line " + line(e) + ": " + firstLine(e.getOriginalMessage()));
        }
    }

    private static long line(JacksonException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }

    private static String firstLine(@Nullable String text) {
        String line = text == null ? "" : text.lines().findFirst().orElse("");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }

    private void collection(JsonParser parser) throws Faults.TooManyFaults {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            faults.add("最外层不是对象，需要 FeatureCollection", "not an object: FeatureCollection wanted");
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (key) {
                case "type" -> {
                    JsonNode type = parser.readValueAsTree();
                    if (!type.isString() || !type.stringValue().equals("FeatureCollection")) {
                        faults.add(
                                "最外层类型应为 FeatureCollection", "the type must be FeatureCollection");
                        return;
                    }
                    sawType = true;
                }
                case "features" -> {
                    if (value != JsonToken.START_ARRAY) {
                        faults.add("features 不是数组", "features is not an array");
                        return;
                    }
                    sawFeatures = true;
                    features(parser);
                }
                case "crs" -> crs(parser.readValueAsTree());
                default -> parser.skipChildren();
            }
        }
        if (!sawType) {
            faults.add("缺少 type: FeatureCollection", "no type: FeatureCollection");
        } else if (!sawFeatures) {
            faults.add("缺少 features 数组", "no array of features");
        }
        if (parser.nextToken() != null) {
            faults.add("文件末尾有多余内容", "there is more after the collection");
        }
    }

    private void crs(JsonNode crs) throws Faults.TooManyFaults {
        if (crs.isNull()) {
            return;
        }
        JsonNode named = crs.path("properties").path("name");
        String name = named.isString() ? named.stringValue() : "";
        try {
            SourceCrs stated = SourceCrs.named(name);
            if (!same(stated, declared)) {
                faults.add(
                        "文件写的坐标系是 " + stated.name() + "，layer.yaml 写的是 " + declared.name(),
                        "the file says "
                                + stated.name()
                                + ", layer.yaml says "
                                + declared.name()
                                + "; one of them is wrong");
            }
        } catch (UnknownCrsException e) {
            faults.add(e.chinese(), e.english());
        }
    }

    /** GCJ-02 and BD-09 have no code; files in them must not name another system. */
    private static boolean same(SourceCrs a, SourceCrs b) {
        if (a.degrees().isPresent() && b.degrees().isPresent()) {
            Datum one = a.degrees().get();
            Datum other = b.degrees().get();
            return one == other;
        }
        return a.name().equals(b.name());
    }

    private void features(JsonParser parser) throws Faults.TooManyFaults {
        Bounded bounded = new Bounded(parser);
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            bounded.start();
            try {
                JsonNode node = MAPPER.readTree(bounded);
                feature(i, node);
            } catch (TooLarge e) {
                faults.add(
                        i,
                        "一个要素超过一百万个点，后面的没有读",
                        "over a million vertices in one feature; nothing after it was read");
                throw new Faults.TooManyFaults();
            }
        }
    }

    /** A parser that stops in a feature too large to be held as a tree. */
    private static final class Bounded extends JsonParserDelegate {
        private int tokens;

        Bounded(JsonParser parser) {
            super(parser);
        }

        void start() {
            tokens = 0;
        }

        @Override
        public JsonToken nextToken() {
            if (++tokens > MOST_TOKENS) {
                throw new TooLarge();
            }
            return delegate.nextToken();
        }
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("feature too large", null, false, false);
        }
    }

    private void feature(int i, JsonNode node) throws Faults.TooManyFaults {
        JsonNode type = node.path("type");
        if (!type.isString() || !type.stringValue().equals("Feature")) {
            faults.add(i, "不是 Feature", "not a Feature");
            return;
        }
        JsonNode id = node.path("id");
        if (!id.isMissingNode() && !id.isNull() && !id.isString() && !id.isNumber()) {
            faults.add(i, "id 应为文字或数", "an id is text or a number");
            return;
        }
        JsonNode properties = node.path("properties");
        if (!properties.isMissingNode() && !properties.isNull() && !properties.isObject()) {
            faults.add(i, "properties 不是对象", "properties is not an object");
            return;
        }
        Geometry geometry;
        try {
            geometry = GeoJsonGeometry.read(node.path("geometry"), FACTORY);
        } catch (GeometryFault e) {
            faults.add(i, e.zh, e.en);
            return;
        }
        String name = id.isString() || id.isNumber() ? id.asString() : null;
        sink.accept(new RawFeature(i, name, geometry, attributes(properties)));
    }

    private static Map<String, String> attributes(JsonNode properties) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : properties.properties()) {
            JsonNode value = entry.getValue();
            if (!value.isNull()) {
                attributes.put(
                        entry.getKey(), value.isValueNode() ? value.asString() : value.toString());
            }
        }
        return attributes;
    }
}

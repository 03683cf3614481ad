package org.kanqian.api.layer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import io.swagger.v3.oas.annotations.enums.ParameterStyle;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.layer.FeaturesAnswers.Conformance;
import org.kanqian.api.layer.FeaturesAnswers.Extent;
import org.kanqian.api.layer.FeaturesAnswers.Item;
import org.kanqian.api.layer.FeaturesAnswers.ItemSchema;
import org.kanqian.api.layer.FeaturesAnswers.Landing;
import org.kanqian.api.layer.FeaturesAnswers.Link;
import org.kanqian.api.layer.FeaturesAnswers.Shape;
import org.kanqian.api.layer.FeaturesAnswers.Spatial;
import org.kanqian.api.layer.FeaturesAnswers.Temporal;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * The layers for GIS programs: OGC API – Features, part 1 (core, GeoJSON) and part 2 (coordinate
 * reference systems), OGC 17-069r4 and 18-058r1. A layer's id has {@code .} where ours has {@code
 * /}.
 */
@Tag(
        name = "features",
        description = "OGC API – Features：供 QGIS 等软件读图层 / The layers for GIS programs")
@RestController
@RequestMapping("/ogc")
class FeaturesController {
    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
    private static final String GEOJSON = "application/geo+json";
    private static final String SCHEMA = "application/schema+json";
    private static final String CONTENT_CRS = "Content-Crs";
    private static final Pattern SPDX = Pattern.compile("(?:[A-Za-z]+(?:-[A-Za-z0-9.]+)+|MIT)");

    private static final List<String> CONFORMS =
            List.of(
                    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
                    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
                    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");

    private final Serving serving;
    private final Clock clock;

    /** Which attributes features of a layer have: a walk through all of it, taken once. */
    private final Map<Layer, List<String>> attributes =
            Collections.synchronizedMap(new WeakHashMap<>());

    FeaturesController(Serving serving, Clock clock) {
        this.serving = serving;
        this.clock = clock;
    }

    @Operation(summary = "入口 / Landing page")
    @GetMapping(produces = JSON)
    Landing landing(
            @Parameter(description = "json") @RequestParam(required = false) @Nullable String f) {
        form(f);
        return new Landing(
                "勘前图层 / Kanqian layers",
                "勘前检查所依据的图层。/ The map layers pre-checks rest on.",
                List.of(
                        new Link(here(""), "self", JSON, "本页 / This page"),
                        new Link(
                                root() + "/openapi.json",
                                "service-desc",
                                "application/vnd.oai.openapi+json;version=3.1",
                                "接口说明 / API definition"),
                        new Link(
                                root() + "/swagger-ui.html",
                                "service-doc",
                                "text/html",
                                "接口说明网页 / API documentation"),
                        new Link(
                                here("/conformance"),
                                "conformance",
                                JSON,
                                "符合的标准 / Conformance classes"),
                        new Link(here("/collections"), "data", JSON, "图层 / Collections")));
    }

    @Operation(summary = "符合 OGC 标准的哪些部分 / Conformance classes")
    @GetMapping(path = "/conformance", produces = JSON)
    Conformance conformance(
            @Parameter(description = "json") @RequestParam(required = false) @Nullable String f) {
        form(f);
        return new Conformance(CONFORMS);
    }

    @Operation(summary = "全部图层 / The collections")
    @GetMapping(path = "/collections", produces = JSON)
    FeaturesAnswers.Collections collections(
            @Parameter(description = "json") @RequestParam(required = false) @Nullable String f) {
        form(f);
        return new FeaturesAnswers.Collections(
                List.of(new Link(here("/collections"), "self", JSON, "本页 / This page")),
                List.of(),
                layers().stream().map(this::about).toList());
    }

    @Operation(summary = "一个图层的说明 / A collection")
    @GetMapping(path = "/collections/{collection}", produces = JSON)
    ResponseEntity<FeaturesAnswers.Collection> collection(
            @Parameter(description = "图层编号，/ 写成 .", example = "haidian.school") @PathVariable
                    String collection,
            @Parameter(description = "json") @RequestParam(required = false) @Nullable String f) {
        form(f);
        Layer layer = layer(collection);
        return versioned(layer).body(about(layer));
    }

    @Operation(summary = "要素有哪些属性，JSON Schema / What features look like, as JSON Schema")
    @GetMapping(path = "/collections/{collection}/schema", produces = SCHEMA)
    ResponseEntity<ItemSchema> schema(
            @PathVariable String collection,
            @Parameter(description = "json") @RequestParam(required = false) @Nullable String f) {
        form(f);
        Layer layer = layer(collection);
        Map<String, Object> named = new LinkedHashMap<>();
        attributes(layer).forEach(a -> named.put(a, Map.of("type", "string")));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Map.of("const", "Feature"));
        properties.put("id", Map.of("type", "string"));
        properties.put("geometry", Map.of("$ref", "https://geojson.org/schema/Geometry.json"));
        properties.put("properties", new TreeMap<>(Map.of("type", "object", "properties", named)));
        return versioned(layer)
                .body(
                        new ItemSchema(
                                "https://json-schema.org/draft/2020-12/schema",
                                at(layer) + "/schema",
                                "object",
                                layer.title(),
                                properties));
    }

    @Operation(
            summary = "一个图层的要素，GeoJSON，可分页 / The features of a collection",
            description =
                    "一次最多 10000 个，往后翻用 links 里的 next。坐标轴的顺序依坐标系的规定：CRS84 先经度，EPSG:4326、"
                            + "EPSG:4490 先纬度，EPSG:4534–4554 先北后东。/ At most 10,000 at a time; follow the link"
                            + " next. Axes come in the order of the system's authority: CRS84"
                            + " longitude first, EPSG:4326 and 4490 latitude first, EPSG:4534–4554"
                            + " north before east.")
    @GetMapping(path = "/collections/{collection}/items", produces = GEOJSON)
    ResponseEntity<FeaturesAnswers.Page> items(
            @PathVariable String collection,
            @Parameter(
                            description = "一页几个 / how many on a page",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "1",
                                            maximum = "" + ItemsQuery.MOST,
                                            defaultValue = "" + ItemsQuery.USUAL))
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(
                            description = "跳过几个 / how many to pass over",
                            schema = @Schema(type = "integer", minimum = "0", defaultValue = "0"))
                    @RequestParam(required = false)
                    @Nullable String offset,
            @Parameter(
                            description =
                                    "小角,大角，例如 116.3,39.9,116.4,40 / lower corner, upper corner",
                            style = ParameterStyle.FORM,
                            explode = Explode.FALSE,
                            array =
                                    @ArraySchema(
                                            minItems = 4,
                                            maxItems = 6,
                                            schema = @Schema(type = "number")))
                    @RequestParam(required = false)
                    @Nullable String bbox,
            @Parameter(
                            description = "bbox 的坐标系 / system of bbox",
                            schema = @Schema(type = "string", format = "uri"))
                    @RequestParam(name = "bbox-crs", required = false)
                    @Nullable String bboxCrs,
            @Parameter(
                            description = "应答的坐标系 / system of the answer",
                            schema = @Schema(type = "string", format = "uri"))
                    @RequestParam(required = false)
                    @Nullable String crs,
            @Parameter(description = "时刻或起止 / a moment or interval; a layer shows one day")
                    @RequestParam(required = false)
                    @Nullable String datetime,
            @Parameter(description = "json") @RequestParam(required = false) @Nullable String f) {
        form(f);
        Layer layer = layer(collection);
        ItemsQuery query = ItemsQuery.read(layer, limit, offset, bbox, bboxCrs, crs, datetime);
        ItemsQuery.Page page = query.of(layer);
        List<Item> items = new ArrayList<>(page.features().size());
        for (Feature feature : page.features()) {
            // QGIS and GDAL take the columns of a layer from the first features they see.
            List<String> named = items.isEmpty() ? attributes(layer) : List.of();
            items.add(Item.of(feature, shape(feature, query.crs()), named, Optional.empty()));
        }
        return versioned(layer)
                .header(CONTENT_CRS, query.crs().header())
                .body(
                        new FeaturesAnswers.Page(
                                "FeatureCollection",
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                                page.matched(),
                                items.size(),
                                layer.licence(),
                                turning(layer, query, page),
                                items));
    }

    @Operation(summary = "一个要素 / One feature")
    @GetMapping(path = "/collections/{collection}/items/{*feature}", produces = GEOJSON)
    ResponseEntity<Item> item(
            @PathVariable String collection,
            @Parameter(description = "要素编号，/ 可以写成 %2F / its id", example = "way/226670880")
                    @PathVariable
                    String feature,
            @Parameter(
                            description = "应答的坐标系 / system of the answer",
                            schema = @Schema(type = "string", format = "uri"))
                    @RequestParam(required = false)
                    @Nullable String crs,
            @Parameter(description = "json") @RequestParam(required = false) @Nullable String f) {
        form(f);
        Layer layer = layer(collection);
        MapCrs system = ItemsQuery.crs(layer, crs);
        Feature found =
                layer.byId(feature.substring(1))
                        .orElseThrow(
                                () ->
                                        ProblemException.notFound(
                                                "这个图层没有这个要素。",
                                                "There is no such feature in this collection."));
        String self = at(layer) + "/items/" + encoded(found.id());
        List<Link> links =
                List.of(
                        new Link(
                                crs == null ? self : self + "?crs=" + encoded(crs),
                                "self",
                                GEOJSON,
                                "本要素 / This feature"),
                        new Link(at(layer), "collection", JSON, layer.title()));
        return versioned(layer)
                .header(CONTENT_CRS, system.header())
                .body(Item.of(found, shape(found, system), List.of(), Optional.of(links)));
    }

    private static Shape shape(Feature feature, MapCrs crs) {
        Geometry geometry =
                crs.eastFirst(feature.geometry())
                        .orElseThrow(
                                () ->
                                        ProblemException.parameters(
                                                List.of(
                                                        new Fault(
                                                                "",
                                                                "参数 crs：要素 "
                                                                        + Fault.shown(feature.id())
                                                                        + " 超出了这个坐标系的范围，请换一个。",
                                                                "The parameter crs: feature "
                                                                        + Fault.shown(feature.id())
                                                                        + " lies beyond this system;"
                                                                        + " choose another."))));
        return new Shape(crs.inOrder(geometry), crs.degrees());
    }

    private static List<Link> turning(Layer layer, ItemsQuery query, ItemsQuery.Page page) {
        List<Link> links = new ArrayList<>();
        links.add(
                new Link(pageAt(layer, query, query.offset()), "self", GEOJSON, "本页 / This page"));
        links.add(new Link(at(layer), "collection", JSON, layer.title()));
        if (page.matched() - query.limit() > query.offset()) {
            int next = query.offset() + query.limit();
            links.add(new Link(pageAt(layer, query, next), "next", GEOJSON, "下一页 / Next page"));
        }
        if (query.offset() > 0) {
            int before = Math.max(0, Math.min(query.offset(), page.matched()) - query.limit());
            links.add(
                    new Link(pageAt(layer, query, before), "prev", GEOJSON, "上一页 / Previous page"));
        }
        return links;
    }

    private static String pageAt(Layer layer, ItemsQuery query, int offset) {
        StringBuilder address = new StringBuilder(at(layer));
        address.append("/items?limit=").append(query.limit()).append("&offset=").append(offset);
        query.given()
                .forEach((k, v) -> address.append('&').append(k).append('=').append(encoded(v)));
        return address.toString();
    }

    private FeaturesAnswers.Collection about(Layer layer) {
        Envelope box = layer.coverage().getEnvelopeInternal();
        String day = layer.surveyed().toString();
        String at = at(layer);
        List<Link> links = new ArrayList<>();
        links.add(new Link(at, "self", JSON, "本图层 / This collection"));
        links.add(new Link(at + "/items", "items", GEOJSON, "要素 / Features"));
        links.add(new Link(at + "/schema", "describedby", SCHEMA, "属性 / Attributes"));
        Matcher licence = SPDX.matcher(layer.licence());
        if (licence.lookingAt()) {
            links.add(
                    new Link(
                            "https://spdx.org/licenses/" + licence.group() + ".html",
                            "license",
                            "text/html",
                            layer.licence()));
        }
        return new FeaturesAnswers.Collection(
                id(layer),
                layer.title(),
                (layer.demonstration() ? "演示数据，不是实情。/ Demonstration data, not what is there. " : "")
                        + "来源 / Source: "
                        + layer.source()
                        + "；许可 / Licence: "
                        + layer.licence()
                        + "；数据日期 / Surveyed: "
                        + day,
                layer.licence(),
                new Extent(
                        new Spatial(
                                List.of(
                                        List.of(
                                                box.getMinX(),
                                                box.getMinY(),
                                                box.getMaxX(),
                                                box.getMaxY())),
                                MapCrs.CRS84.uri()),
                        new Temporal(
                                List.of(List.of(day + "T00:00:00+08:00", day + "T23:59:59+08:00")),
                                "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian")),
                "feature",
                MapCrs.around(box).stream().map(MapCrs::uri).toList(),
                MapCrs.CGCS2000.uri(),
                links);
    }

    private List<String> attributes(Layer layer) {
        return attributes.computeIfAbsent(
                layer,
                l -> {
                    TreeSet<String> names = new TreeSet<>();
                    l.forEach(f -> names.addAll(f.attributes().keySet()));
                    return List.copyOf(names);
                });
    }

    private List<Layer> layers() {
        return serving.now().surveyor().layers().layers();
    }

    private Layer layer(String id) {
        return layers().stream()
                .filter(l -> id(l).equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                ProblemException.notFound(
                                        "没有这个图层，全部图层见 /ogc/collections。",
                                        "There is no such collection; /ogc/collections lists them."));
    }

    private static String id(Layer layer) {
        return layer.id().replace('/', '.');
    }

    private static ResponseEntity.BodyBuilder versioned(Layer layer) {
        // Weak: the time stamp differs though the features do not.
        return ResponseEntity.ok()
                .eTag("W/\"" + layer.version() + "\"")
                .cacheControl(CacheControl.noCache());
    }

    private static void form(@Nullable String f) {
        if (f != null && !f.equals("json")) {
            throw ProblemException.parameters(
                    List.of(new Fault("", "参数 f 只能是 json。", "The parameter f can only be json.")));
        }
    }

    private static String at(Layer layer) {
        return here("/collections/" + encoded(id(layer)));
    }

    private static String here(String path) {
        return root() + "/ogc" + path;
    }

    private static String root() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

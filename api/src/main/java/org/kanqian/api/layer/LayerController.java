package org.kanqian.api.layer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerFault;
import org.kanqian.gis.layer.LayerSet;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.io.geojson.GeoJsonWriter;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The map layers answers rest on, to be listed and drawn. */
@Tag(name = "layers", description = "图层 / The map layers answers rest on")
@RestController
class LayerController {
    private static final int MOST_FEATURES = 5_000;
    private static final int MOST_REPAIRS = 100;
    private static final int MOST_REFUSALS = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private final Serving serving;
    private final LayerKeeper keeper;

    LayerController(Serving serving, LayerKeeper keeper) {
        this.serving = serving;
        this.keeper = keeper;
    }

    /**
     * @param refused what is wrong with changes that were not taken, so that the old layers serve
     *     on, and with uploads that can no longer be read; empty if all is well
     * @param withdrawn layers an officer took out: what they told is unknown
     */
    @Schema(name = "Layers")
    record Layers(List<About> layers, List<Refusal> refused, List<Withdrawn> withdrawn) {}

    /**
     * One thing wrong.
     *
     * @param feature index in the file, from 0; null if it is not about one
     * @param id of the feature; null if it has none
     */
    @Schema(name = "LayerRefusal")
    record Refusal(
            String file, @Nullable Integer feature, @Nullable String id, String zh, String en) {}

    @Schema(name = "LayerWithdrawn")
    record Withdrawn(String id, Instant since) {}

    /** Where a layer comes from. */
    enum From {
        FOLDER,
        UPLOAD
    }

    /**
     * @param demonstration true where it shows how such a layer works and not what is there
     * @param stale whether it is too old to be relied on today
     * @param accuracy half the width of the error band of its geometry, in metres
     * @param features how many there are
     * @param repairs what was mended while it was read, each with file and feature; at most 100
     * @param version content hash, as receipts name it
     * @param from the layer folder, or an upload in place of it
     * @param bbox of its coverage: west, south, east, north, in degrees
     */
    @Schema(name = "Layer")
    record About(
            String id,
            String kind,
            String title,
            String source,
            String licence,
            boolean demonstration,
            LocalDate surveyed,
            int maxAgeDays,
            boolean stale,
            double accuracy,
            int features,
            List<Repair> repairs,
            String version,
            From from,
            List<Double> bbox) {}

    /**
     * Something harmless that was mended in a layer; {@code feature} is null for the whole file.
     */
    @Schema(name = "LayerRepair")
    record Repair(String file, @Nullable String feature, String zh, String en) {}

    @Operation(summary = "全部图层 / The layers")
    @GetMapping(path = "/v1/layers", produces = MediaType.APPLICATION_JSON_VALUE)
    Layers layers() {
        LayerStock.State state = keeper.state();
        return new Layers(
                serving.now().surveyor().layers().layers().stream()
                        .map(l -> about(l, state))
                        .toList(),
                keeper.refused().stream().limit(MOST_REFUSALS).map(LayerController::said).toList(),
                state.chosen().entrySet().stream()
                        .filter(e -> e.getValue().version() == null)
                        .map(e -> new Withdrawn(e.getKey(), e.getValue().since()))
                        .toList());
    }

    @Operation(
            summary = "一个图层的要素，GeoJSON，CGCS2000 经纬度 / The features of a layer",
            description =
                    "最多 5000 个；truncated 为 true 时请用 bbox 分块取。/ At most 5,000; where truncated is"
                            + " true, ask piece by piece with bbox.")
    @GetMapping(path = "/v1/layers/{*id}", produces = "application/geo+json")
    ResponseEntity<JsonNode> layer(
            @PathVariable String id,
            @Parameter(
                            description = "西,南,东,北 / west,south,east,north",
                            example = "116.3,39.9,116.4,40")
                    @RequestParam(required = false)
                    @Nullable String bbox) {
        LayerSet layers = serving.now().surveyor().layers();
        Layer layer =
                LayerIds.known(id.substring(1), layers.versions().keySet())
                        .flatMap(layers::find)
                        .orElseThrow(LayerIds::unknown);
        return features(layer, bbox);
    }

    /** The features of a layer, whichever version it is. */
    static ResponseEntity<JsonNode> features(Layer layer, @Nullable String bbox) {
        List<Feature> found =
                Optional.ofNullable(bbox)
                        .map(LayerController::box)
                        .map(layer::meeting)
                        .orElseGet(() -> layer.page(0, MOST_FEATURES + 1));
        return ResponseEntity.ok()
                .eTag("\"" + layer.version() + "\"")
                .cacheControl(CacheControl.noCache())
                .body(collection(layer, found));
    }

    private static Envelope box(String bbox) {
        if (bbox.matches("(-?[0-9]{1,3}(\\.[0-9]{1,12})?,){3}-?[0-9]{1,3}(\\.[0-9]{1,12})?")) {
            String[] ends = bbox.split(",", -1);
            double west = Double.parseDouble(ends[0]);
            double south = Double.parseDouble(ends[1]);
            double east = Double.parseDouble(ends[2]);
            double north = Double.parseDouble(ends[3]);
            if (west <= east && south <= north) {
                return new Envelope(west, east, south, north);
            }
        }
        throw ProblemException.invalid(
                List.of(
                        new Fault(
                                "",
                                "参数 bbox 写成 西,南,东,北，例如 116.3,39.9,116.4,40。",
                                "The parameter bbox is west,south,east,north, e.g."
                                        + " 116.3,39.9,116.4,40.")));
    }

    private static ObjectNode collection(Layer layer, List<Feature> found) {
        GeoJsonWriter writer = new GeoJsonWriter(7);
        writer.setEncodeCRS(false);
        ObjectNode collection = JSON.createObjectNode().put("type", "FeatureCollection");
        collection.put("attribution", layer.licence());
        collection.put("truncated", found.size() > MOST_FEATURES);
        ArrayNode features = collection.putArray("features");
        for (Feature f : found.stream().limit(MOST_FEATURES).toList()) {
            ObjectNode feature = features.addObject().put("type", "Feature").put("id", f.id());
            ObjectNode properties = feature.putObject("properties");
            properties.put("name", f.name()).put("kind", layer.kind());
            f.attribute("code").ifPresent(code -> properties.put("code", code));
            feature.set("geometry", JSON.readTree(writer.write(f.geometry())));
        }
        return collection;
    }

    static Repair repair(LayerFault mended) {
        return new Repair(mended.file(), mended.id().orElse(null), mended.zh(), mended.en());
    }

    private static Refusal said(LayerFault fault) {
        return new Refusal(
                Fault.visible(fault.file()),
                fault.feature().isPresent() ? fault.feature().getAsInt() : null,
                fault.id().map(Fault::shown).orElse(null),
                Fault.visible(fault.zh()),
                Fault.visible(fault.en()));
    }

    private About about(Layer layer, LayerStock.State state) {
        Envelope box = layer.coverage().getEnvelopeInternal();
        return new About(
                layer.id(),
                layer.kind(),
                layer.title(),
                layer.source(),
                layer.licence(),
                layer.demonstration(),
                layer.surveyed(),
                layer.maxAgeDays(),
                layer.staleOn(serving.now().today()),
                layer.accuracyMetres(),
                layer.size(),
                layer.repairs().stream().limit(MOST_REPAIRS).map(LayerController::repair).toList(),
                layer.version(),
                state.uploaded().containsKey(layer.id()) ? From.UPLOAD : From.FOLDER,
                List.of(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()));
    }
}

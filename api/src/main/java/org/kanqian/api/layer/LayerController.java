package org.kanqian.api.layer;

import io.swagger.v3.oas.annotations.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.io.geojson.GeoJsonWriter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The map layers answers rest on, to be listed and drawn. */
@RestController
class LayerController {
    private static final int MOST_FEATURES = 5_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final PreCheckService service;

    LayerController(PreCheckService service) {
        this.service = service;
    }

    @Operation(summary = "全部图层 / The layers")
    @GetMapping(path = "/v1/layers", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<Map<String, Object>>> layers() {
        return Map.of(
                "layers", service.surveyor().layers().layers().stream().map(this::about).toList());
    }

    @Operation(summary = "一个图层的要素，GeoJSON，CGCS2000 经纬度 / The features of a layer")
    @GetMapping(path = "/v1/layers/{*id}", produces = "application/geo+json")
    JsonNode layer(@PathVariable String id) {
        Layer layer =
                service.surveyor().layers().layers().stream()
                        .filter(l -> ("/" + l.id()).equals(id))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        ProblemException.notFound(
                                                "没有这个图层，全部图层见 /v1/layers。",
                                                "There is no such layer; /v1/layers lists them."));
        GeoJsonWriter writer = new GeoJsonWriter(7);
        writer.setEncodeCRS(false);
        ObjectNode collection = JSON.createObjectNode().put("type", "FeatureCollection");
        collection.put("attribution", layer.licence());
        ArrayNode features = collection.putArray("features");
        for (Feature f : layer.features().stream().limit(MOST_FEATURES).toList()) {
            ObjectNode feature = features.addObject().put("type", "Feature").put("id", f.id());
            feature.putObject("properties").put("name", f.name()).put("kind", layer.kind());
            feature.set("geometry", JSON.readTree(writer.write(f.geometry())));
        }
        collection.put("truncated", layer.features().size() > MOST_FEATURES);
        return collection;
    }

    private Map<String, Object> about(Layer layer) {
        Envelope box = layer.coverage().getEnvelopeInternal();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", layer.id());
        map.put("kind", layer.kind());
        map.put("title", layer.title());
        map.put("source", layer.source());
        map.put("licence", layer.licence());
        map.put("demonstration", layer.demonstration());
        map.put("surveyed", layer.surveyed().toString());
        map.put("maxAgeDays", layer.maxAgeDays());
        map.put("stale", layer.staleOn(service.today()));
        map.put("accuracy", layer.accuracyMetres());
        map.put("features", layer.features().size());
        map.put("version", layer.version());
        map.put("bbox", List.of(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()));
        return map;
    }
}

package org.kanqian.api.layer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.account.OfficerKey;
import org.kanqian.api.archive.LayerArchive;
import org.kanqian.api.archive.OldLayers;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Every version of a layer that ever served, by its hash. */
@Tag(name = "layers", description = "图层 / The map layers answers rest on")
@RestController
class LayerVersionsController {
    private final LayerKeeper keeper;
    private final LayerArchive archive;
    private final OldLayers old;
    private final OfficerKey officer;

    LayerVersionsController(
            LayerKeeper keeper, LayerArchive archive, OldLayers old, OfficerKey officer) {
        this.keeper = keeper;
        this.archive = archive;
        this.old = old;
        this.officer = officer;
    }

    /**
     * @param folder version the layer folder holds, whether it serves or not; null if it has none
     */
    @Schema(name = "LayerVersions")
    record Versions(String id, @Nullable String folder, List<Span> versions) {}

    /**
     * From when to when a version served.
     *
     * @param version null for a time in which the layer was withdrawn
     * @param until null for the one that serves
     * @param by how it came to serve
     * @param features how many it has; null for a time in which the layer was withdrawn
     */
    @Schema(name = "LayerVersionSpan")
    record Span(
            @Nullable String version,
            Instant since,
            @Nullable Instant until,
            LayerArchive.By by,
            @Nullable LocalDate surveyed,
            @Nullable Integer features) {}

    /**
     * What a version declares, and the files it has.
     *
     * @param serves whether it serves now
     * @param table whether its features came from a table, so that no file holds them
     */
    @Schema(name = "LayerVersion")
    record Version(
            String id,
            String version,
            boolean serves,
            String kind,
            String title,
            String source,
            String licence,
            LocalDate surveyed,
            int maxAgeDays,
            int features,
            boolean table,
            List<VersionFile> files) {}

    @Schema(name = "LayerVersionFile")
    record VersionFile(String name, String sha256, long bytes) {}

    @Operation(summary = "一个图层用过的全部版本，新的在前 / All versions a layer ever served")
    @GetMapping(path = "/v1/layers/{id}/versions", produces = MediaType.APPLICATION_JSON_VALUE)
    Versions versions(
            @Parameter(description = "图层编号，/ 写成 .", example = "haidian.school") @PathVariable
                    String id) {
        String known = known(id);
        List<Span> spans = new ArrayList<>();
        @Nullable Instant until = null;
        List<LayerArchive.Served> served = archive.history(known);
        for (int i = served.size() - 1; i >= 0; i--) {
            LayerArchive.Served s = served.get(i);
            Optional<LayerArchive.About> about =
                    Optional.ofNullable(s.version()).flatMap(archive::find);
            spans.add(
                    new Span(
                            s.version(),
                            s.since(),
                            until,
                            s.by(),
                            about.map(LayerArchive.About::surveyed).orElse(null),
                            about.map(LayerArchive.About::features).orElse(null)));
            until = s.since();
        }
        return new Versions(
                known, keeper.state().base().find(known).map(Layer::version).orElse(null), spans);
    }

    @Operation(summary = "一个版本的说明与文件清单 / What one version declares")
    @GetMapping(
            path = "/v1/layers/{id}/versions/{version}",
            produces = MediaType.APPLICATION_JSON_VALUE)
    Version version(
            @PathVariable String id,
            @Parameter(description = "sha256:…") @PathVariable String version) {
        String known = known(id);
        LayerArchive.About about = need(known, version);
        return new Version(
                known,
                about.version(),
                keeper.state()
                        .layers()
                        .find(known)
                        .map(Layer::version)
                        .equals(Optional.of(version)),
                about.kind(),
                about.title(),
                about.source(),
                about.licence(),
                about.surveyed(),
                about.maxAgeDays(),
                about.features(),
                about.table(),
                about.files().stream()
                        .map(f -> new VersionFile(f.name(), f.content(), f.size()))
                        .toList());
    }

    @Operation(
            summary = "一个版本的要素，GeoJSON，CGCS2000 经纬度 / The features of one version",
            description = "与 /v1/layers/{id} 相同，只是旧的。/ As /v1/layers/{id}, of the version named.")
    @GetMapping(
            path = "/v1/layers/{id}/versions/{version}/features",
            produces = "application/geo+json")
    ResponseEntity<JsonNode> features(
            @PathVariable String id,
            @PathVariable String version,
            @Parameter(description = "西,南,东,北 / west,south,east,north")
                    @RequestParam(required = false)
                    @Nullable String bbox) {
        String known = known(id);
        need(known, version);
        Optional<Layer> serving =
                keeper.state().layers().find(known).filter(l -> l.version().equals(version));
        return serving.map(layer -> LayerController.features(layer, bbox))
                .orElseGet(
                        () ->
                                old.work(
                                        reader -> {
                                            try {
                                                return LayerController.features(
                                                        reader.read(known, version), bbox);
                                            } catch (LayerException e) {
                                                throw LayerRefused.of(e);
                                            }
                                        }));
    }

    @Operation(
            summary = "一个版本的原始文件，zip，要管理员密钥 / The files of one version as they were handed over",
            description =
                    "原始文件里可能有图层没有采用的字段，所以要密钥。/ They may hold fields the layer left out, so"
                            + " the officer key is wanted.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = "string", format = "binary")))
    @GetMapping(path = "/v1/layers/{id}/versions/{version}/files", produces = "application/zip")
    void files(
            @PathVariable String id,
            @PathVariable String version,
            @Parameter(description = "Bearer 加管理员密钥 / and the officer key")
                    @RequestHeader(name = "Authorization", required = false)
                    @Nullable String authorization,
            HttpServletResponse response)
            throws IOException {
        officer.require(authorization);
        String known = known(id);
        LayerArchive.About about = need(known, version);
        String hash = version.substring(version.indexOf(':') + 1);
        String name = known.replace('/', '.') + "-" + hash.substring(0, 12) + ".zip";
        response.setContentType("application/zip");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename*=UTF-8''" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        archive.zip(about, response.getOutputStream());
    }

    private String known(String id) {
        return LayerIds.known(id, archive.ids()).orElseThrow(LayerIds::unknown);
    }

    private LayerArchive.About need(String id, String version) {
        boolean served = archive.history(id).stream().anyMatch(s -> version.equals(s.version()));
        return Optional.of(version)
                .filter(v -> served)
                .flatMap(archive::find)
                .orElseThrow(LayerVersionsController::noVersion);
    }

    static ProblemException noVersion() {
        return ProblemException.notFound(
                "这个图层没有用过这个版本；用过的见 /v1/layers/{id}/versions。",
                "The layer never served that version; /v1/layers/{id}/versions lists those it did.");
    }
}

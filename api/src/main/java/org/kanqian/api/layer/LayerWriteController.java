package org.kanqian.api.layer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.account.OfficerKey;
import org.kanqian.api.archive.Archive;
import org.kanqian.api.archive.LayerArchive;
import org.kanqian.api.precheck.Arriving;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.rules.pack.Text;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Layers changed over HTTP, by whoever has the officer key. */
@Tag(name = "layers", description = "图层 / The map layers answers rest on")
@RestController
class LayerWriteController {
    private static final int MOST_ARRIVING = 4;
    private static final int MOST_REPAIRS = 100;
    private static final String ID = "图层编号，/ 写成 . / its id, with . for /";
    private static final String KEY = "Bearer 加管理员密钥 / and the officer key";
    private static final String IF_MATCH = "只在现用的是这个版本时才换，否则 412 / only if this version serves";
    private static final String IF_NONE_MATCH = "* 表示只在还没有这个图层时才放 / *: only if there is none yet";
    private static final String DRY_RUN = "true 只检查，说明会改什么 / only check, and say what would change";

    /** Two bodies, one address: the description of the interface knows one text for both. */
    private static final String PUT =
            "上传一个图层，或换回一个用过的版本 / Uploads a layer, or puts a version that served back";

    private static final String PUT_HOW =
            "上传：请求体是一个 zip，里面是 layer.yaml 和它写明的数据文件。整套图层一起检查，有一处不对就不换，原来的照用，422 里"
                    + "逐条列出。换回：请求体是 JSON {\"version\": \"sha256:…\"}，用过的版本见 /v1/layers/{id}/versions；"
                    + "换回图层文件夹里的那一版，就是把这个图层交还给文件夹。/ A zip of layer.yaml and the file it"
                    + " names: all layers are checked together; if anything is wrong, nothing changes"
                    + " and 422 lists it all. Or JSON with a version that served before; the very"
                    + " version of the layer folder gives the layer back to the folder.";

    private final LayerKeeper keeper;
    private final LayerArchive versions;
    private final Archive archive;
    private final OfficerKey officer;

    /** What arrives takes disk before anybody knows what it is. */
    private final Semaphore arriving = new Semaphore(MOST_ARRIVING);

    LayerWriteController(
            LayerKeeper keeper, LayerArchive versions, Archive archive, OfficerKey officer) {
        this.keeper = keeper;
        this.versions = versions;
        this.archive = archive;
        this.officer = officer;
    }

    /**
     * What a change did, or with {@code dryRun} would do.
     *
     * @param done whether it was done
     * @param version what serves from now on, or would; null if the layer is withdrawn
     * @param before what served; null if nothing did
     * @param features how many there are now
     * @param repairs what was mended while it was read, at most 100
     * @param ignored what was in the zip and is no part of the layer
     */
    @Schema(name = "LayerChange")
    record Change(
            String id,
            boolean done,
            @Nullable String version,
            @Nullable String before,
            int features,
            LayerChanges changes,
            List<LayerController.Repair> repairs,
            List<String> ignored) {}

    /** A version to be put back. */
    @Schema(name = "LayerRestore")
    record Restore(String version) {}

    @Operation(
            summary = PUT,
            description = PUT_HOW,
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/zip",
                                            schema = @Schema(type = "string", format = "binary"))))
    @PutMapping(
            path = "/v1/layers/{id}",
            consumes = {
                "application/zip",
                "application/x-zip-compressed",
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            },
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Change> upload(
            @Parameter(description = ID, example = "haidian.school") @PathVariable String id,
            @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
            @Parameter(description = KEY) @RequestHeader(name = "Authorization", required = false)
                    @Nullable String authorization,
            @Parameter(description = IF_MATCH) @RequestHeader(name = "If-Match", required = false)
                    @Nullable String ifMatch,
            @Parameter(description = IF_NONE_MATCH)
                    @RequestHeader(name = "If-None-Match", required = false)
                    @Nullable String ifNoneMatch,
            @Parameter(hidden = true) HttpServletRequest http)
            throws IOException {
        officer.require(authorization);
        String named = LayerIds.forWriting(id, ids());
        LayerKeeper.Condition condition = condition(ifMatch, ifNoneMatch);
        condition.check(keeper.state().layers().find(named).map(Layer::version).orElse(null));
        Arriving.notEncoded(http);
        if (!arriving.tryAcquire()) {
            throw tooMany();
        }
        try (ArrivingLayer layer =
                ArrivingLayer.receive(
                        http.getInputStream(),
                        http.getContentLengthLong(),
                        archive,
                        ArrivingLayer.USUAL)) {
            return answer(
                    named, keeper.put(named, layer.files(), condition, dryRun), layer.ignored());
        } catch (LayerException e) {
            throw LayerRefused.of(e);
        } finally {
            arriving.release();
        }
    }

    @Operation(
            summary = PUT,
            description = PUT_HOW,
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Restore.class))))
    @PutMapping(
            path = "/v1/layers/{id}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Change> restore(
            @Parameter(description = ID, example = "haidian.school") @PathVariable String id,
            @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
            @Parameter(description = KEY) @RequestHeader(name = "Authorization", required = false)
                    @Nullable String authorization,
            @Parameter(description = IF_MATCH) @RequestHeader(name = "If-Match", required = false)
                    @Nullable String ifMatch,
            @Parameter(hidden = true) HttpServletRequest http)
            throws IOException {
        officer.require(authorization);
        String named = LayerIds.known(id, ids()).orElseThrow(LayerIds::unknown);
        String version = version(Arriving.body(http));
        boolean folders =
                keeper.state()
                        .base()
                        .find(named)
                        .filter(l -> l.version().equals(version))
                        .isPresent();
        if (!folders
                && versions.history(named).stream().noneMatch(s -> version.equals(s.version()))) {
            throw LayerVersionsController.noVersion();
        }
        try {
            return answer(
                    named,
                    keeper.restore(named, version, condition(ifMatch, null), dryRun),
                    List.of());
        } catch (LayerException e) {
            throw LayerRefused.of(e);
        }
    }

    @Operation(
            summary = "撤下一个图层 / Withdraws a layer",
            description =
                    "撤下以后，靠它回答的事一律是“不知道”，不是“没有”。图层文件夹里有同名的也不再用，要用时换回一个版本。/"
                            + " What it told is unknown from then on, never “there is none”. A layer"
                            + " of that id in the folder does not serve either, until a version is"
                            + " put back.")
    @DeleteMapping(path = "/v1/layers/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Change> withdraw(
            @Parameter(description = ID, example = "haidian.school") @PathVariable String id,
            @Parameter(description = DRY_RUN) @RequestParam(defaultValue = "false") boolean dryRun,
            @Parameter(description = KEY) @RequestHeader(name = "Authorization", required = false)
                    @Nullable String authorization,
            @Parameter(description = IF_MATCH) @RequestHeader(name = "If-Match", required = false)
                    @Nullable String ifMatch) {
        officer.require(authorization);
        String named =
                LayerIds.known(id, keeper.state().layers().versions().keySet())
                        .orElseThrow(LayerIds::unknown);
        try {
            return answer(
                    named, keeper.withdraw(named, condition(ifMatch, null), dryRun), List.of());
        } catch (LayerException e) {
            throw LayerRefused.of(e);
        }
    }

    private Collection<String> ids() {
        TreeSet<String> ids = new TreeSet<>(keeper.state().layers().versions().keySet());
        ids.addAll(versions.ids());
        return ids;
    }

    private static String version(JsonNode body) {
        JsonNode version = body.path("version");
        boolean only = body.size() == 1 && version.isString();
        if (!only || !version.stringValue().matches("sha256:[0-9a-f]{64}")) {
            throw ProblemException.invalid(
                    List.of(
                            new Fault(
                                    "/version",
                                    "请求体写成 {\"version\": \"sha256:…\"}，没有别的字段。",
                                    "The body is {\"version\": \"sha256:…\"} and nothing else.")));
        }
        return version.stringValue();
    }

    private static LayerKeeper.Condition condition(
            @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return version -> {
            boolean matches =
                    ifMatch == null
                            || (version != null
                                    && Arrays.stream(ifMatch.split(",", -1))
                                            .map(LayerWriteController::bare)
                                            .anyMatch(t -> t.equals("*") || t.equals(version)));
            boolean none =
                    ifNoneMatch == null
                            || version == null
                            || Arrays.stream(ifNoneMatch.split(",", -1))
                                    .map(LayerWriteController::bare)
                                    .noneMatch(t -> t.equals("*") || t.equals(version));
            if (!matches || !none) {
                throw new ProblemException(
                        new Problem(
                                412,
                                "version-changed",
                                new Text("图层已经换过", "The layer has changed meanwhile"),
                                new Text(
                                        "现用的版本是 "
                                                + (version == null ? "（没有）" : version)
                                                + "，与 If-Match、If-None-Match 不符。请看过现在的再传。",
                                        "What serves is "
                                                + (version == null ? "nothing" : version)
                                                + ", not what If-Match or If-None-Match ask for. Look"
                                                + " at it, then send again."),
                                List.of()));
            }
        };
    }

    private static String bare(String tag) {
        String stripped = tag.strip();
        String strong = stripped.startsWith("W/") ? stripped.substring(2) : stripped;
        return strong.replace("\"", "");
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                new Problem(
                        503,
                        "too-many-uploads",
                        new Text("正在收别的上传", "Other uploads are arriving"),
                        new Text(
                                "同时最多收 " + MOST_ARRIVING + " 个上传，请稍后再传。",
                                "No more than "
                                        + MOST_ARRIVING
                                        + " uploads are taken at once; send it again later."),
                        List.of()));
    }

    private static ResponseEntity<Change> answer(
            String id, LayerKeeper.Outcome outcome, List<String> ignored) {
        @Nullable String version = outcome.layer().map(Layer::version).orElse(null);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (version != null && outcome.done()) {
            answer.eTag("\"" + version + "\"");
        }
        return answer.body(
                new Change(
                        id,
                        outcome.done(),
                        version,
                        outcome.before(),
                        outcome.layer().map(Layer::size).orElse(0),
                        outcome.changes(),
                        outcome.layer().map(Layer::repairs).orElse(List.of()).stream()
                                .limit(MOST_REPAIRS)
                                .map(LayerController::repair)
                                .toList(),
                        ignored));
    }
}

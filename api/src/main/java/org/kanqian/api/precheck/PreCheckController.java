package org.kanqian.api.precheck;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.CanonicalJson;
import org.kanqian.rules.pack.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Pre-checks over HTTP. */
@Tag(name = "pre-checks", description = "勘前检查 / Pre-checks")
@RestController
class PreCheckController {
    private static final Logger LOG = LoggerFactory.getLogger(PreCheckController.class);

    private final Serving serving;
    private final PreCheckStore store;
    private final Clock clock;

    PreCheckController(Serving serving, PreCheckStore store, Clock clock) {
        this.serving = serving;
        this.store = store;
        this.clock = clock;
    }

    @Operation(
            summary = "做一次勘前检查 / Makes a pre-check",
            description =
                    "事项、场址、平面图、回答都写在请求里；未知字段会被拒绝。/ Items, site, plan and answers;"
                            + " unknown fields are refused.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = PreCheckBody.class))))
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = PreCheckAnswer.class)))
    @PostMapping(
            path = "/v1/pre-checks",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JsonNode> check(
            @Parameter(hidden = true) HttpServletRequest http,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Parameter(hidden = true) Locale locale)
            throws IOException {
        long start = System.nanoTime();
        Arriving.checkKey(key);
        JsonNode body = Arriving.body(http);
        String request = CanonicalJson.write(body);
        if (key != null) {
            Optional<PreCheckStore.Filed> earlier = store.findByKey(key);
            if (earlier.isPresent()) {
                return answer(same(earlier.get(), request), locale);
            }
        }
        PreCheckAnswer answer = serving.now().check(body);
        String json = CanonicalJson.inOrder(answer);
        try {
            store.file(answer, request, json, key, clock.instant());
        } catch (DuplicateKeyException e) {
            // The same key arrived twice at once; the one that was filed counts for both.
            PreCheckStore.Filed first = store.findByKey(String.valueOf(key)).orElseThrow(() -> e);
            return answer(same(first, request), locale);
        }
        LOG.info(
                "pre-check {} pack {} layers {} verdict {} in {} ms",
                answer.id(),
                answer.receipt().pack(),
                answer.receipt().layers().size(),
                answer.verdict(),
                (System.nanoTime() - start) / 1_000_000);
        return answer(new PreCheckStore.Filed(answer.id(), request, json), locale);
    }

    @Operation(summary = "读回一次检查 / Reads a pre-check back")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = PreCheckAnswer.class)))
    @GetMapping(path = "/v1/pre-checks/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<JsonNode> read(
            @PathVariable String id, @Parameter(hidden = true) Locale locale) {
        return answer(store.need(id), locale);
    }

    @Operation(summary = "读回当时的请求 / Reads the request of a pre-check back")
    @GetMapping(path = "/v1/pre-checks/{id}/request", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode request(@PathVariable String id) {
        return CanonicalJson.read(store.need(id).request());
    }

    private static PreCheckStore.Filed same(PreCheckStore.Filed earlier, String request) {
        if (!earlier.request().equals(request)) {
            throw new ProblemException(
                    new Problem(
                            409,
                            "idempotency-key-reused",
                            new Text("Idempotency-Key 用过了", "Idempotency-Key already used"),
                            new Text(
                                    "这个 Idempotency-Key 已经用在另一个请求上，请换一个。",
                                    "This Idempotency-Key was used for another request; take a"
                                            + " new one."),
                            List.of()));
        }
        return earlier;
    }

    private static ResponseEntity<JsonNode> answer(PreCheckStore.Filed filed, Locale locale) {
        return ResponseEntity.ok()
                .location(URI.create("/v1/pre-checks/" + filed.id()))
                .header("Content-Language", locale.getLanguage())
                .header("Vary", "Accept-Language")
                .body(Localised.in(locale, CanonicalJson.read(filed.answer())));
    }
}

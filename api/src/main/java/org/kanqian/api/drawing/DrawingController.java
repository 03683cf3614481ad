package org.kanqian.api.drawing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Arriving;
import org.kanqian.api.precheck.Serving;
import org.kanqian.gis.plan.drawing.CjkFont;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Drawings over HTTP. Nothing is filed: whoever wants a receipt makes a pre-check. */
@Tag(name = "plans", description = "平面图 / Floor plans")
@RestController
class DrawingController {
    private static final String SVG = "image/svg+xml";
    private static final MediaType SVG_TYPE = MediaType.parseMediaType(SVG);

    private final Serving serving;
    private @Nullable CjkFont font;

    DrawingController(Serving serving) {
        this.serving = serving;
    }

    @Operation(
            summary = "画平面图，标出勘前意见 / Draws a plan with the findings on it",
            description =
                    "请求与 POST /v1/pre-checks 相同，要带平面图；只给 plan 就只画图。默认 SVG，"
                            + "Accept: application/pdf 给同样的 PDF。不留存。/ As for a pre-check,"
                            + " with a plan; a plan alone is drawn without findings. Nothing is"
                            + " filed.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(ref = "PreCheckRequest"))))
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = SVG, schema = @Schema(type = "string")),
                @Content(
                        mediaType = MediaType.APPLICATION_PDF_VALUE,
                        schema = @Schema(type = "string", format = "binary"))
            })
    @PostMapping(
            path = "/v1/plans/drawing",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {SVG, MediaType.APPLICATION_PDF_VALUE})
    ResponseEntity<byte[]> draw(
            @Parameter(hidden = true) HttpServletRequest http,
            @Parameter(description = "true 时把已符合的要点也标出来 / true: call out what is met as well")
                    @RequestParam(defaultValue = "false")
                    boolean model,
            @Parameter(hidden = true) @RequestHeader(name = "Accept", required = false)
                    @Nullable String accept,
            @Parameter(hidden = true) Locale locale)
            throws IOException {
        JsonNode body = Arriving.body(http);
        boolean pdf = wantsPdf(accept);
        CjkFont with = pdf ? font() : null;
        DrawnPlan drawn =
                DrawnPlan.of(
                        body,
                        serving.now(),
                        model ? FindingMarks.Mode.MODEL : FindingMarks.Mode.FINDINGS,
                        locale);
        byte[] bytes =
                with == null ? drawn.svg().getBytes(StandardCharsets.UTF_8) : drawn.pdf(with);
        return ResponseEntity.ok()
                .contentType(with == null ? SVG_TYPE : MediaType.APPLICATION_PDF)
                .header("Content-Language", locale.getLanguage())
                .header("Vary", "Accept, Accept-Language")
                .header("Content-Security-Policy", "default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .body(bytes);
    }

    /** Whether PDF is asked for before SVG; who takes anything gets SVG. */
    private static boolean wantsPdf(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        var ranges = MediaType.parseMediaTypes(accept);
        MimeTypeUtils.sortBySpecificity(ranges);
        return ranges.stream()
                .filter(r -> r.includes(MediaType.APPLICATION_PDF) || r.includes(SVG_TYPE))
                .findFirst()
                .filter(r -> !r.includes(SVG_TYPE))
                .isPresent();
    }

    /** Read once, when the first PDF is asked for. */
    private synchronized CjkFont font() {
        CjkFont known = font;
        if (known == null) {
            try {
                known = CjkFont.installed();
            } catch (CjkFont.MissingException e) {
                throw DrawnPlan.noFont(e);
            }
            font = known;
        }
        return known;
    }
}

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
import org.kanqian.api.receipt.Signer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Receipts: to be filed by whoever asked, and verified years later. */
@Tag(name = "receipts", description = "回执：存档与验证 / Receipts, to be filed and verified")
@RestController
class ReceiptController {
    private final PreCheckStore store;
    private final Signer signer;
    private final Replays replays;

    ReceiptController(PreCheckStore store, Signer signer, Replays replays) {
        this.store = store;
        this.signer = signer;
        this.replays = replays;
    }

    @Operation(summary = "一次检查的回执，可单独存档 / The receipt of a pre-check, to be filed by itself")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Receipts.Standalone.class)))
    @GetMapping(path = "/v1/pre-checks/{id}/receipt", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode receipt(@PathVariable String id) {
        return Receipts.standalone(store.need(id));
    }

    @Operation(summary = "用存档的记录验证回执 / Verifies a filed record against its receipt")
    @GetMapping(path = "/v1/receipts/{id}/verify", produces = MediaType.APPLICATION_JSON_VALUE)
    Receipts.RecordChecks verify(@PathVariable String id) {
        return Receipts.verify(store.need(id), signer);
    }

    @Operation(
            summary = "复算：用当时的请求、标准包和图层再算一遍 / Works a filed pre-check out once more",
            description =
                    "outcome：SAME 判定的内容逐字节相同；DIFFERENT 不同，differences 和 reasons 说明差在哪里、为什么；"
                            + "NOT_POSSIBLE 当时的标准包或图层没有存档。一次只复算一份。/ From the filed request, on the"
                            + " pack and layers its receipt names. SAME: what was judged is the same,"
                            + " byte for byte. One at a time.")
    @GetMapping(path = "/v1/receipts/{id}/replay", produces = MediaType.APPLICATION_JSON_VALUE)
    Replay replay(@PathVariable String id) {
        return replays.replay(store.need(id));
    }

    @Operation(
            summary = "验证一份回执 / Verifies a receipt",
            description =
                    "把 GET /v1/pre-checks/{id}/receipt 的内容原样发来；改过一个字就不再有效。/ Send what GET"
                            + " /v1/pre-checks/{id}/receipt gave, unchanged.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    Receipts.Standalone.class))))
    @PostMapping(
            path = "/v1/receipts/verify",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Receipts.ReceiptChecks verify(@Parameter(hidden = true) HttpServletRequest http)
            throws IOException {
        JsonNode receipt = Arriving.body(http);
        return Receipts.verify(
                receipt, store.find(receipt.path("id").asString("")).orElse(null), signer);
    }
}

package org.kanqian.api.standard;

import io.swagger.v3.oas.annotations.Operation;
import java.util.Map;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.precheck.Version;
import org.kanqian.api.receipt.Signer;
import org.kanqian.rules.pack.StandardsPack;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which standards, engine and key answer here. */
@RestController
class StandardsController {
    private final PreCheckService service;
    private final Signer signer;

    StandardsController(PreCheckService service, Signer signer) {
        this.service = service;
        this.signer = signer;
    }

    @Operation(summary = "在用的标准包、引擎和回执公钥 / The pack, engine and receipt key in use")
    @GetMapping(path = "/v1/standards", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> standards() {
        StandardsPack pack = service.pack();
        return Map.of(
                "pack", pack.name(),
                "version", pack.version(),
                "hash", pack.hash(),
                "engine", Version.ENGINE,
                "key", signer.keyId(),
                "publicKey", signer.publicKeyText());
    }
}

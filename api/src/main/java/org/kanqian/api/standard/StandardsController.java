package org.kanqian.api.standard;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.precheck.Version;
import org.kanqian.api.receipt.Signer;
import org.kanqian.rules.pack.StandardsPack;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which standards, engine and key answer here. */
@Tag(name = "standards", description = "在用的标准包与回执公钥 / The pack and receipt key in use")
@RestController
class StandardsController {
    private final Serving serving;
    private final Signer signer;

    StandardsController(Serving serving, Signer signer) {
        this.serving = serving;
        this.signer = signer;
    }

    /**
     * The pack and engine that answer.
     *
     * @param refused why the pack now in the folder is not the one that answers; empty if it is
     */
    @Schema(name = "Standards")
    record Standards(
            String pack,
            String version,
            String hash,
            String engine,
            Instant since,
            List<String> refused,
            String key,
            String publicKey) {}

    @Schema(name = "Keys")
    record Keys(List<Key> keys) {}

    /**
     * @param key short name, as receipts carry it
     * @param publicKey X.509 SubjectPublicKeyInfo in Base64
     */
    @Schema(name = "Key")
    record Key(String key, String algorithm, String publicKey) {}

    @Operation(summary = "在用的标准包、引擎和回执公钥 / The pack, engine and receipt key in use")
    @GetMapping(path = "/v1/standards", produces = MediaType.APPLICATION_JSON_VALUE)
    Standards standards() {
        StandardsPack pack = serving.now().pack();
        return new Standards(
                pack.name(),
                pack.version(),
                pack.hash(),
                Version.ENGINE,
                serving.since(),
                serving.refused(),
                signer.keyId(),
                signer.publicKeyText());
    }

    @Operation(summary = "回执公钥 / The public keys receipts are signed with")
    @GetMapping(path = "/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    Keys keys() {
        return new Keys(List.of(new Key(signer.keyId(), "Ed25519", signer.publicKeyText())));
    }
}

package org.kanqian.api.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kanqian.api.receipt.CanonicalJson;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import tools.jackson.databind.JsonNode;

class ReceiptsTest {
    @TempDir Path data;

    @Test
    void aReceiptVerifiesAndNoChangedWordDoes() {
        Signer signer = Signer.in(data);
        JsonNode body = CanonicalJson.read("{\"items\":[{\"item\":\"tobacco-retail\"}]}");
        PreCheckAnswer answer =
                new PreCheckService(
                                RuleBook.compile(StandardsPack.load(PackSource.classPath())),
                                new SiteSurveyor(LayerSet.empty()),
                                signer,
                                Clock.systemUTC())
                        .check(body);
        String request = CanonicalJson.write(body);
        String filed = CanonicalJson.inOrder(answer);

        assertThat(Receipts.verify(answer.id(), request, filed, signer))
                .containsEntry("valid", true);
        assertThat(
                        Receipts.verify(
                                answer.id(), request, filed.replace("NEED_INFO", "PASS"), signer))
                .containsEntry("answer", false)
                .containsEntry("valid", false);
        assertThat(Receipts.verify(answer.id(), request + " ", filed, signer))
                .containsEntry("request", false);
        assertThat(Receipts.verify("other", request, filed, signer))
                .containsEntry("signature", false);
        assertThat(Receipts.verify(answer.id(), request, filed, Signer.passing()))
                .containsEntry("key", false)
                .containsEntry("signature", false);
    }

    @Test
    void theKeyIsKeptReadableByItsOwnerAlone() throws Exception {
        String first = Signer.in(data).keyId();

        assertThat(Signer.in(data).keyId()).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(data.resolve("receipt-key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aDamagedKeyIsNotReplacedSilently() throws Exception {
        Signer.in(data);
        Files.writeString(data.resolve("receipt-key"), "rubbish");

        assertThatThrownBy(() -> Signer.in(data)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void canonicalJsonHasOneSpelling() {
        JsonNode a = CanonicalJson.read("{\"b\":1.50,\"a\":[{\"y\":1,\"x\":2}]}");
        JsonNode b = CanonicalJson.read("{ \"a\": [ {\"x\":2, \"y\":1} ], \"b\": 1.5 }");

        assertThat(CanonicalJson.write(a)).isEqualTo(CanonicalJson.write(b));
    }
}

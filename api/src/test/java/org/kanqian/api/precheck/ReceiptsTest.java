package org.kanqian.api.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.CanonicalJson;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

        PreCheckStore.Filed record = new PreCheckStore.Filed(answer.id(), request, filed);
        assertThat(Receipts.verify(record, signer).valid()).isTrue();
        Receipts.RecordChecks promoted =
                Receipts.verify(
                        new PreCheckStore.Filed(
                                answer.id(), request, filed.replace("NEED_INFO", "PASS")),
                        signer);
        assertThat(promoted.answer()).isFalse();
        assertThat(promoted.valid()).isFalse();
        assertThat(
                        Receipts.verify(
                                        new PreCheckStore.Filed(answer.id(), request + " ", filed),
                                        signer)
                                .request())
                .isFalse();
        assertThat(
                        Receipts.verify(new PreCheckStore.Filed("other", request, filed), signer)
                                .signature())
                .isFalse();
        Receipts.RecordChecks elsewhere = Receipts.verify(record, Signer.passing());
        assertThat(elsewhere.key()).isFalse();
        assertThat(elsewhere.signature()).isFalse();
    }

    @Test
    void aKeptReceiptVerifiesByItself() {
        Signer signer = Signer.in(data);
        PreCheckStore.Filed record = filed(signer);
        ObjectNode receipt = Receipts.standalone(record);

        assertThat(Receipts.verify(receipt, record, signer))
                .isEqualTo(new Receipts.ReceiptChecks(true, true, true, true));
        assertThat(Receipts.verify(receipt, null, signer))
                .isEqualTo(new Receipts.ReceiptChecks(true, true, false, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "pack", "verdict", "asOf", "issued", "request", "answer", "engine"})
    void aReceiptChangedInAnyFieldIsNotValid(String field) {
        Signer signer = Signer.in(data);
        PreCheckStore.Filed record = filed(signer);
        ObjectNode receipt = Receipts.standalone(record);

        assertThat(Receipts.verify(receipt.put(field, "PASS"), record, signer).valid()).isFalse();
    }

    @Test
    void whatIsNoReceiptIsRefusedAndNamesWhatIsMissing() {
        assertThatThrownBy(
                        () ->
                                Receipts.verify(
                                        CanonicalJson.read("{\"id\":1}"), null, Signer.passing()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().faults())
                                        .extracting(Fault::pointer)
                                        .containsExactly("/id", "/key", "/signature"));
    }

    private static PreCheckStore.Filed filed(Signer signer) {
        JsonNode body = CanonicalJson.read("{\"items\":[{\"item\":\"internet-cafe\"}]}");
        PreCheckAnswer answer =
                new PreCheckService(
                                RuleBook.compile(StandardsPack.load(PackSource.classPath())),
                                new SiteSurveyor(LayerSet.empty()),
                                signer,
                                Clock.systemUTC())
                        .check(body);
        return new PreCheckStore.Filed(
                answer.id(), CanonicalJson.write(body), CanonicalJson.inOrder(answer));
    }

    @Test
    void aKeyMadeWithOpensslSignsAlikeOnEveryServer() throws Exception {
        // RFC 8032, section 7.1, test 1: this private key has that public key.
        Path pem = data.resolve("key.pem");
        Files.writeString(
                pem,
                """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                -----END PRIVATE KEY-----
                """);
        byte[] published =
                HexFormat.of()
                        .parseHex(
                                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

        Signer signer = Signer.of(pem);

        assertThat(Base64.getDecoder().decode(signer.publicKeyText())).endsWith(published);
        assertThat(Base64.getDecoder().decode(signer.sign("")))
                .startsWith(HexFormat.of().parseHex("e5564300c360ac729086e2cc806e828a"));
        assertThat(Signer.of(pem).verifies("x", signer.sign("x"))).isTrue();
    }

    @Test
    void aKeyFileThatHoldsNoKeyStopsTheStart() throws Exception {
        Path pem = Files.writeString(data.resolve("key.pem"), "rubbish");

        assertThatThrownBy(() -> Signer.of(pem)).isInstanceOf(IllegalStateException.class);
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

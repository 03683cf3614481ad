package org.kanqian.api.precheck;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.CanonicalJson;
import org.kanqian.api.receipt.Signer;
import org.kanqian.rules.verdict.Verdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a receipt says and signs. */
final class Receipts {
    private static final String SIGNATURE = "signature";

    private Receipts() {}

    /** A receipt that stands by itself: that of the answer, and the answer's id. */
    @Schema(name = "Receipt")
    record Standalone(
            String id,
            String pack,
            SortedMap<String, String> layers,
            String engine,
            Verdict verdict,
            LocalDate asOf,
            Instant issued,
            String request,
            String answer,
            String key,
            String signature) {}

    /**
     * A record held against its receipt.
     *
     * @param request whether the filed request is the one the receipt names
     * @param answer whether the filed answer is the one the receipt names
     * @param key whether the receipt names the key of this service
     * @param valid all of them together
     */
    @Schema(name = "RecordChecks")
    record RecordChecks(
            boolean request, boolean answer, boolean key, boolean signature, boolean valid) {}

    /**
     * A receipt by itself.
     *
     * @param key whether it names the key of this service
     * @param filed whether this service has a record of that very receipt
     * @param valid whether our key signed exactly this
     */
    @Schema(name = "ReceiptChecks")
    record ReceiptChecks(boolean key, boolean signature, boolean filed, boolean valid) {}

    /** Hash of a filed answer, its receipt left out. */
    static String answerHash(String answer) {
        ObjectNode tree = (ObjectNode) CanonicalJson.read(answer);
        tree.remove("receipt");
        return CanonicalJson.hash(CanonicalJson.write(tree));
    }

    /** The text the signature covers: the id and the receipt without the signature. */
    static String signedText(String id, PreCheckAnswer.Receipt receipt) {
        return signedText(withId(id, CanonicalJson.read(CanonicalJson.write(receipt))));
    }

    private static String signedText(ObjectNode standalone) {
        ObjectNode signed = standalone.deepCopy();
        signed.remove(SIGNATURE);
        return CanonicalJson.write(signed);
    }

    private static ObjectNode withId(String id, JsonNode receipt) {
        ObjectNode standalone = JsonNodeFactory.instance.objectNode();
        standalone.put("id", id);
        receipt.properties().forEach(f -> standalone.set(f.getKey(), f.getValue()));
        return standalone;
    }

    /** The receipt of a filed record, by itself. */
    static ObjectNode standalone(PreCheckStore.Filed filed) {
        return withId(filed.id(), CanonicalJson.read(filed.answer()).path("receipt"));
    }

    /** Holds a filed record against its own receipt. */
    static RecordChecks verify(PreCheckStore.Filed filed, Signer signer) {
        ObjectNode receipt = standalone(filed);
        boolean request =
                CanonicalJson.hash(filed.request()).equals(receipt.path("request").asString(""));
        boolean answer = answerHash(filed.answer()).equals(receipt.path("answer").asString(""));
        boolean key = signer.keyId().equals(receipt.path("key").asString(""));
        boolean signature = signed(receipt, signer);
        return new RecordChecks(
                request, answer, key, signature, request && answer && key && signature);
    }

    /**
     * Checks a receipt somebody kept.
     *
     * @param filed the record of that id here, if there is one
     * @throws ProblemException if it is no receipt at all
     */
    static ReceiptChecks verify(
            JsonNode receipt, PreCheckStore.@Nullable Filed filed, Signer signer) {
        List<Fault> faults = new ArrayList<>();
        for (String field : List.of("id", "key", SIGNATURE)) {
            if (!receipt.path(field).isString()) {
                faults.add(
                        new Fault(
                                "/" + field,
                                "回执里要有 " + field + "。",
                                "A receipt holds a text " + field + "."));
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        boolean key = signer.keyId().equals(receipt.path("key").asString());
        boolean signature = signed((ObjectNode) receipt, signer);
        boolean same =
                filed != null
                        && CanonicalJson.write(standalone(filed))
                                .equals(CanonicalJson.write(receipt));
        return new ReceiptChecks(key, signature, same, key && signature);
    }

    private static boolean signed(ObjectNode receipt, Signer signer) {
        return signer.verifies(signedText(receipt), receipt.path(SIGNATURE).asString(""));
    }
}

package org.kanqian.api.precheck;

import java.util.LinkedHashMap;
import java.util.Map;
import org.kanqian.api.receipt.CanonicalJson;
import org.kanqian.api.receipt.Signer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a receipt says and signs. */
final class Receipts {
    private Receipts() {}

    /** Hash of a filed answer, its receipt left out. */
    static String answerHash(String answer) {
        ObjectNode tree = (ObjectNode) CanonicalJson.read(answer);
        tree.remove("receipt");
        return CanonicalJson.hash(CanonicalJson.write(tree));
    }

    /** The text the signature covers: the id and the receipt without the signature. */
    static String signedText(String id, PreCheckAnswer.Receipt receipt) {
        ObjectNode tree = (ObjectNode) CanonicalJson.read(CanonicalJson.write(receipt));
        tree.remove("signature");
        tree.put("id", id);
        return CanonicalJson.write(tree);
    }

    /**
     * Checks a filed record against its own receipt.
     *
     * @return each check by name, and {@code valid} for all of them together
     */
    static Map<String, Boolean> verify(String id, String request, String answer, Signer signer) {
        JsonNode tree = CanonicalJson.read(answer);
        ObjectNode receipt = (ObjectNode) tree.path("receipt").deepCopy();
        String signature = receipt.path("signature").asString("");
        receipt.remove("signature");
        receipt.put("id", id);
        Map<String, Boolean> checks = new LinkedHashMap<>();
        checks.put(
                "request",
                CanonicalJson.hash(request).equals(receipt.path("request").asString("")));
        checks.put("answer", answerHash(answer).equals(receipt.path("answer").asString("")));
        checks.put("key", signer.keyId().equals(receipt.path("key").asString("")));
        checks.put("signature", signer.verifies(CanonicalJson.write(receipt), signature));
        checks.put("valid", !checks.containsValue(false));
        return checks;
    }
}

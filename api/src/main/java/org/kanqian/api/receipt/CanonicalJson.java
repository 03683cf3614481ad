package org.kanqian.api.receipt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON with one spelling for one content: keys in order, no spaces, numbers in plain decimals. What
 * is hashed, signed and filed is written this way.
 */
public final class CanonicalJson {
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                                    .build())
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();

    private CanonicalJson() {}

    /** Any record, map or tree. */
    public static String write(Object value) {
        return JSON.writeValueAsString(sorted(JSON.valueToTree(value)));
    }

    /** The same content with the fields of records in the order they are declared in. */
    public static String inOrder(Object value) {
        return JSON.writeValueAsString(JSON.valueToTree(value));
    }

    /** Reads what {@link #write} or {@link #inOrder} wrote. */
    public static JsonNode read(String json) {
        return JSON.readTree(json);
    }

    /** {@code sha256:…} of a text in UTF-8. */
    public static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            ObjectNode sorted = JSON.createObjectNode();
            node.propertyNames().stream()
                    .sorted()
                    .forEach(name -> sorted.set(name, sorted(node.path(name))));
            return sorted;
        }
        if (node.isArray()) {
            ArrayNode sorted = JSON.createArrayNode();
            node.forEach(e -> sorted.add(sorted(e)));
            return sorted;
        }
        if (node.isNumber() && !node.isIntegralNumber()) {
            return JSON.getNodeFactory().numberNode(node.decimalValue().stripTrailingZeros());
        }
        return node;
    }
}

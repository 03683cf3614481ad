package org.kanqian.api.precheck;

import java.util.Locale;
import java.util.Map;
import org.kanqian.api.receipt.CanonicalJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Turns texts filed in two languages into texts in one. */
public final class Localised {
    private Localised() {}

    /** {@code value} as a tree in which every {@code {"zh", "en"}} is one text. */
    public static JsonNode in(Locale locale, Object value) {
        return in(locale, CanonicalJson.read(CanonicalJson.inOrder(value)));
    }

    /** As {@link #in(Locale, Object)}, for a tree. */
    public static JsonNode in(Locale locale, JsonNode node) {
        if (node.isObject()) {
            if (node.size() == 2 && node.path("zh").isString() && node.path("en").isString()) {
                String en = node.path("en").asString();
                boolean english = locale.getLanguage().equals("en") && !en.isEmpty();
                return StringNode.valueOf(english ? en : node.path("zh").asString());
            }
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                copy.set(field.getKey(), in(locale, field.getValue()));
            }
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(e -> copy.add(in(locale, e)));
            return copy;
        }
        return node;
    }
}

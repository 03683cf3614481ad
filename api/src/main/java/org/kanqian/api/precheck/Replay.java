package org.kanqian.api.precheck;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.receipt.CanonicalJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A filed pre-check, worked out once more from its filed request, on the very pack and layers its
 * receipt names and as of its day.
 *
 * @param outcome whether it comes out the same
 * @param engineThen which engine answered then
 * @param verdictThen what was answered then
 * @param verdictNow what comes out; null if it could not be worked out
 * @param judgedThen hash of what was judged then: the answer without its id and receipt
 * @param judgedNow the same of what comes out; null if it could not be worked out
 * @param differences where the two differ, at most 100
 * @param reasons why they differ or why it could not be worked out; empty if they are the same
 */
@Schema(name = "Replay")
record Replay(
        String id,
        Outcome outcome,
        String engineThen,
        String engineNow,
        String verdictThen,
        @Nullable String verdictNow,
        String judgedThen,
        @Nullable String judgedNow,
        List<Difference> differences,
        List<Reason> reasons) {
    private static final int MOST = 100;

    /** How a replay comes out. */
    enum Outcome {
        SAME,
        DIFFERENT,
        NOT_POSSIBLE
    }

    /** Why. */
    enum Code {
        /** What is filed is not what the receipt signed. */
        RECORD_ALTERED,
        /** Another engine answered then. */
        ENGINE_CHANGED,
        /** The same name of engine, and no other reason to be found. */
        UNEXPLAINED,
        PACK_NOT_KEPT,
        LAYER_NOT_KEPT,
        /** Today's engine refuses the request. */
        REFUSED_NOW
    }

    /** One reason, in both languages. */
    @Schema(name = "ReplayReason")
    record Reason(Code code, String zh, String en) {}

    /** One place of the answer, as JSON pointer, and what stood and stands there. */
    @Schema(name = "ReplayDifference")
    record Difference(
            String pointer,
            @Schema(types = {"object", "string"}) @Nullable JsonNode then,
            @Schema(types = {"object", "string"}) @Nullable JsonNode now) {}

    /** What was judged: an answer without what is new every time. */
    static ObjectNode judged(String answer) {
        ObjectNode tree = (ObjectNode) CanonicalJson.read(answer);
        tree.remove(List.of("id", "receipt"));
        return tree;
    }

    static List<Difference> differences(JsonNode then, JsonNode now) {
        List<Difference> found = new ArrayList<>();
        compare("", then, now, found);
        return found;
    }

    private static void compare(String at, JsonNode then, JsonNode now, List<Difference> found) {
        if (found.size() >= MOST || CanonicalJson.write(then).equals(CanonicalJson.write(now))) {
            return;
        }
        if (then.isObject() && now.isObject()) {
            TreeSet<String> names = new TreeSet<>(then.propertyNames());
            names.addAll(now.propertyNames());
            for (String name : names) {
                String field = at + "/" + Fault.escaped(name);
                if (!then.has(name) || !now.has(name)) {
                    found.add(new Difference(field, then.get(name), now.get(name)));
                } else {
                    compare(field, then.path(name), now.path(name), found);
                }
            }
        } else if (then.isArray() && now.isArray() && then.size() == now.size()) {
            for (int i = 0; i < then.size(); i++) {
                compare(at + "/" + i, then.path(i), now.path(i), found);
            }
        } else {
            found.add(new Difference(at, then, now));
        }
    }
}

package org.kanqian.api.precheck;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.rules.pack.Text;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what arrives as JSON, bounded in size and depth; numbers keep every digit. */
public final class Body {
    /** Largest body taken, in bytes. */
    public static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final int MOST_DIGITS = 40;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_FAULTS = 50;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(40)
                                                    .maxNumberLength(40)
                                                    .maxNameLength(LONGEST_NAME)
                                                    .maxStringLength(100_000)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Body() {}

    /**
     * The tree of a body.
     *
     * @throws ProblemException 413 if it is too large, 400 if it is not JSON
     */
    public static JsonNode read(InputStream in) {
        byte[] bytes;
        try {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw problem(400, "unreadable-body", "请求体没有收完整。", "The body did not arrive whole.");
        }
        if (bytes.length > MOST_BYTES) {
            throw tooLarge();
        }
        try {
            JsonNode tree = JSON.readTree(bytes);
            if (tree == null || !tree.isObject()) {
                throw problem(
                        400, "invalid-json", "请求体要是一个 JSON 对象。", "The body must be a JSON object.");
            }
            List<Fault> faults = new ArrayList<>();
            bounded(tree, "", faults);
            if (!faults.isEmpty()) {
                throw ProblemException.invalid(faults);
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw problem(
                    400,
                    "invalid-json",
                    "JSON 嵌套太深，或者某个数、某段文字太长。" + at(e, "第 %d 行第 %d 列。"),
                    "The JSON is nested too deeply, or a number or text is too long."
                            + at(e, " Line %d, column %d."));
        } catch (JacksonException e) {
            boolean twice = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate");
            throw problem(
                    400,
                    "invalid-json",
                    (twice ? "同一个字段写了两次。" : "不是有效的 JSON。") + at(e, "问题在第 %d 行第 %d 列附近。"),
                    (twice ? "A field is written twice." : "Not valid JSON.")
                            + at(e, " The trouble is near line %d, column %d."));
        } catch (NumberFormatException e) {
            // An exponent beyond what even a decimal can hold: 1e99999999999.
            throw ProblemException.invalid(List.of(outOfBounds(unreadableNumber(bytes))));
        }
    }

    /** JSON pointer of the first number whose exponent no decimal can hold. */
    private static String unreadableNumber(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && !readable(parser)) {
                    return parser.streamReadContext().pathAsPointer().toString();
                }
            }
        }
        return "";
    }

    private static boolean readable(JsonParser parser) {
        try {
            parser.getDecimalValue();
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Fault outOfBounds(String at) {
        return new Fault(
                at,
                "这个数太大、太小或位数太多。",
                "This number is too large, too small or has too many digits.");
    }

    /**
     * Refuses numbers so large or so small that writing them out would fill the memory, and text
     * that no database or reader could keep as it came.
     */
    private static void bounded(JsonNode node, String at, List<Fault> faults) {
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            long magnitude = (long) number.precision() - number.scale();
            if (Math.abs(magnitude) > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS) {
                faults.add(outOfBounds(at));
            }
        } else if (node.isString()) {
            text(node.asString(), at, faults);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size() && faults.size() < MOST_FAULTS; i++) {
                bounded(node.get(i), at + "/" + i, faults);
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (faults.size() < MOST_FAULTS) {
                    String field = at + "/" + Fault.escaped(entry.getKey());
                    text(entry.getKey(), field, faults);
                    bounded(entry.getValue(), field, faults);
                }
            }
        }
    }

    private static void text(String text, String at, List<Fault> faults) {
        if (text.codePoints().anyMatch(Body::unprintable)) {
            faults.add(
                    new Fault(
                            at,
                            "文字里有控制字符或残缺的字符，请删掉后重填。",
                            "The text holds a control character or half a character; remove it."));
        }
    }

    private static boolean unprintable(int c) {
        int type = Character.getType(c);
        return type == Character.SURROGATE
                || (type == Character.CONTROL && c != '\n' && c != '\r' && c != '\t');
    }

    private static String at(JacksonException e, String format) {
        return Optional.ofNullable(e.getLocation())
                .map(l -> String.format(format, l.getLineNr(), l.getColumnNr()))
                .orElse("");
    }

    /** The refusal of a body beyond {@link #MOST_BYTES}. */
    static ProblemException tooLarge() {
        return problem(
                413,
                "body-too-large",
                "请求体超过 4 MB。平面图请只保留功能间、门窗和设施。",
                "The body is larger than 4 MB. Keep only rooms, openings and fixtures in the plan.");
    }

    private static ProblemException problem(int status, String type, String zh, String en) {
        return new ProblemException(
                new Problem(
                        status,
                        type,
                        new Text("请求读不懂", "The request cannot be read"),
                        new Text(zh, en),
                        List.of()));
    }
}

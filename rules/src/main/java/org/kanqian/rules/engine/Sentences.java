package org.kanqian.rules.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.PackFault;
import org.kanqian.rules.pack.Text;

/**
 * The closed grammar: every sentence a rule may hold, read from {@code sentences.dsl}.
 *
 * <p>A sentence matches a whole line or not at all. What it captures is only ever looked up in the
 * vocabulary; no captured text reaches a compiled rule.
 */
final class Sentences {
    /** How a template begins that is written out for each of several values: one of them holds. */
    static final String ANY = "{any:";

    /** … all of them hold. */
    static final String ALL = "{all:";

    private static final String FILE = "sentences.dsl";
    private static final Pattern CAPTURE = Pattern.compile("\\{([a-z]+):([a-z]+)}");
    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("point", "[a-z0-9-]{1,80}"),
                    Map.entry("number", "[^<>\\s]{1,60}"),
                    Map.entry("flag", "[^<>\\s]{1,60}"),
                    Map.entry("choice", "[^<>\\s]{1,60}"),
                    Map.entry("limit", "[a-z][a-z0-9_]{0,40}(?:\\.[0-9]{1,4})?"),
                    Map.entry("flags", "<[^<>\\s]{1,60}>(?:、<[^<>\\s]{1,60}>){1,11}"),
                    Map.entry("relation", "小于|不大于|大于|不小于|等于|不等于"),
                    Map.entry("answer", "是|否"),
                    Map.entry("value", "[^<>\\s]{1,40}"),
                    Map.entry("values", "<[^<>\\s]{1,40}>(?:、<[^<>\\s]{1,40}>){0,30}"));

    private static final Sentences OWN = read(text());

    /**
     * One sentence.
     *
     * @param shown how it is written, captures as …, for messages
     * @param kinds kind of each capture, by name
     */
    record Sentence(
            boolean conclusion,
            String shown,
            Pattern pattern,
            Map<String, String> kinds,
            String template) {}

    private final List<Sentence> sentences;

    private Sentences(List<Sentence> sentences) {
        this.sentences = List.copyOf(sentences);
    }

    /** The grammar. It is the engine's own: what a pack says is never a template. */
    static Sentences own() {
        return OWN;
    }

    private static String text() {
        try (InputStream in = Sentences.class.getResourceAsStream(FILE)) {
            return new String(
                    Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    List<Sentence> all() {
        return sentences;
    }

    private static Sentences read(String text) {
        List<Sentence> sentences = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            boolean conclusion = line.startsWith("[then]");
            int equals = line.indexOf('=');
            if (!(conclusion || line.startsWith("[when]")) || equals < 0) {
                throw fault(number, "应为 [when]句子=模式 或 [then]结论=调用。");
            }
            sentences.add(
                    sentence(
                            number,
                            conclusion,
                            line.substring(6, equals),
                            line.substring(equals + 1)));
        }
        return new Sentences(sentences);
    }

    private static Sentence sentence(
            int number, boolean conclusion, String written, String template) {
        StringBuilder regex = new StringBuilder();
        Map<String, String> kinds = new LinkedHashMap<>();
        Matcher capture = CAPTURE.matcher(written);
        int end = 0;
        while (capture.find()) {
            regex.append(literal(written.substring(end, capture.start())));
            String kind = KINDS.get(capture.group(2));
            if (kind == null) {
                throw fault(number, "不认识的捕获类型 " + capture.group(2));
            }
            kinds.put(capture.group(1), capture.group(2));
            regex.append("(?<").append(capture.group(1)).append('>').append(kind).append(')');
            end = capture.end();
        }
        regex.append(literal(written.substring(end)));
        return new Sentence(
                conclusion,
                CAPTURE.matcher(written).replaceAll("…"),
                Pattern.compile(regex.toString()),
                Map.copyOf(kinds),
                template);
    }

    /** Literal text; one space in the sentence is any run of spaces in a rule. */
    private static String literal(String text) {
        StringBuilder regex = new StringBuilder();
        for (String word : text.split("(?<= )|(?= )")) {
            regex.append(word.equals(" ") ? " +" : word.isEmpty() ? "" : Pattern.quote(word));
        }
        return regex.toString();
    }

    private static PackException fault(int line, String zh) {
        return new PackException(List.of(new PackFault(FILE, line, 1, new Text(zh, zh))));
    }
}

package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.Nearest;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One place of a YAML file, read as what the reader expects there. Whatever does not fit is added
 * to the faults with its line and column, and reading goes on, so that one pass reports everything.
 *
 * <p>Text is data: anchors, aliases, explicit tags and deep nesting are refused before anything is
 * built.
 */
final class Yaml {
    private static final int MAX_DEPTH = 24;
    private static final int MAX_EVENTS = 400_000;
    private static final LoadSettings SETTINGS =
            LoadSettings.builder()
                    .setAllowDuplicateKeys(false)
                    .setAllowRecursiveKeys(false)
                    .setMaxAliasesForCollections(0)
                    .setCodePointLimit(PackSource.MAX_FILE_BYTES)
                    .build();

    private final String file;
    private final @Nullable Node node;
    private final List<PackFault> faults;

    private Yaml(String file, @Nullable Node node, List<PackFault> faults) {
        this.file = file;
        this.node = node;
        this.faults = faults;
    }

    /** Reads a whole file; a file that is no YAML at all reads as empty, with a fault. */
    static Yaml read(String file, byte[] bytes, List<PackFault> faults) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            faults.add(
                    new PackFault(
                            file,
                            0,
                            0,
                            new Text(
                                    "文件不是 UTF-8 编码，请另存为 UTF-8。",
                                    "The file is not UTF-8; save it as UTF-8.")));
            return new Yaml(file, null, faults);
        }
        try {
            Optional<PackFault> refused = refuse(file, text);
            if (refused.isPresent()) {
                faults.add(refused.get());
                return new Yaml(file, null, faults);
            }
            Node root = new Compose(SETTINGS).composeString(text).orElse(null);
            if (root != null) {
                twice(file, root, faults);
            }
            return new Yaml(file, root, faults);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            faults.add(
                    new PackFault(
                            file,
                            mark.map(m -> m.getLine() + 1).orElse(0),
                            mark.map(m -> m.getColumn() + 1).orElse(0),
                            new Text(
                                    "不是有效的 YAML：" + e.getProblem() + "。检查缩进；含有 { } : # 的文字要加双引号。",
                                    "Not valid YAML: "
                                            + e.getProblem()
                                            + ". Check the indent; quote text with { } : #.")));
        } catch (YamlEngineException e) {
            faults.add(
                    new PackFault(
                            file,
                            0,
                            0,
                            new Text(
                                    "不是有效的 YAML：" + e.getMessage(),
                                    "Not valid YAML: " + e.getMessage())));
        }
        return new Yaml(file, null, faults);
    }

    private static Optional<PackFault> refuse(String file, String text) {
        int depth = 0;
        int events = 0;
        int documents = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            Text why = null;
            if (++events > MAX_EVENTS) {
                why = new Text("文件内容过多，请拆分。", "Too much in one file; split it.");
            } else if (event instanceof AliasEvent
                    || (event instanceof NodeEvent n && n.getAnchor().isPresent())) {
                why =
                        new Text(
                                "不允许使用锚点和引用（& 与 *），请把内容写全。",
                                "Anchors and aliases (& and *) are not allowed; write it out.");
            } else if ((event instanceof ScalarEvent s && s.getTag().isPresent())
                    || (event instanceof CollectionStartEvent c && c.getTag().isPresent())) {
                why = new Text("不允许使用标签（!…）。", "Tags (!…) are not allowed.");
            } else if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                why = new Text("嵌套过深。", "Nested too deeply.");
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof DocumentStartEvent && ++documents > 1) {
                why =
                        new Text(
                                "一个文件只能写一份，不要再用 ---。",
                                "One file holds one document; no second ---.");
            }
            if (why != null) {
                Optional<Mark> mark = event.getStartMark();
                return Optional.of(
                        new PackFault(
                                file,
                                mark.map(m -> m.getLine() + 1).orElse(0),
                                mark.map(m -> m.getColumn() + 1).orElse(0),
                                why));
            }
        }
        return Optional.empty();
    }

    /** Keys that stand twice in one map: the second would silently win. */
    private static void twice(String file, Node node, List<PackFault> faults) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(n -> twice(file, n, faults));
        } else if (node instanceof MappingNode map) {
            Set<String> seen = new HashSet<>();
            for (NodeTuple tuple : map.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && !seen.add(key.getValue())) {
                    new Yaml(file, key, faults)
                            .fault(
                                    "同一处写了两次 " + key.getValue(),
                                    "Key used twice: " + key.getValue());
                }
                twice(file, tuple.getValueNode(), faults);
            }
        }
    }

    /** Adds a fault at this place. */
    void fault(String zh, String en) {
        Optional<Mark> mark = node == null ? Optional.empty() : node.getStartMark();
        faults.add(
                new PackFault(
                        file,
                        mark.map(m -> m.getLine() + 1).orElse(0),
                        mark.map(m -> m.getColumn() + 1).orElse(0),
                        new Text(zh, en)));
    }

    int line() {
        return node == null ? 0 : node.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    }

    boolean isEmpty() {
        return node == null
                || (node instanceof ScalarNode s
                        && (s.getTag().equals(Tag.NULL) || s.getValue().isBlank()));
    }

    /** Whether the whole file could not be read; what follows from that need not be said again. */
    boolean isBroken() {
        return node == null;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Faults every key that is not one of {@code allowed}. */
    Yaml only(String... allowed) {
        Set<String> known = Set.of(allowed);
        entries()
                .forEach(
                        (key, value) -> {
                            if (!known.contains(key)) {
                                String hint =
                                        Nearest.to(key, known)
                                                .map(k -> "，是否想写 " + k)
                                                .orElse("，可用：" + String.join("、", allowed));
                                value.fault("不认识的键 " + key + hint, "Unknown key " + key);
                            }
                        });
        return this;
    }

    /** The entries of a map, in file order; empty, with a fault, if this is something else. */
    Map<String, Yaml> entries() {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    entries.put(key.getValue(), new Yaml(file, tuple.getValueNode(), faults));
                } else {
                    fault("键必须是文字。", "A key must be text.");
                }
            }
        } else if (!isEmpty()) {
            fault("这里应当是“键: 值”的列表。", "A map of key: value is expected here.");
        }
        return entries;
    }

    /** The elements of a list; empty, with a fault, if this is something else. */
    List<Yaml> elements() {
        List<Yaml> elements = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(n -> elements.add(new Yaml(file, n, faults)));
        } else if (!isEmpty()) {
            fault("这里应当是列表（每行以 - 开头）。", "A list is expected here.");
        }
        return elements;
    }

    /** The value of a key, if it is there and not empty. */
    Optional<Yaml> find(String key) {
        return Optional.ofNullable(entries().get(key)).filter(v -> !v.isEmpty());
    }

    /** The value of a key; a fault, and an empty place, if it is not there. */
    Yaml need(String key) {
        return find(key)
                .orElseGet(
                        () -> {
                            fault("缺少 " + key + "。", "Missing " + key + ".");
                            return new Yaml(file, null, faults);
                        });
    }

    /** This as text; empty, with a fault, if it is a map or list. */
    String text() {
        if (node instanceof ScalarNode s && !s.getTag().equals(Tag.NULL)) {
            return s.getValue().strip();
        }
        if (node != null && !isEmpty()) {
            fault("这里应当是一段文字。", "Text is expected here.");
        }
        return "";
    }

    /** Chinese and English; a bare text is Chinese. */
    Text bilingual() {
        if (isMap()) {
            only("zh", "en");
            return new Text(need("zh").text(), find("en").map(Yaml::text).orElse(""));
        }
        return new Text(text(), "");
    }

    List<String> texts() {
        return elements().stream().map(Yaml::text).toList();
    }

    Optional<BigDecimal> decimal() {
        String text = text();
        if (text.matches("-?\\d{1,15}(\\.\\d{1,9})?")) {
            return Optional.of(new BigDecimal(text));
        }
        if (node != null) {
            fault("这里应当是数字，却是 " + shown(text), "A number is expected here, not " + shown(text));
        }
        return Optional.empty();
    }

    boolean bool() {
        String text = text();
        if (!text.equals("true") && !text.equals("false") && node != null) {
            fault(
                    "这里应当是 true 或 false，却是 " + shown(text),
                    "true or false is expected, not " + shown(text));
        }
        return text.equals("true");
    }

    /** A day; empty for {@code unknown} and for a bare year. */
    Optional<LocalDate> day() {
        String text = text();
        if (text.equals("unknown") || text.matches("\\d{4}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            if (node != null) {
                fault(
                        "这里应当是日期（如 2026-11-23），却是 " + shown(text),
                        "A day such as 2026-11-23 is expected, not " + shown(text));
            }
            return Optional.empty();
        }
    }

    /** A constant of an enum, written in lower case. */
    <E extends Enum<E>> Optional<E> choice(Class<E> type) {
        String text = text();
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(java.util.Locale.ROOT);
            if (name.equals(text)) {
                return Optional.of(constant);
            }
            names.add(name);
        }
        if (node != null) {
            fault(
                    "这里应当是 " + String.join("、", names) + " 之一，却是 " + shown(text),
                    "One of " + String.join(", ", names) + " is expected, not " + shown(text));
        }
        return Optional.empty();
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}

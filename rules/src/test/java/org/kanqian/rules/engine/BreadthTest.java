package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.RuleSource;
import org.kanqian.rules.pack.StandardsPack;

/**
 * Every predicate and every condition of the research, 91 items, in the sentences officers write:
 * {@code breadth/points.tsv} names the predicate and the sentences that say the same. All of them
 * must compile against the vocabulary and the grammar as they are.
 */
class BreadthTest {
    private record Row(
            String item, String point, String check, String predicate, String limits, String how) {}

    private static List<Row> rows = List.of();
    private static Map<String, List<String>> variants = Map.of();
    private static RuleBook book;

    @BeforeAll
    static void compileAllOfIt() throws IOException {
        rows =
                lines("points.tsv").stream()
                        .map(l -> l.split("\t", -1))
                        .map(c -> new Row(c[0], c[1], c[2], c[3], c[5], c[6]))
                        .toList();
        variants = new LinkedHashMap<>();
        for (String line : lines("items.tsv")) {
            String[] cells = line.split("\t", -1);
            variants.put(cells[0], cells[2].isEmpty() ? List.of() : List.of(cells[2].split("、")));
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                "pack.yaml",
                Packs.pack(String.join(", ", variants.keySet()), "")
                        .getBytes(StandardCharsets.UTF_8));
        files.put("laws.yaml", Packs.files().get("laws.yaml"));
        files.put("vocabulary/facts.yaml", vocabulary());
        Map<String, List<Row>> byItem =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Row::item, LinkedHashMap::new, Collectors.toList()));
        byItem.forEach(
                (item, points) -> {
                    files.put("items/" + item + "/item.yaml", bytes(item(item, points)));
                    files.put("items/" + item + "/rules.dslr", bytes(rules(points)));
                    files.put("items/" + item + "/cases.yaml", bytes("cases: []\n"));
                });
        book = RuleBook.compile(StandardsPack.load(path -> Optional.ofNullable(files.get(path))));
    }

    @Test
    void everyPredicateOfEveryItemIsASentenceOfOurs() {
        assertThat(variants).hasSize(91);
        assertThat(rows).hasSize(1_498);
        assertThat(book.pack().items())
                .allSatisfy(
                        item ->
                                assertThat(item.points())
                                        .allSatisfy(
                                                p ->
                                                        assertThat(book.factsOf(item.id()))
                                                                .as(p.id())
                                                                .isNotEmpty()));
        assertThat(book.pack().items().stream().mapToInt(i -> i.points().size()).sum())
                .isEqualTo(1_498);
    }

    @Test
    void everyKindOfSentenceIsNeeded() {
        Sentences sentences = Sentences.own();
        Set<String> used = new LinkedHashSet<>();
        StandardsPack encoded = StandardsPack.load(PackSource.classPath());
        for (StandardsPack pack : List.of(book.pack(), encoded)) {
            for (ApprovalItem item : pack.items()) {
                for (RuleSource source : item.rules()) {
                    for (RuleSource.Line line : source.lines()) {
                        sentences.all().stream()
                                .filter(s -> s.pattern().matcher(line.text()).matches())
                                .forEach(s -> used.add(s.shown()));
                    }
                }
            }
        }

        assertThat(sentences.all()).extracting(Sentences.Sentence::shown).allMatch(used::contains);
    }

    @Test
    void theEncodedItemsHaveEveryPointOfTheirSheet() {
        StandardsPack pack = StandardsPack.load(PackSource.classPath());

        assertThat(pack.items()).hasSizeGreaterThanOrEqualTo(20);
        for (ApprovalItem item : pack.items()) {
            long asked = rows.stream().filter(r -> r.item().equals(item.id())).count();
            // A draft or one town's guide is told to the reader and decides nothing: a visit point.
            long encoded = item.points().stream().map(RequirementPoint::id).distinct().count();
            assertThat(encoded).as(item.id()).isGreaterThanOrEqualTo(asked);
        }
    }

    /** The vocabulary as it is packaged, and what only items not yet encoded read. */
    private static byte[] vocabulary() throws IOException {
        byte[] packaged = PackSource.classPath().read("vocabulary/facts.yaml").orElseThrow();
        String more =
                lines("facts.yaml").stream()
                        .filter(l -> !l.startsWith("facts:"))
                        .collect(Collectors.joining("\n"));
        return bytes(new String(packaged, StandardCharsets.UTF_8) + "\n" + more + "\n");
    }

    private static String item(String id, List<Row> points) {
        StringBuilder text = new StringBuilder();
        for (Row row : points) {
            StringBuilder parameters = new StringBuilder();
            for (String limit :
                    row.limits().isEmpty() ? new String[0] : row.limits().split(" \\| ")) {
                parameters.append(parameters.isEmpty() ? "parameters:\n" : "");
                parameters.append("  ").append(parameter(limit)).append('\n');
            }
            text.append(Packs.point(row.point(), "文", parameters.toString()));
        }
        String forms =
                variants.getOrDefault(id, List.of()).stream()
                        .map(v -> "\"" + v + "\"")
                        .collect(Collectors.joining(", "));
        return Packs.item(id, "variants: [" + forms + "]\n", text.toString());
    }

    /**
     * {@code minimum=200 m higher}, {@code local=ask:site.rule.x m higher}, with or without steps.
     */
    private static String parameter(String limit) {
        int equals = limit.indexOf('=');
        List<String> words = Arrays.asList(limit.substring(equals + 1).split(" "));
        String value = words.get(0);
        Optional<String> steps =
                words.stream()
                        .filter(w -> w.startsWith("steps:"))
                        .map(w -> w.substring(6))
                        .findFirst();
        List<String> rest = words.stream().skip(1).filter(w -> !w.startsWith("steps:")).toList();
        String unit = rest.size() > 1 ? "unit: \"" + rest.get(0) + "\", " : "";
        String stricter = "stricter: " + rest.get(rest.size() - 1);
        String grows =
                steps.map(
                                s -> {
                                    String[] c = s.split(",");
                                    return String.format(
                                            ", steps: {fact: %s, above: %s, per: %s, add: %s,"
                                                    + " round: %s}",
                                            c[0], c[1], c[2], c[3], c[4]);
                                })
                        .orElse("");
        String from =
                value.startsWith("ask:")
                        ? "ask: " + value.substring(4)
                        : "values: [{since: 2020-01-01, value: " + value + grows + "}]";
        return limit.substring(0, equals) + ": {" + unit + stricter + ", " + from + "}";
    }

    private static String rules(List<Row> points) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (Row row : points) {
            for (String rule : row.how().split(" \\| ")) {
                int colon = rule.indexOf('：');
                String conclusion = colon < 0 ? "" : rule.substring(0, colon);
                if (!conclusion.equals("不符合") && !conclusion.equals("适用")) {
                    continue;
                }
                text.append("rule \"r").append(number++).append("\"\nwhen\n  要点 ");
                text.append(row.point()).append('\n');
                for (String sentence : rule.substring(colon + 1).split("；")) {
                    text.append("  ").append(sentence).append('\n');
                }
                text.append("then\n  ").append(conclusion).append("\nend\n");
            }
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = BreadthTest.class.getResourceAsStream("/breadth/" + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
    }
}

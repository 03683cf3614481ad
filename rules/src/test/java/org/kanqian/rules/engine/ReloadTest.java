package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.verdict.Finding;

class ReloadTest {
    private static final int RELOADS = 1_000;

    @Test
    void onlyTheChangedItemIsReadAndCompiledAnew() {
        Map<String, byte[]> files = files(10);
        RuleBook before = Packs.compile(files);

        put(files, "items/b/item.yaml", item("b", 25));
        RuleBook after = before.next(StandardsPack.load(Packs.source(files), before.pack()));

        assertThat(after.changedSince(before)).containsExactly("b");
        assertThat(after.pack().item("a").orElseThrow())
                .isSameAs(before.pack().item("a").orElseThrow());
        assertThat(limit(after, "a")).isEqualByComparingTo("10");
        assertThat(limit(after, "b")).isEqualByComparingTo("25");
        assertThat(after.pack().hash())
                .isEqualTo(StandardsPack.load(Packs.source(files)).hash())
                .isNotEqualTo(before.pack().hash());
    }

    @Test
    void aChangedWordOfTheVocabularyCompilesEverythingAnew() {
        Map<String, byte[]> files = files(10);
        RuleBook before = Packs.compile(files);

        put(
                files,
                "vocabulary/facts.yaml",
                new String(
                                files.getOrDefault("vocabulary/facts.yaml", new byte[0]),
                                StandardCharsets.UTF_8)
                        .replace("max: 9999", "max: 99999"));
        RuleBook after = before.next(StandardsPack.load(Packs.source(files), before.pack()));

        assertThat(after.changedSince(before)).containsExactly("a", "b");
    }

    @Test
    void aBrokenItemLeavesTheOldBookAsItWas() {
        Map<String, byte[]> files = files(10);
        RuleBook before = Packs.compile(files);

        put(files, "items/b/rules.dslr", "rule \"坏\"\nwhen\n");

        assertThatThrownBy(
                        () -> before.next(StandardsPack.load(Packs.source(files), before.pack())))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("items/b/rules.dslr");
        assertThat(limit(before, "b")).isEqualByComparingTo("10");
    }

    @Test
    void aThousandReloadsLeakNeitherClassesNorHeap() {
        Map<String, byte[]> files = files(10);
        RuleBook book = Packs.compile(files);
        long[] metaspace = new long[2];
        long[] heap = new long[2];
        int settled = RELOADS / 4;

        for (int i = 0; i < RELOADS; i++) {
            put(files, "items/b/item.yaml", item("b", 10 + i % 7));
            put(files, "items/b/rules.dslr", rules() + "# " + i + "\n");
            book = book.next(StandardsPack.load(Packs.source(files), book.pack()));
            if (i == settled || i == RELOADS - 1) {
                int at = i == settled ? 0 : 1;
                metaspace[at] = used("Metaspace");
                heap[at] = heap();
            }
        }

        assertThat(limit(book, "b")).isEqualByComparingTo(String.valueOf(10 + (RELOADS - 1) % 7));
        // Three quarters of the reloads lie between the two; one that leaked would add megabytes.
        assertThat(metaspace[1] - metaspace[0]).isLessThan(4L << 20);
        assertThat(heap[1] - heap[0]).isLessThan(8L << 20);
    }

    @Test
    void underLoadEveryAnswerIsOfOneWholePack() throws Exception {
        Map<String, byte[]> files = files(10);
        AtomicReference<RuleBook> serving = new AtomicReference<>(Packs.compile(files));
        AtomicBoolean going = new AtomicBoolean(true);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Callable<Integer> reader =
                        () -> {
                            int answers = 0;
                            while (going.get() || answers == 0) {
                                RuleBook book = Objects.requireNonNull(serving.get());
                                // The version of the pack says which limit both items must have.
                                BigDecimal version = new BigDecimal(book.pack().version());
                                assertThat(limit(book, "a")).isEqualByComparingTo(version);
                                assertThat(limit(book, "b")).isEqualByComparingTo(version);
                                answers++;
                            }
                            return answers;
                        };
                readers.add(pool.submit(reader));
            }
            for (int i = 11; i < 61; i++) {
                Map<String, byte[]> next = files(i);
                RuleBook before = Objects.requireNonNull(serving.get());
                serving.set(before.next(StandardsPack.load(Packs.source(next), before.pack())));
            }
            going.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            going.set(false);
            pool.shutdownNow();
        }
    }

    private static long used(String pool) {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getName().equals(pool))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(u -> u.getUsed())
                .sum();
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Map<String, byte[]> files(int limit) {
        return new HashMap<>(
                Packs.files(
                        "pack.yaml",
                        Packs.pack("a, b", "")
                                .replace("version: \"1\"", "version: \"" + limit + "\""),
                        "items/a/item.yaml",
                        item("a", limit),
                        "items/a/rules.dslr",
                        rules(),
                        "items/a/cases.yaml",
                        "cases: []",
                        "items/b/item.yaml",
                        item("b", limit),
                        "items/b/rules.dslr",
                        rules(),
                        "items/b/cases.yaml",
                        "cases: []"));
    }

    private static String item(String id, int limit) {
        return Packs.item(
                id,
                "",
                Packs.point(
                        "room",
                        "面积不小于 {minimum}",
                        "parameters:\n  minimum: {unit: m2, stricter: higher, values: [{value: "
                                + limit
                                + ", since: 2020-01-01}]}"));
    }

    private static String rules() {
        return """
               rule "面积不足"
               when
                 要点 room
                 <机房面积> 小于 限值 minimum
               then
                 不符合
               end
               """;
    }

    private static void put(Map<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static BigDecimal limit(RuleBook book, String item) {
        Finding finding =
                book.judge(
                                new Inquiry(
                                        List.of(new Inquiry.ItemInquiry(item, Optional.empty())),
                                        FactSheet.of(
                                                Map.of(
                                                        "plan.area.room",
                                                        FactValue.Number.exact(
                                                                BigDecimal.ONE,
                                                                "m2",
                                                                new Provenance.Answer()))),
                                        Optional.of("510106"),
                                        LocalDate.of(2026, 11, 23),
                                        0))
                        .items()
                        .get(0)
                        .findings()
                        .get(0);
        return finding.required().orElseThrow().value();
    }
}

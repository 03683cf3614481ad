package org.kanqian.api.bench;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.kanqian.rules.engine.Inquiry;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.WorkedCase;
import org.kanqian.rules.verdict.Judgement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a pack of many items costs: the check of one, the check of three together, a reload. */
public final class LawBenchmark {
    private static final String ITEM = "food-catering-restaurant";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private LawBenchmark() {}

    private static RuleBook packaged() {
        return RuleBook.compile(StandardsPack.load(PackSource.classPath()));
    }

    /** The packaged pack with only some of its items. */
    private static PackSource only(List<String> items) {
        return path -> {
            if (!path.equals("pack.yaml")) {
                return PackSource.classPath().read(path);
            }
            return PackSource.classPath()
                    .read(path)
                    .map(b -> new String(b, StandardCharsets.UTF_8))
                    .map(
                            t ->
                                    t.substring(0, t.indexOf("bundles:"))
                                            .replaceAll(
                                                    "items: \\[[^]]*]",
                                                    "items: [" + String.join(", ", items) + "]"))
                    .map(t -> t.getBytes(StandardCharsets.UTF_8));
        };
    }

    /** Everything that is met, of several items at once. */
    private static FactSheet facts(RuleBook book, List<String> items) {
        Map<String, FactValue> all = new HashMap<>();
        for (String item : items) {
            WorkedCase first = book.pack().casesOf(item).get(0);
            book.factsOf(item).forEach(f -> all.putIfAbsent(f, first.given().get(f)));
        }
        return FactSheet.of(all);
    }

    private static Inquiry inquiry(RuleBook book, List<String> items, FactSheet facts) {
        return new Inquiry(
                items.stream()
                        .map(
                                i ->
                                        new Inquiry.ItemInquiry(
                                                i, book.pack().casesOf(i).get(0).variant()))
                        .toList(),
                facts,
                Optional.of("420102"),
                DAY,
                0);
    }

    /** All packaged items, and copies of them under other names, seventy-five in all. */
    private static PackSource seventyFive() {
        StandardsPack pack = StandardsPack.load(PackSource.classPath());
        List<String> own = pack.items().stream().map(ApprovalItem::id).toList();
        Map<String, String> copies = new HashMap<>();
        List<String> all = new java.util.ArrayList<>(own);
        for (int i = 0; all.size() < 75; i++) {
            String copy = own.get(i % own.size()) + "-" + i;
            copies.put(copy, own.get(i % own.size()));
            all.add(copy);
        }
        PackSource source = only(all);
        return path -> {
            String[] parts = path.split("/", 3);
            String original = parts.length == 3 ? copies.get(parts[1]) : null;
            if (original == null) {
                return source.read(path);
            }
            Optional<byte[]> bytes = source.read("items/" + original + "/" + parts[2]);
            return parts[2].equals("item.yaml")
                    ? bytes.map(
                            b ->
                                    new String(b, StandardCharsets.UTF_8)
                                            .replaceFirst("item: " + original, "item: " + parts[1])
                                            .getBytes(StandardCharsets.UTF_8))
                    : bytes;
        };
    }

    /** One item out of a pack of one and out of seventy-five. */
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 5, time = 1)
    @Measurement(iterations = 5, time = 1)
    @Fork(1)
    public static class PackSize {
        private final RuleBook one = RuleBook.compile(StandardsPack.load(only(List.of(ITEM))));
        private final RuleBook many = RuleBook.compile(StandardsPack.load(seventyFive()));
        private final FactSheet facts = facts(one, List.of(ITEM));
        private final Inquiry ofOne = inquiry(one, List.of(ITEM), facts);
        private final Inquiry ofMany = inquiry(many, List.of(ITEM), facts);

        /** Out of seventy-five. */
        @Benchmark
        public Judgement outOfSeventyFive() {
            return many.judge(ofMany);
        }

        /** Out of one. */
        @Benchmark
        public Judgement referenceOutOfOne() {
            return one.judge(ofOne);
        }
    }

    /** Three items that share common points, checked together and one by one. */
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 5, time = 1)
    @Measurement(iterations = 5, time = 1)
    @Fork(1)
    public static class JointCheck {
        private static final List<String> THREE =
                List.of(ITEM, "food-small-catering", "beverage-shop");

        private final RuleBook book = packaged();
        private final FactSheet facts = facts(book, THREE);
        private final Inquiry joint = inquiry(book, THREE, facts);
        private final List<Inquiry> single =
                THREE.stream().map(i -> inquiry(book, List.of(i), facts)).toList();

        /** Together. */
        @Benchmark
        public Judgement together() {
            return book.judge(joint);
        }

        /** One by one. */
        @Benchmark
        public int referenceOneByOne() {
            int findings = 0;
            for (Inquiry one : single) {
                findings += book.judge(one).items().get(0).findings().size();
            }
            return findings;
        }
    }

    /** One changed item of seventy-five taken over, against the whole pack read and compiled. */
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 3, time = 3)
    @Measurement(iterations = 3, time = 5)
    @Fork(1)
    public static class Reload {
        private final PackSource source = seventyFive();
        private final Map<String, byte[]> files = new HashMap<>();
        private RuleBook book = RuleBook.compile(StandardsPack.load(this::read));
        private int turn;

        private Optional<byte[]> read(String path) {
            if (!files.containsKey(path)) {
                source.read(path).ifPresent(b -> files.put(path, b));
            }
            return Optional.ofNullable(files.get(path));
        }

        /** One item, with other rules each time. */
        @Benchmark
        public RuleBook oneItem() {
            String path = "items/" + ITEM + "/rules.dslr";
            byte[] rules = PackSource.classPath().read(path).orElseThrow();
            files.put(
                    path,
                    (new String(rules, StandardCharsets.UTF_8) + "\n# " + turn++)
                            .getBytes(StandardCharsets.UTF_8));
            book = book.next(StandardsPack.load(this::read, book.pack()));
            return book;
        }

        /** Everything. */
        @Benchmark
        public RuleBook referenceWholePack() {
            return RuleBook.compile(StandardsPack.load(this::read));
        }
    }
}

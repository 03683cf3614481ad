package org.kanqian.api;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Body;
import org.kanqian.api.precheck.PreCheckAnswer;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.authoring.Coverage;
import org.kanqian.rules.authoring.Formatter;
import org.kanqian.rules.authoring.Impact;
import org.kanqian.rules.authoring.Lint;
import org.kanqian.rules.authoring.Mutation;
import org.kanqian.rules.authoring.NewItem;
import org.kanqian.rules.authoring.PackDiff;
import org.kanqian.rules.authoring.WorkedCases;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.PackFault;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What standards officers run: a pack is checked, tested, compared, laid out, begun. */
@Command(
        name = "standards",
        description = {
            "维护标准：检查、试用例、比较、看影响、排版、新建 / Work on the standards",
            "退出码 / exit status: 0 无问题 fine, 1 有问题 something found, 64+ 输入有误 bad input"
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            StandardsCommand.Validate.class,
            StandardsCommand.Test.class,
            StandardsCommand.Diff.class,
            StandardsCommand.ShowImpact.class,
            StandardsCommand.Fmt.class,
            StandardsCommand.New.class,
            StandardsCommand.ShowCoverage.class,
            StandardsCommand.Mutate.class
        })
final class StandardsCommand implements Runnable {
    private static final int FOUND = 1;
    private static final int BAD_INPUT = 65;
    private static final int NO_INPUT = 66;

    @Override
    public void run() {
        picocli.CommandLine.usage(this, System.out);
    }

    /** What all of them share: the pack, and printing. */
    abstract static class OnPack implements Callable<Integer> {
        final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

        @Override
        public final Integer call() throws IOException {
            CheckCommand.logToStderr();
            try {
                return act();
            } catch (PackException e) {
                e.faults().stream().map(PackFault::toString).distinct().forEach(out::println);
                out.printf("%d 处错误 / faults%n", e.faults().stream().distinct().count());
                return FOUND;
            } catch (NoPack e) {
                err.println(e.getMessage());
                return NO_INPUT;
            }
        }

        abstract int act() throws IOException;

        final PackSource source(Path folder) {
            if (!Files.isRegularFile(folder.resolve("pack.yaml"))) {
                throw new NoPack(
                        folder + " 里没有 pack.yaml，不是标准包 / holds no pack.yaml, is no standards pack");
            }
            return PackSource.directory(folder);
        }

        final RuleBook book(Path folder) {
            return RuleBook.compile(StandardsPack.load(source(folder)));
        }
    }

    private static final class NoPack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoPack(String message) {
            super(message);
        }
    }

    static Path packaged() {
        return Path.of(Kanqian.home(), "standards");
    }

    private static List<String> items(RuleBook book, List<String> asked) {
        List<String> all = book.pack().items().stream().map(ApprovalItem::id).toList();
        for (String item : asked) {
            if (!all.contains(item)) {
                throw new NoPack("没有事项 " + item + " / no such item");
            }
        }
        return asked.isEmpty() ? all : asked;
    }

    /** Reads, compiles and looks over a pack. */
    @Command(
            name = "validate",
            description = "检查标准包，一次报出全部错误 / Reads, compiles and looks over a pack",
            mixinStandardHelpOptions = true)
    static final class Validate extends OnPack {
        @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "默认 standards/")
        @Nullable Path folder;

        @Override
        int act() {
            Path at = folder == null ? packaged() : folder;
            PackSource source = source(at);
            RuleBook book = RuleBook.compile(StandardsPack.load(source));
            List<PackFault> found =
                    Lint.check(book, source, LocalDate.now(ZoneId.of("Asia/Shanghai")));
            found.forEach(f -> out.println(f));
            out.printf(
                    "可用：%d 个事项，%d 条提醒，%s / usable: %1$d items, %2$d remarks%n",
                    book.pack().items().size(), found.size(), book.pack().hash());
            return found.isEmpty() ? 0 : FOUND;
        }
    }

    /** Runs the worked cases. */
    @Command(
            name = "test",
            description = "跑全部用例，并列出还缺哪些用例 / Runs the worked cases and says which are lacking",
            mixinStandardHelpOptions = true)
    static final class Test extends OnPack {
        @Parameters(paramLabel = "ITEM", description = "只试这些事项，默认全部 / only these items")
        List<String> only = new ArrayList<>();

        @Option(names = "--standards", description = "标准包文件夹 / folder of the pack")
        Path folder = packaged();

        @Option(names = "--strict", description = "缺用例也算问题 / lacking cases count as found")
        boolean strict;

        @Override
        int act() {
            RuleBook book = book(folder);
            List<String> items = items(book, only);
            int cases = 0;
            int failed = 0;
            for (String item : items) {
                cases += book.pack().casesOf(item).size();
                for (WorkedCases.Failure f : WorkedCases.run(book, book.pack().casesOf(item))) {
                    out.println(f);
                    failed++;
                }
            }
            int lacking = 0;
            for (Coverage.Line line : Coverage.of(book.pack())) {
                if (items.contains(line.item()) && !line.lacking().isEmpty()) {
                    out.println(
                            line.item()
                                    + "/"
                                    + line.point().id()
                                    + "：缺用例 / lacks "
                                    + line.lacking());
                    lacking++;
                }
            }
            out.printf(
                    "%d 条用例，%d 条不成立；%d 个要点缺用例 / %1$d cases, %2$d fail; %3$d points lack cases%n",
                    cases, failed, lacking);
            return failed > 0 || (strict && lacking > 0) ? FOUND : 0;
        }
    }

    /** Compares two packs. */
    @Command(
            name = "diff",
            description = "用法律的话说两个标准包有什么不同 / Says in terms of law how two packs differ",
            mixinStandardHelpOptions = true)
    static final class Diff extends OnPack {
        @Parameters(index = "0", paramLabel = "A", description = "旧的 / the earlier")
        Path before = packaged();

        @Parameters(index = "1", paramLabel = "B", description = "新的 / the later")
        Path after = packaged();

        @Override
        int act() {
            List<PackDiff.Change> changes =
                    PackDiff.between(
                            StandardsPack.load(source(before)), StandardsPack.load(source(after)));
            changes.forEach(out::println);
            out.println(
                    changes.isEmpty() ? "没有变化 / nothing differs" : changes.size() + " 处 / changes");
            return changes.isEmpty() ? 0 : FOUND;
        }
    }

    /** Replays records under two packs. */
    @Command(
            name = "impact",
            description = "把以前的预检在两个标准包下各算一遍，列出结论有变化的 / Replays pre-checks under two packs",
            mixinStandardHelpOptions = true)
    static final class ShowImpact extends OnPack {
        @Parameters(index = "0", paramLabel = "A")
        Path before = packaged();

        @Parameters(index = "1", paramLabel = "B")
        Path after = packaged();

        @Option(
                names = "--records",
                description = {
                    "请求：一行一份 JSON 的文件、放 *.json 的文件夹，或 cases（用例）",
                    "requests: a file of JSON lines, a folder of *.json, or cases"
                })
        String records = "cases";

        @Option(names = "--layers", description = "图层文件夹 / folder of layers")
        @Nullable Path layers;

        @Override
        int act() throws IOException {
            RuleBook a = book(before);
            RuleBook b = book(after);
            List<Impact.Change> changes;
            if (records.equals("cases")) {
                changes = Impact.ofCases(a, b);
            } else {
                Optional<List<Impact.Change>> replayed = replay(a, b);
                if (replayed.isEmpty()) {
                    return NO_INPUT;
                }
                changes = replayed.get();
            }
            for (Impact.Change c : changes) {
                out.printf(
                        "%s  %s  %s → %s  %s%n",
                        c.item(), c.id(), c.from(), c.to(), String.join("，", c.points()));
            }
            Map<String, Integer> counts = Impact.counted(changes);
            out.println();
            counts.forEach((what, n) -> out.printf("%6d  %s%n", n, what));
            out.printf(
                    "%d 份的结论变化 / verdicts change%n",
                    counts.values().stream().mapToInt(Integer::intValue).sum());
            return counts.isEmpty() ? 0 : FOUND;
        }

        private Optional<List<Impact.Change>> replay(RuleBook a, RuleBook b) throws IOException {
            Map<String, JsonNode> requests = requests();
            if (requests.isEmpty()) {
                err.println(records + " 里没有请求 / holds no requests");
                return Optional.empty();
            }
            PreCheckService old;
            try {
                old =
                        new PreCheckService(
                                a,
                                new SiteSurveyor(
                                        LayerSet.load(
                                                layers == null
                                                        ? Path.of(Kanqian.home(), "samples/layers")
                                                        : layers)),
                                Signer.passing(),
                                Clock.system(ZoneId.of("Asia/Shanghai")));
            } catch (LayerException e) {
                err.println(e.getMessage());
                return Optional.empty();
            }
            PreCheckService now = old.with(b);
            List<Impact.Change> changes = new ArrayList<>();
            for (Map.Entry<String, JsonNode> request : requests.entrySet()) {
                try {
                    PreCheckAnswer before1 = old.check(request.getValue());
                    PreCheckAnswer after1 = now.check(request.getValue());
                    changes.addAll(
                            Impact.compare(
                                    request.getKey(),
                                    before1.region() == null ? "-" : before1.region(),
                                    outcome(before1),
                                    outcome(after1)));
                } catch (ProblemException e) {
                    err.println(
                            request.getKey() + "：" + e.problem().title().zh() + "，跳过 / left out");
                }
            }
            return Optional.of(changes);
        }

        private static Impact.Outcome outcome(PreCheckAnswer answer) {
            Map<String, Verdict> verdicts = new LinkedHashMap<>();
            Map<String, Status> points = new LinkedHashMap<>();
            for (PreCheckAnswer.Item item : answer.items()) {
                verdicts.put(item.item(), item.verdict());
                item.findings().forEach(f -> points.put(item.item() + "/" + f.point(), f.status()));
            }
            return new Impact.Outcome(verdicts, points);
        }

        /** By name or number; a line may wrap the request with its id. */
        private Map<String, JsonNode> requests() throws IOException {
            Map<String, JsonNode> requests = new TreeMap<>();
            Path at = Path.of(records);
            if (Files.isDirectory(at)) {
                try (Stream<Path> files = Files.list(at)) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                        read(file.getFileName() + "", Files.readString(file), requests);
                    }
                }
            } else if (Files.isRegularFile(at)) {
                int number = 0;
                for (String line : Files.readAllLines(at)) {
                    number++;
                    if (!line.isBlank()) {
                        read("#" + number, line, requests);
                    }
                }
            }
            return requests;
        }

        private void read(String name, String text, Map<String, JsonNode> requests)
                throws IOException {
            try {
                JsonNode node =
                        Body.read(
                                new java.io.ByteArrayInputStream(
                                        text.getBytes(StandardCharsets.UTF_8)));
                boolean wrapped = node.path("request").isObject();
                requests.put(
                        wrapped && node.path("id").isString() ? node.path("id").asString() : name,
                        wrapped ? node.path("request") : node);
            } catch (ProblemException e) {
                err.println(name + "：不是 JSON 请求，跳过 / no JSON request, left out");
            }
        }
    }

    /** Lays files out alike. */
    @Command(
            name = "fmt",
            description = "整理排版，不改内容 / Lays the files out alike, changing nothing they say",
            mixinStandardHelpOptions = true)
    static final class Fmt extends OnPack {
        @Parameters(arity = "0..1", paramLabel = "FOLDER")
        @Nullable Path folder;

        @Option(names = "--check", description = "只看不改 / only say which would change")
        boolean check;

        @Override
        int act() throws IOException {
            Path at = folder == null ? packaged() : folder;
            StandardsPack before = StandardsPack.load(source(at));
            int changed = 0;
            List<Path> files;
            try (Stream<Path> walk = Files.walk(at, 5)) {
                files =
                        walk.filter(Files::isRegularFile)
                                .filter(f -> f.toString().matches(".*\\.(yaml|dslr)"))
                                .filter(f -> !f.toString().contains("/target/"))
                                .sorted()
                                .toList();
            }
            for (Path file : files) {
                String text = Files.readString(file);
                String better = Formatter.format(file.toString(), text);
                if (!better.equals(text)) {
                    changed++;
                    out.println(at.relativize(file));
                    if (!check) {
                        Path beside = file.resolveSibling(file.getFileName() + ".fmt");
                        Files.writeString(beside, better);
                        Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
            if (!check && !PackDiff.between(before, StandardsPack.load(source(at))).isEmpty()) {
                throw new IllegalStateException("the layout changed what the pack says");
            }
            out.printf("%d 个文件%s / files%n", changed, check ? "需要整理" : "整理过");
            return check && changed > 0 ? FOUND : 0;
        }
    }

    /** Begins an item. */
    @Command(
            name = "new",
            description = "新建一个事项 / Begins a new item",
            mixinStandardHelpOptions = true)
    static final class New extends OnPack {
        @Parameters(paramLabel = "ITEM", description = "编号：小写字母、数字、连字符 / its id")
        String item = "";

        @Option(names = "--standards", description = "标准包文件夹 / folder of the pack")
        Path folder = packaged();

        @Override
        int act() throws IOException {
            if (!NewItem.isId(item)) {
                err.println("编号只能用小写字母、数字和连字符：" + item + " / bad id");
                return BAD_INPUT;
            }
            StandardsPack pack = StandardsPack.load(source(folder));
            Path at = folder.resolve("items").resolve(item);
            if (pack.item(item).isPresent() || Files.exists(at)) {
                err.println("事项已经有了：" + item + " / the item is there already");
                return BAD_INPUT;
            }
            FactDefinition fact =
                    pack.facts().stream()
                            .filter(f -> f.type() == FactDefinition.Type.BOOLEAN && f.answerable())
                            .findFirst()
                            .orElseThrow(() -> new NoPack("词表里没有是否类的事实 / no yes-or-no fact"));
            Path list = folder.resolve("pack.yaml");
            Optional<String> listed = NewItem.listed(Files.readString(list), item);
            if (listed.isEmpty()) {
                err.println("pack.yaml 里没有 items: […] / pack.yaml has no items: […]");
                return BAD_INPUT;
            }
            Map<String, String> files =
                    NewItem.files(
                            item,
                            pack.laws().keySet().stream().sorted().findFirst().orElseThrow(),
                            fact.name(),
                            fact.label());
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path to = folder.resolve(file.getKey());
                Files.createDirectories(at);
                Files.writeString(to, file.getValue());
                out.println(to);
            }
            Files.writeString(list, listed.get());
            out.println("已列入 pack.yaml；接着改 item.yaml，再跑 standards test " + item);
            return 0;
        }
    }

    /** Which points the cases show. */
    @Command(
            name = "coverage",
            description = "每个要点有哪些用例 / Which points the cases show",
            mixinStandardHelpOptions = true)
    static final class ShowCoverage extends OnPack {
        @Parameters(arity = "0..1", paramLabel = "FOLDER")
        @Nullable Path folder;

        @Override
        int act() {
            StandardsPack pack = StandardsPack.load(source(folder == null ? packaged() : folder));
            Map<String, int[]> totals = new LinkedHashMap<>();
            for (Coverage.Line line : Coverage.of(pack)) {
                out.printf(
                        "%-28s %-34s %-8s %-9s %s%s%n",
                        line.item(),
                        line.point().id(),
                        line.point().check(),
                        line.point().recalled() ? "RECALLED" : "VERIFIED",
                        line.shown(),
                        line.lacking().isEmpty() ? "" : "  缺 / lacks " + line.lacking());
                int[] total = totals.computeIfAbsent(line.item(), i -> new int[3]);
                total[0]++;
                total[1] += line.lacking().isEmpty() ? 1 : 0;
                total[2] += line.point().recalled() ? 1 : 0;
            }
            out.println();
            totals.forEach(
                    (item, t) ->
                            out.printf(
                                    "%-28s %3d 要点 points  %3d 用例齐 covered  %3d 待核 recalled%n",
                                    item, t[0], t[1], t[2]));
            return 0;
        }
    }

    /** Tests the cases. */
    @Command(
            name = "mutate",
            description = "把限值挪一步、规则去一条，看有没有用例发现 / Tests the cases by small mutations",
            mixinStandardHelpOptions = true)
    static final class Mutate extends OnPack {
        @Parameters(paramLabel = "ITEM", description = "只试这些事项，默认全部 / only these items")
        List<String> only = new ArrayList<>();

        @Option(names = "--standards", description = "标准包文件夹 / folder of the pack")
        Path folder = packaged();

        @Option(names = "--allow", description = "容许几个没被发现的 / survivors allowed")
        int allow;

        @Override
        int act() {
            RuleBook book = book(folder);
            int mutants = 0;
            int survivors = 0;
            for (String item : items(book, only)) {
                Mutation.Result result = Mutation.run(book, item);
                mutants += result.mutants();
                survivors += result.survivors().size();
                result.survivors()
                        .forEach(
                                s ->
                                        out.println(
                                                s.item()
                                                        + "/"
                                                        + s.point()
                                                        + "："
                                                        + s.what().zh()
                                                        + "，没有用例发现 / unnoticed"));
            }
            out.printf("%d 处改动，%d 处没有用例发现 / %1$d mutations, %2$d unnoticed%n", mutants, survivors);
            return survivors > allow ? FOUND : 0;
        }
    }
}

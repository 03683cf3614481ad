package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Nearest;

/** Reads the files of a pack into a {@link StandardsPack}, gathering every fault on the way. */
final class PackReader {
    private static final String GRAMMAR = "vocabulary/sentences.dsl";

    /** What {@link StandardsPack#filesOf} calls all of {@code common/}. */
    private static final String COMMON = "common";

    static final String ID = "[a-z0-9]+(-[a-z0-9]+)*";

    private final PackSource source;
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final List<PackFault> faults = new ArrayList<>();
    private final Map<String, LegalSource> laws = new LinkedHashMap<>();
    private final Map<String, FactDefinition> facts = new LinkedHashMap<>();
    private final Map<String, ApprovalItem> items = new LinkedHashMap<>();
    private final Map<String, List<WorkedCase>> cases = new LinkedHashMap<>();
    private final Map<String, Shared> shared = new LinkedHashMap<>();
    private final Map<String, RuleSource> sharedRules = new LinkedHashMap<>();
    private final Map<String, Set<String>> filesOf = new LinkedHashMap<>();
    private final Optional<StandardsPack> before;
    private Set<String> reading = new HashSet<>();

    /** A point of {@code common/} and the files whose rules speak of it. */
    private record Shared(RequirementPoint point, String rules, List<RuleSource> tables) {}

    /**
     * @param before the pack as it was read last; what its files say again is not read again
     */
    PackReader(PackSource source, Optional<StandardsPack> before) {
        this.source = source;
        this.before = before;
    }

    StandardsPack read() {
        Yaml pack =
                yaml("pack.yaml")
                        .only("pack", "schema", "version", "regions", "items", "common", "bundles");
        if (!pack.need("schema").text().equals("1")) {
            pack.fault("schema 只支持 1。", "Only schema 1 is supported.");
        }
        boolean same = words();
        if (source.read(GRAMMAR).isPresent()) {
            faults.add(
                    new PackFault(
                            GRAMMAR,
                            0,
                            0,
                            new Text(
                                    "句式是产品的一部分，标准包里不能带；请删去这个文件。",
                                    "Sentences are part of the product; delete this file.")));
        }
        for (Yaml file : pack.find("common").map(Yaml::elements).orElse(List.of())) {
            common(file);
        }
        same &= commonUnchanged();
        for (Yaml item : pack.need("items").elements()) {
            String id = item.text();
            if (!id.matches(ID)) {
                item.fault("事项编号只能用小写字母、数字和连字符：" + id, "Bad item id: " + id);
            } else if (items.containsKey(id)) {
                item.fault("事项重复：" + id, "Item listed twice: " + id);
            } else {
                item(id, same);
            }
        }
        List<Bundle> bundles = bundles(pack);
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return new StandardsPack(
                pack.need("pack").text(),
                pack.need("version").text(),
                StandardsPack.hash(files),
                laws,
                facts,
                items,
                cases,
                bundles,
                hashes(),
                filesOf);
    }

    /** Laws and facts; true if they are what they were. */
    private boolean words() {
        bytes("laws.yaml");
        bytes("vocabulary/facts.yaml");
        Optional<StandardsPack> old =
                before.filter(
                        b ->
                                b.says("laws.yaml", files.get("laws.yaml"))
                                        && b.says(
                                                "vocabulary/facts.yaml",
                                                files.get("vocabulary/facts.yaml")));
        if (old.isPresent()) {
            laws.putAll(old.get().laws());
            old.get().facts().forEach(f -> facts.put(f.name(), f));
            return true;
        }
        Yaml lawFile = yaml("laws.yaml");
        Yaml factFile = yaml("vocabulary/facts.yaml");
        if (lawFile.isBroken() || factFile.isBroken()) {
            // Every item would name what is not there.
            throw new PackException(faults);
        }
        lawFile.only("laws").need("laws").entries().forEach(this::law);
        factFile.only("facts").need("facts").entries().forEach(this::fact);
        labelsAreUnique();
        return false;
    }

    private Map<String, String> hashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        files.forEach((path, bytes) -> hashes.put(path, StandardsPack.sha256(bytes)));
        return hashes;
    }

    private Yaml yaml(String path) {
        return Yaml.read(path, bytes(path), faults);
    }

    private String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String path) {
        Optional<byte[]> bytes = source.read(path);
        if (bytes.isEmpty()) {
            faults.add(new PackFault(path, 0, 0, new Text("缺少文件 " + path, "Missing file " + path)));
        }
        bytes.ifPresent(b -> files.put(path, b));
        reading.add(path);
        return bytes.orElse(new byte[0]);
    }

    private void law(String id, Yaml law) {
        law.only("title", "doc", "issuer", "in_force", "until", "superseded_by", "source");
        if (!id.matches(ID)) {
            law.fault("法规编号只能用小写字母、数字和连字符：" + id, "Bad law id: " + id);
        }
        Yaml inForce = law.need("in_force");
        String written = inForce.text();
        laws.put(
                id,
                new LegalSource(
                        id,
                        law.need("title").text(),
                        law.find("doc").map(Yaml::text).orElse(""),
                        law.find("issuer").map(Yaml::text).orElse(""),
                        inForce.day().orElse(null),
                        written.equals("unknown")
                                ? "未查明"
                                : written.length() == 4 ? written + "年" : written,
                        day(law, "until"),
                        law.find("superseded_by").map(Yaml::text),
                        law.find("source").map(Yaml::text)));
    }

    private static @Nullable LocalDate day(Yaml at, String key) {
        return at.find(key).flatMap(Yaml::day).orElse(null);
    }

    private void fact(String name, Yaml fact) {
        fact.only(
                "label",
                "type",
                "unit",
                "sources",
                "ask",
                "help",
                "values",
                "min",
                "max",
                "measure",
                "rounding");
        if (!name.matches("[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*")) {
            fact.fault("事实名只能用小写字母、数字、下划线和点：" + name, "Bad fact name: " + name);
        }
        String label = fact.need("label").text();
        if (!label.matches("[^<>「」【】“”《》\\s]{1,60}")) {
            fact.fault("label 不能含空白和 <>「」【】“”《》：" + label, "Bad label: " + label);
        }
        FactDefinition.Type type =
                fact.need("type")
                        .choice(FactDefinition.Type.class)
                        .orElse(FactDefinition.Type.NUMBER);
        Set<FactDefinition.Source> sources = EnumSet.noneOf(FactDefinition.Source.class);
        fact.need("sources")
                .elements()
                .forEach(s -> s.choice(FactDefinition.Source.class).ifPresent(sources::add));
        List<FactDefinition.Option> values = options(fact.find("values"));
        if (type == FactDefinition.Type.CHOICE && values.isEmpty() && !name.equals("variant")) {
            fact.fault("choice 类型必须列出 values。", "A choice must list its values.");
        }
        Optional<Measure> measure = fact.find("measure").map(PackReader::measure);
        Optional<BigDecimal> rounding = fact.find("rounding").flatMap(Yaml::decimal);
        if (rounding.filter(r -> r.signum() <= 0).isPresent()) {
            fact.fault(
                    "rounding 是比较前修约到的步长，要大于 0。",
                    "rounding is the step a value is rounded to before it is compared; above 0.");
        }
        facts.put(
                name,
                new FactDefinition(
                        name,
                        label,
                        type,
                        fact.find("unit").map(Yaml::text).orElse(""),
                        sources,
                        fact.need("ask").bilingual(),
                        fact.find("help").map(Yaml::bilingual).orElse(new Text("", "")),
                        values,
                        fact.find("min").flatMap(Yaml::decimal).orElse(null),
                        fact.find("max").flatMap(Yaml::decimal).orElse(null),
                        measure,
                        rounding.orElse(null)));
    }

    private static Measure measure(Yaml at) {
        at.only("from", "to", "path");
        return new Measure(
                at.need("from").choice(Measure.End.class).orElse(Measure.End.BOUNDARY),
                at.need("to").choice(Measure.End.class).orElse(Measure.End.BOUNDARY),
                at.need("path").choice(Measure.Path.class).orElse(Measure.Path.STRAIGHT));
    }

    private static List<FactDefinition.Option> options(Optional<Yaml> at) {
        List<FactDefinition.Option> options = new ArrayList<>();
        for (Yaml option : at.map(Yaml::elements).orElse(List.of())) {
            if (option.isMap()) {
                option.only("value", "zh", "en");
                String value = option.need("value").text();
                options.add(
                        new FactDefinition.Option(
                                value,
                                new Text(
                                        option.find("zh").map(Yaml::text).orElse(value),
                                        option.find("en").map(Yaml::text).orElse(""))));
            } else {
                options.add(new FactDefinition.Option(option.text(), new Text(option.text(), "")));
            }
            String value = options.get(options.size() - 1).value();
            if (!value.matches("[^<>「」【】“”《》、\"\\\\\\s]{1,40}")) {
                option.fault("取值不能含空白、引号、顿号和括号类符号：" + value, "Bad value: " + value);
            }
        }
        return options;
    }

    private void labelsAreUnique() {
        Map<String, String> seen = new LinkedHashMap<>();
        facts.values()
                .forEach(
                        f -> {
                            String other = seen.putIfAbsent(f.label(), f.name());
                            if (other != null) {
                                faults.add(
                                        new PackFault(
                                                "vocabulary/facts.yaml",
                                                0,
                                                0,
                                                new Text(
                                                        "label " + f.label() + " 同时用于 " + other
                                                                + " 和 " + f.name(),
                                                        "Label "
                                                                + f.label()
                                                                + " stands for two facts")));
                            }
                        });
    }

    /** Whether {@code common/} is what it was. */
    private boolean commonUnchanged() {
        Set<String> now = filesOf.getOrDefault(COMMON, Set.of());
        return before.filter(
                        b ->
                                b.filesOf(COMMON).equals(now)
                                        && now.stream().allMatch(f -> b.says(f, files.get(f))))
                .isPresent();
    }

    private void common(Yaml at) {
        String name = at.text();
        if (!name.matches(ID)) {
            at.fault("common 里写文件名（不带 .yaml）：" + name, "A file name is expected: " + name);
            return;
        }
        reading = new HashSet<>();
        Yaml file = yaml("common/" + name + ".yaml").only("points");
        String rules = "common/" + name + ".dslr";
        PointReader reader =
                new PointReader("common/", List.of(), laws, facts, this::bytes, faults);
        Set<String> ids = new LinkedHashSet<>();
        for (Yaml one : file.need("points").elements()) {
            PointReader.Read read = reader.point(one);
            RequirementPoint point =
                    read.point().usedWith(read.point().basis(), read.point().parameters());
            ids.add(point.id());
            if (shared.put(point.id(), new Shared(point, rules, read.rules())) != null) {
                one.fault("共用要点重复：" + read.point().id(), "Shared point defined twice");
            }
        }
        sharedRules.put(rules, RuleSource.of(rules, text(rules), ids));
        filesOf.computeIfAbsent(COMMON, c -> new LinkedHashSet<>()).addAll(reading);
    }

    private void item(String id, boolean sameWords) {
        reading = new HashSet<>();
        if (sameWords && before.flatMap(b -> b.item(id)).isPresent()) {
            StandardsPack old = before.get();
            Map<String, byte[]> now = new LinkedHashMap<>();
            old.filesOf(id).forEach(f -> source.read(f).ifPresent(b -> now.put(f, b)));
            if (old.filesOf(id).stream().allMatch(f -> old.says(f, now.get(f)))) {
                files.putAll(now);
                filesOf.put(id, old.filesOf(id));
                items.put(id, old.item(id).orElseThrow());
                cases.put(id, old.casesOf(id));
                return;
            }
        }
        Yaml item = yaml("items/" + id + "/item.yaml");
        if (item.isBroken() && faults.stream().anyMatch(f -> f.file().contains("/" + id + "/"))) {
            return;
        }
        item.only(
                "item",
                "name",
                "category",
                "authority",
                "visit",
                "variants",
                "licence_basis",
                "score",
                "points");
        if (!item.need("item").text().equals(id)) {
            item.fault("item 必须与目录名相同：" + id, "item must equal its folder: " + id);
        }
        List<FactDefinition.Option> variants = options(item.find("variants"));
        PointReader reader =
                new PointReader("items/" + id + "/", variants, laws, facts, this::bytes, faults);
        List<RequirementPoint> points = new ArrayList<>();
        List<RuleSource> rules = new ArrayList<>();
        rules.add(
                RuleSource.of(
                        "items/" + id + "/rules.dslr",
                        text("items/" + id + "/rules.dslr"),
                        Set.of()));
        Set<String> ids = new HashSet<>();
        for (Yaml at : item.need("points").elements()) {
            point(at, reader, rules)
                    .ifPresent(
                            point -> {
                                if (!ids.add(point.id())) {
                                    at.fault(
                                            "要点编号重复：" + point.id(),
                                            "Point id used twice: " + point.id());
                                }
                                points.add(point);
                            });
        }
        for (RequirementPoint point : points) {
            for (String replaced : point.replaces()) {
                if (!ids.contains(replaced)) {
                    item.fault(
                            point.id() + " 要替代的要点不存在：" + replaced,
                            point.id() + " replaces an unknown point: " + replaced);
                }
            }
        }
        ApprovalItem approval =
                new ApprovalItem(
                        id,
                        item.need("name").bilingual(),
                        item.need("category").text(),
                        item.need("authority").text(),
                        item.need("visit")
                                .choice(ApprovalItem.Visit.class)
                                .orElse(ApprovalItem.Visit.REQUIRED),
                        variants,
                        reader.basis(item.need("licence_basis")),
                        points,
                        rules,
                        item.find("score").map(s -> score(s, points, reader)));
        items.put(id, approval);
        cases.put(id, new CaseReader(facts).read(approval, yaml("items/" + id + "/cases.yaml")));
        filesOf.put(id, reading);
    }

    /** A point of the item's own, or one of {@code common/} that it uses. */
    private Optional<RequirementPoint> point(Yaml at, PointReader reader, List<RuleSource> rules) {
        Optional<String> common = at.find("common").map(Yaml::text);
        if (common.isEmpty()) {
            PointReader.Read read = reader.point(at);
            rules.addAll(read.rules());
            return Optional.of(read.point());
        }
        Shared use = shared.get(common.get());
        if (use == null) {
            at.fault(
                    "没有共用要点 "
                            + common.get()
                            + Nearest.to(common.get(), shared.keySet())
                                    .map(n -> "，是否想写 " + n)
                                    .orElse("")
                            + "。",
                    "No such shared point: " + common.get());
            return Optional.empty();
        }
        RuleSource source = sharedRules.get(use.rules());
        if (source != null && !rules.contains(source)) {
            rules.add(source);
        }
        rules.addAll(use.tables());
        return Optional.of(reader.use(at, use.point()));
    }

    private static ApprovalItem.ScoreSheet score(
            Yaml at, List<RequirementPoint> points, PointReader reader) {
        at.only("pass", "basis");
        BigDecimal of =
                points.stream()
                        .map(RequirementPoint::score)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal pass = at.need("pass").decimal().orElse(BigDecimal.ZERO);
        if (of.signum() <= 0 || pass.compareTo(of) > 0) {
            at.fault(
                    "各要点 score 之和是 "
                            + of.toPlainString()
                            + "，及格分是 "
                            + pass.toPlainString()
                            + "，对不上。",
                    "Scores sum to " + of.toPlainString() + ", the pass mark is beyond that.");
        }
        return new ApprovalItem.ScoreSheet(
                of, pass, at.find("basis").map(reader::basis).orElse(List.of()));
    }

    private List<Bundle> bundles(Yaml pack) {
        List<Bundle> bundles = new ArrayList<>();
        for (Yaml at : pack.find("bundles").map(Yaml::elements).orElse(List.of())) {
            at.only("id", "name", "items");
            List<Bundle.Member> members = new ArrayList<>();
            for (Yaml member : at.need("items").elements()) {
                member.only("item", "variant");
                String id = member.need("item").text();
                Optional<String> variant = member.find("variant").map(Yaml::text);
                Optional<ApprovalItem> item = Optional.ofNullable(items.get(id));
                if (item.isEmpty()) {
                    member.fault("没有事项 " + id, "No such item: " + id);
                } else if (variant.isPresent()
                        && item.get().variants().stream()
                                .noneMatch(v -> v.value().equals(variant.get()))) {
                    member.fault(
                            id + " 没有情形 " + variant.get(), id + " has no variant " + variant.get());
                }
                members.add(new Bundle.Member(id, variant));
            }
            bundles.add(new Bundle(at.need("id").text(), at.need("name").bilingual(), members));
        }
        return bundles;
    }
}

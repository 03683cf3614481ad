package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Nearest;
import org.kanqian.rules.fact.Provenance;

/** Reads the files of a pack into a {@link StandardsPack}, gathering every fault on the way. */
final class PackReader {
    private static final String ID = "[a-z0-9]+(-[a-z0-9]+)*";
    private static final LocalDate DEFAULT_CASE_DAY = LocalDate.of(2026, 11, 23);

    private final PackSource source;
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final List<PackFault> faults = new ArrayList<>();
    private final Map<String, LegalSource> laws = new LinkedHashMap<>();
    private final Map<String, FactDefinition> facts = new LinkedHashMap<>();
    private final Map<String, ApprovalItem> items = new LinkedHashMap<>();
    private final List<WorkedCase> cases = new ArrayList<>();

    PackReader(PackSource source) {
        this.source = source;
    }

    StandardsPack read() {
        Yaml pack =
                yaml("pack.yaml").only("pack", "schema", "version", "regions", "items", "common");
        if (!pack.need("schema").text().equals("1")) {
            pack.fault("schema 只支持 1。", "Only schema 1 is supported.");
        }
        yaml("laws.yaml").only("laws").need("laws").entries().forEach(this::law);
        yaml("vocabulary/facts.yaml").only("facts").need("facts").entries().forEach(this::fact);
        labelsAreUnique();
        String sentences = text("vocabulary/sentences.dsl");
        for (Yaml item : pack.need("items").elements()) {
            String id = item.text();
            if (!id.matches(ID)) {
                item.fault("事项编号只能用小写字母、数字和连字符：" + id, "Bad item id: " + id);
            } else if (items.containsKey(id)) {
                item.fault("事项重复：" + id, "Item listed twice: " + id);
            } else {
                item(id);
            }
        }
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return new StandardsPack(
                pack.need("pack").text(),
                pack.need("version").text(),
                StandardsPack.hash(files),
                laws,
                facts,
                sentences,
                items,
                cases);
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
        if (type == FactDefinition.Type.CHOICE && values.isEmpty()) {
            fact.fault("choice 类型必须列出 values。", "A choice must list its values.");
        }
        Optional<Measure> measure = fact.find("measure").map(PackReader::measure);
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
                        fact.find("rounding").flatMap(Yaml::decimal).orElse(null)));
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

    private void item(String id) {
        Yaml item =
                yaml("items/" + id + "/item.yaml")
                        .only(
                                "item",
                                "name",
                                "category",
                                "authority",
                                "visit",
                                "variants",
                                "licence_basis",
                                "points");
        if (!item.need("item").text().equals(id)) {
            item.fault("item 必须与目录名相同：" + id, "item must equal its folder: " + id);
        }
        List<FactDefinition.Option> variants = options(item.find("variants"));
        List<RequirementPoint> points = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Yaml at : item.need("points").elements()) {
            RequirementPoint point = point(at);
            if (!ids.add(point.id())) {
                at.fault("要点编号重复：" + point.id(), "Point id used twice: " + point.id());
            }
            points.add(point);
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
                        basis(item.need("licence_basis")),
                        points,
                        text("items/" + id + "/rules.dslr"));
        items.put(id, approval);
        cases(approval);
    }

    private List<Basis> basis(Yaml at) {
        List<Basis> basis = new ArrayList<>();
        for (Yaml citation : at.elements()) {
            citation.only("law", "article");
            String id = citation.need("law").text();
            LegalSource law = laws.get(id);
            if (law == null) {
                citation.fault(
                        "laws.yaml 里没有 "
                                + id
                                + Nearest.to(id, laws.keySet()).map(n -> "，是否想写 " + n).orElse(""),
                        "No such law: " + id);
            } else {
                basis.add(new Basis(law, citation.find("article").map(Yaml::text)));
            }
        }
        return basis;
    }

    private RequirementPoint point(Yaml at) {
        at.only(
                "id",
                "stage",
                "title",
                "text",
                "basis",
                "region",
                "replaces",
                "in_force",
                "until",
                "check",
                "severity",
                "curable",
                "parameters",
                "fix",
                "evidence",
                "source",
                "confidence",
                "verified");
        String id = at.need("id").text();
        if (!id.matches(ID)) {
            at.fault("要点编号只能用小写字母、数字和连字符：" + id, "Bad point id: " + id);
        }
        String region = region(at);
        Severity severity = at.need("severity").choice(Severity.class).orElse(Severity.MAJOR);
        if (severity == Severity.VETO && at.find("curable").isEmpty()) {
            at.fault(
                    id + "：一票否决的要点必须写明 curable（在原址能否补救）。",
                    id + ": a veto must say whether it is curable at this address.");
        }
        List<Basis> basis = basis(at.need("basis"));
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        at.find("parameters")
                .ifPresent(
                        p ->
                                p.entries()
                                        .forEach(
                                                (name, value) ->
                                                        parameters.put(
                                                                name,
                                                                parameter(name, value, region))));
        Text text = at.need("text").bilingual();
        java.util.regex.Matcher used =
                java.util.regex.Pattern.compile("\\{([^{}]*)}").matcher(text.zh() + text.en());
        while (used.find()) {
            if (!parameters.containsKey(used.group(1))) {
                at.fault(
                        id + " 的 text 用到没有定义的限值 {" + used.group(1) + "}",
                        id + ": text uses an undefined parameter {" + used.group(1) + "}");
            }
        }
        String confidence = at.need("confidence").text();
        if (!confidence.equals("verified") && !confidence.equals("recalled")) {
            at.fault("confidence 只能是 verified 或 recalled。", "confidence is verified or recalled.");
        }
        return new RequirementPoint(
                id,
                at.need("stage").choice(Stage.class).orElse(Stage.MANAGEMENT),
                at.need("title").bilingual(),
                text,
                basis,
                region,
                at.find("replaces").map(Yaml::texts).orElse(List.of()),
                day(at, "in_force"),
                day(at, "until"),
                at.need("check").choice(CheckKind.class).orElse(CheckKind.VISIT),
                severity,
                at.find("curable").map(Yaml::bool).orElse(true),
                parameters,
                at.need("fix").bilingual(),
                at.need("evidence").bilingual(),
                at.find("source").map(Yaml::text),
                confidence.equals("recalled"),
                day(at, "verified"));
    }

    private static String region(Yaml at) {
        String region = at.find("region").map(Yaml::text).orElse("CN");
        if (!region.matches("CN|\\d{2}|\\d{4}|\\d{6}")) {
            at.fault("region 应为 CN 或 2、4、6 位行政区划代码：" + region, "Bad region: " + region);
        }
        return region;
    }

    private Parameter parameter(String name, Yaml at, String pointRegion) {
        at.only("unit", "stricter", "ask", "values");
        if (!name.matches("[a-z][a-z0-9_]*")) {
            at.fault("限值名只能用小写字母、数字和下划线：" + name, "Bad parameter name: " + name);
        }
        Optional<String> ask = at.find("ask").map(Yaml::text);
        ask.filter(a -> !facts.containsKey(a))
                .ifPresent(
                        a ->
                                at.fault(
                                        "事实词表里没有 "
                                                + a
                                                + Nearest.to(a, facts.keySet())
                                                        .map(n -> "，是否想写 " + n)
                                                        .orElse(""),
                                        "No such fact: " + a));
        List<Parameter.Value> values = new ArrayList<>();
        for (Yaml v : at.find("values").map(Yaml::elements).orElse(List.of())) {
            v.only("region", "since", "until", "value", "basis", "steps");
            String region = v.find("region").isPresent() ? region(v) : pointRegion;
            values.add(
                    new Parameter.Value(
                            region,
                            day(v, "since"),
                            day(v, "until"),
                            v.need("value").decimal().orElse(BigDecimal.ZERO),
                            v.find("steps").map(this::steps).orElse(null),
                            v.find("basis").map(this::basis).orElse(List.of())));
        }
        if (values.isEmpty() && ask.isEmpty()) {
            at.fault(
                    "限值 " + name + " 既没有 values 也没有 ask。",
                    "Parameter " + name + " has neither values nor ask.");
        }
        return new Parameter(
                name,
                at.find("unit").map(Yaml::text).orElse(""),
                at.find("stricter")
                        .flatMap(s -> s.choice(Parameter.Stricter.class))
                        .orElse(Parameter.Stricter.HIGHER),
                ask,
                values);
    }

    private Parameter.Steps steps(Yaml at) {
        at.only("fact", "above", "per", "add");
        String fact = at.need("fact").text();
        if (!facts.containsKey(fact)) {
            at.fault("事实词表里没有 " + fact, "No such fact: " + fact);
        }
        BigDecimal per = at.need("per").decimal().orElse(BigDecimal.ONE);
        if (per.signum() <= 0) {
            at.fault("per 必须大于 0。", "per must be above 0.");
            per = BigDecimal.ONE;
        }
        return new Parameter.Steps(
                fact,
                at.need("above").decimal().orElse(BigDecimal.ZERO),
                per,
                at.need("add").decimal().orElse(BigDecimal.ZERO));
    }

    private void cases(ApprovalItem item) {
        Yaml file = yaml("items/" + item.id() + "/cases.yaml").only("baseline", "cases");
        Map<String, FactValue> baseline = given(file.find("baseline"));
        for (Yaml at : file.need("cases").elements()) {
            at.only("name", "asOf", "region", "variant", "given", "then", "from");
            boolean fromNothing =
                    at.find("from").map(Yaml::text).filter("nothing"::equals).isPresent();
            FactSheet sheet =
                    FactSheet.of(fromNothing ? Map.of() : baseline).with(given(at.find("given")));
            Map<String, String> then = new LinkedHashMap<>();
            at.need("then").entries().forEach((point, status) -> then.put(point, status.text()));
            Optional<String> verdict = Optional.ofNullable(then.remove("verdict"));
            for (String point : then.keySet()) {
                if (item.point(point).isEmpty()) {
                    at.fault("用例提到不存在的要点 " + point, "The case names an unknown point: " + point);
                }
            }
            cases.add(
                    new WorkedCase(
                            item.id(),
                            at.need("name").text(),
                            at.find("asOf").flatMap(Yaml::day).orElse(DEFAULT_CASE_DAY),
                            at.find("region").map(Yaml::text),
                            at.find("variant").map(Yaml::text),
                            sheet,
                            Map.copyOf(then),
                            verdict,
                            at.line()));
        }
    }

    private Map<String, FactValue> given(Optional<Yaml> at) {
        Map<String, FactValue> given = new LinkedHashMap<>();
        at.map(Yaml::entries)
                .orElse(Map.of())
                .forEach(
                        (name, value) -> {
                            FactDefinition fact = facts.get(name);
                            if (fact == null) {
                                value.fault(
                                        "事实词表里没有 "
                                                + name
                                                + Nearest.to(name, facts.keySet())
                                                        .map(n -> "，是否想写 " + n)
                                                        .orElse(""),
                                        "No such fact: " + name);
                            } else {
                                given.put(name, value(fact, value));
                            }
                        });
        return given;
    }

    private static FactValue value(FactDefinition fact, Yaml at) {
        Provenance from = new Provenance.Answer();
        FactValue unknown = new FactValue.Missing(FactValue.Reason.NOT_ANSWERED, "");
        if (at.isMap()) {
            at.only("value", "error", "low", "high", "unit");
            if (at.find("low").isPresent() || at.find("high").isPresent()) {
                return new FactValue.Missing(
                        FactValue.Reason.OUTSIDE_COVERAGE,
                        "",
                        at.find("low").flatMap(Yaml::decimal).orElse(null),
                        at.find("high").flatMap(Yaml::decimal).orElse(null));
            }
            return new FactValue.Number(
                    at.need("value").decimal().orElse(BigDecimal.ZERO),
                    fact.unit(),
                    at.find("error").flatMap(Yaml::decimal).orElse(BigDecimal.ZERO),
                    from);
        }
        if (at.isEmpty() || at.text().equals("unknown")) {
            return unknown;
        }
        switch (fact.type()) {
            case BOOLEAN:
                return new FactValue.Flag(at.bool(), from);
            case CHOICE:
                if (fact.values().stream().noneMatch(o -> o.value().equals(at.text()))) {
                    at.fault(
                            fact.name() + " 没有这个取值：" + at.text(),
                            fact.name() + " has no such value: " + at.text());
                }
                return new FactValue.Choice(at.text(), from);
            default:
                return at.decimal()
                        .<FactValue>map(d -> FactValue.Number.exact(d, fact.unit(), from))
                        .orElse(unknown);
        }
    }
}

package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.Nearest;

/** Reads requirement points, their limits, tables and citations. */
final class PointReader {
    private final String folder;
    private final List<FactDefinition.Option> variants;
    private final Map<String, LegalSource> laws;
    private final Map<String, FactDefinition> facts;
    private final Map<String, FactDefinition> byLabel = new LinkedHashMap<>();
    private final Function<String, byte[]> bytes;
    private final List<PackFault> faults;

    /** A point, and what its tables say. */
    record Read(RequirementPoint point, List<RuleSource> rules) {}

    /**
     * @param folder where the points' tables are, with a slash at its end
     */
    PointReader(
            String folder,
            List<FactDefinition.Option> variants,
            Map<String, LegalSource> laws,
            Map<String, FactDefinition> facts,
            Function<String, byte[]> bytes,
            List<PackFault> faults) {
        this.folder = folder;
        this.variants = variants;
        this.laws = laws;
        this.facts = facts;
        this.bytes = bytes;
        this.faults = faults;
        facts.values().forEach(f -> byLabel.put(f.label(), f));
    }

    List<Basis> basis(Yaml at) {
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

    Read point(Yaml at) {
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
                "tables",
                "score",
                "fix",
                "evidence",
                "source",
                "confidence",
                "verified");
        String id = at.need("id").text();
        if (!id.matches(PackReader.ID)) {
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
        LocalDate inForce = day(at, "in_force");
        List<TableReader.Result> tables = tables(at, id, region, inForce);
        Set<String> names = new HashSet<>(parameters.keySet());
        tables.forEach(t -> names.addAll(t.table().names().keySet()));
        Text text = at.need("text").bilingual();
        java.util.regex.Matcher used =
                java.util.regex.Pattern.compile("\\{([^{}]*)}").matcher(text.zh() + text.en());
        while (used.find()) {
            if (!names.contains(used.group(1))) {
                at.fault(
                        id + " 的 text 用到没有定义的限值 {" + used.group(1) + "}",
                        id + ": text uses an undefined parameter {" + used.group(1) + "}");
            }
        }
        String confidence = at.need("confidence").text();
        if (!confidence.equals("verified") && !confidence.equals("recalled")) {
            at.fault("confidence 只能是 verified 或 recalled。", "confidence is verified or recalled.");
        }
        RequirementPoint point =
                new RequirementPoint(
                        id,
                        at.need("stage").choice(Stage.class).orElse(Stage.MANAGEMENT),
                        at.need("title").bilingual(),
                        text,
                        basis,
                        region,
                        at.find("replaces").map(Yaml::texts).orElse(List.of()),
                        inForce,
                        day(at, "until"),
                        at.need("check").choice(CheckKind.class).orElse(CheckKind.VISIT),
                        severity,
                        at.find("curable").map(Yaml::bool).orElse(true),
                        parameters,
                        at.need("fix").bilingual(),
                        at.need("evidence").bilingual(),
                        at.find("source").map(Yaml::text),
                        confidence.equals("recalled"),
                        day(at, "verified"),
                        at.find("score").flatMap(Yaml::decimal).orElse(BigDecimal.ZERO),
                        tables.stream().map(TableReader.Result::table).toList(),
                        false);
        return new Read(point, tables.stream().map(TableReader.Result::rules).toList());
    }

    private List<TableReader.Result> tables(
            Yaml at, String point, String region, @Nullable LocalDate inForce) {
        List<TableReader.Result> tables = new ArrayList<>();
        for (Yaml file : at.find("tables").map(Yaml::elements).orElse(List.of())) {
            String name = file.text();
            if (!name.matches("[\\p{L}\\p{N}_-]{1,60}\\.(csv|xlsx)")) {
                file.fault(
                        "tables 里写文件名，只接受 .csv 和 .xlsx：" + name,
                        "A file name is expected, .csv or .xlsx only: " + name);
                continue;
            }
            new TableReader(
                            folder + "tables/" + name,
                            point,
                            region,
                            inForce,
                            variants,
                            byLabel,
                            laws,
                            faults)
                    .read(bytes.apply(folder + "tables/" + name))
                    .ifPresent(tables::add);
        }
        return tables;
    }

    /**
     * A point of {@code common/}, as an item uses it: with limits and citations of its own where it
     * gives any.
     */
    RequirementPoint use(Yaml at, RequirementPoint shared) {
        at.only("common", "parameters", "basis");
        if (at.find("parameters").isEmpty() && at.find("basis").isEmpty()) {
            return shared;
        }
        Map<String, Parameter> parameters = new LinkedHashMap<>(shared.parameters());
        at.find("parameters")
                .ifPresent(
                        p ->
                                p.entries()
                                        .forEach(
                                                (name, own) -> {
                                                    Parameter wide = parameters.get(name);
                                                    if (wide == null) {
                                                        own.fault(
                                                                "共用要点 "
                                                                        + shared.id()
                                                                        + " 没有限值 "
                                                                        + name,
                                                                "The shared point has no parameter "
                                                                        + name);
                                                    } else {
                                                        own.only("values");
                                                        parameters.put(
                                                                name,
                                                                new Parameter(
                                                                        name,
                                                                        wide.unit(),
                                                                        wide.stricter(),
                                                                        wide.ask(),
                                                                        values(
                                                                                own,
                                                                                shared.region())));
                                                    }
                                                }));
        List<Basis> basis = new ArrayList<>(at.find("basis").map(this::basis).orElse(List.of()));
        basis.addAll(shared.basis());
        return shared.usedWith(basis, parameters);
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
        List<Parameter.Value> values = values(at, pointRegion);
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

    private List<Parameter.Value> values(Yaml at, String pointRegion) {
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
        return values;
    }

    private Parameter.Steps steps(Yaml at) {
        at.only("fact", "above", "per", "add", "round");
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
                at.need("add").decimal().orElse(BigDecimal.ZERO),
                at.find("round")
                        .flatMap(r -> r.choice(Parameter.Round.class))
                        .orElse(Parameter.Round.UP));
    }

    private static @Nullable LocalDate day(Yaml at, String key) {
        return at.find(key).flatMap(Yaml::day).orElse(null);
    }
}

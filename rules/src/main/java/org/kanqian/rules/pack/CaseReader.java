package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Nearest;
import org.kanqian.rules.fact.Provenance;

/** Reads the worked cases of an item. */
final class CaseReader {
    private static final LocalDate DEFAULT_DAY = LocalDate.of(2026, 11, 23);

    private final Map<String, FactDefinition> facts;

    CaseReader(Map<String, FactDefinition> facts) {
        this.facts = facts;
    }

    List<WorkedCase> read(ApprovalItem item, Yaml file) {
        file.only("region", "baseline", "cases");
        Optional<String> region = file.find("region").map(Yaml::text);
        List<WorkedCase> cases = new ArrayList<>();
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
                            at.find("asOf").flatMap(Yaml::day).orElse(DEFAULT_DAY),
                            at.find("region").map(Yaml::text).or(() -> region),
                            at.find("variant").map(Yaml::text),
                            sheet,
                            Map.copyOf(then),
                            verdict,
                            at.line()));
        }
        return cases;
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

package org.kanqian.rules.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kanqian.rules.fact.Nearest;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.CheckKind;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.PackFault;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.RuleSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;

/**
 * Reads an item's {@code rules.dslr}: line by line against the closed grammar, every fault with its
 * line and column and the nearest thing that would have been right.
 */
final class RuleReader {
    private static final Pattern RULE =
            Pattern.compile("rule +\"([\\p{L}\\p{N}（）()、，,：:·.%/ _-]{1,60})\"");

    /** Units of things that are counted; one locker for each person compares them. */
    private static final Set<String> COUNTED = Set.of("个", "人", "台", "层", "");

    private static final int MAX_RULES = 500;
    private static final int MAX_LINE = 400;

    private final StandardsPack pack;
    private final Sentences sentences = Sentences.own();
    private final ApprovalItem item;
    private String file;
    private Set<String> others = Set.of();
    private final Slots slots;
    private final List<PackFault> faults;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> titles = new HashSet<>();

    // The rule being read.
    private String title = "";
    private int start;
    private Optional<RequirementPoint> point = Optional.empty();
    private boolean pointNamed;
    private List<Condition> conditions = new ArrayList<>();
    private List<String> written = new ArrayList<>();
    private List<String> constraints = new ArrayList<>();
    private Optional<String> consequence = Optional.empty();
    private boolean applies;

    private enum Expect {
        RULE,
        WHEN,
        SENTENCE,
        CONCLUSION,
        END
    }

    RuleReader(StandardsPack pack, ApprovalItem item, Slots slots, List<PackFault> faults) {
        this.slots = slots;
        this.pack = pack;
        this.item = item;
        this.file = "items/" + item.id() + "/rules.dslr";
        this.faults = faults;
    }

    List<Rule> read() {
        for (RuleSource source : item.rules()) {
            file = source.file();
            others = source.others();
            titles.clear();
            read(source);
        }
        file = "items/" + item.id() + "/rules.dslr";
        everyPointHasItsRules();
        return rules;
    }

    private void read(RuleSource source) {
        Expect expect = Expect.RULE;
        int number = 0;
        for (RuleSource.Line line : source.lines()) {
            number = line.row();
            String text = line.text();
            int column = line.column();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (text.length() > MAX_LINE) {
                fault(number, column, "这一行过长。", "This line is too long.");
                continue;
            }
            expect = line(expect, number, column, text);
            if (rules.size() > MAX_RULES) {
                fault(number, column, "规则超过 500 条。", "More than 500 rules.");
                break;
            }
        }
        if (expect != Expect.RULE) {
            fault(number, 1, "最后一条规则没有写 end。", "The last rule lacks its end.");
        }
    }

    private Expect line(Expect expect, int number, int column, String text) {
        switch (expect) {
            case RULE:
                Matcher rule = RULE.matcher(text);
                if (!rule.matches()) {
                    fault(
                            number,
                            column,
                            "这里应当是 rule \"规则名\"（名称只用文字、数字和常用标点）。",
                            "Expected rule \"name\" here.");
                    return text.startsWith("rule") ? begin(number, "") : Expect.RULE;
                }
                if (!titles.add(rule.group(1))) {
                    fault(number, column, "规则名重复：" + rule.group(1), "Rule named twice.");
                }
                return begin(number, rule.group(1));
            case WHEN:
                if (!text.equals("when")) {
                    fault(number, column, "这里应当是单独一行 when。", "Expected when on a line of its own.");
                }
                return Expect.SENTENCE;
            case SENTENCE:
                if (text.equals("then")) {
                    return Expect.CONCLUSION;
                }
                sentence(number, column, text, false);
                return Expect.SENTENCE;
            case CONCLUSION:
                sentence(number, column, text, true);
                return Expect.END;
            default:
                if (!text.equals("end")) {
                    fault(number, column, "这里应当是单独一行 end。", "Expected end on a line of its own.");
                    return text.startsWith("rule")
                            ? line(Expect.RULE, number, column, text)
                            : Expect.END;
                }
                finish();
                return Expect.RULE;
        }
    }

    private Expect begin(int number, String name) {
        title = name;
        start = number;
        point = Optional.empty();
        pointNamed = false;
        conditions = new ArrayList<>();
        written = new ArrayList<>();
        constraints = new ArrayList<>();
        consequence = Optional.empty();
        applies = false;
        return Expect.WHEN;
    }

    private void finish() {
        if (!pointNamed) {
            fault(start, 1, "规则没有写“要点 …”。", "The rule does not name its point.");
        } else if (point.isPresent() && consequence.isPresent()) {
            if (conditions.isEmpty()) {
                fault(start, 1, "规则除要点外没有任何条件。", "The rule has no condition beside its point.");
            }
            rules.add(
                    new Rule(
                            rules.size(),
                            title,
                            file,
                            start,
                            point.get().id(),
                            applies,
                            conditions,
                            written,
                            constraints,
                            consequence.get()));
        }
    }

    private void sentence(int number, int column, String text, boolean conclusion) {
        for (Sentences.Sentence sentence : sentences.all()) {
            if (sentence.conclusion() == conclusion) {
                Matcher match = sentence.pattern().matcher(text);
                if (match.matches()) {
                    understand(number, column, text, sentence, match);
                    return;
                }
            }
        }
        List<String> known =
                sentences.all().stream()
                        .filter(s -> s.conclusion() == conclusion)
                        .map(Sentences.Sentence::shown)
                        .toList();
        String hint =
                Nearest.to(text.replaceAll("<[^<>]*>", "<…>").replaceAll("限值 .*", "限值 …"), known)
                        .map(s -> "最接近的句式：" + s)
                        .orElse("可用句式：" + String.join("；", known));
        fault(
                number,
                column,
                "没有这样的句式：" + shortened(text) + "。" + hint,
                "Unknown sentence: " + shortened(text));
    }

    private void understand(
            int number, int column, String text, Sentences.Sentence sentence, Matcher match) {
        if (sentence.conclusion()) {
            consequence =
                    Optional.of(
                            sentence.template().replace("{rule}", String.valueOf(rules.size())));
            applies = text.equals("适用");
            return;
        }
        if (sentence.kinds().containsKey("point")) {
            name(number, column, match);
            point.ifPresent(
                    p ->
                            constraints.add(
                                    sentence.template()
                                            .replace("{point}", slot(item.points().indexOf(p)))));
            return;
        }
        if (!pointNamed) {
            fault(number, column, "规则的第一句必须是“要点 …”。", "The first sentence must name the point.");
            return;
        }
        Optional<Condition> condition = condition(number, column, sentence, match);
        if (condition.isPresent() && point.isPresent()) {
            conditions.add(condition.get());
            written.add(text);
            constraints.add(constraint(sentence.template(), condition.get()));
        }
    }

    private void name(int number, int column, Matcher match) {
        String id = match.group("point");
        if (pointNamed) {
            fault(number, column, "一条规则只能针对一个要点。", "A rule is about one point only.");
        }
        pointNamed = true;
        point = item.point(id);
        boolean ours = point.map(RequirementPoint::common).orElse(false);
        if (others.contains(id) && !ours) {
            point = Optional.empty();
            return;
        }
        if (ours && others.isEmpty() && !file.contains("/tables/")) {
            fault(
                    number,
                    column,
                    "要点 " + id + " 是共用要点，规则写在 common/ 里；要另作规定就在本事项另立要点。",
                    "Point " + id + " is shared; its rules stand in common/.");
        }
        if (point.isEmpty()) {
            List<String> ids = item.points().stream().map(RequirementPoint::id).toList();
            fault(
                    number,
                    column,
                    "本事项没有要点 " + id + Nearest.to(id, ids).map(n -> "，是否想写 " + n).orElse("") + "。",
                    "No such point: " + id);
        } else if (point.get().check() == CheckKind.VISIT) {
            fault(
                    number,
                    column,
                    "要点 " + id + " 只能现场核验，不应有规则。",
                    "Point " + id + " is for a visit and takes no rule.");
        }
    }

    private Optional<Condition> condition(
            int number, int column, Sentences.Sentence sentence, Matcher match) {
        Map<String, String> kinds = sentence.kinds();
        if (kinds.containsKey("flag")) {
            return fact(
                            number,
                            column + match.start("flag"),
                            match.group("flag"),
                            FactDefinition.Type.BOOLEAN)
                    .map(f -> new Condition.FlagIs(f.name(), match.group("answer").equals("是")));
        }
        if (kinds.containsKey("flags")) {
            List<String> names = new ArrayList<>();
            for (String label : match.group("flags").replaceAll("[<>]", "").split("、")) {
                fact(number, column + match.start("flags"), label, FactDefinition.Type.BOOLEAN)
                        .ifPresent(f -> names.add(f.name()));
            }
            boolean answer = match.group("answer").equals("是");
            return Optional.of(
                    sentence.template().startsWith(Sentences.ALL)
                            ? new Condition.AllFlags(names, answer)
                            : new Condition.AnyFlag(names, answer));
        }
        if (kinds.containsKey("choice")) {
            Optional<FactDefinition> fact =
                    fact(
                            number,
                            column + match.start("choice"),
                            match.group("choice"),
                            FactDefinition.Type.CHOICE);
            String text = match.group(kinds.containsKey("value") ? "value" : "values");
            List<String> values = List.of(text.replaceAll("[<>]", "").split("、"));
            return fact.filter(f -> valuesExist(number, column, f, values))
                    .map(
                            f ->
                                    new Condition.ChoiceIs(
                                            f.name(),
                                            values,
                                            sentence.template().startsWith(Sentences.ANY)));
        }
        Optional<FactDefinition> left = number(number, column, match, "left");
        Optional<FactDefinition> over =
                kinds.containsKey("over") ? number(number, column, match, "over") : left;
        Optional<Term> right =
                "limit".equals(kinds.get("right"))
                        ? limit(number, column + match.start("right"), match.group("right"))
                        : number(number, column, match, "right").map(f -> new Term.Fact(f.name()));
        if (left.isEmpty() || over.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        Relation relation = Relation.of(match.group("relation")).orElseThrow();
        Term term =
                kinds.containsKey("over")
                        ? new Term.Ratio(left.get().name(), over.get().name())
                        : new Term.Fact(left.get().name());
        if (term instanceof Term.Fact) {
            sameUnit(number, column, left.get(), right.get());
        }
        return Optional.of(new Condition.Comparison(term, relation, right.get()));
    }

    private void sameUnit(int number, int column, FactDefinition left, Term right) {
        String unit =
                right instanceof Term.Limit l
                        ? point.orElseThrow().parameter(l.parameter()).unit()
                        : pack.fact(right.name()).orElseThrow().unit();
        boolean counts = COUNTED.contains(unit) && COUNTED.contains(left.unit());
        if (!unit.equals(left.unit()) && !counts) {
            fault(
                    number,
                    column,
                    "单位不一致：<" + left.label() + "> 的单位是“" + left.unit() + "”，与之比较的是“" + unit + "”。",
                    "Units differ: " + left.unit() + " against " + unit);
        }
    }

    private Optional<FactDefinition> number(int number, int column, Matcher match, String group) {
        return fact(
                number,
                column + match.start(group),
                match.group(group),
                FactDefinition.Type.NUMBER);
    }

    private Optional<Term> limit(int number, int column, String name) {
        if (point.isEmpty()) {
            return Optional.empty();
        }
        Set<String> known = point.get().limits().keySet();
        if (!known.contains(name)) {
            fault(
                    number,
                    column,
                    "要点 "
                            + point.get().id()
                            + " 没有限值 "
                            + name
                            + Nearest.to(name, known).map(n -> "，是否想写 " + n).orElse("")
                            + "。",
                    "The point has no parameter " + name);
            return Optional.empty();
        }
        return Optional.of(new Term.Limit(point.get().id(), name));
    }

    private Optional<FactDefinition> fact(
            int number, int column, String label, FactDefinition.Type type) {
        Optional<FactDefinition> fact = pack.factByLabel(label);
        if (fact.isEmpty()) {
            List<String> labels = pack.facts().stream().map(FactDefinition::label).toList();
            fault(
                    number,
                    column,
                    "词表里没有 <"
                            + label
                            + ">"
                            + Nearest.to(label, labels).map(n -> "，是否想写 <" + n + ">").orElse("")
                            + "。",
                    "No fact is called " + label);
            return Optional.empty();
        }
        boolean number1 = type == FactDefinition.Type.NUMBER;
        boolean isNumber =
                fact.get().type() == FactDefinition.Type.NUMBER
                        || fact.get().type() == FactDefinition.Type.INTEGER;
        if (number1 ? !isNumber : fact.get().type() != type) {
            fault(
                    number,
                    column,
                    "<" + label + "> 的类型是 " + typeName(fact.get().type()) + "，不能用在这个句式里。",
                    "<"
                            + label
                            + "> is a "
                            + fact.get().type()
                            + " and does not fit this sentence.");
            return Optional.empty();
        }
        return fact;
    }

    private static String typeName(FactDefinition.Type type) {
        switch (type) {
            case BOOLEAN:
                return "是/否";
            case CHOICE:
                return "选项";
            case INTEGER:
                return "整数";
            default:
                return "数字";
        }
    }

    private boolean valuesExist(int number, int column, FactDefinition fact, List<String> values) {
        List<String> known = fact.values().stream().map(FactDefinition.Option::value).toList();
        // What a variant may be is the item's to say, not the vocabulary's.
        List<String> all =
                fact.name().equals("variant")
                        ? item.variants().stream().map(FactDefinition.Option::value).toList()
                        : known;
        boolean good = true;
        for (String value : values) {
            if (!all.contains(value)) {
                fault(
                        number,
                        column,
                        "<"
                                + fact.label()
                                + "> 没有取值 <"
                                + value
                                + ">"
                                + Nearest.to(value, all).map(n -> "，是否想写 <" + n + ">").orElse("")
                                + "。",
                        "<" + fact.label() + "> has no value " + value);
                good = false;
            }
        }
        return good;
    }

    /** The template with slots and names looked up, never with what was written. */
    private String constraint(String template, Condition condition) {
        if (condition instanceof Condition.FlagIs f) {
            return template.replace("{flag}", slot(slots.flag(f.fact())))
                    .replace("{answer}", String.valueOf(f.answer()));
        }
        if (condition instanceof Condition.AnyFlag any) {
            return each(
                    template.replace("{answer}", String.valueOf(any.answer())),
                    any.facts().stream().map(f -> slot(slots.flag(f))).toList());
        }
        if (condition instanceof Condition.AllFlags all) {
            return each(
                    template.replace("{answer}", String.valueOf(all.answer())),
                    all.facts().stream().map(f -> slot(slots.flag(f))).toList());
        }
        if (condition instanceof Condition.ChoiceIs c) {
            return each(
                    template.replace("{choice}", slot(slots.choice(c.fact()))),
                    c.values().stream().map(RuleReader::quoted).toList());
        }
        Condition.Comparison c = (Condition.Comparison) condition;
        return template.replace("{left}", slot(slots.number(c.left().name())))
                .replace("{right}", slot(slots.number(c.right().name())))
                .replace("{relation}", c.relation().operator());
    }

    private static String slot(int place) {
        return String.valueOf(place);
    }

    /** {@code {any:…}} and {@code {all:…}}, written out for each of the values. */
    private static String each(String template, List<String> values) {
        String joined = template.startsWith(Sentences.ANY) ? " || " : " && ";
        String one = template.substring(Sentences.ANY.length(), template.length() - 1);
        return values.stream()
                .map(v -> one.replace("{each}", v))
                .collect(Collectors.joining(joined, "(", ")"));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private void everyPointHasItsRules() {
        for (RequirementPoint p : item.points()) {
            if (p.check() != CheckKind.VISIT
                    && rules.stream().noneMatch(r -> r.point().equals(p.id()) && !r.applies())) {
                fault(
                        0,
                        0,
                        "要点 " + p.id() + " 没有任何“不符合”规则。",
                        "Point " + p.id() + " has no rule that says how it is violated.");
            }
        }
    }

    private void fault(int line, int column, String zh, String en) {
        faults.add(new PackFault(file, line, column, new Text(zh, en)));
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}

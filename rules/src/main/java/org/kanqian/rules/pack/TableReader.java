package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.fact.Nearest;

/**
 * Reads a decision table: headings in the words of the sentences, one row for each case. What a row
 * says is put into those same sentences, so that a table can say nothing a rule could not.
 *
 * <p>Rows must neither leave a case out nor both speak of one: where nothing is asked, a row says
 * {@value #NOTHING}.
 */
final class TableReader {
    static final String NOTHING = "不要求";

    private static final Pattern WHEN =
            Pattern.compile("当 +<([^<>\\s]{1,60})> +(是|为|小于|不大于|大于|不小于)");
    private static final Pattern MUST_NUMBER =
            Pattern.compile("应 +<([^<>\\s]{1,60})> +(小于|不大于|大于|不小于) +限值 +([a-z][a-z0-9_]{0,30})");
    private static final Pattern MUST = Pattern.compile("应 +<([^<>\\s]{1,60})> +(是|为)");
    private static final Map<String, String> FAILS =
            Map.of("小于", "不小于", "不大于", "大于", "大于", "不大于", "不小于", "小于");

    /** What a table makes of itself. */
    record Result(DecisionTable table, RuleSource rules) {}

    private enum Kind {
        WHEN,
        MUST,
        SINCE,
        UNTIL,
        REGION,
        BASIS,
        REMARK
    }

    /** A column and what its heading says; {@code fact} only for WHEN and MUST. */
    private record Column(
            int number, Kind kind, @Nullable FactDefinition fact, String relation, String name) {
        FactDefinition reads() {
            return java.util.Objects.requireNonNull(fact);
        }
    }

    /** Rows that speak of the same case, of different times and places. */
    private record Group(int first, List<String> when, List<Integer> rows) {}

    private final String file;
    private final String point;
    private final String region;
    private final @Nullable LocalDate inForce;
    private final List<FactDefinition.Option> variants;
    private final Map<String, FactDefinition> byLabel;
    private final Map<String, LegalSource> laws;
    private final List<PackFault> faults;
    private List<List<String>> cells = List.of();
    private final List<Column> columns = new ArrayList<>();

    TableReader(
            String file,
            String point,
            String region,
            @Nullable LocalDate inForce,
            List<FactDefinition.Option> variants,
            Map<String, FactDefinition> byLabel,
            Map<String, LegalSource> laws,
            List<PackFault> faults) {
        this.file = file;
        this.point = point;
        this.region = region;
        this.inForce = inForce;
        this.variants = variants;
        this.byLabel = byLabel;
        this.laws = laws;
        this.faults = faults;
    }

    /** The table; empty, with faults, if it cannot be read. */
    Optional<Result> read(byte[] bytes) {
        int before = faults.size();
        cells = Sheet.read(file, bytes, faults);
        if (faults.size() > before) {
            return Optional.empty();
        }
        if (cells.isEmpty() || cells.get(0).stream().allMatch(String::isEmpty)) {
            fault(1, 1, "第一行应当是表头。", "The first row must hold the headings.");
            return Optional.empty();
        }
        headings();
        if (faults.size() > before) {
            return Optional.empty();
        }
        List<Group> groups = groups();
        Map<String, Parameter> limits = new LinkedHashMap<>();
        List<RuleSource.Line> lines = new ArrayList<>();
        boolean somewhereNothing = groups.stream().anyMatch(this::asksNothing);
        for (Group group : groups) {
            group(group, somewhereNothing, limits, lines);
        }
        if (faults.size() > before) {
            return Optional.empty();
        }
        new Coverage(groups).check();
        if (faults.size() > before) {
            return Optional.empty();
        }
        Map<String, String> names = new LinkedHashMap<>();
        columns.stream()
                .filter(c -> c.kind() == Kind.MUST && !c.name().isEmpty())
                .forEach(c -> names.put(c.name(), c.reads().unit()));
        return Optional.of(
                new Result(
                        new DecisionTable(
                                file,
                                cells.get(0),
                                cells.stream().skip(1).filter(r -> !blank(r)).toList(),
                                names,
                                limits),
                        new RuleSource(file, lines, Set.of())));
    }

    private void headings() {
        List<String> row = cells.get(0);
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < row.size(); i++) {
            String text = row.get(i);
            if (!text.isEmpty()) {
                if (!seen.add(text)) {
                    fault(1, i + 1, "表头重复：" + text, "Heading used twice: " + text);
                }
                heading(i + 1, text);
            } else if (cells.stream().anyMatch(r -> !cell(r, columns.size()).isEmpty())) {
                int at = i;
                if (cells.stream().skip(1).anyMatch(r -> !cell(r, at).isEmpty())) {
                    fault(1, i + 1, "这一列没有表头。", "This column has no heading.");
                }
            }
        }
        if (columns.stream().noneMatch(c -> c.kind() == Kind.MUST)) {
            fault(1, 1, "表头里没有“应 …”列。", "No column says what must hold (应 …).");
        }
        if (columns.stream().noneMatch(c -> c.kind() == Kind.WHEN)) {
            fault(1, 1, "表头里没有“当 …”列。", "No column says in which case (当 …).");
        }
    }

    private void heading(int number, String text) {
        Map<String, Kind> plain =
                Map.of(
                        "自",
                        Kind.SINCE,
                        "至",
                        Kind.UNTIL,
                        "地区",
                        Kind.REGION,
                        "依据",
                        Kind.BASIS,
                        "备注",
                        Kind.REMARK);
        Matcher when = WHEN.matcher(text);
        Matcher mustNumber = MUST_NUMBER.matcher(text);
        Matcher must = MUST.matcher(text);
        if (plain.containsKey(text)) {
            columns.add(new Column(number, plain.getOrDefault(text, Kind.REMARK), null, "", ""));
        } else if (when.matches()) {
            fact(number, when.group(1), when.group(2))
                    .ifPresent(
                            f -> columns.add(new Column(number, Kind.WHEN, f, when.group(2), "")));
        } else if (mustNumber.matches()) {
            String name = mustNumber.group(3);
            if (columns.stream().anyMatch(c -> c.name().equals(name))) {
                fault(number, name);
            }
            fact(number, mustNumber.group(1), mustNumber.group(2))
                    .ifPresent(
                            f ->
                                    columns.add(
                                            new Column(
                                                    number,
                                                    Kind.MUST,
                                                    f,
                                                    mustNumber.group(2),
                                                    name)));
        } else if (must.matches()) {
            fact(number, must.group(1), must.group(2))
                    .ifPresent(
                            f -> columns.add(new Column(number, Kind.MUST, f, must.group(2), "")));
        } else {
            List<String> known =
                    List.of(
                            "当 <…> 是",
                            "当 <…> 为",
                            "当 <…> 大于",
                            "当 <…> 不大于",
                            "应 <…> 不小于 限值 …",
                            "应 <…> 不大于 限值 …",
                            "应 <…> 为",
                            "应 <…> 是",
                            "自",
                            "至",
                            "地区",
                            "依据",
                            "备注");
            String shown = text.replaceAll("<[^<>]*>", "<…>").replaceAll("限值 .*", "限值 …");
            fault(
                    1,
                    number,
                    "看不懂的表头："
                            + (text.length() > 60 ? text.substring(0, 60) + "…" : text)
                            + "。"
                            + Nearest.to(shown, known)
                                    .map(n -> "最接近的写法：" + n)
                                    .orElse("可用：" + String.join("；", known)),
                    "Unknown heading");
        }
    }

    private void fault(int number, String name) {
        fault(1, number, "限值名重复：" + name, "Limit named twice: " + name);
    }

    private Optional<FactDefinition> fact(int column, String label, String relation) {
        FactDefinition fact = byLabel.get(label);
        if (fact == null) {
            fault(
                    1,
                    column,
                    "词表里没有 <"
                            + label
                            + ">"
                            + Nearest.to(label, byLabel.keySet())
                                    .map(n -> "，是否想写 <" + n + ">")
                                    .orElse("")
                            + "。",
                    "No fact is called " + label);
            return Optional.empty();
        }
        boolean fits =
                switch (relation) {
                    case "是" -> fact.type() == FactDefinition.Type.CHOICE;
                    case "为" -> fact.type() == FactDefinition.Type.BOOLEAN;
                    default ->
                            fact.type() == FactDefinition.Type.NUMBER
                                    || fact.type() == FactDefinition.Type.INTEGER;
                };
        if (!fits) {
            fault(
                    1,
                    column,
                    "<" + label + "> 不能用“" + relation + "”。",
                    "<" + label + "> does not go with " + relation);
            return Optional.empty();
        }
        return Optional.of(fact);
    }

    private List<Group> groups() {
        Map<List<String>, Group> groups = new LinkedHashMap<>();
        for (int r = 1; r < cells.size(); r++) {
            List<String> row = cells.get(r);
            if (blank(row)) {
                continue;
            }
            List<String> when =
                    columns.stream()
                            .filter(c -> c.kind() == Kind.WHEN)
                            .map(c -> cell(row, c.number() - 1))
                            .toList();
            int at = r;
            groups.computeIfAbsent(when, w -> new Group(at + 1, w, new ArrayList<>()))
                    .rows()
                    .add(r + 1);
        }
        if (groups.isEmpty()) {
            fault(2, 1, "表里没有内容行。", "The table has no rows.");
        }
        return List.copyOf(groups.values());
    }

    private boolean asksNothing(Group group) {
        return group.rows().stream()
                .allMatch(
                        r ->
                                columns.stream()
                                        .filter(c -> c.kind() == Kind.MUST)
                                        .allMatch(c -> at(r, c).equals(NOTHING)));
    }

    private void group(
            Group group,
            boolean saysWhenItApplies,
            Map<String, Parameter> limits,
            List<RuleSource.Line> lines) {
        int row = group.first();
        List<RuleSource.Line> conditions = new ArrayList<>();
        for (Column c : columns) {
            if (c.kind() == Kind.WHEN && !at(row, c).isEmpty()) {
                condition(row, c, limits)
                        .ifPresent(s -> conditions.add(new RuleSource.Line(s, row, c.number())));
            }
        }
        if (conditions.isEmpty()) {
            fault(row, 1, "这一行没有任何“当”的条件。", "This row states no case.");
            return;
        }
        String stem = file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
        String title = "表 " + stem + " 第" + row + "行";
        for (Column c : columns) {
            if (c.kind() == Kind.MUST) {
                violation(group, c, limits)
                        .ifPresent(
                                sentence ->
                                        rule(
                                                title + " " + c.reads().label(),
                                                row,
                                                conditions,
                                                Optional.of(
                                                        new RuleSource.Line(
                                                                sentence, row, c.number())),
                                                "不符合",
                                                lines));
            }
        }
        if (saysWhenItApplies && !asksNothing(group)) {
            rule(title + " 适用", row, conditions, Optional.empty(), "适用", lines);
        }
    }

    private void rule(
            String title,
            int row,
            List<RuleSource.Line> conditions,
            Optional<RuleSource.Line> violation,
            String conclusion,
            List<RuleSource.Line> lines) {
        String name = title.length() > 60 ? title.substring(0, 60) : title;
        lines.add(new RuleSource.Line("rule \"" + name + "\"", row, 1));
        lines.add(new RuleSource.Line("when", row, 1));
        lines.add(new RuleSource.Line("要点 " + point, row, 1));
        lines.addAll(conditions);
        violation.ifPresent(lines::add);
        lines.add(new RuleSource.Line("then", row, 1));
        lines.add(new RuleSource.Line(conclusion, row, 1));
        lines.add(new RuleSource.Line("end", row, 1));
    }

    private Optional<String> condition(int row, Column c, Map<String, Parameter> limits) {
        String label = "<" + c.reads().label() + ">";
        switch (c.relation()) {
            case "是":
                return values(row, c).map(v -> label + " 属于 " + v);
            case "为":
                return yesOrNo(row, c).map(yes -> label + " 为 " + (yes ? "是" : "否"));
            default:
                return number(row, c)
                        .map(
                                n -> {
                                    String name = "c" + c.number() + "." + row;
                                    limits.put(
                                            name,
                                            new Parameter(
                                                    name,
                                                    c.reads().unit(),
                                                    Parameter.Stricter.HIGHER,
                                                    Optional.empty(),
                                                    List.of(
                                                            new Parameter.Value(
                                                                    "CN", null, null, n, null,
                                                                    List.of()))));
                                    return label + " " + c.relation() + " 限值 " + name;
                                });
        }
    }

    /** How the column is violated in the group's case; empty where nothing is asked. */
    private Optional<String> violation(Group group, Column c, Map<String, Parameter> limits) {
        String label = "<" + c.reads().label() + ">";
        int row = group.first();
        if (c.name().isEmpty()) {
            for (int r : group.rows()) {
                if (r != row || dated(r)) {
                    fault(
                            r,
                            c.number(),
                            "“应 … 为/是”的列不能分时间、地区；另写一个要点。",
                            "Only numbers may differ by day and place; write another point.");
                    return Optional.empty();
                }
            }
            if (at(row, c).equals(NOTHING)) {
                return Optional.empty();
            }
            return c.relation().equals("为")
                    ? yesOrNo(row, c).map(yes -> label + " 为 " + (yes ? "否" : "是"))
                    : values(row, c).map(v -> label + " 不属于 " + v);
        }
        List<Parameter.Value> values = new ArrayList<>();
        boolean nothing = false;
        for (int r : group.rows()) {
            if (at(r, c).equals(NOTHING)) {
                nothing = true;
            } else {
                number(r, c).ifPresent(n -> values.add(value(r, n)));
            }
        }
        if (nothing) {
            if (!values.isEmpty()) {
                fault(row, c.number(), "同一情形有的行写数值、有的行写不要求。", "Rows of one case disagree.");
            }
            return Optional.empty();
        }
        if (values.stream()
                .noneMatch(
                        v ->
                                region.startsWith(v.region().equals("CN") ? "" : v.region())
                                        && (v.since() == null
                                                || (inForce != null
                                                        && !v.since().isAfter(inForce))))) {
            fault(
                    row,
                    c.number(),
                    "要点生效之初、在其整个适用地区，这一情形没有数值；请补一行（地区、自 留空）。",
                    "This case has no value from the point's first day and for all its region.");
        }
        String name = c.name() + "." + row;
        limits.put(
                name,
                new Parameter(
                        name,
                        c.reads().unit(),
                        c.relation().equals("大于") || c.relation().equals("不小于")
                                ? Parameter.Stricter.HIGHER
                                : Parameter.Stricter.LOWER,
                        Optional.empty(),
                        values));
        return Optional.of(label + " " + FAILS.getOrDefault(c.relation(), "") + " 限值 " + name);
    }

    private Parameter.Value value(int row, BigDecimal number) {
        String place = plain(row, Kind.REGION);
        if (!place.isEmpty() && !place.matches("CN|\\d{2}|\\d{4}|\\d{6}")) {
            fault(row, number(Kind.REGION), "地区应为 CN 或行政区划代码：" + place, "Bad region: " + place);
        }
        return new Parameter.Value(
                place.isEmpty() ? region : place,
                day(row, Kind.SINCE),
                day(row, Kind.UNTIL),
                number,
                null,
                basis(row));
    }

    private @Nullable LocalDate day(int row, Kind kind) {
        String text = plain(row, kind);
        if (text.isEmpty() || text.equals("unknown")) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            fault(row, number(kind), "应为日期（如 2027-01-01）：" + text, "A day is expected: " + text);
            return null;
        }
    }

    private List<Basis> basis(int row) {
        List<Basis> basis = new ArrayList<>();
        String text = plain(row, Kind.BASIS);
        for (String citation : text.isEmpty() ? new String[0] : text.split("[；;]")) {
            String[] parts = citation.strip().split("\\s+", 2);
            LegalSource law = laws.get(parts[0]);
            if (law == null) {
                fault(
                        row,
                        number(Kind.BASIS),
                        "laws.yaml 里没有 "
                                + parts[0]
                                + Nearest.to(parts[0], laws.keySet())
                                        .map(n -> "，是否想写 " + n)
                                        .orElse(""),
                        "No such law: " + parts[0]);
            } else {
                basis.add(
                        new Basis(
                                law, parts.length > 1 ? Optional.of(parts[1]) : Optional.empty()));
            }
        }
        return basis;
    }

    private boolean dated(int row) {
        return !plain(row, Kind.SINCE).isEmpty()
                || !plain(row, Kind.UNTIL).isEmpty()
                || !plain(row, Kind.REGION).isEmpty();
    }

    private Optional<String> values(int row, Column c) {
        List<String> known = options(c.reads());
        StringBuilder sentence = new StringBuilder();
        for (String value : at(row, c).split("、")) {
            if (!known.contains(value)) {
                fault(
                        row,
                        c.number(),
                        "<"
                                + c.reads().label()
                                + "> 没有取值 "
                                + value
                                + Nearest.to(value, known).map(n -> "，是否想写 " + n).orElse("")
                                + "。",
                        "<" + c.reads().label() + "> has no value " + value);
                return Optional.empty();
            }
            sentence.append(sentence.isEmpty() ? "" : "、").append('<').append(value).append('>');
        }
        return Optional.of(sentence.toString());
    }

    private List<String> options(FactDefinition fact) {
        return (fact.name().equals("variant") ? variants : fact.values())
                .stream().map(FactDefinition.Option::value).toList();
    }

    private Optional<Boolean> yesOrNo(int row, Column c) {
        String text = at(row, c);
        if (!text.equals("是") && !text.equals("否")) {
            fault(row, c.number(), "这里应写 是 或 否：" + text, "是 or 否 is expected: " + text);
            return Optional.empty();
        }
        return Optional.of(text.equals("是"));
    }

    private Optional<BigDecimal> number(int row, Column c) {
        String text = at(row, c);
        if (!text.matches("-?\\d{1,15}(\\.\\d{1,9})?")) {
            fault(
                    row,
                    c.number(),
                    text.isEmpty() ? "这里缺数值；没有要求就写 " + NOTHING + "。" : "这里应当是数字，却是 " + text,
                    "A number is expected here");
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text));
    }

    private String at(int row, Column c) {
        return cell(cells.get(row - 1), c.number() - 1);
    }

    private String plain(int row, Kind kind) {
        int number = number(kind);
        return number == 0 ? "" : cell(cells.get(row - 1), number - 1);
    }

    private int number(Kind kind) {
        return columns.stream()
                .filter(c -> c.kind() == kind)
                .mapToInt(Column::number)
                .findFirst()
                .orElse(0);
    }

    private static String cell(List<String> row, int index) {
        return index < row.size() ? row.get(index) : "";
    }

    private static boolean blank(List<String> row) {
        return row.stream().allMatch(String::isEmpty) || cell(row, 0).startsWith("#");
    }

    private void fault(int row, int column, String zh, String en) {
        faults.add(new PackFault(file, row, column, new Text(zh, en)));
    }

    /** Whether every case is in exactly one row. */
    private final class Coverage {
        private static final int MOST_CASES = 100_000;
        private static final int MOST_SAID = 10;

        private final List<Group> groups;
        private final List<Column> when =
                columns.stream().filter(c -> c.kind() == Kind.WHEN).toList();
        private final Map<FactDefinition, List<Object>> axes = new LinkedHashMap<>();
        private int said;
        private final Set<String> pairs = new LinkedHashSet<>();

        Coverage(List<Group> groups) {
            this.groups = groups;
        }

        void check() {
            for (Column c : when) {
                axes.computeIfAbsent(c.reads(), this::representatives);
            }
            long cases = 1;
            for (List<Object> axis : axes.values()) {
                cases = Math.min(cases * axis.size(), MOST_CASES + 1L);
            }
            if (cases > MOST_CASES) {
                fault(1, 1, "情形组合超过十万种，请拆成几张表。", "Too many cases; split the table.");
                return;
            }
            List<FactDefinition> facts = List.copyOf(axes.keySet());
            for (int i = 0; i < cases && said < MOST_SAID; i++) {
                Map<FactDefinition, Object> one = new LinkedHashMap<>();
                int rest = i;
                for (FactDefinition fact : facts) {
                    List<Object> axis = axes.getOrDefault(fact, List.of());
                    one.put(fact, axis.get(rest % axis.size()));
                    rest /= axis.size();
                }
                judge(one);
            }
        }

        private void judge(Map<FactDefinition, Object> one) {
            List<Group> holding = groups.stream().filter(g -> holds(g, one)).toList();
            if (holding.isEmpty()) {
                said++;
                fault(
                        1,
                        1,
                        "有一种情形没有任何一行管到：" + shown(one) + "。没有要求的情形也要写一行“" + NOTHING + "”。",
                        "A case is left out; where nothing is asked, write a row that says so.");
            } else if (holding.size() > 1) {
                Group a = holding.get(0);
                Group b = holding.get(1);
                if (pairs.add(a.first() + " " + b.first())) {
                    said++;
                    fault(
                            b.first(),
                            1,
                            "第 " + a.first() + " 行和第 " + b.first() + " 行重叠，都管到：" + shown(one) + "。",
                            "Rows " + a.first() + " and " + b.first() + " overlap.");
                }
            }
        }

        private boolean holds(Group group, Map<FactDefinition, Object> one) {
            for (int i = 0; i < when.size(); i++) {
                String cell = group.when().get(i);
                Column c = when.get(i);
                if (!cell.isEmpty() && !holds(c, cell, one.get(c.reads()))) {
                    return false;
                }
            }
            return true;
        }

        private boolean holds(Column c, String cell, @Nullable Object value) {
            switch (c.relation()) {
                case "是":
                    return List.of(cell.split("、")).contains(value);
                case "为":
                    return cell.equals("是") == Boolean.TRUE.equals(value);
                default:
                    int order =
                            java.util.Objects.requireNonNull((BigDecimal) value)
                                    .compareTo(new BigDecimal(cell));
                    return switch (c.relation()) {
                        case "小于" -> order < 0;
                        case "不大于" -> order <= 0;
                        case "大于" -> order > 0;
                        default -> order >= 0;
                    };
            }
        }

        private List<Object> representatives(FactDefinition fact) {
            switch (fact.type()) {
                case CHOICE:
                    return List.copyOf(options(fact));
                case BOOLEAN:
                    return List.of(true, false);
                default:
                    return numbers(fact);
            }
        }

        /** Every number a row names, and one between any two and beyond both ends. */
        private List<Object> numbers(FactDefinition fact) {
            java.util.TreeSet<BigDecimal> cuts = new java.util.TreeSet<>();
            for (int i = 0; i < when.size(); i++) {
                if (when.get(i).reads().equals(fact)) {
                    for (Group g : groups) {
                        if (!g.when().get(i).isEmpty()) {
                            cuts.add(new BigDecimal(g.when().get(i)));
                        }
                    }
                }
            }
            boolean whole = fact.type() == FactDefinition.Type.INTEGER;
            java.util.TreeSet<BigDecimal> values = new java.util.TreeSet<>(cuts);
            BigDecimal previous = null;
            for (BigDecimal cut : cuts) {
                BigDecimal half = BigDecimal.valueOf(0.5);
                values.add(
                        previous == null
                                ? cut.subtract(BigDecimal.ONE)
                                : whole
                                        ? previous.add(BigDecimal.ONE).min(cut)
                                        : previous.add(cut).multiply(half));
                previous = cut;
            }
            if (!cuts.isEmpty()) {
                values.add(cuts.last().add(BigDecimal.ONE));
            }
            values.removeIf(
                    v ->
                            (fact.min() != null && v.compareTo(fact.min()) < 0)
                                    || (fact.max() != null && v.compareTo(fact.max()) > 0));
            return List.copyOf(values.isEmpty() ? Set.of(BigDecimal.ZERO) : values);
        }

        private String shown(Map<FactDefinition, Object> one) {
            StringBuilder text = new StringBuilder();
            one.forEach(
                    (fact, value) ->
                            text.append(text.isEmpty() ? "" : "，")
                                    .append('<')
                                    .append(fact.label())
                                    .append("> ")
                                    .append(
                                            value instanceof Boolean b
                                                    ? (b ? "为 是" : "为 否")
                                                    : value instanceof BigDecimal n
                                                            ? "等于 "
                                                                    + n.stripTrailingZeros()
                                                                            .toPlainString()
                                                            : "是 " + value));
            return text.toString();
        }
    }
}

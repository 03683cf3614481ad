package org.kanqian.rules.authoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.LegalSource;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.RuleSource;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Unit;

/** What differs between two packs, said as law: points, limits, dates, clauses, rules. */
public final class PackDiff {
    private PackDiff() {}

    /** What kind of thing differs. */
    public enum Kind {
        LAW,
        ITEM,
        POINT,
        LIMIT,
        RULE,
        TABLE,
        FACT,
        CASES
    }

    /**
     * One difference.
     *
     * @param where {@code item/point}, an item, a law or a fact
     * @param what in Chinese, as an officer would say it
     */
    public record Change(Kind kind, String where, String what) {
        @Override
        public String toString() {
            return where + "：" + what;
        }
    }

    /** Every difference, laws first, then item by item. */
    public static List<Change> between(StandardsPack before, StandardsPack after) {
        List<Change> changes = new ArrayList<>();
        laws(before, after, changes);
        facts(before, after, changes);
        for (String id : both(ids(before), ids(after))) {
            var old = before.item(id);
            var now = after.item(id);
            if (old.isEmpty() || now.isEmpty()) {
                changes.add(new Change(Kind.ITEM, id, old.isEmpty() ? "新增事项" : "删去事项"));
            } else {
                item(old.get(), now.get(), changes);
                int cases = after.casesOf(id).size() - before.casesOf(id).size();
                if (cases != 0) {
                    changes.add(
                            new Change(
                                    Kind.CASES,
                                    id,
                                    "用例" + (cases > 0 ? "增加 " : "减少 ") + Math.abs(cases) + " 条"));
                }
            }
        }
        return changes;
    }

    private static List<String> ids(StandardsPack pack) {
        return pack.items().stream().map(ApprovalItem::id).toList();
    }

    private static TreeSet<String> both(Iterable<String> a, Iterable<String> b) {
        TreeSet<String> all = new TreeSet<>();
        a.forEach(all::add);
        b.forEach(all::add);
        return all;
    }

    private static void laws(StandardsPack before, StandardsPack after, List<Change> changes) {
        for (String id : both(before.laws().keySet(), after.laws().keySet())) {
            LegalSource old = before.laws().get(id);
            LegalSource now = after.laws().get(id);
            if (now == null) {
                changes.add(new Change(Kind.LAW, id, "删去法规《" + title(old) + "》"));
            } else if (old == null) {
                changes.add(
                        new Change(
                                Kind.LAW,
                                id,
                                "新增法规《" + now.title() + "》，施行日 " + now.inForceText()));
            } else if (!old.equals(now)) {
                changes.add(
                        new Change(
                                Kind.LAW,
                                id,
                                "《"
                                        + now.title()
                                        + "》"
                                        + (Objects.equals(old.until(), now.until())
                                                ? "的信息有改动"
                                                : now.until() == null
                                                        ? "不再标为失效"
                                                        : "自 " + now.until() + " 后失效")
                                        + now.supersededBy()
                                                .map(s -> "，由 " + s + " 代替")
                                                .orElse("")));
            }
        }
    }

    private static String title(@Nullable LegalSource law) {
        return law == null ? "" : law.title();
    }

    private static void facts(StandardsPack before, StandardsPack after, List<Change> changes) {
        for (String name :
                both(
                        before.facts().stream().map(FactDefinition::name).toList(),
                        after.facts().stream().map(FactDefinition::name).toList())) {
            var old = before.fact(name);
            var now = after.fact(name);
            if (!old.equals(now)) {
                changes.add(
                        new Change(
                                Kind.FACT,
                                name,
                                old.isEmpty()
                                        ? "新增事实 <" + now.get().label() + ">"
                                        : now.isEmpty()
                                                ? "删去事实 <" + old.get().label() + ">"
                                                : "事实 <" + now.get().label() + "> 有改动"));
            }
        }
    }

    private static void item(ApprovalItem old, ApprovalItem now, List<Change> changes) {
        if (!old.name().equals(now.name()) || !old.variants().equals(now.variants())) {
            changes.add(new Change(Kind.ITEM, now.id(), "名称或情形有改动"));
        }
        for (String id :
                both(
                        old.points().stream().map(RequirementPoint::id).toList(),
                        now.points().stream().map(RequirementPoint::id).toList())) {
            var a = old.point(id);
            var b = now.point(id);
            String where = now.id() + "/" + id;
            if (a.isEmpty()) {
                RequirementPoint p = b.orElseThrow();
                changes.add(
                        new Change(
                                Kind.POINT,
                                where,
                                "新增要点“"
                                        + p.title().zh()
                                        + "”"
                                        + since(p.inForce())
                                        + place(p.region())
                                        + (p.replaces().isEmpty()
                                                ? ""
                                                : "，代替 " + String.join("、", p.replaces()))
                                        + basis(p.basis())));
            } else if (b.isEmpty()) {
                changes.add(new Change(Kind.POINT, where, "删去要点“" + a.get().title().zh() + "”"));
            } else {
                point(where, a.get(), b.get(), changes);
            }
        }
        rules(old, now, changes);
    }

    private static void point(
            String where, RequirementPoint a, RequirementPoint b, List<Change> changes) {
        List<String> what = new ArrayList<>();
        differ(what, "生效日", a.inForce(), b.inForce());
        differ(what, "截止日", a.until(), b.until());
        differ(what, "地区", a.region(), b.region());
        differ(what, "代替", a.replaces(), b.replaces());
        differ(what, "轻重", a.severity(), b.severity());
        differ(what, "原址能否补救", a.curable() ? "能" : "不能", b.curable() ? "能" : "不能");
        differ(what, "判定方式", a.check(), b.check());
        differ(what, "可信度", a.recalled() ? "待核" : "已核", b.recalled() ? "待核" : "已核");
        if (!a.basis().equals(b.basis())) {
            what.add("依据 " + cited(a.basis()) + " → " + cited(b.basis()));
        }
        if (!a.text().equals(b.text()) || !a.title().equals(b.title())) {
            what.add("文字改为：" + b.text().zh());
        }
        if (!a.fix().equals(b.fix())) {
            what.add("整改办法改为：" + b.fix().zh());
        }
        what.forEach(w -> changes.add(new Change(Kind.POINT, where, w)));
        for (String name : both(a.parameters().keySet(), b.parameters().keySet())) {
            limit(where, name, a.parameters().get(name), b.parameters().get(name), changes);
        }
        Map<String, List<List<String>>> before = new LinkedHashMap<>();
        a.tables().forEach(t -> before.put(t.file(), t.rows()));
        b.tables()
                .forEach(
                        t -> {
                            List<List<String>> rows = before.remove(t.file());
                            if (!t.rows().equals(rows)) {
                                changes.add(
                                        new Change(
                                                Kind.TABLE,
                                                where,
                                                "决策表 "
                                                        + t.file()
                                                        + (rows == null ? " 新增" : " 有改动")
                                                        + changedRows(rows, t.rows())));
                            }
                        });
        before.keySet().forEach(f -> changes.add(new Change(Kind.TABLE, where, "删去决策表 " + f)));
    }

    private static String changedRows(
            @Nullable List<List<String>> before, List<List<String>> after) {
        List<List<String>> fresh = new ArrayList<>(after);
        if (before != null) {
            fresh.removeAll(before);
        }
        return fresh.isEmpty()
                ? ""
                : "："
                        + fresh.stream()
                                .map(r -> String.join(" | ", r))
                                .collect(Collectors.joining("；"));
    }

    private static void limit(
            String where,
            String name,
            @Nullable Parameter a,
            @Nullable Parameter b,
            List<Change> changes) {
        if (Objects.equals(a, b)) {
            return;
        }
        if (a == null || b == null) {
            changes.add(new Change(Kind.LIMIT, where, (a == null ? "新增" : "删去") + "限值 " + name));
            return;
        }
        Map<String, Parameter.Value> before = byPlaceAndDay(a);
        Map<String, Parameter.Value> after = byPlaceAndDay(b);
        for (String key : both(before.keySet(), after.keySet())) {
            Parameter.Value old = before.get(key);
            Parameter.Value now = after.get(key);
            if (Objects.equals(old, now)) {
                continue;
            }
            Parameter.Value said = now == null ? Objects.requireNonNull(old) : now;
            String from = old == null ? previous(a, said) : amount(old, a);
            String to = now == null ? "删去" : amount(now, b);
            changes.add(
                    new Change(
                            Kind.LIMIT,
                            where,
                            "限值 "
                                    + name
                                    + "："
                                    + from
                                    + " → "
                                    + to
                                    + since(said.since())
                                    + (said.until() == null ? "" : "，到 " + said.until())
                                    + place(said.region())
                                    + basis(said.basis())));
        }
        if (before.equals(after)) {
            changes.add(new Change(Kind.LIMIT, where, "限值 " + name + " 的单位、方向或提问有改动"));
        }
    }

    private static Map<String, Parameter.Value> byPlaceAndDay(Parameter p) {
        Map<String, Parameter.Value> values = new LinkedHashMap<>();
        p.values().forEach(v -> values.put(v.region() + " " + v.since(), v));
        return values;
    }

    /** What held there before the new value begins. */
    private static String previous(Parameter p, Parameter.Value now) {
        return p.values().stream()
                .filter(v -> v.region().equals("CN") || now.region().startsWith(v.region()))
                .filter(
                        v ->
                                v.since() == null
                                        || now.since() == null
                                        || v.since().isBefore(now.since())
                                        || !v.region().equals(now.region()))
                .max(
                        java.util.Comparator.comparingInt(
                                        (Parameter.Value v) ->
                                                v.region().equals("CN") ? 0 : v.region().length())
                                .thenComparing(
                                        v ->
                                                v.since() == null
                                                        ? java.time.LocalDate.MIN
                                                        : v.since()))
                .map(v -> amount(v, p))
                .orElse("（原来没有）");
    }

    private static String amount(Parameter.Value v, Parameter p) {
        return Unit.amount(v.value(), p.unit()).zh() + (v.steps() == null ? "" : "起");
    }

    private static void differ(
            List<String> what, String name, @Nullable Object a, @Nullable Object b) {
        if (!Objects.equals(a, b)) {
            what.add(name + " " + shown(a) + " → " + shown(b));
        }
    }

    private static String shown(@Nullable Object value) {
        return value == null || value.equals(List.of()) ? "（无）" : String.valueOf(value);
    }

    private static String since(@Nullable Object day) {
        return day == null ? "" : "，自 " + day;
    }

    private static String place(String region) {
        return region.equals("CN") ? "" : "，地区 " + region;
    }

    private static String basis(List<Basis> basis) {
        return basis.isEmpty() ? "" : "，依据 " + cited(basis);
    }

    private static String cited(List<Basis> basis) {
        return basis.stream()
                .map(b -> "《" + b.law().title() + "》" + b.article().orElse(""))
                .collect(Collectors.joining("、"));
    }

    private static void rules(ApprovalItem old, ApprovalItem now, List<Change> changes) {
        Map<String, String> before = rules(old);
        Map<String, String> after = rules(now);
        for (String title : both(before.keySet(), after.keySet())) {
            String a = before.get(title);
            String b = after.get(title);
            if (!Objects.equals(a, b)) {
                changes.add(
                        new Change(
                                Kind.RULE,
                                now.id(),
                                a == null
                                        ? "新增规则“" + title + "”：" + b
                                        : b == null
                                                ? "删去规则“" + title + "”"
                                                : "规则“" + title + "”改为：" + b));
            }
        }
    }

    /** The sentences of each rule by its name; rules that come from tables are told as tables. */
    private static Map<String, String> rules(ApprovalItem item) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (RuleSource source : item.rules()) {
            if (source.file().contains("/tables/")) {
                continue;
            }
            String title = "";
            List<String> body = new ArrayList<>();
            for (RuleSource.Line line : source.lines()) {
                String text = line.text();
                if (text.startsWith("rule ")) {
                    title = text.substring(5).replace("\"", "").strip();
                    body = new ArrayList<>();
                } else if (text.equals("end")) {
                    rules.put(title, String.join("，", body));
                } else if (!text.isEmpty()
                        && !text.startsWith("#")
                        && !text.equals("when")
                        && !text.equals("then")) {
                    body.add(text);
                }
            }
        }
        return rules;
    }
}

package org.kanqian.rules.authoring;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.fact.Nearest;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.PackFault;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.Text;

/**
 * What a pack that reads and compiles may still have wrong: rules that can never fire, overlays
 * that conflict, law that has ended, limits nobody uses or no law supports, sources nobody has
 * looked at for long, points no case shows.
 */
public final class Lint {
    /** Sources older than this are to be looked at again. */
    private static final int VERIFIED_MONTHS = 12;

    private final RuleBook book;
    private final StandardsPack pack;
    private final PackSource source;
    private final LocalDate today;
    private final List<PackFault> found = new ArrayList<>();

    private Lint(RuleBook book, PackSource source, LocalDate today) {
        this.book = book;
        this.pack = book.pack();
        this.source = source;
        this.today = today;
    }

    /**
     * Everything found, item by item.
     *
     * @param source the files the pack was read from, for the lines of what is found
     */
    public static List<PackFault> check(RuleBook book, PackSource source, LocalDate today) {
        Lint lint = new Lint(book, source, today);
        lint.pack.items().forEach(lint::item);
        lint.coverage();
        return List.copyOf(new LinkedHashSet<>(lint.found));
    }

    private void item(ApprovalItem item) {
        for (RuleBook.DeadRule dead : book.deadRules(item.id())) {
            found.add(new PackFault(dead.file(), dead.line(), 1, dead.why()));
        }
        for (RequirementPoint point : item.points()) {
            dates(item, point);
            law(item, point);
            limits(item, point);
            replaced(item, point);
            if (point.title().en().isEmpty() || point.text().en().isEmpty()) {
                say(item, point, "没有英文。", "No English text.");
            }
            if (point.verified() != null
                    && point.verified().plusMonths(VERIFIED_MONTHS).isBefore(today)) {
                say(
                        item,
                        point,
                        "上次核对依据是 " + point.verified() + "，已过一年，请再核对。",
                        "Its source was last checked on " + point.verified() + ".");
            }
        }
        conflicts(item);
    }

    private void dates(ApprovalItem item, RequirementPoint point) {
        if (point.inForce() != null
                && point.until() != null
                && point.until().isBefore(point.inForce())) {
            say(item, point, "截止日早于生效日。", "It ends before it begins.");
        }
        for (Parameter limit : point.limits().values()) {
            for (Parameter.Value v : limit.values()) {
                if (v.since() != null && v.until() != null && v.until().isBefore(v.since())) {
                    say(
                            item,
                            point,
                            "限值 " + limit.name() + " 的截止日早于生效日。",
                            "A value of " + limit.name() + " ends before it begins.");
                }
            }
        }
    }

    /** Law that has ended while the point goes on. */
    private void law(ApprovalItem item, RequirementPoint point) {
        if (point.basis().isEmpty()) {
            say(item, point, "没有写依据。", "It cites no law.");
        }
        boolean over = point.until() != null && point.until().isBefore(today);
        if (!over
                && !point.basis().isEmpty()
                && point.basis().stream().allMatch(b -> ended(b, today))) {
            Basis last = point.basis().get(0);
            say(
                    item,
                    point,
                    "所引法规已于 "
                            + last.law().until()
                            + " 失效"
                            + last.law().supersededBy().map(s -> "，由 " + s + " 代替").orElse("")
                            + "，要点却还在用。",
                    "The law it cites ended on " + last.law().until() + ".");
        }
    }

    private static boolean ended(Basis basis, LocalDate day) {
        return basis.law().until() != null && basis.law().until().isBefore(day);
    }

    private void limits(ApprovalItem item, RequirementPoint point) {
        Set<String> used = book.limitsReadBy(item.id(), point.id());
        for (Parameter limit : point.parameters().values()) {
            if (!used.contains(limit.name())
                    && !point.text().zh().contains("{" + limit.name() + "}")) {
                say(
                        item,
                        point,
                        "限值 "
                                + limit.name()
                                + " 没有任何规则用到"
                                + Nearest.to(limit.name(), used).map(n -> "，是否想写 " + n).orElse("")
                                + "。",
                        "No rule reads its parameter " + limit.name());
            }
            for (Parameter.Value v : limit.values()) {
                if (v.basis().isEmpty() && point.basis().isEmpty()) {
                    say(
                            item,
                            point,
                            "限值 " + limit.name() + " 没有依据。",
                            "Its parameter " + limit.name() + " cites no law.");
                }
            }
            overlapping(item, point, limit);
        }
    }

    /** Two values of one place in force on one day of which neither is the later. */
    private void overlapping(ApprovalItem item, RequirementPoint point, Parameter limit) {
        Set<String> seen = new HashSet<>();
        for (Parameter.Value v : limit.values()) {
            if (!seen.add(v.region() + " " + v.since())) {
                say(
                        item,
                        point,
                        "限值 " + limit.name() + " 在 " + v.region() + " 同一天有两个数值。",
                        "Its parameter " + limit.name() + " has two values for one place and day.");
            }
        }
    }

    private void replaced(ApprovalItem item, RequirementPoint point) {
        for (String id : point.replaces()) {
            RequirementPoint wider = item.point(id).orElseThrow();
            boolean inside =
                    wider.region().equals("CN")
                            ? !point.region().equals("CN")
                            : point.region().startsWith(wider.region());
            if (!inside && !point.region().equals(wider.region())) {
                say(
                        item,
                        point,
                        "代替的要点 " + id + "（" + wider.region() + "）并不更宽，本要点管 " + point.region() + "。",
                        "It replaces " + id + ", which does not hold in a wider region.");
            }
        }
    }

    /** Two points that both stand in for a third, in one place at one time. */
    private void conflicts(ApprovalItem item) {
        List<RequirementPoint> points = item.points();
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                RequirementPoint a = points.get(i);
                RequirementPoint b = points.get(j);
                Optional<String> same =
                        a.replaces().stream().filter(b.replaces()::contains).findFirst();
                if (same.isPresent()
                        && a.region().equals(b.region())
                        && from(a).isBefore(to(b))
                        && from(b).isBefore(to(a))) {
                    say(
                            item,
                            b,
                            "和 " + a.id() + " 在同一地区、同一时间都代替 " + same.get() + "。",
                            "Both it and "
                                    + a.id()
                                    + " replace "
                                    + same.get()
                                    + " there and then.");
                }
            }
        }
    }

    private static LocalDate from(RequirementPoint point) {
        return point.inForce() == null ? LocalDate.MIN : point.inForce();
    }

    private static LocalDate to(RequirementPoint point) {
        return point.until() == null ? LocalDate.MAX : point.until().plusDays(1);
    }

    private void coverage() {
        for (Coverage.Line line : Coverage.of(pack)) {
            Set<Coverage.Shown> lacking = new LinkedHashSet<>(line.lacking());
            lacking.remove(Coverage.Shown.BOUNDARY);
            if (!lacking.isEmpty()) {
                say(
                        pack.item(line.item()).orElseThrow(),
                        line.point(),
                        "没有用例显示它 " + lacking + "。",
                        "No case shows it " + lacking + ".");
            }
        }
    }

    private void say(ApprovalItem item, RequirementPoint point, String zh, String en) {
        String file = "items/" + item.id() + "/item.yaml";
        found.add(
                new PackFault(
                        file,
                        line(file, point.id()),
                        5,
                        new Text("要点 " + point.id() + "：" + zh, point.id() + ": " + en)));
    }

    private int line(String file, String point) {
        String[] lines =
                source.read(file)
                        .map(b -> new String(b, StandardCharsets.UTF_8))
                        .orElse("")
                        .split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].matches("\\s*- (id|common): " + java.util.regex.Pattern.quote(point))) {
                return i + 1;
            }
        }
        return 0;
    }
}

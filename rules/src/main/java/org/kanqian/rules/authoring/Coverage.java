package org.kanqian.rules.authoring;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.CheckKind;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.StandardsPack;
import org.kanqian.rules.pack.WorkedCase;

/** Which points the worked cases of a pack show, and how. */
public final class Coverage {
    private Coverage() {}

    /** What a case can show of a point. */
    public enum Shown {
        MET,
        VIOLATED,
        UNKNOWN,
        /** A number exactly on one of the point's limits. */
        BOUNDARY
    }

    /**
     * One point.
     *
     * @param lacking what no case shows; {@code BOUNDARY} only where the point has limits
     */
    public record Line(String item, RequirementPoint point, Set<Shown> shown, Set<Shown> lacking) {}

    /**
     * A line for every point, in the order of the pack. A common point counts for all its items.
     */
    public static List<Line> of(StandardsPack pack) {
        List<Line> lines = new ArrayList<>();
        for (ApprovalItem item : pack.items()) {
            for (RequirementPoint point : item.points()) {
                Set<Shown> shown = EnumSet.noneOf(Shown.class);
                for (WorkedCase one : point.common() ? pack.cases() : pack.casesOf(item.id())) {
                    if (ofSame(pack, one, point)) {
                        show(one, point, shown);
                    }
                }
                Set<Shown> lacking = EnumSet.noneOf(Shown.class);
                if (point.check() != CheckKind.VISIT) {
                    lacking.addAll(EnumSet.allOf(Shown.class));
                    lacking.removeAll(shown);
                    if (point.limits().values().stream().allMatch(p -> p.values().isEmpty())) {
                        lacking.remove(Shown.BOUNDARY);
                    }
                }
                lines.add(new Line(item.id(), point, shown, lacking));
            }
        }
        return lines;
    }

    private static boolean ofSame(StandardsPack pack, WorkedCase one, RequirementPoint point) {
        return one.then().containsKey(point.id())
                && pack.item(one.item())
                        .flatMap(i -> i.point(point.id()))
                        .filter(p -> p.common() == point.common())
                        .isPresent();
    }

    private static void show(WorkedCase one, RequirementPoint point, Set<Shown> shown) {
        String status = one.then().getOrDefault(point.id(), "");
        for (Shown kind : List.of(Shown.MET, Shown.VIOLATED, Shown.UNKNOWN)) {
            if (kind.name().equals(status)
                    || (kind == Shown.UNKNOWN && status.equals("MARGINAL"))) {
                shown.add(kind);
            }
        }
        for (Parameter limit : point.limits().values()) {
            for (Parameter.Value value : limit.values()) {
                if (one.given().values().values().stream().anyMatch(v -> is(v, value.value()))) {
                    shown.add(Shown.BOUNDARY);
                }
            }
        }
    }

    private static boolean is(FactValue value, BigDecimal limit) {
        return value instanceof FactValue.Number n && n.value().compareTo(limit) == 0;
    }
}

package org.kanqian.rules.authoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.WorkedCase;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.ItemJudgement;
import org.kanqian.rules.verdict.Judgement;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;

/** What a change of standards does to premises already checked. */
public final class Impact {
    private Impact() {}

    /** Verdict of each item, and status of each {@code item/point}, of one check. */
    public record Outcome(Map<String, Verdict> verdicts, Map<String, Status> points) {

        /** What a judgement found. */
        public static Outcome of(Judgement judgement) {
            Map<String, Verdict> verdicts = new LinkedHashMap<>();
            Map<String, Status> points = new LinkedHashMap<>();
            for (ItemJudgement item : judgement.items()) {
                verdicts.put(item.item().id(), item.verdict());
                for (Finding f : item.findings()) {
                    points.put(item.item().id() + "/" + f.point().id(), f.status());
                }
            }
            return new Outcome(verdicts, points);
        }
    }

    /**
     * One check whose verdict changes.
     *
     * @param points {@code point: MET → VIOLATED} for every point whose status changes
     */
    public record Change(
            String id, String item, String region, Verdict from, Verdict to, List<String> points) {
        public Change {
            points = List.copyOf(points);
        }
    }

    /**
     * The items of one check whose verdict, or any point, changes; {@code from == to} is a point.
     */
    public static List<Change> compare(String id, String region, Outcome before, Outcome after) {
        List<Change> changes = new ArrayList<>();
        before.verdicts()
                .forEach(
                        (item, from) -> {
                            Verdict to = after.verdicts().get(item);
                            List<String> points = points(item, before, after);
                            if (to != null && (to != from || !points.isEmpty())) {
                                changes.add(new Change(id, item, region, from, to, points));
                            }
                        });
        return changes;
    }

    private static List<String> points(String item, Outcome before, Outcome after) {
        Map<String, Status> all = new TreeMap<>(before.points());
        after.points().forEach(all::putIfAbsent);
        List<String> changed = new ArrayList<>();
        for (String point : all.keySet()) {
            if (point.startsWith(item + "/")) {
                Status from = before.points().getOrDefault(point, Status.NOT_APPLICABLE);
                Status to = after.points().getOrDefault(point, Status.NOT_APPLICABLE);
                if (from != to) {
                    changed.add(point.substring(item.length() + 1) + ": " + from + " → " + to);
                }
            }
        }
        return changed;
    }

    /** The worked cases of the earlier pack, judged under both; items only one has are left out. */
    public static List<Change> ofCases(RuleBook before, RuleBook after) {
        List<Change> changes = new ArrayList<>();
        for (WorkedCase one : before.pack().cases()) {
            if (after.pack().item(one.item()).isPresent()) {
                changes.addAll(
                        compare(
                                one.name(),
                                one.region().orElse("-"),
                                Outcome.of(WorkedCases.judge(before, one)),
                                Outcome.of(WorkedCases.judge(after, one))));
            }
        }
        return changes;
    }

    /** How many verdicts change, by item and region: {@code item region from → to}. */
    public static Map<String, Integer> counted(List<Change> changes) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Change change : changes) {
            if (change.from() != change.to()) {
                counts.merge(
                        change.item()
                                + " "
                                + change.region()
                                + " "
                                + change.from()
                                + " → "
                                + change.to(),
                        1,
                        Integer::sum);
            }
        }
        return counts;
    }
}

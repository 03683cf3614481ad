package org.kanqian.rules.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.pack.Unit;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.ItemJudgement;
import org.kanqian.rules.verdict.JointFinding;
import org.kanqian.rules.verdict.Status;

/** Puts together what several items find about the common points they share. */
final class Joint {
    /** The graver status first. */
    private static final List<Status> GRAVE =
            List.of(
                    Status.VIOLATED,
                    Status.UNKNOWN,
                    Status.MARGINAL,
                    Status.VISIT,
                    Status.MET,
                    Status.NOT_APPLICABLE);

    private Joint() {}

    /** One finding for each common point that two or more items have, by point id. */
    static List<JointFinding> of(List<ItemJudgement> items) {
        if (items.size() < 2) {
            return List.of();
        }
        Map<String, Map<String, Finding>> byPoint = new TreeMap<>();
        for (ItemJudgement item : items) {
            for (Finding finding : item.findings()) {
                if (finding.point().common()) {
                    byPoint.computeIfAbsent(finding.point().id(), p -> new TreeMap<>())
                            .put(item.item().id(), finding);
                }
            }
        }
        return byPoint.values().stream().filter(f -> f.size() > 1).map(Joint::merge).toList();
    }

    private static JointFinding merge(Map<String, Finding> byItem) {
        Finding worst = byItem.values().iterator().next();
        if (same(byItem.values(), worst)) {
            return new JointFinding(
                    worst.point(),
                    worst.status(),
                    worst.text(),
                    worst.limits(),
                    worst.basis(),
                    List.copyOf(byItem.keySet()));
        }
        Map<String, Finding.Limit> strictest = new LinkedHashMap<>();
        Set<Basis> basis = new LinkedHashSet<>();
        for (Finding finding : byItem.values()) {
            worst =
                    GRAVE.indexOf(finding.status()) < GRAVE.indexOf(worst.status())
                            ? finding
                            : worst;
            finding.limits().forEach(l -> strictest.merge(l.name(), l, Joint::stricter));
            basis.addAll(finding.basis());
        }
        RequirementPoint point = worst.point();
        Text text = point.text();
        for (Finding.Limit limit : strictest.values()) {
            text = text.with(limit.name(), Unit.amount(limit.value(), limit.unit()));
        }
        return new JointFinding(
                point,
                worst.status(),
                text.zh().indexOf('{') < 0 ? text : worst.text(),
                new ArrayList<>(strictest.values()),
                List.copyOf(basis),
                List.copyOf(byItem.keySet()));
    }

    /** Whether the items found the very same, as they do where they share the judgement. */
    private static boolean same(Collection<Finding> findings, Finding first) {
        for (Finding f : findings) {
            if (f.status() != first.status()
                    || !f.text().equals(first.text())
                    || !(f.basis() == first.basis() || f.basis().equals(first.basis()))) {
                return false;
            }
        }
        return true;
    }

    private static Finding.Limit stricter(Finding.Limit a, Finding.Limit b) {
        int order = a.value().compareTo(b.value());
        boolean first = a.stricter() == Parameter.Stricter.HIGHER ? order >= 0 : order <= 0;
        return first ? a : b;
    }
}

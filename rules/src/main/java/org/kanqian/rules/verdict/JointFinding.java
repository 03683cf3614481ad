package org.kanqian.rules.verdict;

import java.util.List;
import org.kanqian.rules.pack.Basis;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.Text;

/**
 * A common point (共用要点) of several items that are checked together (并联踏勘).
 *
 * @param status the worst of the items'
 * @param text the point with the strictest limit of all items filled in
 * @param limits the strictest limits
 * @param basis the clauses of all items, each once
 * @param items the items that ask for it
 */
public record JointFinding(
        RequirementPoint point,
        Status status,
        Text text,
        List<Finding.Limit> limits,
        List<Basis> basis,
        List<String> items) {
    public JointFinding {
        limits = List.copyOf(limits);
        basis = List.copyOf(basis);
        items = List.copyOf(items);
    }
}

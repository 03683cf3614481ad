package org.kanqian.rules.verdict;

import java.util.List;
import org.kanqian.rules.pack.RequirementPoint;

/** One thing to put right (整改措施), and the items that ask for it. */
public record Fix(RequirementPoint point, List<String> items) {
    public Fix {
        items = List.copyOf(items);
    }
}

package org.kanqian.rules.verdict;

import java.util.List;
import org.kanqian.rules.pack.RequirementPoint;
import org.kanqian.rules.pack.Text;

/**
 * One thing to put right (整改措施), and the items that ask for it.
 *
 * @param asked what must hold afterwards, with the limits in force; where items share the point,
 *     the strictest of theirs
 */
public record Fix(RequirementPoint point, Text asked, List<String> items) {
    public Fix {
        items = List.copyOf(items);
    }
}

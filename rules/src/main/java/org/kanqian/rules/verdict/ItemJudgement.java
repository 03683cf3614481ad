package org.kanqian.rules.verdict;

import java.util.List;
import org.kanqian.rules.pack.ApprovalItem;

/** All findings of one item, in stage order, and its verdict. */
public record ItemJudgement(ApprovalItem item, Verdict verdict, List<Finding> findings) {
    public ItemJudgement {
        findings = List.copyOf(findings);
    }
}

package org.kanqian.rules.verdict;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.kanqian.rules.pack.ApprovalItem;

/**
 * All findings of one item, in stage order, and its verdict.
 *
 * @param score what its score sheet (打分表) makes of them, where it has one
 */
public record ItemJudgement(
        ApprovalItem item, Verdict verdict, List<Finding> findings, Optional<Score> score) {
    public ItemJudgement {
        findings = List.copyOf(findings);
    }

    /**
     * A score.
     *
     * @param got what is certain: all points that are met or not asked for
     * @param atMost what it can still become once the rest is known or seen
     * @param of the full mark
     * @param pass the pass mark
     */
    public record Score(BigDecimal got, BigDecimal atMost, BigDecimal of, BigDecimal pass) {}
}

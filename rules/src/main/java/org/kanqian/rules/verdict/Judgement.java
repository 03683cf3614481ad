package org.kanqian.rules.verdict;

import java.util.List;

/**
 * The whole answer to one inquiry.
 *
 * @param verdict the worst of the items'
 * @param fixes what to put right, gravest first
 * @param questions what to find out, best first
 */
public record Judgement(
        Verdict verdict, List<ItemJudgement> items, List<Fix> fixes, List<Question> questions) {
    public Judgement {
        items = List.copyOf(items);
        fixes = List.copyOf(fixes);
        questions = List.copyOf(questions);
    }
}

package org.kanqian.rules.verdict;

import java.util.List;

/**
 * The whole answer to one inquiry.
 *
 * @param verdict the worst of the items'
 * @param fixes what to put right, gravest first
 * @param questions what to find out, best first
 * @param joint the common points of two or more of the items
 * @param contradictions where two of the items cannot both be met
 */
public record Judgement(
        Verdict verdict,
        List<ItemJudgement> items,
        List<Fix> fixes,
        List<Question> questions,
        List<JointFinding> joint,
        List<Contradiction> contradictions) {
    public Judgement {
        items = List.copyOf(items);
        fixes = List.copyOf(fixes);
        questions = List.copyOf(questions);
        joint = List.copyOf(joint);
        contradictions = List.copyOf(contradictions);
    }
}

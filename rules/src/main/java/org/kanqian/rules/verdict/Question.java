package org.kanqian.rules.verdict;

import java.util.List;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.pack.FactDefinition;

/**
 * A fact to supply (待答问题).
 *
 * @param why what is known so far
 * @param decides {@code item/point} ids whose status it can change
 */
public record Question(FactDefinition fact, FactValue why, List<String> decides) {
    public Question {
        decides = List.copyOf(decides);
    }
}

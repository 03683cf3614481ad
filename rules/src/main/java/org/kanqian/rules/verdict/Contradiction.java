package org.kanqian.rules.verdict;

import org.kanqian.rules.pack.FactDefinition;
import org.kanqian.rules.pack.Text;

/**
 * Two items checked together that cannot both be met here: what one asks of a fact the other rules
 * out. It is reported, never resolved silently.
 */
public record Contradiction(FactDefinition fact, Side one, Side other) {

    /** What one item's point asks of the fact, in words. */
    public record Side(String item, String point, Text asks) {}
}

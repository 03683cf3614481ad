package org.kanqian.rules.engine;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kanqian.rules.fact.FactSheet;

/**
 * What is asked of the engine.
 *
 * @param items what to check, at least one
 * @param facts all that is known
 * @param region six-digit GB/T 2260 code of the site; empty if not known
 * @param asOf the day whose law counts
 * @param aheadMonths how many months to look ahead for changes of law; 0 for none
 */
public record Inquiry(
        List<ItemInquiry> items,
        FactSheet facts,
        Optional<String> region,
        LocalDate asOf,
        int aheadMonths) {
    public Inquiry {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("no items");
        }
    }

    /** One item and the business form applied for. */
    public record ItemInquiry(String item, Optional<String> variant) {}
}

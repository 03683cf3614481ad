package org.kanqian.rules.pack;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.kanqian.rules.fact.FactSheet;

/**
 * A worked example (示例用例) that must keep holding.
 *
 * @param then expected status by point id
 * @param verdict expected verdict of the item, where the case states one
 * @param line line of the case in its file
 */
public record WorkedCase(
        String item,
        String name,
        LocalDate asOf,
        Optional<String> region,
        Optional<String> variant,
        FactSheet given,
        Map<String, String> then,
        Optional<String> verdict,
        int line) {}

package org.kanqian.rules.pack;

import java.util.List;
import java.util.Map;

/**
 * A decision table (决策表) of a point: what must hold (应 …) in which case (当 …), a row for each. Its
 * rows become rules in the same sentences officers write, and its numbers become limits.
 *
 * @param file path in the pack
 * @param headings first row, as written
 * @param rows all other rows, as written; a row for every line of the file that holds one
 * @param names what texts and headings call the limits of its columns, with their units
 * @param limits the limits of its rows, {@code name.row}, with place and time
 */
public record DecisionTable(
        String file,
        List<String> headings,
        List<List<String>> rows,
        Map<String, String> names,
        Map<String, Parameter> limits) {

    public DecisionTable {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
        names = Map.copyOf(names);
        limits = Map.copyOf(limits);
    }

    /** What the column's limits are called: {@code area} of {@code area.5}. */
    public static String column(String limit) {
        int dot = limit.indexOf('.');
        return dot < 0 ? limit : limit.substring(0, dot);
    }
}

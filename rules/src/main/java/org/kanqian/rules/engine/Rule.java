package org.kanqian.rules.engine;

import java.util.List;

/**
 * One rule as an officer wrote it, understood.
 *
 * @param index its place in the file, 0-based; what the compiled rule reports
 * @param file the file it stands in, a table's where it is a row
 * @param applies true if it says when its point applies, false if it says how it is violated
 * @param sentences the lines between {@code when} and {@code then}, as written
 * @param constraints the same as Drools constraints on a {@link World}, ours word for word
 * @param consequence the call it makes, ours word for word
 */
record Rule(
        int index,
        String title,
        String file,
        int line,
        String point,
        boolean applies,
        List<Condition> conditions,
        List<String> sentences,
        List<String> constraints,
        String consequence) {
    Rule {
        conditions = List.copyOf(conditions);
        sentences = List.copyOf(sentences);
        constraints = List.copyOf(constraints);
    }
}

package org.kanqian.rules.pack;

import java.util.List;
import java.util.Set;

/**
 * Rules as an officer wrote them: a {@code .dslr} file, or a decision table put into sentences.
 *
 * @param lines what is to be read, in order
 * @param others points this file may speak of although the item does not use them: the other points
 *     of a {@code common/} file
 */
public record RuleSource(String file, List<Line> lines, Set<String> others) {
    public RuleSource {
        lines = List.copyOf(lines);
        others = Set.copyOf(others);
    }

    /** A text file, line by line. */
    static RuleSource of(String file, String text, Set<String> others) {
        List<Line> lines = new java.util.ArrayList<>();
        String[] split = text.split("\\R", -1);
        for (int i = 0; i < split.length; i++) {
            String stripped = split[i].strip();
            lines.add(new Line(stripped, i + 1, split[i].indexOf(stripped) + 1));
        }
        return new RuleSource(file, lines, others);
    }

    /**
     * One line and the place it stands at: line and column of a text, row and column of a table.
     */
    public record Line(String text, int row, int column) {}
}

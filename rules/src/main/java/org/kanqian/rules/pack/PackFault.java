package org.kanqian.rules.pack;

/**
 * Something wrong in a pack, where, and how to mend it.
 *
 * @param file path inside the pack
 * @param line 1-based, the row in a table; 0 where a fault concerns the whole file
 * @param column 1-based; 0 where unknown
 * @param message Chinese first, then English
 */
public record PackFault(String file, int line, int column, Text message) {
    @Override
    public String toString() {
        return file + ":" + place() + " " + message.zh() + " / " + message.en();
    }

    /** Line and column; in a table the cell, as spreadsheets name it: C5. */
    public String place() {
        boolean table = file.endsWith(".csv") || file.endsWith(".xlsx");
        return table && line > 0 && column > 0 ? cell() : line + ":" + column;
    }

    private String cell() {
        int letter = column - 1;
        String prefix = letter < 26 ? "" : String.valueOf((char) ('A' + letter / 26 - 1));
        return prefix + (char) ('A' + letter % 26) + line;
    }
}

package org.kanqian.rules.pack;

/**
 * Something wrong in a pack, where, and how to mend it.
 *
 * @param file path inside the pack
 * @param line 1-based; 0 where a fault concerns the whole file
 * @param column 1-based; 0 where unknown
 * @param message Chinese first, then English
 */
public record PackFault(String file, int line, int column, Text message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + " " + message.zh() + " / " + message.en();
    }
}

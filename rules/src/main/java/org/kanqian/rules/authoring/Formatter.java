package org.kanqian.rules.authoring;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays out the files of a pack alike without changing what they say: no trailing blanks, one empty
 * line at most, one line end at the end; in rules the usual indents, single spaces, and one empty
 * line between two rules. Comments stay where they are.
 */
public final class Formatter {
    private Formatter() {}

    /** A file as it should be laid out; files of other kinds come back as they are. */
    public static String format(String path, String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<String> lines = new ArrayList<>();
        if (path.endsWith(".dslr")) {
            rules(plain, lines);
        } else if (path.endsWith(".yaml")) {
            plain.lines().map(String::stripTrailing).forEach(l -> add(lines, l));
        } else {
            return text;
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, String line) {
        boolean second = lines.isEmpty() || lines.get(lines.size() - 1).isEmpty();
        if (!line.isEmpty() || !second) {
            lines.add(line);
        }
    }

    private static void rules(String text, List<String> lines) {
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            boolean head = line.startsWith("rule ");
            boolean margin =
                    head || line.equals("when") || line.equals("then") || line.equals("end");
            if (line.isEmpty() || line.startsWith("#")) {
                add(lines, line);
                continue;
            }
            if (head && !lines.isEmpty() && !lines.get(lines.size() - 1).startsWith("#")) {
                add(lines, "");
            }
            add(lines, margin ? line : "  " + line.replaceAll(" {2,}", " "));
        }
    }
}

package org.kanqian.api.problem;

import java.util.Locale;
import java.util.Map;
import org.kanqian.rules.pack.Text;

/**
 * One thing wrong with a request.
 *
 * @param pointer JSON pointer of the field; empty for the request as a whole
 * @param detail what is wrong and how to mend it
 * @param where in a file that was sent: {@code file}, and the {@code feature} in it by its index
 *     from 0 and its {@code id}; empty for what is in the request itself
 */
public record Fault(String pointer, Text detail, Map<String, Object> where) {
    private static final int LONGEST_SHOWN = 60;

    public Fault {
        where = Map.copyOf(where);
    }

    public Fault(String pointer, Text detail) {
        this(pointer, detail, Map.of());
    }

    public Fault(String pointer, String zh, String en) {
        this(pointer, new Text(zh, en));
    }

    /** A field's name as it stands in a JSON pointer (RFC 6901). */
    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Something a sender wrote, fit to be shown back: at most 60 characters, all visible. */
    public static String shown(String given) {
        int[] characters = given.codePoints().limit(LONGEST_SHOWN + 1L).toArray();
        int length = Math.min(characters.length, LONGEST_SHOWN);
        String start = visible(new String(characters, 0, length));
        return characters.length > LONGEST_SHOWN ? start + "…" : start;
    }

    /**
     * A text in which characters that are invisible, move the cursor or turn the direction of
     * writing stand as their codes.
     */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            if (visible(c)) {
                                visible.appendCodePoint(c);
                            } else {
                                visible.append(String.format(Locale.ROOT, "<U+%04X>", c));
                            }
                        });
        return visible.toString();
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}

package org.kanqian.rules.fact;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class Nearest {
    private static final int LONGEST = 80;

    private Nearest() {}

    /**
     * The candidate with the fewest edits from {@code word}; of equals the first in order.
     *
     * @return empty if none is close: more than half of the word would have to change
     */
    public static Optional<String> to(String word, Collection<String> candidates) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(c -> c.length() <= LONGEST)
                .min(
                        Comparator.comparingInt((String c) -> edits(word, c))
                                .thenComparing(Comparator.naturalOrder()))
                .filter(c -> edits(word, c) * 2 <= Math.max(word.length(), c.length()));
    }

    /** Levenshtein's distance, two rows at a time. */
    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}

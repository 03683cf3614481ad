package org.kanqian.gis.address;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One way of writing for everything that is only a way of writing. */
final class Spelling {
    private static final String DIGITS = "零一二三四五六七八九";
    private static final Pattern DASHES = Pattern.compile("[\\p{Pd}−~―ー]");
    private static final Pattern NUMERAL =
            Pattern.compile("[零〇一二两三四五六七八九十百]{1,8}(?=号|弄|栋|幢|座|楼|层|单元|室|期)");
    private static final Pattern BETWEEN =
            Pattern.compile("[\\s\\p{Z}\\p{C}\\p{M},.，。、;；:：'\"“”‘’()（）\\[\\]【】<>《》!?|/\\\\]+");

    private static final char[] SIMPLIFIED = simplified();
    private static final char[] TRADITIONAL = traditional();

    private Spelling() {}

    /**
     * Full-width forms, case, traditional characters and dashes in one form; parts still apart, by
     * one space each.
     */
    static String folded(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String plain = Normalizer.normalize(lower, Normalizer.Form.NFKC);
        StringBuilder out = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            out.append(SIMPLIFIED[plain.charAt(i)]);
        }
        String apart = BETWEEN.matcher(out).replaceAll(" ");
        return DASHES.matcher(apart).replaceAll("-").strip();
    }

    /** {@link #folded} without the gaps, and numbers before 号, 弄, 栋 and the like in digits. */
    static String plain(String text) {
        return digits(folded(text).replace(" ", ""));
    }

    /** Chinese numbers before 号, 弄, 栋 and the like in digits: 三十二号 is 32号. */
    static String digits(String text) {
        Matcher m = NUMERAL.matcher(text);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(out, number(m.group()));
        }
        return m.appendTail(out).toString();
    }

    private static String number(String chinese) {
        String text = chinese.replace('〇', '零').replace('两', '二');
        if (text.indexOf('十') < 0 && text.indexOf('百') < 0) {
            StringBuilder digits = new StringBuilder();
            text.chars().forEach(c -> digits.append(DIGITS.indexOf(c)));
            return digits.toString();
        }
        int total = 0;
        int last = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '百' || c == '十') {
                total += Math.max(last, 1) * (c == '百' ? 100 : 10);
                last = 0;
            } else {
                last = DIGITS.indexOf(c);
            }
        }
        return Integer.toString(total + last);
    }

    /** Whether {@code b} is {@code a} with one character changed, left out, put in or exchanged. */
    static boolean oneSlip(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1 || a.equals(b)) {
            return false;
        }
        int i = 0;
        int shorter = Math.min(a.length(), b.length());
        while (i < shorter && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        String x = a.substring(i);
        String y = b.substring(i);
        if (x.length() == y.length()) {
            boolean exchanged =
                    x.length() >= 2
                            && x.charAt(0) == y.charAt(1)
                            && x.charAt(1) == y.charAt(0)
                            && x.substring(2).equals(y.substring(2));
            return exchanged || x.substring(1).equals(y.substring(1));
        }
        return x.length() > y.length() ? x.substring(1).equals(y) : y.substring(1).equals(x);
    }

    /** A text as it may be written in traditional characters. */
    static String traditional(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            out.setCharAt(i, TRADITIONAL[out.charAt(i)]);
        }
        return out.toString();
    }

    private static char[] same() {
        char[] table = new char[Character.MAX_VALUE + 1];
        for (int c = 0; c < table.length; c++) {
            table[c] = (char) c;
        }
        return table;
    }

    private static char[] traditional() {
        char[] table = same();
        for (String pair : Resource.lines("traditional.tsv")) {
            if (table[pair.charAt(1)] == pair.charAt(1)) {
                table[pair.charAt(1)] = pair.charAt(0);
            }
        }
        return table;
    }

    private static char[] simplified() {
        char[] table = same();
        for (String pair : Resource.lines("traditional.tsv")) {
            table[pair.charAt(0)] = pair.charAt(1);
        }
        // A few are simplified in two steps: 薴, 苧, 苎.
        for (int c = 0; c < table.length; c++) {
            table[c] = table[table[c]];
        }
        return table;
    }
}

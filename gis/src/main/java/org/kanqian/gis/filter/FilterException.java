package org.kanqian.gis.filter;

/** A condition that cannot be taken; says why. */
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String zh;
    private final String en;

    FilterException(String zh, String en) {
        super(zh + " / " + en);
        this.zh = zh;
        this.en = en;
    }

    /** What is wrong and how to mend it, in Chinese. */
    public String zh() {
        return zh;
    }

    /** What is wrong and how to mend it, in English. */
    public String en() {
        return en;
    }
}

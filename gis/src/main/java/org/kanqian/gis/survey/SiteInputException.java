package org.kanqian.gis.survey;

/** A site that cannot be where it is said to be. */
public final class SiteInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String zh;
    private final String en;

    SiteInputException(String pointer, String zh, String en) {
        super(pointer + " " + en);
        this.pointer = pointer;
        this.zh = zh;
        this.en = en;
    }

    /** JSON pointer of the field, from the site on: {@code /coordinates/lon}. */
    public String pointer() {
        return pointer;
    }

    /** What is wrong and how to mend it, Chinese. */
    public String zh() {
        return zh;
    }

    /** What is wrong and how to mend it, English. */
    public String en() {
        return en;
    }
}

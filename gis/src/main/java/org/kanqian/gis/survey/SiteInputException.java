package org.kanqian.gis.survey;

/** A site that cannot be: the request is wrong, not merely incomplete. */
public final class SiteInputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String zh;
    private final String en;

    /**
     * @param pointer JSON pointer into the request, e.g. {@code /site/coordinates/lon}
     * @param zh what is wrong and how to mend it, in Chinese
     * @param en the same in English
     */
    public SiteInputException(String pointer, String zh, String en) {
        super(pointer + "：" + zh + " / " + en);
        this.pointer = pointer;
        this.zh = zh;
        this.en = en;
    }

    /** JSON pointer to the field at fault. */
    public String pointer() {
        return pointer;
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

package org.kanqian.gis.plan.importing;

/** A file no plan can be made of, and what its owner can do about it. */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String zh;
    private final String en;

    public ImportException(String zh, String en) {
        super(en);
        this.zh = zh;
        this.en = en;
    }

    /** What is wrong and how to mend it, Chinese. */
    public String zh() {
        return zh;
    }

    /** The same in English. */
    public String en() {
        return en;
    }
}

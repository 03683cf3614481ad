package org.kanqian.gis.plan.importing;

import java.util.List;

/** A file no plan can be made of, and what its owner can do about it. */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String zh;
    private final String en;
    private final transient List<Size> sizes;

    public ImportException(String zh, String en) {
        this(zh, en, List.of());
    }

    ImportException(String zh, String en, List<Size> sizes) {
        super(en);
        this.zh = zh;
        this.en = en;
        this.sizes = List.copyOf(sizes);
    }

    /** How long the longer side of a drawing would be in a unit. */
    public record Size(LengthUnit unit, double metres) {}

    /** What is wrong and how to mend it, Chinese. */
    public String zh() {
        return zh;
    }

    /** The same in English. */
    public String en() {
        return en;
    }

    /** The units the drawing may be in, where that is what has to be said; else empty. */
    public List<Size> sizes() {
        return sizes;
    }
}

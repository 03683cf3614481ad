package org.kanqian.gis.crs;

/** A coordinate reference system that is not accepted; the message says which are. */
public final class UnknownCrsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String chinese;
    private final String english;

    UnknownCrsException(String chinese, String english) {
        super(chinese);
        this.chinese = chinese;
        this.english = english;
    }

    /** The message in Chinese. */
    public String chinese() {
        return chinese;
    }

    /** The message in English. */
    public String english() {
        return english;
    }
}

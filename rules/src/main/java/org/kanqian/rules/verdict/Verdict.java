package org.kanqian.rules.verdict;

/** The conclusion, best first; of several the worst wins. */
public enum Verdict {
    /** 可办: everything decidable is met. */
    PASS,
    /** 待补充: not violated, not proven either. */
    NEED_INFO,
    /** 需整改: violated, but a finite list of fixes cures it. */
    FIX,
    /** 选址不可行: violated, and no refit at this address cures it. */
    WRONG_SITE;

    /** The worse of the two. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

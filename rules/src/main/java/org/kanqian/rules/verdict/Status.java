package org.kanqian.rules.verdict;

/** What is found about one point. */
public enum Status {
    /** Known to be met, whatever the facts still unknown turn out to be. */
    MET,
    /** Known to be violated, whatever the facts still unknown turn out to be. */
    VIOLATED,
    /** Hangs on facts nobody has given yet. */
    UNKNOWN,
    /** Hangs on less than the error of a measurement; never counts as met. */
    MARGINAL,
    /** Only eyes on site can tell. */
    VISIT,
    /** Not asked of these premises. */
    NOT_APPLICABLE
}

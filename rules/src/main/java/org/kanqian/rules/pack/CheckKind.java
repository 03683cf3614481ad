package org.kanqian.rules.pack;

/** Who can settle a point. */
public enum CheckKind {
    /** A map, a plan or a number decides. */
    MACHINE,
    /** The applicant's answer decides. */
    DECLARE,
    /** Only eyes on site decide. */
    VISIT
}

package org.kanqian.rules.pack;

/** How grave a violation is: 一票否决、重要、一般. */
public enum Severity {
    VETO,
    MAJOR,
    MINOR
}

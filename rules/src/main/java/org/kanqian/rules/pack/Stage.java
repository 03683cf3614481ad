package org.kanqian.rules.pack;

/** 环节, in the order an applicant meets them: a site is judged before its kitchen. */
public enum Stage {
    SITING,
    LAYOUT,
    FACILITIES,
    FLUE,
    WATER,
    FIRE,
    STAFF,
    DOCUMENTS,
    MANAGEMENT
}

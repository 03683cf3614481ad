package org.kanqian.gis.address;

/** How far down a candidate goes, the most exact first. */
public enum AddressLevel {
    /** A house number, 门牌. */
    DOOR,
    /** A building or place by its name. */
    BUILDING,
    /** A road, anywhere along it. */
    ROAD,
    /** A town, district, city or province. */
    DISTRICT
}

package org.kanqian.gis.layer;

/** A geometry that cannot be taken as it is. */
final class GeometryFault extends Exception {
    private static final long serialVersionUID = 1L;

    final String zh;
    final String en;

    GeometryFault(String zh, String en) {
        super(zh);
        this.zh = zh;
        this.en = en;
    }
}

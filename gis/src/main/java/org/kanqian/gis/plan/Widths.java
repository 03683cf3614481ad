package org.kanqian.gis.plan;

import org.locationtech.jts.algorithm.MinimumDiameter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.buffer.BufferOp;
import org.locationtech.jts.operation.buffer.BufferParameters;

/** How narrow a room gets. */
final class Widths {
    private static final BufferParameters SHARP =
            new BufferParameters(8, BufferParameters.CAP_FLAT, BufferParameters.JOIN_MITRE, 10);

    /** Chamfers and rounding may go without making a room narrower. */
    private static final double KEPT = 0.99;

    private static final int STEPS = 24;

    private Widths() {}

    /**
     * The width of the narrowest part of a room, metres: exact for a convex room (its shorter side
     * if it is a rectangle); else the widest square-ended brush that still sweeps 99 % of the
     * floor, found by halving to better than a millimetre.
     */
    static double narrowest(Polygon room) {
        double widest = new MinimumDiameter(room).getLength();
        boolean convex =
                room.getNumInteriorRing() == 0
                        && room.convexHull().getArea() <= room.getArea() * (1 + 1e-9);
        if (convex) {
            return widest;
        }
        double fits = 0;
        double tooWide = widest;
        for (int i = 0; i < STEPS && tooWide - fits > 1e-4; i++) {
            double brush = (fits + tooWide) / 2;
            Geometry core = BufferOp.bufferOp(room, -brush / 2, SHARP);
            Geometry swept = BufferOp.bufferOp(core, brush / 2, SHARP);
            if (swept.getArea() >= room.getArea() * KEPT) {
                fits = brush;
            } else {
                tooWide = brush;
            }
        }
        return fits;
    }
}

package org.kanqian.gis.plan.drawing;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** Paths of common shapes. */
final class Paths {
    /** How far a Bézier's control points lie out for a quarter of a circle of radius 1. */
    private static final double QUARTER = 4.0 / 3 * (Math.sqrt(2) - 1);

    private Paths() {}

    static Path2D line(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        return path;
    }

    static Path2D ring(double... xy) {
        Path2D path = line(xy);
        path.closePath();
        return path;
    }

    static Path2D box(Rectangle2D box) {
        return ring(
                box.getMinX(),
                box.getMinY(),
                box.getMaxX(),
                box.getMinY(),
                box.getMaxX(),
                box.getMaxY(),
                box.getMinX(),
                box.getMaxY());
    }

    static Path2D rounded(Rectangle2D box, double radius) {
        return new Path2D.Double(
                new RoundRectangle2D.Double(
                        box.getX(),
                        box.getY(),
                        box.getWidth(),
                        box.getHeight(),
                        radius * 2,
                        radius * 2));
    }

    static Path2D circle(double x, double y, double radius) {
        return ellipse(new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    static Path2D ellipse(Rectangle2D box) {
        return new Path2D.Double(
                new Ellipse2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight()));
    }

    /**
     * A door leaf hinged at {@code h}, open at a right angle, and the arc its edge draws to {@code
     * s} in the frame.
     */
    static Path2D leaf(Coordinate h, Coordinate s, double nx, double ny) {
        double length = h.distance(s);
        double x = h.x + nx * length;
        double y = h.y + ny * length;
        double ux = (s.x - h.x) * QUARTER;
        double uy = (s.y - h.y) * QUARTER;
        double reach = length * QUARTER;
        Path2D path = line(h.x, h.y, x, y);
        path.curveTo(x + ux, y + uy, s.x + nx * reach, s.y + ny * reach, s.x, s.y);
        return path;
    }

    /** Rings and lines of a geometry, whose coordinates are paper's already. */
    static Path2D of(Geometry geometry) {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            if (part instanceof Polygon p) {
                add(path, p.getExteriorRing(), true);
                for (int hole = 0; hole < p.getNumInteriorRing(); hole++) {
                    add(path, p.getInteriorRingN(hole), true);
                }
            } else if (part instanceof LineString l) {
                add(path, l, false);
            }
        }
        return path;
    }

    private static void add(Path2D path, LineString line, boolean ring) {
        Coordinate[] all = line.getCoordinates();
        int last = ring ? all.length - 1 : all.length;
        for (int i = 0; i < last; i++) {
            if (i == 0) {
                path.moveTo(all[i].x, all[i].y);
            } else {
                path.lineTo(all[i].x, all[i].y);
            }
        }
        if (ring && last > 0) {
            path.closePath();
        }
    }
}

package org.kanqian.gis.plan.drawing;

import java.awt.geom.Rectangle2D;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.util.AffineTransformation;

/**
 * From metres of the plan, y up, to millimetres of paper, y down.
 *
 * @param mm of paper to a metre
 * @param left plan x that comes to lie at 0
 * @param top plan y that comes to lie at 0
 */
record Frame(double mm, double left, double top) {
    AffineTransformation toPaper() {
        return new AffineTransformation(mm, 0, -left * mm, 0, -mm, top * mm);
    }

    Geometry paper(Geometry metres) {
        return toPaper().transform(metres);
    }

    static Rectangle2D box(Geometry paper) {
        Envelope e = paper.getEnvelopeInternal();
        return new Rectangle2D.Double(e.getMinX(), e.getMinY(), e.getWidth(), e.getHeight());
    }

    static Rectangle2D grown(Rectangle2D box, double by) {
        return new Rectangle2D.Double(
                box.getX() - by,
                box.getY() - by,
                box.getWidth() + 2 * by,
                box.getHeight() + 2 * by);
    }

    static Rectangle2D around(double x, double y, double radius) {
        return new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }
}

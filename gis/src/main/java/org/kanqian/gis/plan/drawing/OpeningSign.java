package org.kanqian.gis.plan.drawing;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Swing;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.distance.DistanceOp;

/** One opening as it is drawn: the gap in the wall and what closes it. */
final class OpeningSign {
    /** Doors wider than this have two leaves, metres. */
    private static final double TWO_LEAVES = 1.25;

    /** Half a wall where rooms touch, mm: enough for the gap to be seen. */
    private static final double THIN = 0.25;

    private static final Ink FRAME = Ink.line("#444444", 0.2);
    private static final Ink LEAF = Ink.line("#555555", 0.18);
    private static final String GREEN = "#1e8449";

    private final Opening opening;
    private final Coordinate a;
    private final Coordinate b;
    private final double nx;
    private final double ny;
    private final double left;
    private final double right;
    private final double outward;
    private final double wide;

    /**
     * @param line of the opening, on paper
     * @param rooms by id, on paper
     * @param mm of paper to a metre
     */
    OpeningSign(Opening opening, LineString line, Map<String, Polygon> rooms, double mm) {
        this.opening = opening;
        this.a = line.getCoordinateN(0);
        this.b = line.getCoordinateN(1);
        double length = a.distance(b);
        this.wide = length / mm;
        this.nx = length == 0 ? 0 : (b.y - a.y) / length;
        this.ny = length == 0 ? 1 : (a.x - b.x) / length;
        double from = side(rooms.get(opening.from()));
        double to = side(rooms.get(opening.to()));
        if (Double.isNaN(from)) {
            from = Double.isNaN(to) ? THIN : -to;
        }
        if (Double.isNaN(to)) {
            to = -from;
        }
        this.outward = Math.signum(opening.from().equals(FloorPlan.OUTSIDE) ? from : to);
        this.left = Math.max(Math.max(from, to), THIN);
        this.right = Math.min(Math.min(from, to), -THIN);
    }

    /** How far off along the normal a room's face lies; NaN for no room. */
    private double side(@Nullable Polygon room) {
        if (room == null) {
            return Double.NaN;
        }
        Coordinate middle = middle();
        Coordinate face = DistanceOp.nearestPoints(room, room.getFactory().createPoint(middle))[0];
        double off = (face.x - middle.x) * nx + (face.y - middle.y) * ny;
        if (Math.abs(off) > THIN) {
            return off;
        }
        Coordinate inside = room.getInteriorPoint().getCoordinate();
        double way = (inside.x - middle.x) * nx + (inside.y - middle.y) * ny;
        return way < 0 ? -THIN : THIN;
    }

    Coordinate middle() {
        return new Coordinate((a.x + b.x) / 2, (a.y + b.y) / 2);
    }

    String id() {
        return opening.id();
    }

    /** The gap in the wall. */
    Path2D gap() {
        return Paths.ring(
                a.x + nx * left,
                a.y + ny * left,
                b.x + nx * left,
                b.y + ny * left,
                b.x + nx * right,
                b.y + ny * right,
                a.x + nx * right,
                a.y + ny * right);
    }

    /** Box of all that is drawn of it. */
    Rectangle2D box() {
        Rectangle2D box = gap().getBounds2D();
        if (swings()) {
            double reach = leaves() == 2 ? a.distance(b) / 2 : a.distance(b);
            double way = way();
            box.add(a.x + nx * reach * way, a.y + ny * reach * way);
            box.add(b.x + nx * reach * way, b.y + ny * reach * way);
        }
        return box;
    }

    /** Box of the door leaves in the open: what text is better not written on. */
    Rectangle2D leafBox() {
        return swings() ? box() : gap().getBounds2D();
    }

    private boolean swings() {
        return opening.kind() == OpeningKind.DOOR
                && opening.swing().filter(s -> s != Swing.SLIDING).isPresent();
    }

    private int leaves() {
        return wide > TWO_LEAVES ? 2 : 1;
    }

    /** Which way along the normal the leaves open. */
    private double way() {
        return opening.swing().filter(s -> s == Swing.OUTWARD).isPresent() ? outward : -outward;
    }

    List<Part> draw() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Stroke(gap(), Ink.fill("#ffffff")));
        parts.add(new Stroke(jambs(), FRAME));
        switch (opening.kind()) {
            case WINDOW -> {
                parts.add(new Stroke(along(left), FRAME));
                parts.add(new Stroke(along(right), FRAME));
                parts.add(new Stroke(along(middling(0.2)), LEAF));
                parts.add(new Stroke(along(middling(-0.2)), LEAF));
            }
            case PASS_THROUGH -> {
                parts.add(new Stroke(along(left), LEAF.dashed(0.6)));
                parts.add(new Stroke(along(right), LEAF.dashed(0.6)));
            }
            case DOOR -> door(parts);
        }
        return parts;
    }

    private void door(List<Part> parts) {
        if (swings()) {
            double way = way();
            Coordinate middle = middle();
            if (leaves() == 2) {
                parts.add(new Stroke(Paths.leaf(a, middle, nx * way, ny * way), LEAF));
                parts.add(new Stroke(Paths.leaf(b, middle, nx * way, ny * way), LEAF));
            } else {
                parts.add(new Stroke(Paths.leaf(a, b, nx * way, ny * way), LEAF));
            }
        } else if (opening.swing().isPresent()) {
            parts.add(new Stroke(share(0, 0.58, 0.25), Ink.line("#444444", 0.35)));
            parts.add(new Stroke(share(0.42, 1, -0.25), Ink.line("#444444", 0.35)));
        } else {
            parts.add(new Stroke(along(0), LEAF.dashed(0.5)));
        }
    }

    /** The arrow that points out of an emergency exit, and the way it points. */
    List<Part> exitArrow() {
        Coordinate tip = exitTip();
        double bx = tip.x - nx * outward * 2.4;
        double by = tip.y - ny * outward * 2.4;
        double ux = -ny;
        double uy = nx;
        return List.of(
                new Stroke(
                        Paths.ring(
                                tip.x,
                                tip.y,
                                bx + ux * 1.3,
                                by + uy * 1.3,
                                bx - ux * 1.3,
                                by - uy * 1.3),
                        Ink.fill(GREEN)));
    }

    boolean exit() {
        return opening.exit();
    }

    /** Where the arrow ends: beyond wall and leaves. */
    Coordinate exitTip() {
        double reach = outward > 0 ? left : -right;
        if (swings() && way() == outward) {
            reach = Math.max(reach, a.distance(b) / leaves());
        }
        double off = (reach + 3.4) * outward;
        Coordinate m = middle();
        return new Coordinate(m.x + nx * off, m.y + ny * off);
    }

    /** Unit vector out of the exit. */
    Coordinate exitWay() {
        return new Coordinate(nx * outward, ny * outward);
    }

    /** The opening itself, for an outline in a colour. */
    Path2D line() {
        return Paths.line(a.x, a.y, b.x, b.y);
    }

    private double middling(double share) {
        return (left + right) / 2 + share * (left - right);
    }

    private Path2D jambs() {
        Path2D path =
                Paths.line(a.x + nx * left, a.y + ny * left, a.x + nx * right, a.y + ny * right);
        path.append(
                Paths.line(b.x + nx * left, b.y + ny * left, b.x + nx * right, b.y + ny * right),
                false);
        return path;
    }

    private Path2D along(double off) {
        return Paths.line(a.x + nx * off, a.y + ny * off, b.x + nx * off, b.y + ny * off);
    }

    private Path2D share(double start, double end, double off) {
        double ox = nx * off;
        double oy = ny * off;
        return Paths.line(
                a.x + (b.x - a.x) * start + ox,
                a.y + (b.y - a.y) * start + oy,
                a.x + (b.x - a.x) * end + ox,
                a.y + (b.y - a.y) * end + oy);
    }
}

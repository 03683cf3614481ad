package org.kanqian.gis.plan.drawing;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.drawing.Picture.Align;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;
import org.kanqian.gis.plan.drawing.Picture.Words;
import org.locationtech.jts.geom.Polygon;

/**
 * Lengths along the four sides of a storey, metres: the clear widths of the rooms one sees from
 * there, and below and to the left of them how far the rooms reach in all.
 */
final class Dimensions {
    /** What was drawn, and how far it reaches. */
    record Drawn(List<Part> parts, Rectangle2D bounds) {}

    private static final double FIRST = 4.2;
    private static final double SECOND = 9.2;
    private static final double SIZE = 2;
    private static final double ROOM = 3;
    private static final double TICK = 0.9;
    private static final double LEAST = 1.5;
    private static final String COLOUR = "#5a5a5a";
    private static final Ink LINE = Ink.line(COLOUR, 0.12);
    private static final Ink TICKS = Ink.line(COLOUR, 0.3);

    private enum Side {
        BELOW,
        ABOVE,
        LEFT,
        RIGHT;

        boolean flat() {
            return this == BELOW || this == ABOVE;
        }
    }

    private final Rectangle2D clear;
    private final Rectangle2D reached;
    private final Obstacles obstacles;
    private final double mm;
    private final List<Part> parts = new ArrayList<>();

    private Dimensions(Rectangle2D clear, Obstacles obstacles, double mm) {
        this.clear = clear;
        this.reached = (Rectangle2D) clear.clone();
        this.obstacles = obstacles;
        this.mm = mm;
    }

    /**
     * @param clear what is drawn already, and must be kept clear of
     * @param obstacles lines drawn already
     * @param mm of paper to a metre
     */
    static Drawn draw(List<Polygon> rooms, Rectangle2D clear, Obstacles obstacles, double mm) {
        if (rooms.isEmpty()) {
            return new Drawn(List.of(), clear);
        }
        Dimensions dimensions = new Dimensions(clear, obstacles, mm);
        List<Rectangle2D> boxes = rooms.stream().map(Frame::box).toList();
        Rectangle2D all = (Rectangle2D) boxes.get(0).clone();
        boxes.forEach(all::add);
        boolean straight = 2 * rooms.stream().filter(Polygon::isRectangle).count() >= rooms.size();
        for (Side side : Side.values()) {
            List<double[]> seen = straight ? seen(boxes, side) : List.of();
            boolean overall = side == Side.BELOW || side == Side.LEFT;
            boolean more = seen.size() > 1;
            if (more) {
                seen.forEach(s -> dimensions.length(side, s[0], s[1], FIRST));
            }
            if (overall) {
                double from = side.flat() ? all.getMinX() : all.getMinY();
                double to = side.flat() ? all.getMaxX() : all.getMaxY();
                dimensions.length(side, from, to, more ? SECOND : FIRST);
            }
        }
        return new Drawn(dimensions.parts, dimensions.reached);
    }

    /** From where to where which room is the first one meets, looking in from a side. */
    private static List<double[]> seen(List<Rectangle2D> boxes, Side side) {
        double[] stops =
                boxes.stream()
                        .flatMapToDouble(
                                b ->
                                        side.flat()
                                                ? java.util.stream.DoubleStream.of(
                                                        b.getMinX(), b.getMaxX())
                                                : java.util.stream.DoubleStream.of(
                                                        b.getMinY(), b.getMaxY()))
                        .sorted()
                        .distinct()
                        .toArray();
        List<double[]> seen = new ArrayList<>();
        @Nullable Rectangle2D before = null;
        for (int i = 1; i < stops.length; i++) {
            double at = (stops[i - 1] + stops[i]) / 2;
            Rectangle2D first = first(boxes, side, at);
            if (first != null && Objects.equals(first, before)) {
                seen.get(seen.size() - 1)[1] = stops[i];
            } else if (first != null) {
                seen.add(new double[] {stops[i - 1], stops[i]});
            }
            before = first;
        }
        seen.removeIf(s -> s[1] - s[0] < LEAST);
        return seen;
    }

    private static @Nullable Rectangle2D first(List<Rectangle2D> boxes, Side side, double at) {
        Rectangle2D first = null;
        double nearest = Double.POSITIVE_INFINITY;
        for (Rectangle2D b : boxes) {
            boolean meets =
                    side.flat()
                            ? b.getMinX() < at && at < b.getMaxX()
                            : b.getMinY() < at && at < b.getMaxY();
            double away =
                    switch (side) {
                        case BELOW -> -b.getMaxY();
                        case ABOVE -> b.getMinY();
                        case LEFT -> b.getMinX();
                        case RIGHT -> -b.getMaxX();
                    };
            if (meets && away < nearest) {
                nearest = away;
                first = b;
            }
        }
        return first;
    }

    private void length(Side side, double from, double to, double off) {
        String text = Badges.metres((to - from) / mm);
        boolean fits = Lettering.width(text, SIZE) < to - from - 0.4;
        if (side.flat()) {
            double y = side == Side.BELOW ? clear.getMaxY() + off : clear.getMinY() - off;
            parts.add(new Stroke(Paths.line(from, y, to, y), LINE));
            reached.add(Frame.around(from, y, ROOM));
            tick(from, y);
            tick(to, y);
            if (fits) {
                write(new Words(text, (from + to) / 2, y - 0.7, SIZE, Align.MIDDLE, COLOUR, false));
            }
        } else {
            double x = side == Side.LEFT ? clear.getMinX() - off : clear.getMaxX() + off;
            parts.add(new Stroke(Paths.line(x, from, x, to), LINE));
            reached.add(Frame.around(x, from, ROOM));
            tick(x, from);
            tick(x, to);
            if (fits) {
                write(new Words(text, x - 0.7, (from + to) / 2, SIZE, Align.MIDDLE, COLOUR, true));
            }
        }
    }

    /** Lines on their way to a call-out break off around the number. */
    private void write(Words words) {
        if (obstacles.crossed(words.box())) {
            parts.add(new Stroke(Paths.box(words.box()), Ink.fill("#ffffff")));
        }
        parts.add(words);
    }

    private void tick(double x, double y) {
        parts.add(
                new Stroke(
                        Paths.line(x - TICK / 2, y + TICK / 2, x + TICK / 2, y - TICK / 2), TICKS));
    }
}

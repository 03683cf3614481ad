package org.kanqian.gis.plan.drawing;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** What is on the sheet already, where text looks for a place. */
final class Obstacles {
    /** What crossing a line costs, mm² of symbol covered. */
    private static final double CROSSING = 1.5;

    private final List<Rectangle2D> texts;
    private final List<Rectangle2D> symbols;
    private final List<Line2D> lines;

    Obstacles() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    private Obstacles(List<Rectangle2D> texts, List<Rectangle2D> symbols, List<Line2D> lines) {
        this.texts = texts;
        this.symbols = symbols;
        this.lines = lines;
    }

    /** Text or a badge: nothing may ever cover it. */
    void text(Rectangle2D box) {
        texts.add(box);
    }

    /** Something drawn that is better not covered. */
    void symbol(Rectangle2D box) {
        symbols.add(box);
    }

    /** The outline of something whose inside is free. */
    void edges(Rectangle2D box) {
        line(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMinY());
        line(box.getMaxX(), box.getMinY(), box.getMaxX(), box.getMaxY());
        line(box.getMaxX(), box.getMaxY(), box.getMinX(), box.getMaxY());
        line(box.getMinX(), box.getMaxY(), box.getMinX(), box.getMinY());
    }

    void line(double x0, double y0, double x1, double y1) {
        lines.add(new Line2D.Double(x0, y0, x1, y1));
    }

    /** Those that reach into a region; what is added to them is not added here. */
    Obstacles within(Rectangle2D region) {
        return new Obstacles(
                new ArrayList<>(texts.stream().filter(t -> t.intersects(region)).toList()),
                new ArrayList<>(symbols.stream().filter(s -> s.intersects(region)).toList()),
                new ArrayList<>(lines.stream().filter(region::intersectsLine).toList()));
    }

    /** Whether no text is there. */
    boolean free(Rectangle2D box) {
        return texts.stream().noneMatch(t -> t.intersects(box));
    }

    /** Area of symbols covered, mm². */
    double covered(Rectangle2D box) {
        double area = 0;
        for (Rectangle2D s : symbols) {
            Rectangle2D both = s.createIntersection(box);
            if (!both.isEmpty()) {
                area += both.getWidth() * both.getHeight();
            }
        }
        return area;
    }

    boolean crossed(Rectangle2D box) {
        return lines.stream().anyMatch(box::intersectsLine);
    }

    /** How bad a place it is; 0 for one that touches nothing. */
    double cost(Rectangle2D box) {
        return covered(box) + CROSSING * lines.stream().filter(box::intersectsLine).count();
    }
}

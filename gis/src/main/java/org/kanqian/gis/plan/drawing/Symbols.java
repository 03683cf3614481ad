package org.kanqian.gis.plan.drawing;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;

/** Symbols of fixtures, fitted into the box they take. */
final class Symbols {
    private static final double FINE = 0.13;
    private static final Ink OUTLINE = Ink.line("#555555", 0.2).filled("#ffffff");
    private static final Ink DETAIL = Ink.line("#777777", FINE);
    private static final String RED = "#c0392b";
    private static final String GREEN = "#1e8449";

    private final List<Part> parts = new ArrayList<>();
    private final Rectangle2D box;
    private final Path2D outline;

    private Symbols(Path2D outline, Rectangle2D box) {
        this.outline = outline;
        this.box = box;
    }

    /** Side of a fixture drawn as a point, metres across and along. */
    static double[] usual(String look) {
        return switch (look) {
            case "sink" -> new double[] {0.5, 0.45};
            case "toilet" -> new double[] {0.42, 0.68};
            case "extinguisher", "camera", "light", "exit" -> new double[] {0.35, 0.35};
            case "computer" -> new double[] {0.6, 0.5};
            case "bed" -> new double[] {0.9, 1.9};
            case "flue" -> new double[] {0.4, 0.4};
            default -> new double[] {0.5, 0.5};
        };
    }

    /** Whether other things are drawn within it, so that it is no obstacle to text. */
    static boolean overlay(String look) {
        return look.equals("hood") || look.equals("zone");
    }

    /** Whether its inside is empty enough for its name. */
    static boolean roomy(String look) {
        return switch (look) {
            case "zone", "plain", "counter", "table" -> true;
            default -> false;
        };
    }

    /**
     * @param outline as drawn in the plan
     * @param box its envelope
     * @param pieces how many of them it stands for
     */
    static List<Part> draw(String look, Path2D outline, Rectangle2D box, long pieces) {
        Symbols symbol = new Symbols(outline, box);
        symbol.draw(look, pieces);
        return symbol.parts;
    }

    private void draw(String look, long pieces) {
        switch (look) {
            case "sink" -> {
                add(outline, OUTLINE);
                add(Paths.rounded(part(0.14, 0.16, 0.86, 0.84), side() * 0.12), DETAIL);
                add(circle(0.5, 0.5, 0.09), DETAIL);
            }
            case "toilet" -> {
                add(Paths.box(part(0.1, 0, 0.9, 0.26)), OUTLINE);
                add(Paths.ellipse(part(0.12, 0.24, 0.88, 1)), OUTLINE);
                add(Paths.ellipse(part(0.27, 0.38, 0.73, 0.88)), DETAIL);
            }
            case "stove" -> {
                add(outline, OUTLINE);
                burners(pieces);
            }
            case "hood" -> {
                add(outline, Ink.line("#7f8c8d", 0.18).dashed(1));
                add(cross(), Ink.line("#aab2b5", FINE).dashed(0.6));
            }
            case "flue" -> {
                add(outline, OUTLINE);
                add(Paths.ring(x(0), y(0), x(1), y(0), x(0), y(1)), Ink.fill("#888888"));
            }
            case "lift" -> {
                add(outline, OUTLINE);
                add(cross(), DETAIL);
            }
            case "cabinet" -> {
                add(outline, OUTLINE);
                add(Paths.line(x(0), y(1), x(1), y(0)), DETAIL);
            }
            case "bin" -> {
                add(outline, OUTLINE);
                add(circle(0.5, 0.5, 0.35), DETAIL);
            }
            case "shower" -> {
                add(circle(0.5, 0.5, 0.5), OUTLINE);
                add(cross(), DETAIL);
                add(circle(0.5, 0.5, 0.12), OUTLINE);
            }
            case "chair" -> {
                add(Paths.rounded(part(0.08, 0.1, 0.92, 0.95), side() * 0.2), OUTLINE);
                add(Paths.rounded(part(0, 0, 1, 0.24), side() * 0.1), OUTLINE);
            }
            case "bed" -> {
                add(outline, OUTLINE);
                boolean tall = box.getHeight() >= box.getWidth();
                add(
                        Paths.rounded(
                                tall ? part(0.15, 0.05, 0.85, 0.22) : part(0.05, 0.15, 0.22, 0.85),
                                side() * 0.08),
                        DETAIL);
            }
            case "computer" -> {
                add(outline, OUTLINE);
                add(Paths.box(part(0.2, 0.18, 0.8, 0.48)), DETAIL.filled("#dfe6e9"));
                add(Paths.box(part(0.25, 0.66, 0.75, 0.8)), DETAIL);
            }
            case "camera" -> {
                add(Paths.ring(x(0.5), y(0.5), x(1), y(0.1), x(1), y(0.9)), Ink.fill("#cfd8dc"));
                add(circle(0.4, 0.5, 0.3), Ink.fill("#455a64"));
            }
            case "extinguisher" -> {
                add(Paths.rounded(part(0.25, 0.3, 0.75, 1), side() * 0.15), Ink.fill(RED));
                add(
                        Paths.line(x(0.5), y(0.3), x(0.5), y(0.1), x(0.85), y(0.1)),
                        Ink.line(RED, 0.3));
            }
            case "exit" -> {
                add(outline, Ink.fill(GREEN));
                add(
                        Paths.line(
                                x(0.2), y(0.5), x(0.8), y(0.5), x(0.6), y(0.3), x(0.8), y(0.5),
                                x(0.6), y(0.7)),
                        Ink.line("#ffffff", 0.25));
            }
            case "light" -> {
                add(circle(0.5, 0.5, 0.5), Ink.line(GREEN, 0.2).filled("#ffffff"));
                add(cross(), Ink.line(GREEN, FINE));
            }
            case "partition" -> add(outline, Ink.line("#4a4a4a", 0.2).filled("#4a4a4a"));
            case "counter" -> {
                add(outline, OUTLINE);
                if (side() > 2.5) {
                    add(
                            Paths.box(
                                    new Rectangle2D.Double(
                                            box.getX() + 0.6,
                                            box.getY() + 0.6,
                                            box.getWidth() - 1.2,
                                            box.getHeight() - 1.2)),
                            DETAIL);
                }
            }
            case "table" -> add(Paths.rounded(box, side() * 0.12), OUTLINE);
            case "zone" -> add(outline, Ink.line("#888888", 0.18).dashed(0.8));
            default -> add(outline, OUTLINE);
        }
    }

    private void burners(long pieces) {
        int count = (int) Math.max(1, Math.min(pieces, 6));
        boolean wide = box.getWidth() >= box.getHeight();
        double each = (wide ? box.getWidth() : box.getHeight()) / count;
        double radius = Math.min(each, side()) * 0.34;
        for (int i = 0; i < count; i++) {
            double along = (i + 0.5) / count;
            double x = wide ? x(along) : x(0.5);
            double y = wide ? y(0.5) : y(along);
            add(Paths.circle(x, y, radius), DETAIL);
            add(Paths.circle(x, y, radius * 0.45), DETAIL);
        }
    }

    private Path2D cross() {
        Path2D path = Paths.line(x(0), y(0), x(1), y(1));
        path.append(Paths.line(x(0), y(1), x(1), y(0)), false);
        return path;
    }

    private Path2D circle(double x, double y, double radius) {
        return Paths.circle(x(x), y(y), radius * side());
    }

    private Rectangle2D part(double x0, double y0, double x1, double y1) {
        return new Rectangle2D.Double(x(x0), y(y0), x(x1) - x(x0), y(y1) - y(y0));
    }

    private double x(double share) {
        return box.getX() + share * box.getWidth();
    }

    private double y(double share) {
        return box.getY() + share * box.getHeight();
    }

    private double side() {
        return Math.min(box.getWidth(), box.getHeight());
    }

    private void add(Path2D path, Ink ink) {
        parts.add(new Stroke(path, ink));
    }
}

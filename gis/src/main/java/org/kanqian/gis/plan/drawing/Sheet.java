package org.kanqian.gis.plan.drawing;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.kanqian.gis.plan.Catalogue;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.FloorPlan.Element;
import org.kanqian.gis.plan.FloorPlan.Flow;
import org.kanqian.gis.plan.FloorPlan.FlowKind;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.kanqian.gis.plan.FloorPlan.Storey;
import org.kanqian.gis.plan.drawing.Picture.Align;
import org.kanqian.gis.plan.drawing.Picture.Group;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;
import org.kanqian.gis.plan.drawing.Picture.Words;
import org.locationtech.jts.geom.Envelope;

/** Lays storeys, scale, findings and keys out on one sheet. */
final class Sheet {
    private static final int[] SCALES = {
        20, 25, 30, 40, 50, 60, 75, 100, 125, 150, 200, 250, 300, 400, 500, 600, 750, 1000, 1500,
        2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000, 1_000_000
    };
    private static final double MARGIN = 8;
    private static final double GAP = 8;

    /** What storeys of a few rooms are drawn within, mm; more rooms get more paper. */
    private static final double WIDE = 200;

    private static final double TALL = 150;
    private static final double MOST_PAPER = 3.2;
    private static final double LEAST_WIDTH = 130;
    private static final int FEW_ROOMS = 25;
    private static final int MOST_REDRAWN = 3;
    private static final int MOST_KEYS = 600;
    private static final int MOST_MARKS = 200;
    private static final String TEXT = "#222222";
    private static final String QUIET = "#6b6b6b";

    private final FloorPlan plan;
    private final List<Mark> marks;
    private final DrawingStyle style;
    private final List<Part> parts = new ArrayList<>();
    private final Keys keys;

    private Sheet(FloorPlan plan, List<Mark> marks, DrawingStyle style) {
        this.plan = plan;
        this.marks = marks.subList(0, Math.min(marks.size(), MOST_MARKS));
        this.style = style;
        this.keys = new Keys(style);
    }

    static Picture lay(FloorPlan plan, List<Mark> marks, DrawingStyle style) {
        return new Sheet(plan, marks, style).picture();
    }

    private record Placed(Group group, Rectangle2D bounds, Storey storey) {}

    private Picture picture() {
        List<Storey> storeys =
                plan.storeys().stream()
                        .sorted(java.util.Comparator.comparingInt(Storey::floor))
                        .toList();
        int columns = storeys.size() > 1 ? 2 : 1;
        int scale = scale(storeys, columns);
        List<Placed> placed = storeys.stream().map(s -> storey(s, scale)).toList();
        double[] wide = new double[columns];
        for (int i = 0; i < placed.size(); i++) {
            wide[i % columns] =
                    Math.max(wide[i % columns], placed.get(i).bounds().getWidth() + GAP);
        }
        double content = -GAP;
        for (double w : wide) {
            content += w;
        }
        content = Math.max(content, LEAST_WIDTH);
        double width = content + 2 * MARGIN;
        double y = MARGIN;
        for (int row = 0; row < placed.size(); row += columns) {
            double tall = 0;
            double x = MARGIN + (columns == 1 ? (content - wide[0] + GAP) / 2 : 0);
            for (int i = row; i < Math.min(row + columns, placed.size()); i++) {
                Placed p = placed.get(i);
                title(p.storey(), scale, MARGIN > x ? MARGIN : x, y);
                parts.add(shift(p.group(), x - p.bounds().getX(), y + 9 - p.bounds().getY()));
                tall = Math.max(tall, p.bounds().getHeight());
                x += wide[i - row];
            }
            y += 9 + tall + GAP;
        }
        y = foot(scale, width, y);
        y = findings(width, y);
        y = keyed(width, y);
        List<Part> all = new ArrayList<>();
        double height = y + MARGIN - 3;
        all.add(
                new Stroke(
                        Paths.box(new Rectangle2D.Double(0, 0, width, height)),
                        Ink.fill("#ffffff")));
        all.addAll(parts);
        return new Picture(
                width,
                height,
                "平面图" + (marks.isEmpty() ? "" : "与勘前意见"),
                "Floor plan" + (marks.isEmpty() ? "" : " with findings"),
                about(false),
                about(true),
                all);
    }

    /** The largest scale at which every storey keeps to its share of the paper. */
    private int scale(List<Storey> storeys, int columns) {
        double widest = 0.1;
        double tallest = 0.1;
        int most = 1;
        for (Storey storey : storeys) {
            Envelope e = envelope(storey);
            widest = Math.max(widest, e.getWidth());
            tallest = Math.max(tallest, e.getHeight());
            most =
                    Math.max(
                            most,
                            (int)
                                    plan.rooms().stream()
                                            .filter(r -> r.storey().equals(storey.id()))
                                            .count());
        }
        double paper =
                Math.min(MOST_PAPER, Math.max(1, Math.sqrt((double) most / FEW_ROOMS)))
                        * (columns == 1 ? 1 : 0.75);
        for (int scale : SCALES) {
            double mm = 1000.0 / scale;
            if (widest * mm <= WIDE * paper && tallest * mm <= TALL * paper) {
                return scale;
            }
        }
        return (int) Math.min(2e9, Math.ceil(Math.max(widest, tallest) * 1000 / TALL));
    }

    private Envelope envelope(Storey storey) {
        Envelope all = new Envelope();
        for (List<? extends Element> some :
                List.of(plan.rooms(), plan.openings(), plan.fixtures())) {
            some.stream()
                    .filter(e -> e.storey().equals(storey.id()))
                    .forEach(e -> all.expandToInclude(e.geometry().getEnvelopeInternal()));
        }
        return all;
    }

    private Placed storey(Storey storey, int scale) {
        Envelope e = envelope(storey);
        Frame frame =
                new Frame(
                        1000.0 / scale, e.isNull() ? 0 : e.getMinX(), e.isNull() ? 0 : e.getMaxY());
        StoreyView view = view(storey, frame, new Keys(style), List.of());
        boolean calls = marks.stream().anyMatch(m -> !m.kind().alarms());
        if (calls) {
            view.draw();
        }
        // Text keeps off the lines of the call-outs, which may move them: drawn again until
        // settled.
        for (int again = 0; calls && again < MOST_REDRAWN; again++) {
            List<StoreyView.CallOutLine> before = view.leaders();
            view = view(storey, frame, new Keys(style), before);
            view.draw();
            if (view.leaders().equals(before)) {
                break;
            }
        }
        view = view(storey, frame, keys, view.leaders());
        Group group = view.draw();
        return new Placed(group, view.bounds(), storey);
    }

    private StoreyView view(
            Storey storey, Frame frame, Keys numbers, List<StoreyView.CallOutLine> leaders) {
        return new StoreyView(plan, storey, marks, style, numbers, frame).withLeaders(leaders);
    }

    private void title(Storey storey, int scale, double x, double y) {
        String floor =
                storey.floor() < 0
                        ? style.say("地下 " + -storey.floor() + " 层", "basement " + -storey.floor())
                        : style.say(storey.floor() + " 层", "floor " + storey.floor());
        String given = Lettering.clean(storey.name(), 24);
        String name = given.isEmpty() ? floor : given;
        double area =
                plan.rooms().stream()
                        .filter(r -> r.storey().equals(storey.id()))
                        .mapToDouble(r -> r.polygon().getArea())
                        .sum();
        String title = style.say(name + "平面图", name + " plan");
        parts.add(Words.from(title, x, y + 2.5, 4.4, TEXT));
        parts.add(
                Words.from(
                        "1:"
                                + scale
                                + style.say(" · 使用面积 ", " · net area ")
                                + Badges.squareMetres(area),
                        x + Lettering.width(title, 4.4) + 4,
                        y + 2.8,
                        2.6,
                        QUIET));
    }

    /** Scale bar and what the dashed lines mean. */
    private double foot(int scale, double width, double y) {
        double mm = 1000.0 / scale;
        double length = 1;
        for (double l :
                new double[] {0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 50_000}) {
            if (l * mm <= 50) {
                length = l;
            }
        }
        List<Part> bar = new ArrayList<>();
        double x = MARGIN + 2;
        for (int i = 0; i < 4; i++) {
            Rectangle2D piece =
                    new Rectangle2D.Double(x + i * length * mm / 4, y, length * mm / 4, 1.4);
            bar.add(
                    new Stroke(
                            Paths.box(piece),
                            Ink.line("#444444", 0.15).filled(i % 2 == 0 ? "#444444" : "#ffffff")));
        }
        bar.add(new Words("0", x, y + 4.4, 2.2, Align.MIDDLE, QUIET, false));
        String end = String.format(Locale.ROOT, length < 1 ? "%.1f m" : "%.0f m", length);
        bar.add(new Words(end, x + length * mm, y + 4.4, 2.2, Align.MIDDLE, QUIET, false));
        parts.add(new Group("kq-scale", bar));
        double next = x + length * mm + 14;
        if (style.flows()) {
            Map<FlowKind, Integer> kinds = new LinkedHashMap<>();
            for (Flow flow : plan.flows()) {
                kinds.merge(flow.kind(), 1, Integer::sum);
            }
            for (FlowKind kind : kinds.keySet()) {
                String name = flowName(kind);
                double needs = 12 + Lettering.width(name, 2.4) + 6;
                if (next + needs > width - MARGIN) {
                    next = MARGIN + 2;
                    y += 6;
                }
                parts.add(
                        new Stroke(
                                Paths.line(next, y + 0.8, next + 10, y + 0.8),
                                Ink.line(StoreyView.flowColour(kind), 0.32).dashed(1.4)));
                parts.add(Words.from(name, next + 12, y + 0.8, 2.4, TEXT));
                next += needs;
            }
        }
        return y + 9;
    }

    private String flowName(FlowKind kind) {
        return switch (kind) {
            case FOOD -> style.say("食品流线", "food");
            case DISH_RETURN -> style.say("餐具回收流线", "used dishes");
            case PEOPLE -> style.say("人流", "people");
            case MATERIAL -> style.say("物流", "material");
            case CLEAN -> style.say("洁净流线", "clean");
            case DIRTY -> style.say("污物流线", "dirty");
        };
    }

    // ---- lists below the plan ----

    /** An entry of a list: a badge, lines of text beside it, and how tall it is. */
    private record Entry(List<Part> badge, List<Words> lines, double height) {}

    private double findings(double width, double y) {
        Set<String> known = new HashSet<>();
        plan.rooms().forEach(r -> known.add(r.id()));
        plan.openings().forEach(o -> known.add(o.id()));
        plan.fixtures().forEach(f -> known.add(f.id()));
        List<Mark> listed =
                marks.stream()
                        .filter(
                                m ->
                                        m.kind().alarms()
                                                || m.elements().stream().noneMatch(known::contains))
                        .toList();
        if (listed.isEmpty()) {
            return y;
        }
        double inner = width - 2 * MARGIN;
        int columns = (int) Math.max(1, Math.min(3, Math.floor(inner / 110)));
        double column = (inner - (columns - 1) * 6) / columns;
        List<Entry> entries = listed.stream().map(m -> entry(m, column - 7)).toList();
        return columns("kq-findings", style.say("勘前意见", "Findings"), entries, columns, column, y);
    }

    private Entry entry(Mark mark, double width) {
        String kind =
                switch (mark.kind()) {
                    case VIOLATED -> style.say("不符合", "Not met");
                    case MARGINAL -> style.say("临界", "Marginal");
                    case MET -> style.say("符合", "Met");
                    case NOTE -> style.say("说明", "Note");
                };
        String colon = style.language() == DrawingStyle.Language.EN ? ": " : "：";
        String text = Lettering.clean(style.say(mark.zh(), mark.en()), 300);
        List<Words> words = new ArrayList<>();
        double y = 2.4;
        for (String line : Lettering.wrap(kind + colon + text, width, 2.8, 6)) {
            words.add(Words.from(line, 7, y, 2.8, TEXT));
            y += 2.8 * Lettering.LEADING;
        }
        return new Entry(
                Badges.disc(mark.number(), mark.kind(), 2.6, 2.4), words, Math.max(y + 0.6, 6));
    }

    private double keyed(double width, double y) {
        List<Keys.Key> all = keys.all();
        if (all.isEmpty()) {
            return y;
        }
        double inner = width - 2 * MARGIN;
        int columns = (int) Math.max(1, Math.floor(inner / 58));
        double column = (inner - (columns - 1) * 6) / columns;
        List<Entry> entries = new ArrayList<>();
        for (Keys.Key k : all.subList(0, Math.min(all.size(), MOST_KEYS))) {
            List<Words> line =
                    Lettering.wrap(k.text(), column - 7, 2.3, 1).stream()
                            .map(t -> Words.from(t, 6, 1.8, 2.3, TEXT))
                            .toList();
            entries.add(new Entry(Badges.key(k.key(), 2.6, 1.8, 2), line, 4.2));
        }
        if (all.size() > MOST_KEYS) {
            String more =
                    style.say(
                            "……其余 " + (all.size() - MOST_KEYS) + " 处未列出",
                            "… and " + (all.size() - MOST_KEYS) + " more");
            entries.add(new Entry(List.of(), List.of(Words.from(more, 6, 1.8, 2.3, QUIET)), 4.2));
        }
        return columns("kq-keys", style.say("图中编号", "Keys"), entries, columns, column, y);
    }

    private double columns(
            String id, String title, List<Entry> entries, int columns, double column, double top) {
        List<Part> drawn = new ArrayList<>();
        drawn.add(
                new Stroke(
                        Paths.line(MARGIN, top - 2, MARGIN + columns * (column + 6) - 6, top - 2),
                        Ink.line("#cccccc", 0.2)));
        drawn.add(Words.from(title, MARGIN, top + 2, 3.2, TEXT));
        double first = top + 6;
        double total = entries.stream().mapToDouble(Entry::height).sum();
        double share = total / columns;
        double y = first;
        double lowest = first;
        int at = 0;
        double before = 0;
        for (Entry e : entries) {
            if (at < columns - 1 && before >= share * (at + 1) - 0.01) {
                at++;
                y = first;
            }
            double x = MARGIN + at * (column + 6);
            for (Part p : e.badge()) {
                drawn.add(shift(p, x, y));
            }
            for (Words w : e.lines()) {
                drawn.add(shift(w, x, y));
            }
            y += e.height();
            before += e.height();
            lowest = Math.max(lowest, y);
        }
        parts.add(new Group(id, drawn));
        return lowest + 5;
    }

    private static Part shift(Part part, double dx, double dy) {
        if (part instanceof Group g) {
            return new Group(g.id(), g.parts().stream().map(p -> shift(p, dx, dy)).toList());
        }
        if (part instanceof Stroke s) {
            return new Stroke(
                    new Path2D.Double(s.path(), AffineTransform.getTranslateInstance(dx, dy)),
                    s.ink());
        }
        Words w = (Words) part;
        return new Words(
                w.text(), w.x() + dx, w.y() + dy, w.size(), w.align(), w.ink(), w.upright());
    }

    /** What the picture shows, for those who do not see it. */
    private String about(boolean en) {
        double area = plan.rooms().stream().mapToDouble(r -> r.polygon().getArea()).sum();
        StringBuilder about = new StringBuilder();
        about.append(
                en
                        ? plan.storeys().size()
                                + " storeys, "
                                + plan.rooms().size()
                                + " rooms, net area "
                                + Badges.squareMetres(area)
                                + "."
                        : plan.storeys().size()
                                + " 层，"
                                + plan.rooms().size()
                                + " 间，使用面积 "
                                + Badges.squareMetres(area)
                                + "。");
        List<String> names = new ArrayList<>();
        for (Room r : plan.rooms().subList(0, Math.min(plan.rooms().size(), 40))) {
            Catalogue.Entry type = Catalogue.of(r.type());
            String name = Lettering.clean(r.name(), 24);
            names.add(name.isEmpty() ? (en ? type.en() : type.zh()) : name);
        }
        about.append(en ? " Rooms: " : "房间：").append(String.join(en ? ", " : "、", names));
        about.append(en ? "." : "。");
        for (Mark m : marks.subList(0, Math.min(marks.size(), 40))) {
            String text = en && !m.en().isBlank() ? m.en() : m.zh();
            about.append('\n').append(m.number()).append(". ").append(Lettering.clean(text, 300));
        }
        return about.toString();
    }
}

package org.kanqian.gis.plan.drawing;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.kanqian.gis.plan.Catalogue;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.FloorPlan.Element;
import org.kanqian.gis.plan.FloorPlan.Fixture;
import org.kanqian.gis.plan.FloorPlan.Flow;
import org.kanqian.gis.plan.FloorPlan.FlowKind;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.kanqian.gis.plan.FloorPlan.Storey;
import org.kanqian.gis.plan.drawing.Picture.Align;
import org.kanqian.gis.plan.drawing.Picture.Group;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;
import org.kanqian.gis.plan.drawing.Picture.Words;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.operation.buffer.BufferOp;
import org.locationtech.jts.operation.buffer.BufferParameters;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/**
 * One storey, drawn. Its paper begins at the upper left corner of what the plan draws, so parts of
 * it lie at negative coordinates; {@link #bounds} tells how far it reaches.
 */
final class StoreyView {
    private static final GeometryFactory PAPER = new GeometryFactory();
    private static final String TEXT = "#222222";
    private static final String QUIET = "#6b6b6b";
    private static final String WALL = "#565656";
    private static final double MIN_COURTYARD_SQUARE_METRES = 2;
    private static final int MOST_WALL_VERTICES = 20_000;
    private static final int ALL_BADGED = 4;
    private static final int MOST_TRIED = 12;

    /** How far the outline of a marked fixture reaches, mm. */
    private static final double OUTLINED = 0.8;

    private static final double CALL_OUT_WIDTH = 46;
    private static final double CALL_OUT_SIZE = 2.5;

    private final FloorPlan plan;
    private final Storey storey;
    private final List<Mark> marks;
    private final DrawingStyle style;
    private final Keys keys;
    private final Frame frame;
    private final List<Part> parts = new ArrayList<>();
    private final Obstacles obstacles = new Obstacles();
    private final Map<String, Polygon> rooms = new LinkedHashMap<>();
    private final Map<String, OpeningSign> openings = new LinkedHashMap<>();
    private final Map<String, Rectangle2D> fixtures = new LinkedHashMap<>();
    private final Map<String, Element> elements = new HashMap<>();
    private Path2D solid = new Path2D.Double();
    private final List<CallOutLine> lines = new ArrayList<>();
    private List<CallOutLine> leaders = List.of();
    private Rectangle2D bounds = new Rectangle2D.Double();

    StoreyView(
            FloorPlan plan,
            Storey storey,
            List<Mark> marks,
            DrawingStyle style,
            Keys keys,
            Frame frame) {
        this.plan = plan;
        this.storey = storey;
        this.marks = marks;
        this.style = style;
        this.keys = keys;
        this.frame = frame;
        plan.rooms().stream().filter(this::here).forEach(r -> elements.put(r.id(), r));
        plan.openings().stream().filter(this::here).forEach(o -> elements.put(o.id(), o));
        plan.fixtures().stream().filter(this::here).forEach(f -> elements.put(f.id(), f));
    }

    private boolean here(Element e) {
        return e.storey().equals(storey.id());
    }

    /** Everything drawn takes no more than this. */
    Rectangle2D bounds() {
        return bounds;
    }

    /** From what is called out to its text. */
    record CallOutLine(Coordinate from, Coordinate to, Ink ink) {
        Path2D path() {
            return Paths.line(from.x, from.y, to.x, to.y);
        }
    }

    /** Where the lines of the call-outs came to lie; drawn only by {@link #withLeaders}. */
    List<CallOutLine> leaders() {
        return lines;
    }

    /** Draws these below all text, which keeps off them where it can. */
    StoreyView withLeaders(List<CallOutLine> known) {
        leaders = known;
        return this;
    }

    Group draw() {
        List<Room> here = plan.rooms().stream().filter(this::here).toList();
        here.forEach(r -> rooms.put(r.id(), (Polygon) frame.paper(r.polygon())));
        rooms.values().forEach(r -> reach(Frame.box(r)));
        walls();
        here.forEach(this::fill);
        openings();
        fixtures();
        if (style.flows()) {
            plan.flows().forEach(this::flow);
        }
        List<CallOut> callOuts = callOuts();
        for (CallOutLine l : leaders) {
            add(l.path(), l.ink());
            obstacles.line(l.from().x, l.from().y, l.to().x, l.to().y);
        }
        exits();
        alarms();
        here.forEach(this::label);
        nameFixtures();
        if (style.dimensions()) {
            Rectangle2D clear = (Rectangle2D) bounds.clone();
            Dimensions.Drawn drawn =
                    Dimensions.draw(List.copyOf(rooms.values()), clear, obstacles, frame.mm());
            group("kq-dimensions-" + Badges.slug(storey.id()), drawn.parts());
            reach(drawn.bounds());
        }
        place(callOuts);
        plan.anchor().ifPresent(a -> north(a.rotation()));
        return new Group("kq-storey-" + Badges.slug(storey.id()), parts);
    }

    private void reach(Rectangle2D box) {
        if (bounds.isEmpty()) {
            bounds = (Rectangle2D) box.clone();
        } else {
            bounds.add(box);
        }
    }

    private void add(Part part) {
        parts.add(part);
    }

    private void add(Path2D path, Ink ink) {
        parts.add(new Stroke(path, ink));
    }

    private void group(String id, List<Part> some) {
        parts.add(new Group(id, some));
    }

    // ---- walls and rooms ----

    /** What lies between the rooms, and as much around them as the outer openings stand off. */
    private void walls() {
        int vertices = rooms.values().stream().mapToInt(Geometry::getNumPoints).sum();
        if (vertices == 0 || vertices > MOST_WALL_VERTICES) {
            return;
        }
        double thickness = thickness();
        Geometry shell =
                BufferOp.bufferOp(
                        UnaryUnionOp.union(rooms.values()),
                        thickness,
                        new BufferParameters(
                                8, BufferParameters.CAP_FLAT, BufferParameters.JOIN_MITRE, 5));
        double courtyard = MIN_COURTYARD_SQUARE_METRES * frame.mm() * frame.mm();
        List<Polygon> solid = new ArrayList<>();
        for (int i = 0; i < shell.getNumGeometries(); i++) {
            Polygon p = (Polygon) shell.getGeometryN(i);
            List<org.locationtech.jts.geom.LinearRing> holes = new ArrayList<>();
            for (int h = 0; h < p.getNumInteriorRing(); h++) {
                if (PAPER.createPolygon(p.getInteriorRingN(h)).getArea() > courtyard) {
                    holes.add(p.getInteriorRingN(h));
                }
            }
            solid.add(
                    PAPER.createPolygon(
                            p.getExteriorRing(),
                            holes.toArray(new org.locationtech.jts.geom.LinearRing[0])));
        }
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        solid.forEach(s -> path.append(Paths.of(s), false));
        this.solid = path;
        group("kq-walls-" + Badges.slug(storey.id()), List.of(new Stroke(path, Ink.fill(WALL))));
        reach(Frame.box(shell));
    }

    /** Outer walls, mm of paper: twice as far as outer openings lie off their rooms. */
    private double thickness() {
        double[] off =
                plan.openings().stream()
                        .filter(this::here)
                        .filter(o -> o.joins(FloorPlan.OUTSIDE))
                        .flatMapToDouble(
                                o -> {
                                    Polygon room = rooms.get(o.beyond(FloorPlan.OUTSIDE));
                                    return room == null
                                            ? DoubleStream.empty()
                                            : DoubleStream.of(
                                                    room.distance(frame.paper(o.geometry())));
                                })
                        .sorted()
                        .toArray();
        double usual = off.length == 0 ? 0.1 * frame.mm() : off[off.length / 2];
        return Math.max(0.06 * frame.mm(), Math.min(2 * usual, 0.4 * frame.mm()));
    }

    private static String colour(String look) {
        return switch (look) {
            case "food" -> "#fdf2de";
            case "clean" -> "#e3f3f5";
            case "wash" -> "#e3ecf7";
            case "store" -> "#efebe4";
            case "public" -> "#fbfaf3";
            case "living" -> "#f6eaf1";
            case "service" -> "#ecebf5";
            case "work" -> "#e9f1e6";
            case "medical" -> "#e5f4ee";
            case "circulation" -> "#f3f3f3";
            case "outdoor" -> "#edf4e2";
            default -> "#f6f6f6";
        };
    }

    private String colour(Room room) {
        return alarm(room.id())
                .map(Badges::tint)
                .orElseGet(() -> colour(Catalogue.of(room.type()).look()));
    }

    /** The worst that is said of an element. */
    private Optional<Mark.Kind> alarm(String element) {
        return marks.stream()
                .filter(m -> m.kind().alarms() && m.elements().contains(element))
                .map(Mark::kind)
                .min(Comparator.naturalOrder());
    }

    private void fill(Room room) {
        Polygon polygon = rooms.get(room.id());
        if (polygon != null) {
            group(
                    "kq-room-" + Badges.slug(room.id()),
                    List.of(
                            new Stroke(
                                    Paths.of(polygon),
                                    Ink.line("#444444", 0.22).filled(colour(room)))));
        }
    }

    // ---- openings, fixtures, flows ----

    private void openings() {
        for (Opening o : plan.openings()) {
            if (!here(o)) {
                continue;
            }
            OpeningSign sign =
                    new OpeningSign(o, (LineString) frame.paper(o.geometry()), rooms, frame.mm());
            openings.put(o.id(), sign);
            group("kq-opening-" + Badges.slug(o.id()), sign.draw());
            obstacles.symbol(sign.leafBox());
            reach(sign.box());
        }
    }

    private void fixtures() {
        List<Fixture> here = new ArrayList<>(plan.fixtures().stream().filter(this::here).toList());
        here.sort(
                Comparator.comparing(
                        (Fixture f) -> !Symbols.overlay(Catalogue.fixture(f.type()).look())));
        for (Fixture f : here) {
            String look = Catalogue.fixture(f.type()).look();
            Geometry paper = frame.paper(f.geometry());
            Rectangle2D box = Frame.box(paper);
            Path2D outlined = Paths.of(paper);
            if (box.isEmpty()) {
                double[] side = Symbols.usual(look);
                double w = Math.max(1.2, Math.min(side[0] * frame.mm(), 9));
                double h = Math.max(1.2, Math.min(side[1] * frame.mm(), 9));
                box =
                        new Rectangle2D.Double(
                                paper.getCoordinate().x - w / 2,
                                paper.getCoordinate().y - h / 2,
                                w,
                                h);
                Rectangle2D within = f.room().map(rooms::get).map(Frame::box).orElse(null);
                if (within != null && within.getWidth() > w && within.getHeight() > h) {
                    box.setRect(
                            clamp(box.getX(), within.getMinX(), within.getMaxX() - w),
                            clamp(box.getY(), within.getMinY(), within.getMaxY() - h),
                            w,
                            h);
                }
                outlined = Paths.box(box);
            }
            fixtures.put(f.id(), box);
            group(
                    "kq-fixture-" + Badges.slug(f.id()),
                    Symbols.draw(look, outlined, box, f.count()));
            if (Symbols.overlay(look)) {
                obstacles.edges(box);
            } else {
                obstacles.symbol(box);
            }
            reach(box);
        }
    }

    private static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(value, high));
    }

    static String flowColour(FlowKind kind) {
        return switch (kind) {
            case FOOD -> "#b9770e";
            case DISH_RETURN -> "#2e6da4";
            case PEOPLE -> "#3a7d44";
            case MATERIAL -> "#7d6608";
            case CLEAN -> "#148f77";
            case DIRTY -> "#7b4f3a";
        };
    }

    private void flow(Flow flow) {
        Ink ink = Ink.line(flowColour(flow.kind()), 0.32).dashed(1.4);
        List<Part> drawn = new ArrayList<>();
        List<Coordinate> way = new ArrayList<>();
        List<String> stops = flow.stops();
        for (int i = 0; i < stops.size(); i++) {
            Element here = elements.get(stops.get(i));
            if (here == null) {
                leg(way, ink, drawn);
                way.clear();
                continue;
            }
            Optional<Coordinate> in = i == 0 ? Optional.empty() : door(stops.get(i - 1), here.id());
            in.ifPresent(way::add);
            boolean passing =
                    here instanceof Room
                            && i > 0
                            && i < stops.size() - 1
                            && enters(stops.get(i - 1), here.id(), in)
                            && enters(
                                    stops.get(i + 1), here.id(), door(here.id(), stops.get(i + 1)));
            if (!passing) {
                way.add(centre(here));
            }
        }
        leg(way, ink, drawn);
        group("kq-flow-" + Badges.slug(flow.id()), drawn);
    }

    /** Whether the way into a room is drawn without going by its middle. */
    private boolean enters(String neighbour, String room, Optional<Coordinate> door) {
        return door.isPresent() || (elements.get(neighbour) instanceof Opening o && o.joins(room));
    }

    private Optional<Coordinate> door(String a, String b) {
        return openings.values().stream()
                .filter(
                        s ->
                                elements.get(s.id()) instanceof Opening o
                                        && o.joins(a)
                                        && o.joins(b)
                                        && o.kind() != FloorPlan.OpeningKind.WINDOW)
                .map(OpeningSign::middle)
                .findFirst();
    }

    private Coordinate centre(Element e) {
        if (e instanceof Opening o) {
            OpeningSign sign = openings.get(o.id());
            return sign == null ? new Coordinate() : sign.middle();
        }
        Rectangle2D box = fixtures.get(e.id());
        if (box != null) {
            return new Coordinate(box.getCenterX(), box.getCenterY());
        }
        Polygon room = rooms.get(e.id());
        return room == null ? new Coordinate() : middle(room);
    }

    private static Coordinate middle(Polygon room) {
        Coordinate centroid = room.getCentroid().getCoordinate();
        return room.covers(room.getFactory().createPoint(centroid))
                ? centroid
                : room.getInteriorPoint().getCoordinate();
    }

    private void leg(List<Coordinate> way, Ink ink, List<Part> to) {
        if (way.size() < 2) {
            return;
        }
        double[] xy = new double[way.size() * 2];
        for (int i = 0; i < way.size(); i++) {
            xy[2 * i] = way.get(i).x;
            xy[2 * i + 1] = way.get(i).y;
        }
        to.add(new Stroke(Paths.line(xy), ink));
        for (int i = 1; i < way.size(); i++) {
            Coordinate p = way.get(i - 1);
            Coordinate q = way.get(i);
            obstacles.line(p.x, p.y, q.x, q.y);
            boolean last = i == way.size() - 1;
            if (last || p.distance(q) > 12) {
                double share = last ? 1 : 0.55;
                to.add(
                        new Stroke(
                                arrow(
                                        p.x + (q.x - p.x) * share,
                                        p.y + (q.y - p.y) * share,
                                        Math.atan2(q.y - p.y, q.x - p.x)),
                                Ink.fill(ink.line())));
            }
        }
    }

    private static Path2D arrow(double x, double y, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        return Paths.ring(
                x,
                y,
                x - 2 * c + 0.7 * s,
                y - 2 * s - 0.7 * c,
                x - 2 * c - 0.7 * s,
                y - 2 * s + 0.7 * c);
    }

    // ---- what was found ----

    private void alarms() {
        for (Mark mark : marks) {
            if (!mark.kind().alarms()) {
                continue;
            }
            List<Part> drawn = new ArrayList<>();
            List<Element> here =
                    mark.elements().stream()
                            .distinct()
                            .filter(elements::containsKey)
                            .map(elements::get)
                            .toList();
            Ink ink = Ink.line(Badges.colour(mark.kind()), 0.7);
            here.forEach(e -> drawn.add(new Stroke(around(e), ink)));
            List<Element> badged =
                    here.size() <= ALL_BADGED
                            ? here
                            : here.stream()
                                    .max(
                                            Comparator.comparingDouble(
                                                    (Element e) -> e.geometry().getArea()))
                                    .stream()
                                    .toList();
            for (Element e : badged) {
                Coordinate at = badge(e);
                obstacles.text(Frame.around(at.x, at.y, Badges.RADIUS + 0.2));
                reach(Frame.around(at.x, at.y, Badges.RADIUS));
                drawn.add(
                        new Group(
                                "kq-badge-" + mark.number() + "-" + Badges.slug(e.id()),
                                Badges.disc(mark.number(), mark.kind(), at.x, at.y)));
            }
            if (!drawn.isEmpty()) {
                group("kq-mark-" + mark.number() + "-" + Badges.slug(storey.id()), drawn);
            }
        }
    }

    private Path2D around(Element e) {
        Polygon room = rooms.get(e.id());
        if (room != null) {
            return Paths.of(room);
        }
        OpeningSign sign = openings.get(e.id());
        if (sign != null) {
            return sign.gap();
        }
        Rectangle2D box = fixtures.get(e.id());
        return box == null ? new Path2D.Double() : Paths.box(Frame.grown(box, 0.4));
    }

    /** Near the corner of a room, or beside anything else. */
    private Coordinate badge(Element e) {
        Polygon room = rooms.get(e.id());
        double r = Badges.RADIUS + 0.4;
        if (room == null) {
            return beside(e, r);
        }
        Area area = new Area(room);
        Obstacles near = obstacles.within(area.box());
        Coordinate best = middle(room);
        double least = Double.MAX_VALUE;
        for (Coordinate c : area.grid(2 * r, 2 * r)) {
            Rectangle2D box = Frame.around(c.x, c.y, r);
            if (!area.holds(box)) {
                continue;
            }
            double cost =
                    (near.free(box) ? 0 : 1000)
                            + near.cost(box) * 4
                            + Math.hypot(c.x - area.box().getMinX(), c.y - area.box().getMinY());
            if (cost < least) {
                least = cost;
                best = c;
            }
        }
        return best;
    }

    private Coordinate beside(Element e, double r) {
        Coordinate c = centre(e);
        Rectangle2D box = fixtures.get(e.id());
        double dx = box == null ? 0 : box.getWidth() / 2;
        double dy = box == null ? 0 : box.getHeight() / 2;
        Coordinate best = c;
        double least = Double.MAX_VALUE;
        for (double ring = 0.8; ring < 12; ring += 2) {
            for (int turn = 0; turn < 8; turn++) {
                double a = Math.PI / 4 * turn;
                Coordinate p =
                        new Coordinate(
                                c.x + Math.cos(a) * (dx + r + ring),
                                c.y - Math.sin(a) * (dy + r + ring));
                Rectangle2D at = Frame.around(p.x, p.y, r);
                double cost = ring + (obstacles.free(at) ? 0 : 1000) + obstacles.cost(at);
                if (cost < least) {
                    least = cost;
                    best = p;
                }
            }
        }
        return best;
    }

    /** A text beside the plan and the place it speaks of. */
    private record CallOut(Mark mark, Coordinate anchor, boolean left, List<String> lines) {
        double height() {
            return lines.size() * CALL_OUT_SIZE * Lettering.LEADING + 1.6;
        }
    }

    /** Chooses what is called out on which side; draws the dots, so that names keep off them. */
    private List<CallOut> callOuts() {
        record Place(Mark mark, Coordinate anchor) {}
        List<Place> places = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark.kind().alarms()) {
                continue;
            }
            mark.elements().stream()
                    .filter(elements::containsKey)
                    .findFirst()
                    .ifPresent(id -> places.add(new Place(mark, anchor(id, places.size()))));
        }
        double centre = rooms.isEmpty() ? 0 : bounds.getCenterX();
        List<CallOut> out = new ArrayList<>();
        for (Place p : places) {
            String text = Lettering.clean(style.say(p.mark().zh(), p.mark().en()), 300);
            out.add(
                    new CallOut(
                            p.mark(),
                            p.anchor(),
                            p.anchor().x < centre,
                            Lettering.wrap(text, CALL_OUT_WIDTH - 6, CALL_OUT_SIZE, 4)));
            obstacles.symbol(Frame.around(p.anchor().x, p.anchor().y, 0.8));
        }
        return balanced(out, centre);
    }

    /** Moves what stands nearest to the middle over, until neither side is much the longer one. */
    private List<CallOut> balanced(List<CallOut> callOuts, double centre) {
        List<CallOut> all = new ArrayList<>(callOuts);
        for (int moves = 0; moves < callOuts.size(); moves++) {
            double left = tall(all, true);
            double right = tall(all, false);
            boolean from = left > right;
            if (Math.max(left, right) <= bounds.getHeight() || Math.abs(left - right) < 25) {
                return all;
            }
            all.stream()
                    .filter(c -> c.left() == from)
                    .min(Comparator.comparingDouble(c -> Math.abs(c.anchor().x - centre)))
                    .ifPresent(
                            c ->
                                    all.set(
                                            all.indexOf(c),
                                            new CallOut(c.mark(), c.anchor(), !from, c.lines())));
        }
        return all;
    }

    private static double tall(List<CallOut> all, boolean left) {
        return all.stream().filter(c -> c.left() == left).mapToDouble(c -> c.height() + 2).sum();
    }

    /** A room is pointed at off its middle, where its name stands, and each time elsewhere. */
    private Coordinate anchor(String id, int turn) {
        Element e = elements.get(id);
        Polygon room = rooms.get(id);
        if (e == null || room == null) {
            return e == null ? new Coordinate() : centre(e);
        }
        Area area = new Area(room);
        Obstacles near = obstacles.within(area.box());
        double x = area.box().getX() + area.box().getWidth() * (0.2 + 0.15 * (turn % 5));
        double y = area.box().getY() + area.box().getHeight() * (turn % 2 == 0 ? 0.22 : 0.78);
        return area.grid(2, 2).stream()
                .filter(c -> area.holds(Frame.around(c.x, c.y, 0.8)))
                .min(
                        Comparator.comparingDouble(
                                c ->
                                        Math.hypot(c.x - x, c.y - y)
                                                + near.cost(Frame.around(c.x, c.y, 1)) * 5))
                .orElseGet(() -> middle(room));
    }

    private void place(List<CallOut> callOuts) {
        Rectangle2D clear = (Rectangle2D) bounds.clone();
        double wide =
                6.6
                        + callOuts.stream()
                                .flatMap(c -> c.lines().stream())
                                .mapToDouble(l -> Lettering.width(l, CALL_OUT_SIZE))
                                .max()
                                .orElse(0);
        for (boolean left : new boolean[] {true, false}) {
            List<CallOut> side =
                    callOuts.stream()
                            .filter(c -> c.left() == left)
                            .sorted(Comparator.comparingDouble(c -> c.anchor().y))
                            .toList();
            double[] tops = tops(side, clear.getMinY(), clear.getMaxY());
            for (int i = 0; i < side.size(); i++) {
                callOut(side.get(i), left, clear, tops[i], wide);
            }
        }
    }

    /** Upper edges, each as near its anchor as those above leave room for. */
    private static double[] tops(List<CallOut> side, double from, double to) {
        double[] tops = new double[side.size()];
        double next = from;
        for (int i = 0; i < tops.length; i++) {
            CallOut c = side.get(i);
            tops[i] = Math.max(next, c.anchor().y - c.height() / 2);
            next = tops[i] + c.height() + 2;
        }
        double limit = to;
        for (int i = tops.length - 1; i >= 0; i--) {
            tops[i] = Math.min(tops[i], limit - side.get(i).height());
            limit = tops[i] - 2;
        }
        double over = tops.length == 0 ? 0 : Math.max(0, from - tops[0]);
        double floor = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < tops.length; i++) {
            tops[i] = Math.max(i == 0 ? tops[i] + over : tops[i], floor);
            floor = tops[i] + side.get(i).height() + 2;
        }
        return tops;
    }

    private void callOut(CallOut c, boolean left, Rectangle2D clear, double top, double wide) {
        String colour = Badges.colour(c.mark().kind());
        double inner = left ? clear.getMinX() - 3 : clear.getMaxX() + 3;
        double outer = left ? inner - wide : inner + wide;
        double height = c.height();
        Rectangle2D box = new Rectangle2D.Double(Math.min(inner, outer), top, wide, height);
        List<Part> drawn = new ArrayList<>();
        lines.add(
                new CallOutLine(
                        c.anchor(),
                        new Coordinate(inner, top + height / 2),
                        Ink.line(colour, 0.18)));
        drawn.add(
                new Stroke(
                        Paths.circle(c.anchor().x, c.anchor().y, 0.6),
                        Ink.line("#ffffff", 0.15).filled(colour)));
        drawn.add(new Stroke(Paths.rounded(box, 0.8), Ink.line(colour, 0.2).filled("#ffffff")));
        drawn.addAll(
                Badges.disc(
                        c.mark().number(),
                        c.mark().kind(),
                        box.getX() + 2.8,
                        box.getY() + height / 2));
        double y = box.getY() + 0.8 + CALL_OUT_SIZE * Lettering.LEADING / 2;
        for (String line : c.lines()) {
            drawn.add(Words.from(line, box.getX() + 5.6, y, CALL_OUT_SIZE, TEXT));
            y += CALL_OUT_SIZE * Lettering.LEADING;
        }
        group("kq-mark-" + c.mark().number() + "-" + Badges.slug(storey.id()), drawn);
        reach(box);
    }

    // ---- text in the plan ----

    private void exits() {
        String word = style.say("安全出口", "EXIT");
        for (OpeningSign sign : openings.values()) {
            if (!sign.exit()) {
                continue;
            }
            sign.exitArrow().forEach(this::add);
            Coordinate tip = sign.exitTip();
            Coordinate way = sign.exitWay();
            reach(Frame.around(tip.x, tip.y, 1.5));
            obstacles.symbol(Frame.around(tip.x - way.x * 1.2, tip.y - way.y * 1.2, 1.3));
            double wide = Lettering.width(word, 2.2) / 2 + 0.8;
            double ahead = Math.abs(way.x) * wide + Math.abs(way.y) * 1.8;
            double aside = Math.abs(way.y) * (wide + 1.2) + Math.abs(way.x) * 2.8;
            double[][] places = {
                {ahead, 0}, {-1.2, aside}, {-1.2, -aside}, {ahead, aside}, {ahead, -aside}
            };
            for (double[] p : places) {
                Words words =
                        Words.centred(
                                word,
                                tip.x + way.x * p[0] - way.y * p[1],
                                tip.y + way.y * p[0] + way.x * p[1],
                                2.2,
                                "#1e8449");
                if (obstacles.free(words.box()) && clearOfWalls(words.box())) {
                    if (obstacles.crossed(words.box())) {
                        add(Paths.box(words.box()), Ink.fill("#ffffff"));
                    }
                    text(words);
                    break;
                }
            }
        }
    }

    /** Whether a box lies in one room, or outside of all and their walls. */
    private boolean clearOfWalls(Rectangle2D box) {
        boolean outside = !solid.intersects(box);
        return outside || rooms.values().stream().anyMatch(r -> new Area(r).holds(box));
    }

    private void text(Words words) {
        add(words);
        obstacles.text(words.box());
        reach(words.box());
    }

    private record Line(String text, double size, String ink) {}

    private List<List<Line>> wordings(Room room) {
        Catalogue.Entry type = Catalogue.of(room.type());
        String kind = style.say(type.zh(), type.en());
        String given = Lettering.clean(room.name(), 24);
        String name = given.isEmpty() ? kind : given;
        String area = Badges.squareMetres(room.polygon().getArea());
        boolean same = name.equals(kind);
        Polygon p = room.polygon();
        boolean rectangle = p.isRectangle();
        String sides =
                Badges.metres(p.getEnvelopeInternal().getWidth())
                        + " × "
                        + Badges.metres(p.getEnvelopeInternal().getHeight());
        List<List<Line>> all = new ArrayList<>();
        List<Line> full = new ArrayList<>();
        full.add(new Line(name, 3.1, TEXT));
        if (!same) {
            full.add(new Line(kind, 2.2, QUIET));
        }
        full.add(new Line(area, 2.3, TEXT));
        if (rectangle) {
            List<Line> most = new ArrayList<>(full);
            most.add(new Line(sides, 1.9, QUIET));
            all.add(most);
        }
        all.add(full);
        for (double size : new double[] {2.5, 2.0}) {
            List<Line> small = new ArrayList<>();
            small.add(new Line(name, size, TEXT));
            if (!same) {
                small.add(new Line(kind, size - 0.2, QUIET));
            }
            small.add(new Line(area, size - 0.2, TEXT));
            all.add(small);
        }
        return all;
    }

    private void label(Room room) {
        Polygon polygon = rooms.get(room.id());
        if (polygon == null) {
            return;
        }
        Area area = new Area(polygon);
        Obstacles near = obstacles.within(area.box());
        List<List<Line>> wordings = wordings(room);
        for (boolean strict : new boolean[] {true, false}) {
            for (List<Line> lines : wordings) {
                if (written(lines, room, area, near, strict)) {
                    return;
                }
            }
        }
        String key = keys.room(room);
        for (double size : new double[] {2.2, 1.6}) {
            for (Coordinate c : area.grid(size, size)) {
                Rectangle2D box = Frame.around(c.x, c.y, size * 0.8);
                if (area.holds(box) && near.free(box)) {
                    Badges.key(key, c.x, c.y, size).forEach(this::add);
                    obstacles.text(box);
                    return;
                }
            }
        }
    }

    private boolean written(
            List<Line> lines, Room room, Area area, Obstacles near, boolean strict) {
        double wide =
                lines.stream()
                        .mapToDouble(l -> Lettering.width(l.text(), l.size()))
                        .max()
                        .orElse(0);
        double tall = lines.stream().mapToDouble(l -> l.size() * 1.3).sum();
        double best = Double.MAX_VALUE;
        Coordinate at = null;
        int order = 0;
        for (Coordinate c : area.grid(wide + 1, tall + 0.6)) {
            order++;
            Rectangle2D box =
                    new Rectangle2D.Double(
                            c.x - wide / 2 - 0.4, c.y - tall / 2 - 0.2, wide + 0.8, tall + 0.4);
            if (!area.holds(box) || !near.free(box)) {
                continue;
            }
            double covered = near.covered(box);
            if (covered > (strict ? 0.05 : wide * tall * 0.2)) {
                continue;
            }
            double cost = near.cost(box) * 3 + order * 0.02;
            if (cost < best) {
                best = cost;
                at = c;
                if (near.cost(box) == 0) {
                    break;
                }
            }
        }
        if (at == null) {
            return false;
        }
        Rectangle2D box =
                new Rectangle2D.Double(at.x - wide / 2 - 0.2, at.y - tall / 2, wide + 0.4, tall);
        if (near.crossed(box)) {
            add(Paths.rounded(box, 0.6), Ink.fill(colour(room)));
        }
        double y = at.y - tall / 2;
        List<Part> drawn = new ArrayList<>();
        for (Line line : lines) {
            Words words =
                    Words.centred(
                            line.text(), at.x, y + line.size() * 0.65, line.size(), line.ink());
            drawn.add(words);
            obstacles.text(words.box());
            y += line.size() * 1.3;
        }
        group("kq-name-" + Badges.slug(room.id()), drawn);
        return true;
    }

    private void nameFixtures() {
        Map<List<String>, List<Fixture>> alike = new LinkedHashMap<>();
        plan.fixtures().stream()
                .filter(this::here)
                .forEach(
                        f ->
                                alike.computeIfAbsent(
                                                List.of(f.room().orElse(""), f.type()),
                                                k -> new ArrayList<>())
                                        .add(f));
        for (List<Fixture> group : alike.values()) {
            boolean each = group.size() < 4;
            boolean named = false;
            for (Fixture f : each ? group : List.<Fixture>of()) {
                named |= name(List.of(f), f.count());
            }
            if (!named) {
                named = name(group, group.stream().mapToLong(Fixture::count).sum());
            }
            if (!named) {
                key(group);
            }
        }
    }

    /** Names the first of some fixtures beside which there is room. */
    private boolean name(List<Fixture> alike, long pieces) {
        Catalogue.Entry type = Catalogue.fixture(alike.get(0).type());
        String text = style.say(type.zh(), type.en()) + (pieces > 1 ? " ×" + pieces : "");
        for (double size : new double[] {2.0, 1.7}) {
            for (Fixture f : alike.subList(0, Math.min(alike.size(), MOST_TRIED))) {
                if (beside(f, type.look(), text, size, false)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void key(List<Fixture> alike) {
        String type = alike.get(0).type();
        String look = Catalogue.fixture(type).look();
        for (Fixture f : alike.subList(0, Math.min(alike.size(), MOST_TRIED))) {
            if (beside(f, look, keys.nextFixture(type), 1.8, true)) {
                keys.fixture(type);
                return;
            }
        }
    }

    private boolean beside(Fixture f, String look, String text, double size, boolean key) {
        Rectangle2D drawn = fixtures.get(f.id());
        if (drawn == null) {
            return false;
        }
        Rectangle2D box = alarm(f.id()).isPresent() ? Frame.grown(drawn, OUTLINED) : drawn;
        Optional<Area> room = f.room().map(rooms::get).map(Area::new);
        double wide = Lettering.width(text, size) / 2 + 0.3;
        double tall = size * 0.62;
        double cx = box.getCenterX();
        double cy = box.getCenterY();
        double dx = box.getWidth() / 2 + wide + 0.2;
        double dy = box.getHeight() / 2 + tall + 0.2;
        double slide = Math.max(0, Math.abs(box.getWidth() / 2 - wide));
        double[][] places = {
            {cx, cy},
            {cx, cy + dy},
            {cx, cy - dy},
            {cx + dx, cy},
            {cx - dx, cy},
            {cx + slide, cy + dy},
            {cx - slide, cy + dy},
            {cx + slide, cy - dy},
            {cx - slide, cy - dy}
        };
        double best = Double.MAX_VALUE;
        Words words = null;
        for (int i = 0; i < places.length; i++) {
            Words candidate = Words.centred(text, places[i][0], places[i][1], size, QUIET);
            Rectangle2D at = Frame.grown(candidate.box(), 0.15);
            boolean inside = i == 0;
            if (inside && !(box.contains(at) && (key || Symbols.roomy(look)))) {
                continue;
            }
            if (room.isPresent()
                    ? !room.get().holds(at)
                    : rooms.values().stream().anyMatch(r -> Frame.box(r).intersects(at))) {
                continue;
            }
            if (!obstacles.free(at) || (!inside && obstacles.covered(at) > 0.05)) {
                continue;
            }
            double cost = obstacles.crossed(at) ? 5 + i * 0.1 : i * 0.1;
            if (cost < best) {
                best = cost;
                words = candidate;
            }
        }
        if (words == null) {
            return false;
        }
        if (best >= 5) {
            add(Paths.box(words.box()), Ink.fill("#ffffff"));
        }
        text(words);
        return true;
    }

    private void north(double rotation) {
        double angle = Math.toRadians(90 - rotation);
        double x = bounds.getMaxX() + 8;
        double y = bounds.getMinY() + 8;
        double c = Math.cos(angle);
        double s = -Math.sin(angle);
        List<Part> drawn = new ArrayList<>();
        drawn.add(new Stroke(Paths.circle(x, y, 4.5), Ink.line("#555555", 0.2)));
        drawn.add(
                new Stroke(
                        Paths.ring(
                                x + 4 * c,
                                y + 4 * s,
                                x - 3 * c - 1.4 * s,
                                y - 3 * s + 1.4 * c,
                                x - 1.8 * c,
                                y - 1.8 * s,
                                x - 3 * c + 1.4 * s,
                                y - 3 * s - 1.4 * c),
                        Ink.fill("#444444")));
        Words n = new Words("N", x + 6.3 * c, y + 6.3 * s + 1, 2.8, Align.MIDDLE, TEXT, false);
        drawn.add(n);
        group("kq-north-" + Badges.slug(storey.id()), drawn);
        reach(Frame.around(x, y, 8));
    }

    /** A room ready to be asked where things fit. */
    private static final class Area {
        private final Polygon polygon;
        private final PreparedGeometry prepared;
        private final boolean rectangle;
        private final Rectangle2D box;

        Area(Polygon polygon) {
            this.polygon = polygon;
            this.prepared = PreparedGeometryFactory.prepare(polygon);
            this.rectangle = polygon.isRectangle();
            this.box = Frame.box(polygon);
        }

        Rectangle2D box() {
            return box;
        }

        boolean holds(Rectangle2D inner) {
            if (!box.contains(inner)) {
                return false;
            }
            return rectangle
                    || prepared.covers(
                            PAPER.toGeometry(
                                    new org.locationtech.jts.geom.Envelope(
                                            inner.getMinX(),
                                            inner.getMaxX(),
                                            inner.getMinY(),
                                            inner.getMaxY())));
        }

        /** Places where a box of a size may be centred, the nearest to the middle first. */
        List<Coordinate> grid(double wide, double tall) {
            double freeX = box.getWidth() - wide;
            double freeY = box.getHeight() - tall;
            if (freeX < 0 || freeY < 0) {
                return List.of();
            }
            int nx = (int) Math.min(12, Math.ceil(freeX / 1.5));
            int ny = (int) Math.min(12, Math.ceil(freeY / 1.5));
            Coordinate middle = middle(polygon);
            List<Coordinate> grid = new ArrayList<>();
            grid.add(middle);
            for (int i = 0; i <= nx; i++) {
                for (int j = 0; j <= ny; j++) {
                    grid.add(
                            new Coordinate(
                                    box.getX() + wide / 2 + (nx == 0 ? freeX / 2 : freeX * i / nx),
                                    box.getY()
                                            + tall / 2
                                            + (ny == 0 ? freeY / 2 : freeY * j / ny)));
                }
            }
            Coordinate[] sorted = grid.toArray(Coordinate[]::new);
            Arrays.sort(
                    sorted,
                    Comparator.comparingDouble((Coordinate c) -> c.distance(middle))
                            .thenComparing(c -> c.y)
                            .thenComparing(c -> c.x));
            return List.of(sorted);
        }
    }
}

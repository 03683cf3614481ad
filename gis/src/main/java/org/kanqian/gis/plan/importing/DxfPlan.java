package org.kanqian.gis.plan.importing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.locationtech.jts.algorithm.MinimumAreaRectangle;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;
import tools.jackson.databind.node.ObjectNode;

/** A plan out of a DXF drawing. */
final class DxfPlan {
    private static final double SMALLEST = 1.5;
    private static final double LARGEST = 1_000;
    private static final int MAX_PIECES = 20_000;
    private static final int MAX_NAME = 24;

    private static final Pattern DOOR_MARK =
            Pattern.compile("^(F|R)?M(-?\\d|甲|乙|丙)|^TLM|^门|\\bDOOR\\b|S\\.?G\\.?D");
    private static final Pattern WINDOW_MARK =
            Pattern.compile("^(G|BY|T)?C-?\\d|^窗|\\bWINDOW\\b|\\bXO\\b|\\bSH\\b|\\bFX\\b");

    /** A name has a letter and is no size: 7' x 5'11, 12.5m², 2668. */
    private static final Pattern SIZE =
            Pattern.compile(
                    "^[^\\p{L}]*$|^[\\d.,'\"\\s]+\\s*[xX×*].*|.*\\d\\s*(m2|m²|㎡|平方米|平米|SF)\\s*$");

    private final Drawing drawing;
    private final double unit;
    private final ImportSettings settings;
    private final Notes notes;
    private final PlanDraft draft;
    private final TypeNames roomNames;
    private double originX;
    private double originY;

    private DxfPlan(Drawing drawing, double unit, ImportSettings settings, Notes notes) {
        this.drawing = drawing;
        this.unit = unit;
        this.settings = settings;
        this.notes = notes;
        this.draft = new PlanDraft(settings.wallMetres() + 0.15, notes);
        this.roomNames = TypeNames.rooms(settings);
    }

    static ObjectNode of(Dxf dxf, ImportSettings settings, Notes notes) throws ImportException {
        Optional<LengthUnit> said =
                settings.units().or(() -> dxf.insunits().flatMap(LengthUnit::ofInsunits));
        // chords are cut before the unit is known only where that is about to be asked anyway
        Drawing drawing =
                new Drawing(dxf, said.map(LengthUnit::metres).orElse(1.0), settings, notes);
        boolean outlines =
                drawing.lines.stream().anyMatch(l -> l.role() == LayerRole.ROOM && l.closed());
        LayerRole base = outlines ? LayerRole.ROOM : LayerRole.WALL;
        Envelope extent = new Envelope();
        for (Drawing.Line line : drawing.lines) {
            if (line.role() == base) {
                Arrays.stream(line.points()).forEach(extent::expandToInclude);
            }
        }
        if (extent.isNull()) {
            String layers =
                    drawing.layers.stream()
                            .limit(30)
                            .map(Notes::shown)
                            .collect(Collectors.joining("、"));
            throw new ImportException(
                    "没有一个图层像墙。图上的图层有："
                            + (layers.isEmpty() ? "（无）" : layers)
                            + "。请在设置的 layers.wall 里写明。",
                    "No layer looks like walls. Layers in the drawing: "
                            + (layers.isEmpty() ? "none" : layers.replace("、", ", "))
                            + ". Say under layers.wall in the settings which they are.");
        }
        double unit = unit(dxf, said, extent, settings, notes);
        DxfPlan plan = new DxfPlan(drawing, unit, settings, notes);
        plan.originX = extent.getMinX();
        plan.originY = extent.getMinY();
        notes.told(
                "",
                "原点移到墙线的左下角，原坐标 (" + extent.getMinX() + ", " + extent.getMinY() + ")。",
                "The origin is now the lower left corner of the walls, drawn at ("
                        + extent.getMinX()
                        + ", "
                        + extent.getMinY()
                        + ").");
        return plan.plan(outlines);
    }

    /** Metres in a drawing unit: what was said, if a house can be that large. */
    private static double unit(
            Dxf dxf,
            Optional<LengthUnit> said,
            Envelope extent,
            ImportSettings settings,
            Notes notes)
            throws ImportException {
        double size = Math.max(extent.getWidth(), extent.getHeight());
        List<ImportException.Size> choices =
                Arrays.stream(LengthUnit.values())
                        .filter(u -> plausible(size * u.metres()))
                        .map(
                                u ->
                                        new ImportException.Size(
                                                u, Math.round(size * u.metres() * 10) / 10.0))
                        .toList();
        String sizes =
                choices.stream()
                        .map(c -> c.unit().word() + " = " + c.metres() + " m")
                        .collect(Collectors.joining(", "));
        String metric =
                dxf.metric().map(m -> "（$MEASUREMENT：" + (m ? "公制" : "英制") + "）").orElse("");
        String metricEn =
                dxf.metric()
                        .map(m -> " ($MEASUREMENT: " + (m ? "metric" : "imperial") + ")")
                        .orElse("");
        if (said.isEmpty()) {
            throw new ImportException(
                    "图纸没有写明单位" + metric + "。请在设置里写 units；按各单位算，图的长边是：" + sizes + "。",
                    "The drawing states no units"
                            + metricEn
                            + ". Set units in the settings; its longer side would be: "
                            + sizes
                            + ".",
                    choices);
        }
        LengthUnit u = said.get();
        String metres = Math.round(size * u.metres() * 100) / 100.0 + "";
        if (!plausible(size * u.metres())) {
            if (settings.units().isEmpty()) {
                throw new ImportException(
                        "图纸写明单位是 "
                                + u.word()
                                + metric
                                + "，那么长边只有 "
                                + metres
                                + " 米，不像房子。请在设置里写 units；可能是："
                                + sizes
                                + "。",
                        "The drawing says its unit is "
                                + u.word()
                                + metricEn
                                + ", which makes its longer side "
                                + metres
                                + " m: no house. Set units in the settings; it may be: "
                                + sizes
                                + ".",
                        choices);
            }
            notes.guessed(
                    "units",
                    "按设置的单位 " + u.word() + "，长边是 " + metres + " 米，请核对。",
                    "In "
                            + u.word()
                            + ", as the settings say, the longer side is "
                            + metres
                            + " m; please check.");
        }
        notes.told(
                "units",
                "单位："
                        + u.word()
                        + (settings.units().isPresent() ? "（设置）" : "（图纸）")
                        + "，长边 "
                        + metres
                        + " 米。",
                "Units: "
                        + u.word()
                        + (settings.units().isPresent() ? " (settings)" : " (drawing)")
                        + ", longer side "
                        + metres
                        + " m.");
        return u.metres();
    }

    private static boolean plausible(double metres) {
        return metres >= SMALLEST && metres <= LARGEST;
    }

    private ObjectNode plan(boolean outlines) throws ImportException {
        draft.storey(
                new PlanDraft.Storey(settings.storey(), settings.floor() + " 层", settings.floor()));
        notes.guessed(
                "",
                "图纸没有楼层，全部算作 " + settings.storey() + "（" + settings.floor() + " 层）。",
                "The drawing has no storeys; all of it is "
                        + settings.storey()
                        + ", floor "
                        + settings.floor()
                        + ".");
        List<Words> texts = new ArrayList<>();
        for (Drawing.Words w : drawing.words) {
            texts.add(new Words(metres(w.at()), w.height() * unit, w.text()));
        }
        List<WallRooms.Symbol> symbols = symbols();
        List<Polygon> rooms = new ArrayList<>();
        List<WallRooms.Bridge> bridges = new ArrayList<>();
        if (outlines) {
            for (Drawing.Line l : drawing.lines) {
                if (l.role() == LayerRole.ROOM && l.closed() && l.points().length >= 4) {
                    rooms.add(PlanDraft.GEOMETRY.createPolygon(metres(l.points())));
                }
            }
            notes.told(
                    "",
                    "房间取自 " + rooms.size() + " 条闭合轮廓，没有用墙线。",
                    "Rooms are the "
                            + rooms.size()
                            + " closed outlines drawn; wall lines were not used.");
        } else {
            List<LineString> walls = new ArrayList<>();
            for (Drawing.Line l : drawing.lines) {
                if (l.role() == LayerRole.WALL) {
                    walls.add(PlanDraft.GEOMETRY.createLineString(metres(l.points())));
                }
            }
            WallRooms found = new WallRooms(walls, symbols, settings, notes);
            rooms.addAll(found.rooms);
            bridges.addAll(found.bridges);
        }
        if (rooms.size() > PlanDraft.MAX_ROOMS) {
            throw PlanDraft.tooManyRooms();
        }
        rooms.sort(
                Comparator.comparingDouble((Polygon p) -> -p.getEnvelopeInternal().getMaxY())
                        .thenComparingDouble(p -> p.getEnvelopeInternal().getMinX()));
        name(rooms, texts);
        List<Geometry> faces = new ArrayList<>(rooms);
        openings(bridges, symbols, texts, faces);
        for (Drawing.Furniture f : drawing.furniture) {
            Coordinate[] corners = metres(f.corners().toArray(new Coordinate[0]));
            Geometry hull = PlanDraft.GEOMETRY.createMultiPointFromCoords(corners).convexHull();
            Geometry footprint =
                    hull instanceof Polygon
                            ? MinimumAreaRectangle.getMinimumRectangle(hull)
                            : hull.getCentroid();
            draft.fixture(f.block(), f.type(), settings.storey(), footprint);
        }
        return draft.plan();
    }

    private record Words(Coordinate at, double height, String text) {}

    private Coordinate metres(Coordinate c) {
        Coordinate m = new Coordinate((c.x - originX) * unit, (c.y - originY) * unit);
        PlanDraft.GEOMETRY.getPrecisionModel().makePrecise(m);
        return m;
    }

    private Coordinate[] metres(Coordinate[] points) {
        return Arrays.stream(points).map(this::metres).toArray(Coordinate[]::new);
    }

    // ---- names -----------------------------------------------------------------------------

    private void name(List<Polygon> rooms, List<Words> texts) throws ImportException {
        STRtree index = new STRtree();
        texts.forEach(t -> index.insert(new Envelope(t.at), t));
        Set<Words> used = new HashSet<>();
        for (int i = 0; i < rooms.size(); i++) {
            Polygon room = rooms.get(i);
            List<Words> inside = new ArrayList<>();
            for (Object found : index.query(room.getEnvelopeInternal())) {
                Words w = (Words) found;
                boolean smallest =
                        room.covers(point(w.at))
                                && rooms.stream()
                                        .noneMatch(
                                                r ->
                                                        r != room
                                                                && r.getArea() < room.getArea()
                                                                && r.getEnvelopeInternal()
                                                                        .contains(w.at)
                                                                && r.covers(point(w.at)));
                if (smallest) {
                    inside.add(w);
                }
            }
            used.addAll(inside);
            named(i + 1, room, inside);
        }
        texts.stream()
                .filter(
                        t ->
                                !used.contains(t)
                                        && !SIZE.matcher(t.text).matches()
                                        && roomNames.type(t.text).isPresent())
                .limit(50)
                .forEach(
                        t ->
                                notes.leftOut(
                                        t.text,
                                        "“" + Notes.shown(t.text) + "”不在任何房间里：那里的墙线没有闭合，或者没有画墙。",
                                        "'"
                                                + Notes.shown(t.text)
                                                + "' lies in no room: the walls there do not close or are not drawn."));
    }

    private static Point point(Coordinate c) {
        return PlanDraft.GEOMETRY.createPoint(c);
    }

    private void named(int number, Polygon room, List<Words> inside) throws ImportException {
        String id = "R" + number;
        List<Words> candidates =
                stacked(inside.stream().filter(w -> !SIZE.matcher(w.text).matches()).toList());
        List<Words> known =
                candidates.stream()
                        .filter(
                                w ->
                                        w.text.length() <= 2 * MAX_NAME
                                                && roomNames.type(w.text).isPresent())
                        .toList();
        List<Words> names =
                known.isEmpty()
                        ? candidates.stream()
                                .filter(w -> w.text.length() <= MAX_NAME)
                                .limit(1)
                                .toList()
                        : known;
        String name = names.stream().map(Words::text).distinct().collect(Collectors.joining(" / "));
        String title = id + (name.isEmpty() ? "" : " " + name);
        String type =
                names.stream()
                        .findFirst()
                        .flatMap(n -> roomNames.type(n.text))
                        .orElse(TypeNames.UNKNOWN);
        if (names.stream().map(Words::text).distinct().count() > 1) {
            type = TypeNames.UNKNOWN;
            notes.guessed(
                    title,
                    "“" + Notes.shown(title) + "”是一个连通的空间，里面写着几个名称。要分开算，请在墙图层上画出分界线。",
                    "'"
                            + Notes.shown(title)
                            + "' is one open space holding several names. To part it, draw the dividing lines on a wall layer.");
        } else if (name.isEmpty()) {
            notes.guessed(
                    title,
                    "房间 " + id + " 没有名称，类型记为 unknown。",
                    "Room " + id + " has no name; its type is unknown.");
        } else if (type.equals(TypeNames.UNKNOWN)) {
            notes.guessed(
                    title,
                    "不认识房间名“" + Notes.shown(name) + "”，类型记为 unknown；可在设置的 rooms 里写明。",
                    "Room name '"
                            + Notes.shown(name)
                            + "' is not known; its type is unknown. Name it under rooms in the settings.");
        } else {
            String told = type;
            notes.guessed(
                    title,
                    "“" + Notes.shown(title) + "”按名称记为 " + told + "。",
                    "'" + Notes.shown(title) + "' is " + told + ", by its name.");
        }
        draft.room(title, id, type, name, settings.storey(), room, OptionalDouble.empty());
    }

    /** Lines of one name drawn as separate texts, one right under the other, put together. */
    private static List<Words> stacked(List<Words> texts) {
        List<Words> rest = new ArrayList<>(texts);
        rest.sort(Comparator.comparingDouble((Words w) -> -w.at.y));
        List<Words> joined = new ArrayList<>();
        while (!rest.isEmpty() && joined.size() < 200) {
            Words top = rest.remove(0);
            for (int i = 0; i < rest.size(); i++) {
                Words below = rest.get(i);
                boolean under =
                        Math.abs(below.at.x - top.at.x) < top.height * 2
                                && top.at.y - below.at.y < top.height * 2
                                && Math.abs(below.height - top.height) < 0.1 * top.height;
                if (under) {
                    top = new Words(below.at, top.height, top.text + " " + below.text);
                    rest.remove(i--);
                }
            }
            joined.add(new Words(top.at, top.height, top.text.replaceAll("\\s+", " ").strip()));
        }
        return joined;
    }

    // ---- openings --------------------------------------------------------------------------

    /** Lines of doors and windows that touch are one symbol. */
    private List<WallRooms.Symbol> symbols() throws ImportException {
        List<Drawing.Line> pieces =
                drawing.lines.stream()
                        .filter(
                                l ->
                                        l.role() == LayerRole.DOOR
                                                || l.role() == LayerRole.WINDOW
                                                || l.role() == LayerRole.OPENING)
                        .toList();
        if (pieces.size() > MAX_PIECES) {
            throw new ImportException(
                    "门窗图层上的线超过 " + MAX_PIECES + " 条。",
                    "Over " + MAX_PIECES + " lines on door and window layers.");
        }
        List<Geometry> lines = new ArrayList<>();
        STRtree index = new STRtree();
        for (int i = 0; i < pieces.size(); i++) {
            Geometry line = PlanDraft.GEOMETRY.createLineString(metres(pieces.get(i).points()));
            lines.add(line);
            index.insert(line.getEnvelopeInternal(), i);
        }
        int[] of = new int[pieces.size()];
        Arrays.fill(of, -1);
        List<WallRooms.Symbol> symbols = new ArrayList<>();
        int pairs = 0;
        for (int i = 0; i < of.length; i++) {
            if (of[i] >= 0) {
                continue;
            }
            List<Integer> members = new ArrayList<>(List.of(i));
            of[i] = symbols.size();
            boolean curved = false;
            for (int k = 0; k < members.size(); k++) {
                int member = members.get(k);
                curved |= pieces.get(member).curved();
                Envelope near = new Envelope(lines.get(member).getEnvelopeInternal());
                near.expandBy(0.05);
                for (Object found : index.query(near)) {
                    int j = (Integer) found;
                    if (of[j] < 0
                            && pieces.get(j).role() == pieces.get(i).role()
                            && ++pairs < 1_000_000
                            && lines.get(j).isWithinDistance(lines.get(member), 0.05)) {
                        of[j] = symbols.size();
                        members.add(j);
                    }
                }
            }
            Geometry hull =
                    PlanDraft.GEOMETRY
                            .createGeometryCollection(
                                    members.stream().map(lines::get).toArray(Geometry[]::new))
                            .convexHull();
            symbols.add(new WallRooms.Symbol(pieces.get(i).role(), hull, curved));
        }
        return symbols;
    }

    private void openings(
            List<WallRooms.Bridge> bridges,
            List<WallRooms.Symbol> symbols,
            List<Words> texts,
            List<Geometry> rooms) {
        List<WallRooms.Bridge> left = new ArrayList<>(bridges);
        List<WallRooms.Symbol> used = new ArrayList<>();
        left.sort(Comparator.comparingDouble((WallRooms.Bridge b) -> -b.at().getLength()));
        List<LineSegment> placed = new ArrayList<>();
        while (!left.isEmpty()) {
            WallRooms.Bridge one = left.remove(0);
            LineSegment at = one.at();
            one.symbol().ifPresent(used::add);
            for (int i = 0; i < left.size(); i++) {
                LineSegment other = left.get(i).at();
                if (beside(at, other)) {
                    left.get(i).symbol().ifPresent(used::add);
                    left.remove(i--);
                    at = middle(one.at(), other);
                }
            }
            if (one.at().getLength() >= 0.3) {
                placed.add(at);
                place(at, one.symbol(), texts, rooms);
            }
        }
        for (WallRooms.Symbol symbol : symbols) {
            if (!used.contains(symbol) && symbol.hull() instanceof Polygon hull) {
                inUnbrokenWall(symbol, hull, placed, texts, rooms);
            }
        }
    }

    /** A door or window drawn upon wall lines that go on under it. */
    private void inUnbrokenWall(
            WallRooms.Symbol symbol,
            Polygon hull,
            List<LineSegment> placed,
            List<Words> texts,
            List<Geometry> rooms) {
        Coordinate[] box = MinimumAreaRectangle.getMinimumRectangle(hull).getCoordinates();
        boolean done =
                placed.stream()
                        .anyMatch(
                                p -> hull.isWithinDistance(p.toGeometry(PlanDraft.GEOMETRY), 0.1));
        if (box.length != 5 || done) {
            return;
        }
        LineSegment a = new LineSegment(box[0], box[1]);
        LineSegment b = new LineSegment(box[1], box[2]);
        LineSegment longer = a.getLength() >= b.getLength() ? a : b;
        double depth = Math.min(a.getLength(), b.getLength());
        LineSegment opposite =
                a == longer ? new LineSegment(box[3], box[2]) : new LineSegment(box[0], box[3]);
        if (longer.getLength() >= 0.4
                && longer.getLength() <= 6
                && depth <= settings.wallMetres() + 0.1) {
            place(middle(longer, opposite), Optional.of(symbol), texts, rooms);
        } else {
            notes.leftOut(
                    symbol.role().word(),
                    "门窗图层上有一处图形不在墙的缺口里，没有导入，在 "
                            + shown(hull.getCentroid().getCoordinate())
                            + " 一带。",
                    "A shape on a door or window layer lies in no gap of a wall and was left out, near "
                            + shown(hull.getCentroid().getCoordinate())
                            + ".");
        }
    }

    private static String shown(Coordinate c) {
        return "(" + Math.round(c.x * 10) / 10.0 + ", " + Math.round(c.y * 10) / 10.0 + ")";
    }

    /** The two faces of one wall. */
    private boolean beside(LineSegment a, LineSegment b) {
        double parallel = Math.abs(Math.cos(a.angle() - b.angle()));
        Coordinate mid = b.midPoint();
        double along = a.projectionFactor(mid);
        return parallel > 0.99
                && a.distancePerpendicular(mid) <= settings.wallMetres() + 0.1
                && along > 0
                && along < 1;
    }

    private static LineSegment middle(LineSegment a, LineSegment b) {
        boolean same = Math.cos(a.angle() - b.angle()) > 0;
        Coordinate start = same ? b.p0 : b.p1;
        Coordinate end = same ? b.p1 : b.p0;
        return new LineSegment(
                (a.p0.x + start.x) / 2,
                (a.p0.y + start.y) / 2,
                (a.p1.x + end.x) / 2,
                (a.p1.y + end.y) / 2);
    }

    private void place(
            LineSegment at,
            Optional<WallRooms.Symbol> symbol,
            List<Words> texts,
            List<Geometry> rooms) {
        Coordinate mid = at.midPoint();
        String where = shown(mid);
        OpeningKind kind;
        LayerRole role = symbol.map(WallRooms.Symbol::role).orElse(LayerRole.OPENING);
        if (role != LayerRole.OPENING) {
            kind = role == LayerRole.DOOR ? OpeningKind.DOOR : OpeningKind.WINDOW;
        } else {
            Optional<OpeningKind> marked = marked(mid, texts);
            boolean curved = symbol.filter(WallRooms.Symbol::curved).isPresent();
            Point middle = point(mid);
            boolean inner =
                    rooms.stream()
                                    .filter(r -> r.isWithinDistance(middle, settings.wallMetres()))
                                    .count()
                            > 1;
            kind = curved || inner ? OpeningKind.DOOR : marked.orElse(OpeningKind.WINDOW);
            String word = kind == OpeningKind.DOOR ? "门" : "窗";
            if (!curved && (inner || marked.isEmpty())) {
                notes.guessed(
                        role.word(),
                        where + " 处的洞口猜作" + word + "：图上没有写明是门是窗。",
                        "The opening at "
                                + where
                                + " is taken for a "
                                + kind.name().toLowerCase(Locale.ROOT)
                                + "; the drawing does not say.");
            }
        }
        draft.opening(where, kind, settings.storey(), at, false);
    }

    private static Optional<OpeningKind> marked(Coordinate mid, List<Words> texts) {
        return texts.stream()
                .filter(t -> t.at.distance(mid) < 1.2)
                .min(Comparator.comparingDouble(t -> t.at.distance(mid)))
                .map(t -> t.text.toUpperCase(Locale.ROOT))
                .flatMap(
                        t ->
                                DOOR_MARK.matcher(t).find()
                                        ? Optional.of(OpeningKind.DOOR)
                                        : WINDOW_MARK.matcher(t).find()
                                                ? Optional.of(OpeningKind.WINDOW)
                                                : Optional.empty());
    }
}

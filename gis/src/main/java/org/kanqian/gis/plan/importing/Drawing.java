package org.kanqian.gis.plan.importing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kanqian.gis.plan.importing.ImportNote.Kind;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.util.AffineTransformation;

/**
 * A DXF with its blocks inserted and its arcs made chords, sorted by what its layers stand for;
 * still in drawing units.
 */
final class Drawing {
    /** Chords of an arc leave it by at most this, metres. */
    static final double CHORD_METRES = 0.005;

    private static final int MAX_WORDS = 20_000;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_EXPANDED = 1_000_000;
    private static final int MAX_VERTICES = 2_000_000;

    /** A line or outline. */
    record Line(LayerRole role, Coordinate[] points, boolean closed, boolean curved) {}

    /** Words and their middle. */
    record Words(Coordinate at, double height, String text) {}

    /** All corners of an inserted block that is a fixture. */
    record Furniture(String type, String block, List<Coordinate> corners) {}

    final List<Line> lines = new ArrayList<>();
    final List<Words> words = new ArrayList<>();
    final List<Furniture> furniture = new ArrayList<>();
    final Set<String> layers = new TreeSet<>();

    private final Dxf dxf;
    private final ImportSettings settings;
    private final Notes notes;
    private final double chord;
    private final TypeNames fixtureNames;
    private final Map<String, Optional<LayerRole>> roles = new HashMap<>();
    private final Map<String, Integer> unused = new TreeMap<>();
    private final Set<String> path = new LinkedHashSet<>();
    private final List<Words> otherWords = new ArrayList<>();
    private int expanded;
    private int vertices;

    /**
     * @param unit metres in a drawing unit
     */
    Drawing(Dxf dxf, double unit, ImportSettings settings, Notes notes) throws ImportException {
        this.dxf = dxf;
        this.settings = settings;
        this.notes = notes;
        this.chord = CHORD_METRES / unit;
        this.fixtureNames = TypeNames.fixtures(settings);
        expand(dxf.entities(), new AffineTransformation(), "0", 0, Optional.empty());
        if (words.size() > MAX_WORDS || otherWords.size() > MAX_WORDS) {
            throw new ImportException(
                    "文字超过 " + MAX_WORDS + " 处。请只导出平面图所在的部分。",
                    "Over " + MAX_WORDS + " texts; export only the part that is the plan.");
        }
        if (words.isEmpty() && !otherWords.isEmpty()) {
            words.addAll(otherWords);
            notes.guessed(
                    "",
                    "没有文字图层（名称含 TEXT、文字、标注等），所有文字都拿来当房间名。",
                    "No layer looks like text, so every text may name a room.");
        } else if (!otherWords.isEmpty()) {
            notes.leftOut(
                    "",
                    otherWords.size() + " 处文字不在文字图层上，没有用作房间名。",
                    otherWords.size() + " texts lie on no text layer and name no room.");
        }
        unused.forEach(
                (layer, n) ->
                        notes.leftOut(
                                layer,
                                "图层“" + Notes.shown(layer) + "”上 " + n + " 个图元没有用。",
                                n
                                        + " entities on layer '"
                                        + Notes.shown(layer)
                                        + "' are not used."));
    }

    /** What a layer stands for: what the settings say, else what its name looks like. */
    private Optional<LayerRole> role(String layer) {
        return roles.computeIfAbsent(
                layer,
                name -> {
                    String upper = name.toUpperCase(Locale.ROOT);
                    for (LayerRole role : LayerRole.values()) {
                        List<String> said = settings.layers().getOrDefault(role, List.of());
                        if (said.stream().anyMatch(upper::contains)) {
                            return Optional.of(role);
                        }
                    }
                    return Arrays.stream(LayerRole.values())
                            .filter(r -> !settings.layers().containsKey(r))
                            .filter(r -> r.words().stream().anyMatch(upper::contains))
                            .findFirst();
                });
    }

    private static Optional<LayerRole> blockRole(String block) {
        String upper = block.toUpperCase(Locale.ROOT);
        if (upper.contains("DOOR") || upper.contains("门")) {
            return Optional.of(LayerRole.DOOR);
        }
        return upper.contains("WINDOW") || upper.contains("窗")
                ? Optional.of(LayerRole.WINDOW)
                : Optional.empty();
    }

    private void expand(
            List<Dxf.Entity> entities,
            AffineTransformation to,
            String insertLayer,
            int depth,
            Optional<LayerRole> asRole)
            throws ImportException {
        for (Dxf.Entity entity : entities) {
            countExpanded();
            // what a block holds on layer 0 takes the layer of its INSERT
            String layer = entity.layer().equals("0") ? insertLayer : entity.layer();
            if (dxf.hidden().contains(layer)) {
                notes.count(
                        Kind.LEFT_OUT,
                        layer,
                        n -> "图层“" + Notes.shown(layer) + "”关闭或冻结，其中 " + n + " 个图元没有读。",
                        n ->
                                n
                                        + " entities on layer '"
                                        + Notes.shown(layer)
                                        + "', which is off or frozen, were not read.");
                continue;
            }
            if (layers.size() < 1_000) {
                layers.add(layer);
            }
            if (entity instanceof Dxf.Insert insert) {
                insert(insert, to, layer, depth, asRole);
            } else if (entity instanceof Dxf.Unread unread) {
                notes.count(
                        Kind.LEFT_OUT,
                        unread.kind(),
                        n -> n + " 个 " + Notes.shown(unread.kind()) + " 没有读。",
                        n -> n + " " + Notes.shown(unread.kind()) + " were not read.");
            } else {
                draw(entity, to, layer, asRole.or(() -> role(layer)));
            }
        }
    }

    /** One more entity, or one more copy of a block, which may be an empty one. */
    private void countExpanded() throws ImportException {
        if (++expanded > MAX_EXPANDED) {
            throw new ImportException(
                    "图块展开后超过 100 万个图元（可能是恶意嵌套的图块）。请炸开需要的图块、删去其余的再导出。",
                    "Blocks expand to over 1,000,000 entities; explode the ones needed and"
                            + " remove the rest.");
        }
    }

    private void draw(
            Dxf.Entity entity, AffineTransformation to, String layer, Optional<LayerRole> role)
            throws ImportException {
        if (entity instanceof Dxf.Label label) {
            Coordinate at = moved(label.x(), label.y(), to);
            Words read = new Words(at, label.height() * scale(to), label.text());
            boolean names =
                    role.filter(r -> r == LayerRole.TEXT || r == LayerRole.ROOM).isPresent();
            if (!label.text().isBlank() && role.filter(r -> r == LayerRole.IGNORE).isEmpty()) {
                (names ? words : otherWords).add(read);
            }
            return;
        }
        if (role.isEmpty() || role.get() == LayerRole.IGNORE || role.get() == LayerRole.TEXT) {
            unused.merge(layer, 1, Integer::sum);
            return;
        }
        if (entity instanceof Dxf.Path drawn) {
            boolean curved = false;
            List<Coordinate> points = new ArrayList<>();
            double[] v = drawn.vertices();
            int n = v.length / 3;
            for (int i = 0; i < n; i++) {
                int next = (i + 1) % n;
                points.add(moved(v[i * 3], v[i * 3 + 1], to));
                if (v[i * 3 + 2] != 0 && (next != 0 || drawn.closed())) {
                    curved = true;
                    bulge(v, i, next, to, points);
                }
            }
            if (drawn.closed()) {
                points.add(points.get(0).copy());
            }
            add(role.get(), points, drawn.closed(), curved);
        } else if (entity instanceof Dxf.Arc arc) {
            List<Coordinate> points = new ArrayList<>();
            arc(
                    arc.x(),
                    arc.y(),
                    arc.radius(),
                    Math.toRadians(arc.start()),
                    Math.toRadians(arc.end() - arc.start()),
                    to,
                    points);
            boolean full = arc.end() - arc.start() >= 360;
            if (full && points.size() > 1) {
                points.set(points.size() - 1, points.get(0).copy());
            }
            add(role.get(), points, full, true);
        }
    }

    private void add(LayerRole role, List<Coordinate> points, boolean closed, boolean curved)
            throws ImportException {
        vertices += points.size();
        if (vertices > MAX_VERTICES) {
            throw new ImportException(
                    "图块展开后的点超过 200 万个。请删去平面图以外的内容再导出。",
                    "Blocks expand to over 2,000,000 vertices; export only what is the plan.");
        }
        if (curved) {
            notes.count(
                    Kind.TOLD,
                    "ARC",
                    n -> n + " 条弧线按弦画出，离弧不超过 5 毫米。",
                    n -> n + " curves were drawn as chords, within 5 mm.");
        }
        lines.add(new Line(role, points.toArray(new Coordinate[0]), closed, curved));
    }

    /**
     * The points of an arc between two vertices; bulge is the tangent of a quarter of its angle.
     */
    private void bulge(
            double[] v, int i, int next, AffineTransformation to, List<Coordinate> into) {
        double bulge = v[i * 3 + 2];
        double dx = v[next * 3] - v[i * 3];
        double dy = v[next * 3 + 1] - v[i * 3 + 1];
        double width = Math.hypot(dx, dy);
        if (width == 0 || Math.abs(bulge) > 1e4) {
            return;
        }
        double angle = 4 * Math.atan(bulge);
        double radius = width * (1 + bulge * bulge) / (4 * Math.abs(bulge));
        double off = width * (1 - bulge * bulge) / (4 * bulge);
        double cx = (v[i * 3] + v[next * 3]) / 2 - dy / width * off;
        double cy = (v[i * 3 + 1] + v[next * 3 + 1]) / 2 + dx / width * off;
        double start = Math.atan2(v[i * 3 + 1] - cy, v[i * 3] - cx);
        List<Coordinate> curve = new ArrayList<>();
        arc(cx, cy, radius, start, angle, to, curve);
        into.addAll(curve.subList(1, curve.size() - 1));
    }

    private void arc(
            double cx,
            double cy,
            double radius,
            double start,
            double angle,
            AffineTransformation to,
            List<Coordinate> into) {
        double r = radius * scale(to);
        double step = r <= chord ? Math.PI / 2 : 2 * Math.acos(1 - chord / r);
        int chords = (int) Math.max(2, Math.min(256, Math.ceil(Math.abs(angle) / step)));
        for (int i = 0; i <= chords; i++) {
            double a = start + angle * i / chords;
            into.add(moved(cx + radius * Math.cos(a), cy + radius * Math.sin(a), to));
        }
    }

    private void insert(
            Dxf.Insert insert,
            AffineTransformation to,
            String layer,
            int depth,
            Optional<LayerRole> asRole)
            throws ImportException {
        String shown = Notes.shown(insert.block());
        Dxf.Block block = dxf.blocks().get(insert.block());
        if (block == null) {
            notes.count(
                    Kind.LEFT_OUT,
                    "INSERT " + shown,
                    n -> n + " 处插入了不存在的图块“" + shown + "”（外部参照请先绑定）。",
                    n -> n + " inserts of block '" + shown + "', which is not in the file.");
            return;
        }
        if (path.contains(insert.block()) || depth >= MAX_DEPTH) {
            boolean loop = path.contains(insert.block());
            notes.count(
                    Kind.LEFT_OUT,
                    "INSERT " + shown,
                    n ->
                            "图块“"
                                    + shown
                                    + (loop ? "”插入了它自己" : "”嵌套超过 " + MAX_DEPTH + " 层")
                                    + "，没有展开（"
                                    + n
                                    + " 处）。",
                    n ->
                            "Block '"
                                    + shown
                                    + (loop ? "' inserts itself" : "' is nested too deep")
                                    + " and was not expanded, "
                                    + n
                                    + " times.");
            return;
        }
        Optional<String> fixture =
                role(layer).filter(r -> r != LayerRole.FIXTURE).isPresent()
                        ? Optional.empty()
                        : fixtureNames.type(insert.block());
        Optional<LayerRole> role =
                asRole.or(
                        () ->
                                role(layer)
                                        .filter(r -> r == LayerRole.DOOR || r == LayerRole.WINDOW)
                                        .or(() -> blockRole(insert.block())));
        if (fixture.isPresent()) {
            role = Optional.of(LayerRole.FIXTURE);
        }
        int first = lines.size();
        path.add(insert.block());
        for (long cell = 0; cell < (long) insert.columns() * insert.rows(); cell++) {
            AffineTransformation place = new AffineTransformation();
            place.translate(-block.x(), -block.y());
            place.scale(insert.scaleX(), insert.scaleY());
            place.translate(
                    (cell % insert.columns()) * insert.columnSpacing(),
                    (double) (cell / insert.columns()) * insert.rowSpacing());
            place.rotate(Math.toRadians(insert.rotation()));
            place.translate(insert.x(), insert.y());
            if (insert.mirrored()) {
                place.scale(-1, 1);
            }
            place.compose(to);
            countExpanded();
            expand(block.entities(), place, layer, depth + 1, role);
            if (fixture.isPresent()) {
                List<Coordinate> corners = new ArrayList<>();
                for (Line line : lines.subList(first, lines.size())) {
                    corners.addAll(Arrays.asList(line.points()));
                }
                lines.subList(first, lines.size()).clear();
                if (!corners.isEmpty()) {
                    furniture.add(new Furniture(fixture.get(), insert.block(), corners));
                }
            } else if (role(layer).filter(r -> r == LayerRole.FIXTURE).isPresent()) {
                lines.subList(first, lines.size()).clear();
                notes.count(
                        Kind.LEFT_OUT,
                        "INSERT " + shown,
                        n -> n + " 个图块“" + shown + "”不知道是什么设施；可在设置的 fixtures 里写明。",
                        n ->
                                n
                                        + " blocks '"
                                        + shown
                                        + "' are no known fixture; name it under fixtures in the"
                                        + " settings.");
            }
        }
        path.remove(insert.block());
    }

    private static double scale(AffineTransformation to) {
        double[] m = to.getMatrixEntries();
        return Math.max(Math.hypot(m[0], m[3]), Math.hypot(m[1], m[4]));
    }

    private static Coordinate moved(double x, double y, AffineTransformation to) {
        return to.transform(new Coordinate(x, y), new Coordinate());
    }
}

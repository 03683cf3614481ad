package org.kanqian.gis.plan.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads ASCII DXF as a stream of group codes and values (Autodesk, <i>DXF Reference</i>, "ASCII DXF
 * files"): header, layer table, blocks and entities. Bounded in bytes, entities and vertices.
 */
final class DxfReader {
    static final int MAX_BYTES = 64 * 1024 * 1024;
    static final int MAX_ENTITIES = 500_000;
    static final int MAX_VERTICES = 1_000_000;
    private static final int MAX_LINE = 16_384;
    private static final int MAX_NAMES = 20_000;
    private static final byte[] BINARY = {'A', 'u', 't', 'o', 'C', 'A', 'D', ' ', 'B', 'i', 'n'};

    private final InputStream in;
    private final Notes notes;
    private final DxfText text;
    private long bytes;
    private int line;
    private int entityCount;
    private int vertexCount;

    private int code;
    private String value = "";

    private Optional<Integer> insunits = Optional.empty();
    private Optional<Boolean> metric = Optional.empty();
    private final Set<String> hidden = new HashSet<>();
    private final Map<String, Dxf.Block> blocks = new HashMap<>();
    private final List<Dxf.Entity> entities = new ArrayList<>();

    private DxfReader(InputStream in, Notes notes) {
        this.in = in;
        this.notes = notes;
        this.text = new DxfText(notes);
    }

    static Dxf read(InputStream in, Notes notes) throws IOException, ImportException {
        return new DxfReader(new BufferedInputStream(in, 1 << 16), notes).drawing();
    }

    private Dxf drawing() throws IOException, ImportException {
        in.mark(64);
        if (Arrays.equals(in.readNBytes(BINARY.length), BINARY)) {
            throw new ImportException(
                    "这是二进制 DXF。请在 CAD 里另存为 ASCII（文本）DXF。",
                    "This is binary DXF; save it as ASCII DXF.");
        }
        in.reset();
        boolean ended = false;
        boolean any = false;
        boolean more = next();
        while (more) {
            if (code == 0 && value.equals("SECTION")) {
                more = next();
                any = true;
                if (more && code == 2) {
                    String section = value;
                    more = next();
                    switch (section) {
                        case "HEADER" -> header();
                        case "TABLES" -> tables();
                        case "BLOCKS" -> blocks();
                        case "ENTITIES" -> list(entities, "ENDSEC");
                        default -> skipSection();
                    }
                    more = !value.isEmpty() || code >= 0;
                }
            } else if (code == 0 && value.equals("EOF")) {
                ended = true;
                break;
            } else {
                more = next();
            }
        }
        if (!any) {
            throw new ImportException(
                    "不是 DXF：没有 SECTION。", "This is no DXF file: it has no SECTION.");
        }
        if (!ended) {
            notes.leftOut(
                    "EOF",
                    "文件没有结束标记，可能被截断：缺的部分没有读到。",
                    "The file has no end mark and may be cut off; what is missing was not read.");
        }
        return new Dxf(insunits, metric, hidden, blocks, entities);
    }

    // ---- groups ----------------------------------------------------------------------------

    /** Reads one pair; at the end of the file code is −1 and the value empty. */
    private boolean next() throws IOException, ImportException {
        String first = readLine();
        String second = first == null ? null : readLine();
        if (first == null || second == null) {
            code = -1;
            value = "";
            return false;
        }
        try {
            code = Integer.parseInt(first.strip());
        } catch (NumberFormatException e) {
            throw new ImportException(
                    "DXF 第 " + (line - 1) + " 行应为组码，实为“" + Notes.shown(first) + "”：文件损坏，请重新导出。",
                    "DXF line "
                            + (line - 1)
                            + " should be a group code, not '"
                            + Notes.shown(first)
                            + "': the file is damaged, export it again.");
        }
        value = code == 1 || code == 3 ? second : second.strip();
        return true;
    }

    /** One line, a character a byte, without its end (LF, CR LF or CR); null at the end. */
    private @Nullable String readLine() throws IOException, ImportException {
        StringBuilder read = new StringBuilder(32);
        int c = in.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n' && c != '\r') {
            if (read.length() < MAX_LINE) {
                read.append((char) c);
            }
            bytes++;
            c = in.read();
        }
        if (c == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
        }
        line++;
        if (++bytes > MAX_BYTES) {
            throw new ImportException(
                    "DXF 超过 64 MB。请只导出平面图所在的部分。",
                    "The DXF is over 64 MB; export only the part that is the plan.");
        }
        return read.toString();
    }

    private double number() throws ImportException {
        try {
            double number = Double.parseDouble(value);
            if (Math.abs(number) <= 1e12) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of bounds is
        }
        throw new ImportException(
                "DXF 第 " + line + " 行不是数：“" + Notes.shown(value) + "”。文件损坏，请重新导出。",
                "DXF line "
                        + line
                        + " is no usable number: '"
                        + Notes.shown(value)
                        + "'; the file is damaged, export it again.");
    }

    private int whole() throws ImportException {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number()));
    }

    // ---- sections --------------------------------------------------------------------------

    private boolean sectionEnds() {
        return code < 0 || (code == 0 && (value.equals("ENDSEC") || value.equals("EOF")));
    }

    private void skipSection() throws IOException, ImportException {
        while (!sectionEnds()) {
            next();
        }
    }

    private void header() throws IOException, ImportException {
        String variable = "";
        while (!sectionEnds()) {
            if (code == 9) {
                variable = value;
            } else {
                switch (variable) {
                    case "$ACADVER" -> text.version(value);
                    case "$DWGCODEPAGE" -> text.codePage(value);
                    case "$INSUNITS" -> insunits = Optional.of(whole());
                    case "$MEASUREMENT" -> metric = Optional.of(whole() == 1);
                    default -> {}
                }
            }
            next();
        }
    }

    private void tables() throws IOException, ImportException {
        while (!sectionEnds()) {
            if (code == 0 && value.equals("LAYER")) {
                String name = "";
                boolean off = false;
                next();
                while (code > 0) {
                    switch (code) {
                        case 2 -> name = text.decode(value);
                        case 62 -> off |= whole() < 0;
                        case 70 -> off |= (whole() & 1) != 0;
                        default -> {}
                    }
                    next();
                }
                if (off && hidden.size() < MAX_NAMES) {
                    hidden.add(name);
                }
            } else {
                next();
            }
        }
    }

    private void blocks() throws IOException, ImportException {
        while (!sectionEnds()) {
            if (code == 0 && value.equals("BLOCK")) {
                String name = "";
                double x = 0;
                double y = 0;
                next();
                while (code > 0) {
                    switch (code) {
                        case 2 -> name = text.decode(value);
                        case 10 -> x = number();
                        case 20 -> y = number();
                        default -> {}
                    }
                    next();
                }
                List<Dxf.Entity> inside = new ArrayList<>();
                list(inside, "ENDBLK");
                if (blocks.size() < MAX_NAMES) {
                    blocks.put(name, new Dxf.Block(name, x, y, inside));
                }
            } else {
                next();
            }
        }
    }

    /** Entities up to {@code end} or the end of the section; stands on that end afterwards. */
    private void list(List<Dxf.Entity> into, String end) throws IOException, ImportException {
        while (!sectionEnds() && !(code == 0 && value.equals(end))) {
            if (code != 0) {
                next();
                continue;
            }
            if (++entityCount > MAX_ENTITIES) {
                throw new ImportException(
                        "图元超过 50 万个。请删去平面图以外的内容再导出。",
                        "Over 500,000 entities; export only what is the plan.");
            }
            String kind = value;
            Raw raw = new Raw();
            next();
            while (code > 0) {
                raw.group();
                next();
            }
            if (raw.paper) {
                note(new Dxf.Unread(raw.layer, kind + " (paper space)"), into);
                continue;
            }
            switch (kind) {
                case "LINE" ->
                        into.add(
                                new Dxf.Path(
                                        raw.layer,
                                        new double[] {raw.x, raw.y, 0, raw.x2, raw.y2, 0},
                                        false));
                case "LWPOLYLINE" -> path(raw, into);
                case "POLYLINE" -> polyline(raw, into);
                case "ARC" ->
                        arc(
                                raw,
                                raw.mirrored ? 180 - raw.a51 : raw.a50,
                                raw.mirrored ? 180 - raw.a50 : raw.a51,
                                into);
                case "CIRCLE" -> arc(raw, 0, 360, into);
                case "INSERT" -> {
                    into.add(raw.insert());
                    if (raw.attributesFollow) {
                        attributes(into);
                    }
                }
                case "TEXT", "ATTRIB" -> into.add(raw.label(DxfText.plain(raw.words())));
                case "MTEXT" -> into.add(raw.mtext());
                case "ATTDEF", "SEQEND", "VIEWPORT" -> {}
                default -> note(new Dxf.Unread(raw.layer, kind), into);
            }
        }
    }

    private static void note(Dxf.Unread unread, List<Dxf.Entity> into) {
        into.add(unread);
    }

    private void arc(Raw raw, double start, double end, List<Dxf.Entity> into) {
        double r = Math.abs(raw.d40);
        into.add(
                new Dxf.Arc(
                        raw.layer,
                        raw.x(),
                        raw.y,
                        r,
                        start,
                        end <= start ? end + 360 * Math.ceil((start - end + 1e-9) / 360) : end));
    }

    private void path(Raw raw, List<Dxf.Entity> into) {
        double[] vertices = raw.vertices();
        if (vertices.length >= 6) {
            into.add(new Dxf.Path(raw.layer, vertices, (raw.flags & 1) != 0));
        }
    }

    private void polyline(Raw head, List<Dxf.Entity> into) throws IOException, ImportException {
        boolean mesh = (head.flags & (16 | 64)) != 0;
        Raw all = new Raw();
        while (code == 0 && value.equals("VERTEX")) {
            Raw vertex = new Raw();
            next();
            while (code > 0) {
                vertex.group();
                next();
            }
            // 16: frame point of a spline, not on the line itself
            if ((vertex.flags & 16) == 0 && vertex.count > 0) {
                vertexCount--; // counted when its group was read
                all.vertex(head.mirrored ? -vertex.x : vertex.x);
                all.points[all.count * 3 - 2] = vertex.y;
                all.points[all.count * 3 - 1] = vertex.d42;
            }
        }
        if (mesh) {
            into.add(new Dxf.Unread(head.layer, "POLYLINE (mesh)"));
        } else if (all.count >= 2) {
            into.add(
                    new Dxf.Path(
                            head.layer,
                            Arrays.copyOf(all.points, all.count * 3),
                            (head.flags & 1) != 0));
        }
    }

    private void attributes(List<Dxf.Entity> into) throws IOException, ImportException {
        while (code == 0 && value.equals("ATTRIB")) {
            Raw raw = new Raw();
            next();
            while (code > 0) {
                raw.group();
                next();
            }
            if ((raw.flags & 1) == 0) {
                into.add(raw.label(DxfText.plain(raw.words())));
            }
        }
    }

    /** The groups of one entity, not yet understood. */
    private final class Raw {
        String layer = "0";
        String block = "";
        final StringBuilder words = new StringBuilder();
        double x;
        double y;
        double x2;
        double y2;
        double d40;
        double d41 = 1;
        double d42;
        double scaleY = 1;
        double d44;
        double d45;
        double a50;
        double a51;
        int flags;
        int columns = 1;
        int rows = 1;
        int i71;
        int i72;
        int i73;
        boolean mirrored;
        boolean paper;
        boolean attributesFollow;
        boolean second;
        boolean bulged;
        double[] points = new double[6];
        int count;

        void group() throws ImportException {
            switch (code) {
                case 1, 3 -> {
                    if (words.length() < 8_000) {
                        words.append(value);
                    }
                }
                case 2 -> block = text.decode(value);
                case 8 -> layer = text.decode(value);
                case 10 -> {
                    x = number();
                    vertex(x);
                }
                case 20 -> {
                    y = number();
                    if (count > 0) {
                        points[count * 3 - 2] = y;
                    }
                }
                case 11 -> {
                    x2 = number();
                    second = true;
                }
                case 21 -> y2 = number();
                case 40 -> d40 = number();
                case 41 -> d41 = number();
                case 42 -> {
                    d42 = number();
                    scaleY = d42;
                    if (count > 0) {
                        points[count * 3 - 1] = d42;
                    }
                }
                case 44 -> d44 = number();
                case 45 -> d45 = number();
                case 50 -> a50 = number();
                case 51 -> a51 = number();
                case 66 -> attributesFollow = whole() == 1;
                case 67 -> paper = whole() == 1;
                case 70 -> {
                    flags = whole();
                    columns = flags;
                }
                case 71 -> {
                    i71 = whole();
                    rows = i71;
                }
                case 72 -> i72 = whole();
                case 73, 74 -> i73 = Math.max(i73, whole());
                case 230 -> mirrored = number() < -0.5;
                default -> {}
            }
        }

        void vertex(double vertexX) throws ImportException {
            if (++vertexCount > MAX_VERTICES) {
                throw new ImportException(
                        "图中的点超过 100 万个。请删去平面图以外的内容再导出。",
                        "Over 1,000,000 vertices; export only what is the plan.");
            }
            if (count * 3 + 3 > points.length) {
                points = Arrays.copyOf(points, points.length * 2);
            }
            points[count * 3] = vertexX;
            points[count * 3 + 1] = 0;
            points[count * 3 + 2] = 0;
            count++;
        }

        double[] vertices() {
            double[] read = Arrays.copyOf(points, count * 3);
            for (int i = 0; mirrored && i < count; i++) {
                read[i * 3] = -read[i * 3];
                read[i * 3 + 2] = -read[i * 3 + 2];
            }
            return read;
        }

        double x() {
            return mirrored ? -x : x;
        }

        String words() {
            return text.decode(words.toString());
        }

        Dxf.Insert insert() {
            return new Dxf.Insert(
                    layer,
                    block,
                    x,
                    y,
                    d41,
                    scaleY,
                    a50,
                    mirrored,
                    Math.max(1, columns),
                    Math.max(1, rows),
                    d44,
                    d45);
        }

        /** TEXT: where it is aligned the second point counts, else its lower left corner. */
        Dxf.Label label(String plain) {
            boolean aligned = second && (i72 != 0 || i73 != 0);
            double width = 0.7 * d40 * plain.length();
            double along = !aligned || i72 == 0 ? width / 2 : i72 == 2 ? -width / 2 : 0;
            double up = !aligned || i73 <= 1 ? d40 / 2 : i73 == 3 ? -d40 / 2 : 0;
            return at(aligned ? x2 : x, aligned ? y2 : y, along, up, Math.toRadians(a50), plain);
        }

        /** MTEXT: 71 says which of nine points of the text the insertion point is. */
        Dxf.Label mtext() {
            String plain = DxfText.formatted(words());
            List<String> lines = plain.lines().toList();
            int longest = lines.stream().mapToInt(String::length).max().orElse(0);
            double width = 0.7 * d40 * longest;
            double height = 1.5 * d40 * Math.max(1, lines.size());
            int column = i71 < 1 ? 0 : (i71 - 1) % 3;
            int row = i71 < 1 ? 0 : Math.min(2, (i71 - 1) / 3);
            double turn = second ? Math.atan2(y2, x2) : Math.toRadians(a50);
            return at(x, y, (1 - column) * width / 2, (row - 1) * height / 2, turn, plain);
        }

        private Dxf.Label at(
                double px, double py, double along, double up, double turn, String plain) {
            double cx = px + along * Math.cos(turn) - up * Math.sin(turn);
            double cy = py + along * Math.sin(turn) + up * Math.cos(turn);
            return new Dxf.Label(layer, mirrored ? -cx : cx, cy, Math.abs(d40), plain);
        }
    }
}

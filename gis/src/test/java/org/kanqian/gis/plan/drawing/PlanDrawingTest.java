package org.kanqian.gis.plan.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.kanqian.gis.plan.drawing.Picture.Group;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;
import org.kanqian.gis.plan.drawing.Picture.Words;
import org.locationtech.jts.awt.ShapeReader;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Drawings are looked at where things stand: rooms to scale, badges in their rooms, text apart. */
class PlanDrawingTest {
    private static final Path SAMPLES = Path.of("..", "samples", "plans");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SCALE = Pattern.compile("1:(\\d+)");

    static Stream<String> samples() throws Exception {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            List<String> names =
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> f.endsWith(".json"))
                            .sorted()
                            .toList();
            return names.stream();
        }
    }

    private static FloorPlan sample(String name) throws Exception {
        try (InputStream json = Files.newInputStream(SAMPLES.resolve(name))) {
            return FloorPlan.read(json);
        }
    }

    /** Every room is violated, and every second fixture is called out. */
    private static List<Mark> marks(FloorPlan plan) {
        List<Mark> marks = new ArrayList<>();
        for (Room room : plan.rooms()) {
            marks.add(
                    new Mark(
                            marks.size() + 1,
                            Mark.Kind.VIOLATED,
                            List.of(room.id()),
                            "面积不够，应不小于 12.5 平方米。",
                            "Too small."));
        }
        for (int i = 0; i < plan.fixtures().size(); i += 2) {
            marks.add(
                    new Mark(
                            marks.size() + 1,
                            Mark.Kind.MET,
                            List.of(plan.fixtures().get(i).id()),
                            "位置和数量都符合",
                            "Met."));
        }
        return marks;
    }

    private static String svg(FloorPlan plan, List<Mark> marks) {
        return PlanDrawing.svg(plan, marks, Optional.empty());
    }

    private static Document xml(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double scale(String svg) {
        Matcher m = SCALE.matcher(svg);
        assertThat(m.find()).isTrue();
        return Integer.parseInt(m.group(1));
    }

    private static List<Part> parts(Picture picture, String id) {
        List<Part> found = new ArrayList<>();
        find(picture.parts(), id, found);
        assertThat(found).as(id).isNotEmpty();
        return found;
    }

    private static void find(List<Part> parts, String id, List<Part> found) {
        for (Part p : parts) {
            if (p instanceof Group g) {
                if (g.id().equals(id)) {
                    found.addAll(g.parts());
                }
                find(g.parts(), id, found);
            }
        }
    }

    private static Geometry shape(Part part) {
        return ShapeReader.read(((Stroke) part).path(), 0.01, new GeometryFactory());
    }

    private static List<Words> words(List<Part> parts) {
        List<Words> words = new ArrayList<>();
        for (Part p : parts) {
            if (p instanceof Group g) {
                words.addAll(words(g.parts()));
            } else if (p instanceof Words w) {
                words.add(w);
            }
        }
        return words;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyRoomIsDrawnToScale(String name) throws Exception {
        FloorPlan plan = sample(name);
        double scale = scale(svg(plan, List.of()));
        Picture picture = PlanDrawing.picture(plan, List.of(), DrawingStyle.FULL);

        for (Room room : plan.rooms()) {
            Part path = parts(picture, "kq-room-" + Badges.slug(room.id())).get(0);
            double area = shape(path).getArea() / 1e6 * scale * scale;
            assertThat(area).as(room.id()).isCloseTo(room.polygon().getArea(), within(area));
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double area) {
        return org.assertj.core.data.Offset.offset(area * 1e-6);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aBadgeLiesInTheRoomItIsAbout(String name) throws Exception {
        FloorPlan plan = sample(name);
        Picture picture = PlanDrawing.picture(plan, marks(plan), DrawingStyle.FULL);

        int number = 1;
        for (Room room : plan.rooms()) {
            Geometry polygon = shape(parts(picture, "kq-room-" + Badges.slug(room.id())).get(0));
            Geometry disc =
                    shape(
                            parts(picture, "kq-badge-" + number + "-" + Badges.slug(room.id()))
                                    .get(0));
            assertThat(polygon.covers(disc.getCentroid())).as(room.id()).isTrue();
            number++;
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noTextCoversText(String name) throws Exception {
        FloorPlan plan = sample(name);
        for (DrawingStyle style :
                List.of(DrawingStyle.FULL, DrawingStyle.FULL.in(DrawingStyle.Language.EN))) {
            for (List<Mark> marks : List.of(List.<Mark>of(), marks(plan))) {
                Picture picture = PlanDrawing.picture(plan, marks, style);
                List<Words> words = words(picture.parts());
                Rectangle2D sheet = new Rectangle2D.Double(0, 0, picture.width(), picture.height());

                for (int i = 0; i < words.size(); i++) {
                    assertThat(sheet.contains(words.get(i).box()))
                            .as("clipped: " + words.get(i))
                            .isTrue();
                    for (int j = 0; j < i; j++) {
                        Rectangle2D both =
                                words.get(i).box().createIntersection(words.get(j).box());
                        assertThat(Math.min(both.getWidth(), both.getHeight()))
                                .as(words.get(i) + " on " + words.get(j))
                                .isLessThan(0.3);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSamePlanGivesTheSameBytes(String name) throws Exception {
        assertThat(svg(sample(name), marks(sample(name))))
                .isEqualTo(svg(sample(name), marks(sample(name))));
    }

    @Test
    void thePictureIsNamedInBothLanguagesAndRefersToNothingElse() throws Exception {
        FloorPlan plan = sample("restaurant-faulty.json");
        Element root = xml(svg(plan, marks(plan))).getDocumentElement();

        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getAttribute("viewBox"))
                .isEqualTo(
                        "0 0 "
                                + root.getAttribute("width").replace("mm", "")
                                + " "
                                + root.getAttribute("height").replace("mm", ""));
        assertThat(root.getElementsByTagName("title").item(0).getTextContent())
                .startsWith("平面图")
                .contains("Floor plan");
        assertThat(root.getElementsByTagName("desc").item(0).getTextContent())
                .contains("大厅", "面积不够", "Too small.");
        harmless(root);
    }

    /** Only shapes and text, ids our own and each once, nothing that runs or is fetched. */
    private static void harmless(Element root) {
        Set<String> ids = new HashSet<>();
        NodeList all = root.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element e = (Element) all.item(i);
            assertThat(e.getTagName()).isIn("g", "path", "text", "title", "desc");
            for (int a = 0; a < e.getAttributes().getLength(); a++) {
                String attribute = e.getAttributes().item(a).getNodeName();
                assertThat(attribute).doesNotStartWith("on").doesNotContain("href");
                assertThat(e.getAttributes().item(a).getNodeValue()).doesNotContain("url(");
            }
            if (e.hasAttribute("id")) {
                assertThat(e.getAttribute("id")).matches("kq-[A-Za-z0-9_-]+");
                assertThat(ids.add(e.getAttribute("id"))).as(e.getAttribute("id")).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "]]><svg onload='x'/>",
                "&amp;\"'<!--",
                "\u202eגבול الحدود",
                "厨房 👩‍🍳🍜",
                "a\u0000b\u0008c\ufffe\ud800d",
                "   "
            })
    void aHostileNameIsOnlyText(String name) throws Exception {
        ObjectNode json = (ObjectNode) JSON.readTree(SAMPLES.resolve("small-catering-ok.json"));
        FloorPlan read = FloorPlan.read(json);
        List<Room> rooms = new ArrayList<>(read.rooms());
        Room r = rooms.get(0);
        rooms.set(
                0,
                new Room(
                        name + "id",
                        r.type(),
                        name,
                        r.storey(),
                        r.polygon(),
                        r.height(),
                        r.attributes()));
        FloorPlan plan = with(read, rooms);
        Mark mark = new Mark(1, Mark.Kind.VIOLATED, List.of(name + "id"), name.repeat(1000), name);

        String svg = svg(plan, List.of(mark));

        harmless(xml(svg).getDocumentElement());
        assertThat(svg).doesNotContain("<script").doesNotContain("\u202e");
        assertThat(svg.length()).isLessThan(100_000);
    }

    private static FloorPlan with(FloorPlan plan, List<Room> rooms) {
        return new FloorPlan(
                plan.complete(),
                plan.accuracyMetres(),
                plan.attributes(),
                plan.storeys(),
                rooms,
                plan.openings(),
                plan.fixtures(),
                plan.flows(),
                plan.anchor(),
                plan.defects(),
                plan.warnings());
    }

    @Test
    void aNameOfTenThousandCharactersIsCutOff() throws Exception {
        FloorPlan read = sample("small-catering-ok.json");
        List<Room> rooms =
                read.rooms().stream()
                        .map(
                                r ->
                                        new Room(
                                                r.id(),
                                                r.type(),
                                                "厨".repeat(10_000),
                                                r.storey(),
                                                r.polygon(),
                                                r.height(),
                                                r.attributes()))
                        .toList();

        assertThat(svg(with(read, rooms), List.of()).length()).isLessThan(60_000);
    }

    /** Two storeys of 200 shops, each with a door, a fixture and a violation. */
    private static FloorPlan mall() throws Exception {
        ObjectNode root = JSON.createObjectNode().put("format", FloorPlan.FORMAT);
        root.putArray("storeys").addObject().put("id", "1").put("floor", 1);
        ((ArrayNode) root.get("storeys")).addObject().put("id", "2").put("floor", 2);
        ArrayNode rooms = root.putArray("rooms");
        ArrayNode openings = root.putArray("openings");
        ArrayNode fixtures = root.putArray("fixtures");
        for (int i = 0; i < 400; i++) {
            String storey = i < 200 ? "1" : "2";
            double x = i % 20 * 5;
            double y = i % 200 / 20 * 6;
            ObjectNode room = rooms.addObject();
            room.put("id", "r" + i).put("type", "shop").put("storey", storey);
            room.put("name", "特色小吃铺面 " + i);
            ArrayNode ring = room.putArray("polygon");
            double[] xy = {x, y, x + 4.8, y, x + 4.8, y + 5.8, x, y + 5.8, x, y};
            for (int k = 0; k < xy.length; k += 2) {
                ring.addArray().add(xy[k]).add(xy[k + 1]);
            }
            ObjectNode door = openings.addObject();
            door.put("id", "d" + i).put("kind", "door").put("storey", storey);
            ArrayNode at = door.putArray("at");
            at.addArray().add(x + 1).add(y - 0.1);
            at.addArray().add(x + 2).add(y - 0.1);
            door.putArray("connects").add("r" + i).add("outside");
            ObjectNode sink = fixtures.addObject();
            sink.put("id", "f" + i).put("type", "handwash_sink").put("storey", storey);
            sink.put("room", "r" + i).putArray("at").add(x + 4).add(y + 5);
        }
        return FloorPlan.read(root);
    }

    @Test
    void aMallOfFourHundredRoomsIsDrawn() throws Exception {
        FloorPlan plan = mall();

        String svg = svg(plan, marks(plan).subList(0, 100));

        assertThat(svg.length()).isLessThan(3_000_000);
        harmless(xml(svg).getDocumentElement());
    }

    @Test
    void storeysStandApartUnderTheirTitles() throws Exception {
        FloorPlan plan = mall();
        Picture picture = PlanDrawing.picture(plan, List.of(), DrawingStyle.FULL);
        Rectangle2D first = ((Stroke) parts(picture, "kq-walls-1").get(0)).path().getBounds2D();
        Rectangle2D second = ((Stroke) parts(picture, "kq-walls-2").get(0)).path().getBounds2D();

        assertThat(first.intersects(second)).isFalse();
        assertThat(words(picture.parts()).stream().map(Words::text)).contains("1 层平面图", "2 层平面图");
    }

    @Test
    void aPlanWithoutAnythingIsAnEmptySheet() throws Exception {
        FloorPlan read = sample("tobacco-shop-ok.json");
        FloorPlan nothing =
                new FloorPlan(
                        false,
                        0.05,
                        read.attributes(),
                        read.storeys(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of());

        harmless(xml(svg(nothing, List.of())).getDocumentElement());
    }

    @Test
    void onlyAPlanOnTheMapHasANorthArrow() throws Exception {
        ObjectNode json = (ObjectNode) JSON.readTree(SAMPLES.resolve("tobacco-shop-ok.json"));
        String without = svg(FloorPlan.read(json), List.of());
        FloorPlan read = FloorPlan.read(json);
        FloorPlan placed =
                new FloorPlan(
                        read.complete(),
                        read.accuracyMetres(),
                        read.attributes(),
                        read.storeys(),
                        read.rooms(),
                        read.openings(),
                        read.fixtures(),
                        read.flows(),
                        Optional.of(new FloorPlan.Anchor(104, 30, "CGCS2000", 0)),
                        read.defects(),
                        read.warnings());

        assertThat(without).doesNotContain("kq-north");
        assertThat(svg(placed, List.of())).contains("kq-north");
    }

    @Test
    void thePdfIsOnePageTrueToScaleWhoseChineseCanBeFound() throws Exception {
        CjkFont font = font();
        FloorPlan plan = sample("restaurant-faulty.json");
        Picture picture = PlanDrawing.picture(plan, marks(plan), DrawingStyle.FULL);

        byte[] pdf = PlanDrawing.pdf(plan, marks(plan), Optional.empty(), font);

        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat((double) document.getPage(0).getMediaBox().getWidth())
                    .isCloseTo(picture.width() / 25.4 * 72, within(1e5));
            String text = new PDFTextStripper().getText(document);
            assertThat(text).contains("一层平面图", "大厅", "烹饪间", "135.24 m²", "面积不够", "安全出口");
        }
        assertThat(pdf).isEqualTo(PlanDrawing.pdf(plan, marks(plan), Optional.empty(), font));
        assertThat(pdf.length).isLessThan(300_000);
    }

    private static CjkFont font() {
        try {
            return CjkFont.installed();
        } catch (CjkFont.MissingException e) {
            assertThat(e.zh()).contains("fonts-noto-cjk");
            return Assumptions.abort("no Chinese font here");
        }
    }
}

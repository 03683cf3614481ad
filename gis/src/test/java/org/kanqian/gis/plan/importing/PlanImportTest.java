package org.kanqian.gis.plan.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Room;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.geojson.GeoJsonWriter;

@Timeout(value = 240, unit = TimeUnit.SECONDS)
class PlanImportTest {
    private static final ImportSettings INCHES = ImportSettings.DEFAULT.in(LengthUnit.IN);

    // ---- a real drawing ------------------------------------------------------------------------

    @Test
    void theHouseHasItsRoomsWithTheSizesWrittenInThem() throws Exception {
        FloorPlan plan = judged(bytes("dxf/floorplan.dxf"), INCHES);

        // the drawing says 13'8 x 14', 13'6 x 11', 21'2 x 20'10, 5'3 x 6'8, 4'4 x 6'8, 5' x 8'1
        assertThat(area(plan, "MASTER BEDROOM")).isCloseTo(feet(13.667, 14), within(0.15));
        assertThat(area(plan, "BEDROOM 2")).isCloseTo(feet(13.5, 11), within(0.15));
        assertThat(area(plan, "2 CAR GARAGE")).isCloseTo(feet(21.167, 20.833), within(0.15));
        assertThat(area(plan, "UTIL.")).isCloseTo(feet(5.25, 6.667), within(0.15));
        assertThat(area(plan, "Pantry")).isCloseTo(feet(4.333, 6.667), within(0.15));
        assertThat(area(plan, "BATH")).isCloseTo(feet(5, 8.083), within(0.15));
        // kitchen, hall, entry, dining and great room are not walled off from one another
        assertThat(room(plan, "KITCHEN").name())
                .contains("HALL", "ENTRY", "DINING ROOM", "GREAT ROOM");
        assertThat(plan.rooms()).hasSize(19);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void doorsJoinTheRoomsOnBothSides() throws Exception {
        FloorPlan plan = judged(bytes("dxf/floorplan.dxf"), INCHES);

        assertThat(joined(plan, "UTIL.", "KITCHEN")).isTrue();
        assertThat(joined(plan, "Pantry", "UTIL.")).isTrue();
        assertThat(joined(plan, "MASTER BEDROOM", "MSTR. BATH")).isTrue();
        assertThat(joined(plan, "BEDROOM 3", "CLOSET")).isTrue();
        assertThat(joined(plan, "MASTER BEDROOM", "BATH")).isFalse();
        assertThat(plan.openings().stream().filter(o -> o.kind() == OpeningKind.WINDOW)).hasSize(7);
    }

    @Test
    void whatWasNotReadIsListed() throws Exception {
        ImportedPlan plan = read(bytes("dxf/floorplan.dxf"), INCHES);

        assertThat(plan.notes())
                .extracting(ImportNote::en)
                .contains("63 DIMENSION were not read.", "13 HATCH were not read.")
                .anyMatch(n -> n.contains("A-FOOTPRINT' are not used"))
                .anyMatch(n -> n.contains("within 5 mm"))
                .anyMatch(n -> n.contains("Units: in (settings)"));
    }

    @Test
    void aHouseOfEightyCentimetresIsAskedAbout() {
        assertFault(() -> read(bytes("dxf/floorplan.dxf"), ImportSettings.DEFAULT), "in = 20.2 m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "blocks2", "polylines", "1x1rectangle"})
    void aDrawingWithoutWallLayersNamesItsLayers(String name) {
        assertFault(
                () -> read(bytes("dxf/" + name + ".dxf"), ImportSettings.DEFAULT), "layers.wall");
    }

    @Test
    void settingsSayWhichLayerIsWall() throws Exception {
        ImportSettings settings = settings("units: m\nlayers: {wall: [Default]}");

        FloorPlan plan = judged(bytes("dxf/1x1rectangle.dxf"), settings);

        assertThat(plan.rooms()).hasSize(1);
        Coordinate[] corners = plan.rooms().get(0).polygon().getCoordinates();
        assertThat(corners).hasSize(5);
    }

    // ---- drawings of our own -------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"mm", "cm", "m", "in", "ft"})
    void everyUnitGivesTheSameArea(String word) throws Exception {
        LengthUnit unit = LengthUnit.of(word).orElseThrow();
        int code = Integer.parseInt("4 5 14 6 1 2".split(" ")[unit.ordinal()]);

        FloorPlan plan =
                judged(
                        new DxfFile(code)
                                .box("WALL", 0, 0, 5 / unit.metres(), 4 / unit.metres())
                                .bytes(),
                        ImportSettings.DEFAULT);

        assertThat(plan.rooms().get(0).polygon().getArea()).isCloseTo(20, within(0.01));
    }

    @Test
    void missingUnitsAreAsked() {
        byte[] file = new DxfFile(0).box("WALL", 0, 0, 5000, 4000).bytes();

        assertFault(() -> read(file, ImportSettings.DEFAULT), "mm = 5.0 m");
    }

    @Test
    void chineseNamesInGbkAndUtf8AreRead() throws Exception {
        for (String charset : List.of("GBK", "UTF-8")) {
            DxfFile file = new DxfFile(4).box("墙", 0, 0, 5000, 4000).text("文字", 2000, 2000, "厨房");
            for (String page : List.of("ANSI_936", "ANSI_1252", "")) {
                byte[] bytes = file.bytes(page, "AC1015", Charset.forName(charset), "\n");
                Room room = judged(bytes, ImportSettings.DEFAULT).rooms().get(0);
                assertThat(room.name()).as(charset + " as " + page).isEqualTo("厨房");
                assertThat(room.type()).isEqualTo("kitchen");
            }
        }
    }

    @Test
    void escapesAndFormattingOfTextAreTakenOut() throws Exception {
        byte[] file =
                new DxfFile(4)
                        .box("WALL", 0, 0, 5000, 4000)
                        .mtext(
                                "TEXT",
                                2000,
                                2000,
                                "{\\fSimSun|b0|i0|c134;\\H2.5x;\\U+53A8\\U+623F}")
                        .bytes();

        assertThat(judged(file, ImportSettings.DEFAULT).rooms().get(0).name()).isEqualTo("厨房");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndIsRead(String end) throws Exception {
        byte[] file =
                new DxfFile(4)
                        .box("WALL", 0, 0, 5000, 4000)
                        .bytes("", "AC1027", StandardCharsets.UTF_8, end);

        assertThat(judged(file, ImportSettings.DEFAULT).rooms()).hasSize(1);
    }

    @Test
    void aBulgeIsAnArcWithinFiveMillimetres() throws Exception {
        // two half circles of radius 3 m
        byte[] file = new DxfFile(6).polyline("WALL", true, 0, 0, 1, 6, 0, 1).bytes();

        double area = judged(file, ImportSettings.DEFAULT).rooms().get(0).polygon().getArea();

        assertThat(area).isCloseTo(Math.PI * 9, within(2 * Math.PI * 3 * 0.005));
    }

    @Test
    void insertsAreScaledTurnedMirroredAndRepeated() throws Exception {
        byte[] file =
                new DxfFile(6)
                        .block("B", new DxfFile(6).box("0", 1, 1, 3, 2))
                        .insert("WALL", "B", 10, 10, -2, 3, 90, 3, 1, 12)
                        .bytes();

        FloorPlan plan = judged(file, ImportSettings.DEFAULT);

        // 2 x 1 by scale 2 x 3, three columns
        assertThat(plan.rooms()).hasSize(3);
        assertThat(plan.rooms())
                .allSatisfy(r -> assertThat(r.polygon().getArea()).isCloseTo(12, within(0.01)));
    }

    @Test
    void aBlockThatInsertsItselfIsLeftOut() throws Exception {
        byte[] file =
                new DxfFile(6)
                        .block("A", new DxfFile(6).insert("0", "B", 0, 0, 1, 1, 0, 1, 1, 0))
                        .block("B", new DxfFile(6).insert("0", "A", 0, 0, 1, 1, 0, 1, 1, 0))
                        .insert("WALL", "A", 0, 0, 1, 1, 0, 1, 1, 0)
                        .box("WALL", 0, 0, 5, 4)
                        .bytes();

        ImportedPlan plan = read(file, ImportSettings.DEFAULT);

        assertThat(plan.notes())
                .extracting(ImportNote::en)
                .anyMatch(n -> n.contains("inserts itself"));
    }

    @Test
    void aBombOfBlocksIsRefused() {
        DxfFile file = new DxfFile(6).block("B0", new DxfFile(6).box("0", 0, 0, 5, 4));
        for (int i = 1; i <= 7; i++) {
            file.block(
                    "B" + i, new DxfFile(6).insert("0", "B" + (i - 1), 0, 0, 1, 1, 0, 10, 10, 1));
        }

        assertFault(
                () ->
                        read(
                                file.insert("WALL", "B7", 0, 0, 1, 1, 0, 1, 1, 0).bytes(),
                                ImportSettings.DEFAULT),
                "expand to over");
        assertFault(
                () ->
                        read(
                                new DxfFile(6)
                                        .block("E", new DxfFile(6))
                                        .insert("WALL", "E", 0, 0, 1, 1, 0, 32767, 32767, 1)
                                        .bytes(),
                                ImportSettings.DEFAULT),
                "expand to over");
    }

    @Test
    void aMillionVerticesAreRefused() {
        StringBuilder vertices = new StringBuilder();
        for (int i = 0; i < 1_000_001; i++) {
            vertices.append("10\n").append(i).append("\n20\n0\n");
        }
        byte[] file = new DxfFile(6).raw("0\nLWPOLYLINE\n8\nWALL\n" + vertices).bytes();

        assertFault(() -> read(file, ImportSettings.DEFAULT), "1,000,000 vertices");
    }

    @Test
    void aHatchOnAWallLayerIsRefused() {
        DxfFile file = new DxfFile(6);
        for (int i = 0; i < 1_500; i++) {
            file.line("WALL", i * 0.01, 0, i * 0.01, 15).line("WALL", 0, i * 0.01, 15, i * 0.01);
        }

        assertFault(() -> read(file.bytes(), ImportSettings.DEFAULT), "layers.wall");
    }

    @Test
    void aFileCutOffSaysSo() throws Exception {
        byte[] whole = new DxfFile(6).box("WALL", 0, 0, 5, 4).bytes();

        ImportedPlan plan = read(Arrays.copyOf(whole, whole.length - 14), ImportSettings.DEFAULT);

        assertThat(plan.notes()).extracting(ImportNote::en).anyMatch(n -> n.contains("cut off"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AutoCAD Binary DXF\r\n\u001a\0",
                "AC1032\0\0",
                "PK\u0003\u0004",
                "ISO-10303-21;\nHEADER;",
                "%PDF-1.7",
                ""
            })
    void otherFormatsAreRefusedWithAdvice(String head) {
        assertFault(
                () -> read(head.getBytes(StandardCharsets.ISO_8859_1), ImportSettings.DEFAULT), "");
    }

    @Test
    void aRoomWithinARoomIsCutOutAndPillarsAreHoles() throws Exception {
        byte[] file =
                new DxfFile(6)
                        .box("ROOM", 0, 0, 10, 10)
                        .box("ROOM", 2, 2, 5, 5)
                        .box("ROOM", 8, 8, 8, 9)
                        .bytes();

        ImportedPlan plan = read(file, ImportSettings.DEFAULT);
        FloorPlan judged = FloorPlan.read(plan.plan());

        assertThat(judged.rooms())
                .extracting(r -> r.polygon().getArea())
                .containsExactlyInAnyOrder(91.0, 9.0);
        assertThat(plan.notes())
                .extracting(ImportNote::en)
                .anyMatch(n -> n.contains("less than 0.1"));
        byte[] pillar =
                new DxfFile(6).box("WALL", 0, 0, 10, 10).box("WALL", 4, 4, 4.4, 4.4).bytes();
        assertThat(judged(pillar, ImportSettings.DEFAULT).rooms().get(0).polygon().getArea())
                .isCloseTo(99.84, within(0.01));
    }

    // ---- GeoJSON and IMDF ----------------------------------------------------------------------

    @Test
    void geoJsonInMetresIsRead() throws Exception {
        FloorPlan plan = judged(bytes("ifc/TallBuilding.rooms.json"), ImportSettings.DEFAULT);

        assertThat(plan.rooms())
                .extracting(r -> Math.round(r.polygon().getArea() * 100))
                .containsExactly(2964L, 1444L, 1444L);
    }

    @Test
    void imdfHasLevelsUnitsAndOpenings() throws Exception {
        ImportedPlan plan = read(imdf("a", 0, "b", 1), ImportSettings.DEFAULT);
        FloorPlan judged = FloorPlan.read(plan.plan());

        assertThat(judged.storeys()).extracting(FloorPlan.Storey::floor).containsExactly(1, 2);
        assertThat(judged.rooms()).extracting(Room::type).containsExactly("kitchen", "toilet");
        assertThat(judged.rooms()).extracting(Room::id).doesNotHaveDuplicates();
        assertThat(judged.openings()).hasSize(1);
        assertThat(plan.notes())
                .extracting(ImportNote::en)
                .contains("1 features of type venue were not read.");
        // 0.0001 degrees either way at 40 degrees north
        assertThat(judged.rooms().get(0).polygon().getArea()).isCloseTo(8.54 * 11.1, within(0.5));
    }

    @Test
    void twoLevelsOfOneIdAreRefused() {
        assertFault(() -> read(imdf("a", 0, "a", 1), ImportSettings.DEFAULT), "share the id");
    }

    private static byte[] imdf(String one, int ordinal, String other, int otherOrdinal) {
        String square = "[[116,40],[116.0001,40],[116.0001,40.0001],[116,40.0001],[116,40]]";
        String feature =
                "{\"type\":\"Feature\",\"id\":\"%s\",\"feature_type\":\"%s\",\"properties\":{%s},\"geometry\":{\"type\":\"%s\",\"coordinates\":%s}}";
        return ("{\"type\":\"FeatureCollection\",\"features\":["
                        + String.join(
                                ",",
                                feature.formatted(
                                        one,
                                        "level",
                                        "\"ordinal\":" + ordinal,
                                        "Polygon",
                                        "[" + square + "]"),
                                feature.formatted(
                                        other,
                                        "level",
                                        "\"ordinal\":" + otherOrdinal,
                                        "Polygon",
                                        "[" + square + "]"),
                                feature.formatted(
                                        "u",
                                        "unit",
                                        "\"category\":\"kitchen\",\"level_id\":\"" + one + "\"",
                                        "Polygon",
                                        "[" + square + "]"),
                                feature.formatted(
                                        "u",
                                        "unit",
                                        "\"category\":\"restroom\",\"level_id\":\"" + other + "\"",
                                        "Polygon",
                                        "[" + square + "]"),
                                feature.formatted(
                                        "o",
                                        "opening",
                                        "\"category\":\"pedestrian\",\"level_id\":\"" + one + "\"",
                                        "LineString",
                                        "[[116.00004,40],[116.00005,40]]"),
                                feature.formatted("v", "venue", "", "Polygon", "[" + square + "]"))
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    // ---- round trip ----------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "small-catering-ok",
                "restaurant-ok",
                "pharmacy-ok",
                "karaoke-ok",
                "internet-cafe-ok"
            })
    void aSampleDrawnAsLinesComesBackWithItsAreas(String name) throws Exception {
        FloorPlan sample;
        try (InputStream in = Files.newInputStream(Path.of("../samples/plans/" + name + ".json"))) {
            sample = FloorPlan.read(in);
        }
        DxfFile file = new DxfFile(4);
        for (Room room : sample.rooms()) {
            if (room.storey().equals(sample.storeys().get(0).id())) {
                file.outline("ROOM", room.polygon());
                Coordinate in = room.polygon().getInteriorPoint().getCoordinate();
                file.text("TEXT", in.x * 1000, in.y * 1000, room.id());
            }
        }

        FloorPlan back = judged(file.bytes(), ImportSettings.DEFAULT);

        for (Room room : back.rooms()) {
            Polygon drawn =
                    sample.rooms().stream()
                            .filter(r -> r.id().equals(room.name()))
                            .findFirst()
                            .orElseThrow()
                            .polygon();
            // only its outer ring was drawn
            assertThat(room.polygon().getArea())
                    .isCloseTo(
                            PlanDraft.GEOMETRY
                                    .createPolygon(drawn.getExteriorRing().getCoordinates())
                                    .getArea(),
                            within(0.05));
        }
        assertThat(back.rooms()).hasSizeGreaterThanOrEqualTo(2);
    }

    /** Inner wall faces as single lines, doors and windows drawn upon them. */
    @Test
    void aSampleDrawnAsWallsComesBackWithItsOpenings() throws Exception {
        FloorPlan sample;
        try (InputStream in =
                Files.newInputStream(Path.of("../samples/plans/small-catering-ok.json"))) {
            sample = FloorPlan.read(in);
        }
        DxfFile file = new DxfFile(4);
        for (Room room : sample.rooms()) {
            Coordinate[] c = room.polygon().getCoordinates();
            for (int i = 1; i < c.length; i++) {
                file.line("墙", c[i - 1].x * 1000, c[i - 1].y * 1000, c[i].x * 1000, c[i].y * 1000);
            }
            Coordinate in = room.polygon().getInteriorPoint().getCoordinate();
            file.text("文字", in.x * 1000 - 200, in.y * 1000, room.name());
        }
        for (FloorPlan.Opening o : sample.openings()) {
            String layer = o.kind() == OpeningKind.WINDOW ? "窗" : "门";
            Coordinate a = new Coordinate(o.at().p0.x * 1000, o.at().p0.y * 1000);
            Coordinate b = new Coordinate(o.at().p1.x * 1000, o.at().p1.y * 1000);
            double dx = a.x == b.x ? 100 : 0;
            double dy = a.x == b.x ? 0 : 100;
            file.polyline(
                    layer, true, a.x - dx, a.y - dy, 0, b.x - dx, b.y - dy, 0, b.x + dx, b.y + dy,
                    0, a.x + dx, a.y + dy, 0);
        }

        FloorPlan back = judged(file.bytes(), ImportSettings.DEFAULT);

        assertThat(back.rooms()).hasSameSizeAs(sample.rooms());
        for (Room room : sample.rooms()) {
            assertThat(area(back, room.name())).isCloseTo(room.polygon().getArea(), within(0.02));
            assertThat(room(back, room.name()).type()).isEqualTo(room.type());
        }
        assertThat(back.openings()).hasSameSizeAs(sample.openings());
        assertThat(joined(back, "就餐区", "操作间")).isTrue();
        assertThat(joined(back, "操作间", "洗消间")).isTrue();
    }

    @Test
    void aSampleAsGeoJsonComesBackWithItsHolesAndOpenings() throws Exception {
        FloorPlan sample;
        try (InputStream in =
                Files.newInputStream(Path.of("../samples/plans/restaurant-ok.json"))) {
            sample = FloorPlan.read(in);
        }
        List<String> features = new ArrayList<>();
        GeoJsonWriter json = new GeoJsonWriter();
        json.setEncodeCRS(false);
        for (Room r : sample.rooms()) {
            features.add(
                    "{\"type\":\"Feature\",\"id\":\""
                            + r.id()
                            + "\",\"properties\":{\"floor\":1,\"name\":\""
                            + r.name()
                            + "\"},\"geometry\":"
                            + json.write(r.polygon())
                            + "}");
        }
        for (FloorPlan.Opening o : sample.openings()) {
            features.add(
                    "{\"type\":\"Feature\",\"properties\":{\"floor\":1,\"kind\":\""
                            + o.kind().name().toLowerCase(Locale.ROOT)
                            + "\"},\"geometry\":"
                            + json.write(o.geometry())
                            + "}");
        }

        FloorPlan back =
                judged(
                        ("{\"type\":\"FeatureCollection\",\"features\":["
                                        + String.join(",", features)
                                        + "]}")
                                .getBytes(StandardCharsets.UTF_8),
                        ImportSettings.DEFAULT);

        assertThat(back.rooms()).hasSameSizeAs(sample.rooms());
        assertThat(back.openings()).hasSameSizeAs(sample.openings());
        for (int i = 0; i < sample.rooms().size(); i++) {
            assertThat(back.rooms().get(i).polygon().getArea())
                    .isCloseTo(sample.rooms().get(i).polygon().getArea(), within(0.01));
        }
        for (int i = 0; i < sample.openings().size(); i++) {
            FloorPlan.Opening drawn = sample.openings().get(i);
            FloorPlan.Opening read = back.openings().get(i);
            assertThat(List.of(read.from(), read.to()))
                    .containsExactlyInAnyOrder(drawn.from(), drawn.to());
        }
    }

    // ---- bad bytes -----------------------------------------------------------------------------

    @Test
    void damagedDrawingsGiveAResultOrAnImportException() throws Exception {
        byte[] whole = bytes("dxf/floorplan.dxf");
        Random random = new Random(20261123);

        for (int round = 0; round < 24; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 << (round % 8); i++) {
                // the header and layer table stay, or hardly a file would get past them
                int at = random.nextInt(damaged.length);
                damaged[at] =
                        (byte) (round % 2 == 0 ? random.nextInt(256) : '0' + random.nextInt(10));
            }
            survives(
                    round % 5 == 0
                            ? Arrays.copyOf(damaged, random.nextInt(damaged.length))
                            : damaged,
                    INCHES);
        }
    }

    static void survives(byte[] file, ImportSettings settings) throws IOException {
        long start = System.nanoTime();
        try {
            ImportedPlan plan = read(file, settings);
            assertThat(plan.plan().path("format").asString()).isEqualTo(FloorPlan.FORMAT);
        } catch (ImportException e) {
            assertThat(e.zh()).isNotBlank();
            assertThat(e.en()).isNotBlank();
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    // ---- settings ------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unit: mm",
                "units: miles",
                "layers: {walls: [A]}",
                "gap_m: 99",
                "floor: 0",
                "rooms: {厨房: Kitchen!}",
                "[1]",
                "a: &a [*a]",
                "{"
            })
    void wrongSettingsAreNamed(String yaml) {
        assertFault(() -> settings(yaml), "");
    }

    @Test
    void theSampleSettingsAreRead() throws Exception {
        try (InputStream in =
                Files.newInputStream(Path.of("../samples/plans/import-settings.yaml"))) {
            assertThat(ImportSettings.read(in).units()).contains(LengthUnit.MM);
        }
    }

    // ---- helpers -------------------------------------------------------------------------------

    private static ImportSettings settings(String yaml) throws Exception {
        return ImportSettings.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static ImportedPlan read(byte[] file, ImportSettings settings)
            throws IOException, ImportException {
        return PlanImport.read(new ByteArrayInputStream(file), settings);
    }

    private static FloorPlan judged(byte[] file, ImportSettings settings) throws Exception {
        FloorPlan plan = FloorPlan.read(read(file, settings).plan());
        assertThat(plan.faults()).isEmpty();
        return plan;
    }

    private static void assertFault(ThrowingCallable reading, String english) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ImportException.class,
                        e -> {
                            assertThat(e.en()).contains(english).isNotBlank();
                            assertThat(e.zh()).isNotBlank();
                        });
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PlanImportTest.class.getResourceAsStream("/plan/" + name))) {
            return in.readAllBytes();
        }
    }

    private static Room room(FloorPlan plan, String name) {
        return plan.rooms().stream()
                .filter(r -> Arrays.asList(r.name().split(" / ", -1)).contains(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "no room "
                                                + name
                                                + " in "
                                                + plan.rooms().stream().map(Room::name).toList()));
    }

    private static double area(FloorPlan plan, String name) {
        return room(plan, name).polygon().getArea();
    }

    private static boolean joined(FloorPlan plan, String a, String b) {
        return plan.openings().stream()
                .anyMatch(o -> o.joins(room(plan, a).id()) && o.joins(room(plan, b).id()));
    }

    private static double feet(double a, double b) {
        return a * b * 0.3048 * 0.3048;
    }

    /** Writes small DXF files. */
    static final class DxfFile {
        private final int units;
        private final StringBuilder blocks = new StringBuilder();
        private final StringBuilder entities = new StringBuilder();

        DxfFile(int units) {
            this.units = units;
        }

        DxfFile raw(String groups) {
            entities.append(groups);
            return this;
        }

        DxfFile line(String layer, double... c) {
            return raw(
                    groups(
                            "0", "LINE", "8", layer, "10", c[0], "20", c[1], "11", c[2], "21",
                            c[3]));
        }

        DxfFile box(String layer, double x0, double y0, double x1, double y1) {
            return polyline(layer, true, x0, y0, 0, x1, y0, 0, x1, y1, 0, x0, y1, 0);
        }

        DxfFile polyline(String layer, boolean closed, double... vertices) {
            raw(groups("0", "LWPOLYLINE", "8", layer, "70", closed ? 1 : 0));
            for (int i = 0; i < vertices.length; i += 3) {
                raw(groups("10", vertices[i], "20", vertices[i + 1], "42", vertices[i + 2]));
            }
            return this;
        }

        DxfFile outline(String layer, Polygon polygon) {
            raw(groups("0", "LWPOLYLINE", "8", layer, "70", 1));
            Coordinate[] ring = polygon.getExteriorRing().getCoordinates();
            for (int i = 0; i < ring.length - 1; i++) {
                raw(groups("10", ring[i].x * 1000, "20", ring[i].y * 1000));
            }
            return this;
        }

        DxfFile text(String layer, double x, double y, String words) {
            return raw(groups("0", "TEXT", "8", layer, "10", x, "20", y, "40", 100, "1", words));
        }

        DxfFile mtext(String layer, double x, double y, String words) {
            return raw(
                    groups(
                            "0", "MTEXT", "8", layer, "10", x, "20", y, "40", 100, "71", 5, "1",
                            words));
        }

        DxfFile insert(
                String layer,
                String block,
                double x,
                double y,
                double sx,
                double sy,
                double turn,
                int columns,
                int rows,
                double spacing) {
            return raw(
                    groups(
                            "0", "INSERT", "8", layer, "2", block, "10", x, "20", y, "41", sx, "42",
                            sy, "50", turn, "70", columns, "71", rows, "44", spacing, "45",
                            spacing));
        }

        DxfFile block(String name, DxfFile content) {
            blocks.append(groups("0", "BLOCK", "8", "0", "2", name, "70", 0, "10", 0, "20", 0))
                    .append(content.entities)
                    .append(groups("0", "ENDBLK", "8", "0"));
            return this;
        }

        byte[] bytes() {
            return bytes("", "AC1027", StandardCharsets.UTF_8, "\n");
        }

        byte[] bytes(String page, String version, Charset charset, String end) {
            String all =
                    groups("0", "SECTION", "2", "HEADER", "9", "$ACADVER", "1", version)
                            + (page.isEmpty() ? "" : groups("9", "$DWGCODEPAGE", "3", page))
                            + groups(
                                    "9",
                                    "$INSUNITS",
                                    "70",
                                    units,
                                    "0",
                                    "ENDSEC",
                                    "0",
                                    "SECTION",
                                    "2",
                                    "BLOCKS")
                            + blocks
                            + groups("0", "ENDSEC", "0", "SECTION", "2", "ENTITIES")
                            + entities
                            + groups("0", "ENDSEC", "0", "EOF");
            return all.replace("\n", end).getBytes(charset);
        }

        private static String groups(Object... pairs) {
            StringBuilder groups = new StringBuilder();
            for (Object part : pairs) {
                groups.append(
                                part instanceof Double d
                                        ? String.format(Locale.ROOT, "%.6f", d)
                                        : part)
                        .append('\n');
            }
            return groups.toString();
        }
    }
}

package org.kanqian.gis.plan.importing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever arrives, the importers answer with a plan or an {@link ImportException}, soon. */
class ImportFuzzTest {
    private static final ImportSettings METRES = ImportSettings.DEFAULT.in(LengthUnit.M);

    @Property(tries = 300)
    void randomGroupsAreSurvived(@ForAll("groups") List<String> groups) throws IOException {
        String file = "0\nSECTION\n2\nENTITIES\n" + String.join("", groups) + "0\nENDSEC\n0\nEOF\n";

        PlanImportTest.survives(file.getBytes(StandardCharsets.UTF_8), METRES);
    }

    @Property(tries = 300)
    void randomGeometryIsSurvived(@ForAll("features") List<String> features) throws IOException {
        String file =
                "{\"type\":\"FeatureCollection\",\"features\":["
                        + String.join(",", features)
                        + "]}";

        PlanImportTest.survives(file.getBytes(StandardCharsets.UTF_8), METRES);
    }

    @Property(tries = 200)
    void randomBytesAreSurvived(@ForAll byte[] bytes) throws IOException {
        PlanImportTest.survives(bytes, METRES);
    }

    @Provide
    Arbitrary<List<String>> groups() {
        Arbitrary<String> start =
                Arbitraries.of(
                                "LINE",
                                "LWPOLYLINE",
                                "POLYLINE",
                                "VERTEX",
                                "SEQEND",
                                "ARC",
                                "CIRCLE",
                                "INSERT",
                                "TEXT",
                                "MTEXT",
                                "BLOCK",
                                "ENDBLK",
                                "SPLINE")
                        .map(k -> "0\n" + k + "\n8\nWALL\n");
        Arbitrary<String> code =
                Arbitraries.of(
                                1, 2, 8, 10, 11, 20, 21, 40, 41, 42, 50, 51, 62, 66, 67, 70, 71, 72,
                                73, 230)
                        .map(String::valueOf);
        Arbitrary<String> value =
                Arbitraries.of(
                        "0", "1", "-1", "3", "5", "90", "1e9", "0.001", "WALL", "A-DOOR", "厨房", "");
        Arbitrary<String> number = Arbitraries.integers().between(-20, 20).map(String::valueOf);
        Arbitrary<String> coordinates =
                Combinators.combine(Arbitraries.of("10", "20", "11", "21", "42", "40"), number)
                        .as((c, v) -> c + "\n" + v + "\n");
        Arbitrary<String> any = Combinators.combine(code, value).as((c, v) -> c + "\n" + v + "\n");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, start),
                        net.jqwik.api.Tuple.of(12, coordinates),
                        net.jqwik.api.Tuple.of(1, any))
                .list()
                .ofMaxSize(150);
    }

    @Provide
    Arbitrary<List<String>> features() {
        Arbitrary<String> position =
                Arbitraries.integers()
                        .between(-5, 20)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(Object::toString);
        Arbitrary<String> ring =
                position.list()
                        .ofMaxSize(7)
                        .map(
                                l ->
                                        l.isEmpty()
                                                ? "[]"
                                                : "[" + String.join(",", l) + "," + l.get(0) + "]");
        Arbitrary<String> rings =
                ring.list().ofMaxSize(2).map(l -> "[" + String.join(",", l) + "]");
        return Combinators.combine(
                        Arbitraries.of(
                                "Polygon", "LineString", "Point", "MultiPolygon", "Nonsense"),
                        Arbitraries.oneOf(rings, ring, position),
                        Arbitraries.of("unit", "opening", "fixture", "level", ""))
                .as(
                        (type, c, kind) ->
                                "{\"type\":\"Feature\",\"feature_type\":\""
                                        + kind
                                        + "\",\"properties\":{\"ordinal\":1},\"geometry\":{\"type\":\""
                                        + type
                                        + "\",\"coordinates\":"
                                        + c
                                        + "}}")
                .list()
                .ofMaxSize(12);
    }
}

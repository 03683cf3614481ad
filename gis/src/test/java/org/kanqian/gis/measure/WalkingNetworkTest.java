package org.kanqian.gis.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kanqian.gis.TestLayers.layer;
import static org.kanqian.gis.TestLayers.wkt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.geom.Coordinate;

/** Walks over small street plans, drawn in metres east and north of one corner in Beijing. */
class WalkingNetworkTest {
    private static final String BOX = "POLYGON((116 39,117 39,117 41,116 41,116 39))";
    private static final double EAST = Ellipsoid.metresPerDegreeEast(39.9);
    private static final double NORTH = Ellipsoid.metresPerDegreeNorth(39.9);

    /** A main road from west to east, with footways that end at both of its kerbs. */
    private static final List<Feature> MAIN_ROAD =
            List.of(
                    road("main", Map.of("cross", "marked"), -400, 0, 0, 0, 400, 0),
                    road("north", Map.of(), 0, 0, 0, 100),
                    road("south", Map.of(), 0, 0, 0, -100));

    @Test
    void aRoadWithoutMarksIsCrossedAnywhere() {
        WalkingNetwork network =
                network(
                        List.of(
                                road("main", Map.of(), -400, 0, 0, 0, 400, 0),
                                MAIN_ROAD.get(1),
                                MAIN_ROAD.get(2)),
                        List.of(),
                        List.of());

        assertThat(metres(network, at(0, 100), at(0, -100))).isCloseTo(200, within(0.1));
    }

    @Test
    void aMarkedRoadIsOnlyCrossedAtItsCrossings() {
        WalkingNetwork network =
                network(MAIN_ROAD, List.of(point("zebra", Map.of(), 150, 0)), List.of());

        Walk walk = walk(network, at(0, 100), at(0, -100)).orElseThrow();

        assertThat(walk.metres()).isCloseTo(100 + 150 + 150 + 100, within(0.2));
        assertThat(walk.path().stream().mapToDouble(p -> east(p)).max().orElse(0))
                .isCloseTo(150, within(0.1));
    }

    @Test
    void aCrossingFarFromTheRoadJoinsNothing() {
        WalkingNetwork network =
                network(MAIN_ROAD, List.of(point("zebra", Map.of(), 150, 30)), List.of());

        // The road ends at 400 m on either hand; one walks round its end.
        assertThat(metres(network, at(0, 100), at(0, -100))).isCloseTo(1000, within(0.5));
    }

    @Test
    void whereNoCrossingLayerCoversNothingIsInvented() {
        Layer roads = layer("road", 0, 365, wkt(BOX), MAIN_ROAD);
        Layer elsewhere = layer("crossing", "POLYGON((118 39,119 39,119 40,118 40,118 39))");

        WalkingNetwork network =
                WalkingNetwork.of(List.of(roads), List.of(elsewhere), List.of(), List.of());

        assertThat(metres(network, at(0, 100), at(0, -100))).isCloseTo(200, within(0.1));
    }

    @Test
    void siteAndGoalAreOnTheSideTheyLieOn() {
        WalkingNetwork network =
                network(MAIN_ROAD, List.of(point("zebra", Map.of(), 150, 0)), List.of());

        double along = metres(network, at(50, 10), at(-50, 10));
        double across = metres(network, at(50, 10), at(50, -10));

        assertThat(along).isCloseTo(10 + 100 + 10, within(0.2));
        assertThat(across).isCloseTo(10 + 100 + 100 + 10, within(0.2));
    }

    @Test
    void aSiteWithinItsErrorOfAMarkedRoadMayStandOnEitherSide() {
        WalkingNetwork network =
                network(MAIN_ROAD, List.of(point("zebra", Map.of(), 150, 0)), List.of());

        Walk walk = network.from(wkt(text(at(50, 4))), 10).to(wkt(text(at(-50, 10)))).orElseThrow();

        assertThat(walk.metres()).isCloseTo(4 + 100 + 10, within(0.5));
        assertThat(walk.most()).isCloseTo(100 + 200 + 14, within(5.0));
    }

    @Test
    void roadsThatMeetLeaveACornerBetweenEachTwoOfThem() {
        List<Feature> junction =
                List.of(
                        road("we", Map.of("cross", "marked"), -200, 0, 0, 0, 200, 0),
                        road("sn", Map.of("cross", "marked"), 0, -200, 0, 0, 0, 200));

        WalkingNetwork network = network(junction, List.of(point("z", Map.of(), 50, 0)), List.of());

        assertThat(metres(network, at(100, 5), at(5, 100))).isCloseTo(210, within(0.5));
        assertThat(metres(network, at(100, 5), at(100, -5))).isCloseTo(110, within(0.5));
        // Round the far end: no crossing joins the west corners with the east ones.
        assertThat(metres(network, at(20, 5), at(-20, 5))).isGreaterThan(400);
    }

    @Test
    void aWallIsNotWalkedAcrossButItsGateIs() {
        List<Feature> street = List.of(road("street", Map.of(), 0, 0, 300, 0));
        Feature wall = line("wall", Map.of(), -50, 10, 350, 10);
        WalkingNetwork shut = network(street, List.of(), List.of(wall));
        WalkingNetwork open =
                network(street, List.of(), List.of(wall, point("door", Map.of(), 100, 10)));

        assertThat(walk(shut, at(100, 30), at(250, 0))).isEmpty();
        assertThat(metres(open, at(100, 30), at(250, 0))).isCloseTo(30 + 150, within(0.2));
    }

    @Test
    void aRoadThroughAWallNeedsAPassageAndABridgeNone() {
        Feature wall = line("wall", Map.of("kind", "guard_rail"), -100, 0, 100, 0);
        List<Feature> through = List.of(road("r", Map.of(), 0, -100, 0, 100));
        List<Feature> over = List.of(road("r", Map.of("bridge", "yes"), 0, -100, 0, 100));

        assertThat(walk(network(through, List.of(), List.of(wall)), at(0, -100), at(0, 100)))
                .isEmpty();
        assertThat(
                        metres(
                                network(
                                        through,
                                        List.of(),
                                        List.of(wall, point("p", Map.of("pass", "yes"), 0, 0))),
                                at(0, -100),
                                at(0, 100)))
                .isCloseTo(200, within(0.1));
        assertThat(metres(network(over, List.of(), List.of(wall)), at(0, -100), at(0, 100)))
                .isCloseTo(200, within(0.1));
        assertThat(
                        metres(
                                network(
                                        through,
                                        List.of(),
                                        List.of(line("kerb", Map.of("pass", "yes"), -9, 0, 9, 0))),
                                at(0, -100),
                                at(0, 100)))
                .isCloseTo(200, within(0.1));
    }

    @Test
    void aLockedGateOnARoadStopsTheWay() {
        List<Feature> street = List.of(road("r", Map.of(), 0, -100, 0, 0, 0, 100));

        WalkingNetwork network =
                network(street, List.of(), List.of(point("lock", Map.of("pass", "no"), 0, 0)));

        assertThat(walk(network, at(0, -90), at(0, 90))).isEmpty();
    }

    @Test
    void zeroLengthEdgesLoopsAndDoubledRoadsChangeNothing() {
        List<Feature> plain = List.of(road("r", Map.of(), 0, 0, 100, 0, 200, 0));
        List<Feature> odd =
                List.of(
                        road("a", Map.of(), 0, 0, 0, 0, 100, 0, 100, 0, 200, 0),
                        road("b", Map.of(), 200, 0, 100, 0, 0, 0),
                        road("loop", Map.of(), 100, 0, 120, 20, 80, 20, 100, 0),
                        road("apart", Map.of(), 0, 900, 100, 900));

        double one = metres(network(plain, List.of(), List.of()), at(0, 5), at(200, 5));
        double other = metres(network(odd, List.of(), List.of()), at(0, 5), at(200, 5));

        assertThat(other).isCloseTo(one, within(1e-6));
        assertThat(walk(network(odd, List.of(), List.of()), at(0, 5), at(0, 905))).isEmpty();
    }

    @Test
    void markedRoadsThatAreOddDoNotBreakTheNetwork() {
        Map<String, String> marked = Map.of("cross", "marked");
        List<Feature> odd =
                List.of(
                        road("a", marked, 0, 0, 0, 0, 100, 0),
                        road("b", marked, 100, 0, 0, 0),
                        road("loop", marked, 100, 0, 120, 20, 80, 20, 100, 0),
                        road("there and back", marked, 100, 0, 200, 0, 100, 0));

        WalkingNetwork network = network(odd, List.of(point("z", Map.of(), 50, 0)), List.of());

        assertThat(metres(network, at(10, 5), at(10, -5))).isCloseTo(30, within(0.5));
    }

    @Test
    void aHundredThousandVerticesAreSearchedWithinTheBound() {
        List<Feature> grid = new ArrayList<>();
        for (int i = 0; i < 320; i++) {
            double[] east = new double[640];
            double[] north = new double[640];
            for (int j = 0; j < 320; j++) {
                east[2 * j] = 20.0 * j;
                east[2 * j + 1] = 20.0 * i;
                north[2 * j] = 20.0 * i;
                north[2 * j + 1] = 20.0 * j;
            }
            grid.add(road("e" + i, Map.of(), east));
            grid.add(road("n" + i, Map.of(), north));
        }
        WalkingNetwork network = network(grid, List.of(), List.of());

        assertThat(network.nodes()).hasSize(320 * 320);
        assertThat(metres(network, at(0, 0), at(1000, 1000))).isCloseTo(2000, within(1.0));
        assertThat(walk(network, at(0, 0), at(6000, 6000))).isEmpty();
    }

    @Test
    void anOutlineIsReachedFromTheRoadThatComesUpToItFirst() {
        List<Feature> street = List.of(road("r", Map.of(), 0, 0, 500, 0));
        WalkingNetwork network = network(street, List.of(), List.of());
        String campus = "POLYGON((%s,%s,%s,%s,%s))";
        String[] corners = {
            pair(at(300, 10)),
            pair(at(400, 10)),
            pair(at(400, 90)),
            pair(at(300, 90)),
            pair(at(300, 10))
        };

        Walk walk =
                network.from(wkt(text(at(0, 0))), 0)
                        .to(wkt(String.format(campus, (Object[]) corners)))
                        .orElseThrow();

        assertThat(walk.metres()).isCloseTo(300 + 10, within(0.5));
    }

    private static WalkingNetwork network(
            List<Feature> roads, List<Feature> crossings, List<Feature> barriers) {
        return WalkingNetwork.of(
                List.of(layer("road", 0, 365, wkt(BOX), roads)),
                crossings.isEmpty()
                        ? List.of()
                        : List.of(layer("crossing", 0, 365, wkt(BOX), crossings)),
                barriers.isEmpty()
                        ? List.of()
                        : List.of(layer("barrier", 0, 365, wkt(BOX), barriers)),
                List.of());
    }

    private static Feature road(String id, Map<String, String> attributes, double... metres) {
        return line(id, attributes, metres);
    }

    private static Feature line(String id, Map<String, String> attributes, double... metres) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < metres.length; i += 2) {
            places.add(pair(at(metres[i], metres[i + 1])));
        }
        return new Feature(id, wkt("LINESTRING(" + String.join(",", places) + ")"), attributes);
    }

    private static Feature point(
            String id, Map<String, String> attributes, double east, double north) {
        return new Feature(id, wkt(text(at(east, north))), attributes);
    }

    private static Coordinate at(double east, double north) {
        return new Coordinate(116.3 + east / EAST, 39.9 + north / NORTH);
    }

    private static double east(Position position) {
        return (position.x() - 116.3) * EAST;
    }

    private static String text(Coordinate c) {
        return "POINT(" + pair(c) + ")";
    }

    private static String pair(Coordinate c) {
        return c.x + " " + c.y;
    }

    private static Optional<Walk> walk(WalkingNetwork network, Coordinate from, Coordinate to) {
        return network.walks(from, List.of(to)).get(0);
    }

    private static double metres(WalkingNetwork network, Coordinate from, Coordinate to) {
        return walk(network, from, to).orElseThrow().metres();
    }
}

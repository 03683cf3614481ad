package org.kanqian.gis.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kanqian.gis.TestLayers.layer;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** What holds of every straight distance, whatever lies at its ends. */
class DistanceProperties {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final Geodesic GEODESIC = new Geodesic(6378137, 1 / 298.257222101);
    private static final String CHINA = "POLYGON((73 3,136 3,136 54,73 54,73 3))";

    /** Points, lines and areas some hundred metres wide, within five kilometres of one place. */
    @Provide
    Arbitrary<Geometry> shapes() {
        Arbitrary<Double> offset = Arbitraries.doubles().between(-0.02, 0.02).ofScale(6);
        Arbitrary<Double> size = Arbitraries.doubles().between(0.0005, 0.003).ofScale(6);
        return net.jqwik.api.Combinators.combine(
                        Arbitraries.of("point", "line", "area"), offset, offset, size, size)
                .as(
                        (kind, x, y, w, h) -> {
                            Coordinate a = new Coordinate(116.3 + x, 39.9 + y);
                            Coordinate b = new Coordinate(a.x + w, a.y);
                            Coordinate c = new Coordinate(a.x + w / 3, a.y + h);
                            return switch (kind) {
                                case "point" -> FACTORY.createPoint(a);
                                case "line" -> FACTORY.createLineString(new Coordinate[] {a, b, c});
                                default ->
                                        FACTORY.createPolygon(new Coordinate[] {a, b, c, a.copy()});
                            };
                        });
    }

    @Property(tries = 300)
    void aDistanceIsTheSameFromEitherEnd(
            @ForAll("shapes") Geometry a, @ForAll("shapes") Geometry b) {
        assertThat(metres(a, b)).isCloseTo(metres(b, a), within(0.01));
    }

    @Property(tries = 300)
    void theWayThroughAThirdPlaceIsNoShorter(
            @ForAll("shapes") Geometry a,
            @ForAll @Scale(6) @DoubleRange(min = -0.02, max = 0.02) double x,
            @ForAll @Scale(6) @DoubleRange(min = -0.02, max = 0.02) double y,
            @ForAll("shapes") Geometry b) {
        Geometry through = FACTORY.createPoint(new Coordinate(116.3 + x, 39.9 + y));

        assertThat(metres(a, through) + metres(through, b) + 0.02)
                .isGreaterThanOrEqualTo(metres(a, b));
    }

    @Property(tries = 200)
    void whatGrowsComesNearer(
            @ForAll("shapes") Geometry a,
            @ForAll("shapes") Geometry b,
            @ForAll @Scale(6) @DoubleRange(min = 0.0001, max = 0.002) double degrees) {
        Geometry grown = b.buffer(degrees);

        assertThat(metres(a, grown)).isLessThanOrEqualTo(metres(a, b) + 0.005);
        assertThat(Ruler.at(a, 3).farthest(of(grown, 2), of(grown, 2).features().get(0)))
                .isGreaterThanOrEqualTo(
                        Ruler.at(a, 3).farthest(of(b, 2), of(b, 2).features().get(0)) - 0.005);
    }

    @Property(tries = 200)
    void everyPlaceOfAnOutlineLiesBetweenTheNearestAndTheFarthest(
            @ForAll("shapes") Geometry site,
            @ForAll("shapes") Geometry campus,
            @ForAll @DoubleRange(min = 0, max = 1) double along) {
        Layer layer = of(campus, 2);
        Coordinate[] outline = campus.getCoordinates();
        int i = (int) Math.min(outline.length - 1, along * outline.length);
        int next = (i + 1) % outline.length;
        Geometry gate =
                FACTORY.createPoint(
                        new Coordinate(
                                (outline[i].x + outline[next].x) / 2,
                                (outline[i].y + outline[next].y) / 2));
        Ruler ruler = Ruler.at(site, 3);

        double metres = metres(site, gate);

        Nearest nearest = ruler.to(layer, layer.features().get(0));
        assertThat(metres).isGreaterThanOrEqualTo(nearest.low() - 0.01);
        assertThat(metres)
                .isLessThanOrEqualTo(ruler.farthest(layer, layer.features().get(0)) + 0.01);
    }

    @Property(tries = 200)
    void moreErrorOnlyWidensTheBand(
            @ForAll("shapes") Geometry a,
            @ForAll("shapes") Geometry b,
            @ForAll @DoubleRange(min = 0, max = 50) double error,
            @ForAll @DoubleRange(min = 0, max = 50) double more) {
        Nearest fine = Ruler.at(a, error).nearest(List.of(of(b, 1))).orElseThrow();
        Nearest poor = Ruler.at(a, error + more).nearest(List.of(of(b, 1))).orElseThrow();

        assertThat(poor.low()).isLessThanOrEqualTo(fine.low());
        assertThat(poor.high()).isGreaterThanOrEqualTo(fine.high());
        assertThat(poor.metres()).isEqualTo(fine.metres());
    }

    @Property(tries = 500)
    void aDistanceIsTheGeodesicWithinACentimetreUpToFiveKilometres(
            @ForAll @DoubleRange(min = 74, max = 135) double lon,
            @ForAll @DoubleRange(min = 4, max = 53) double lat,
            @ForAll @DoubleRange(min = 0, max = 360) double bearing,
            @ForAll @DoubleRange(min = 0, max = 5_000) double metres) {
        GeodesicData line = GEODESIC.Direct(lat, lon, bearing, metres);
        Geometry there = FACTORY.createPoint(new Coordinate(line.lon2, line.lat2));

        assertThat(metres(FACTORY.createPoint(new Coordinate(lon, lat)), there))
                .isCloseTo(metres, within(0.01));
    }

    private static double metres(Geometry from, Geometry to) {
        Layer layer = of(to, 0);
        return Ruler.at(from, 0).to(layer, layer.features().get(0)).metres();
    }

    private static Layer of(Geometry geometry, double accuracy) {
        return layer(
                "school",
                accuracy,
                365,
                TestLayers.wkt(CHINA),
                List.of(new Feature("f", geometry, Map.of())));
    }
}

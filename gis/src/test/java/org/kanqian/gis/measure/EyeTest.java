package org.kanqian.gis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.distance.DistanceOp;

/** What the eye measures is what JTS measures in the frame, to the last bit. */
class EyeTest {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final Random random = new Random(20261128);

    @Test
    void theDistanceIsTheVeryOneOfTheProjectedGeometry() {
        int clear = 0;
        for (int i = 0; i < 20_000; i++) {
            LonLat site = new LonLat(75 + random.nextDouble() * 60, 4 + random.nextDouble() * 49);
            LocalFrame frame = LocalFrame.at(site);
            Point centre = FACTORY.createPoint(frame.toMetres(site.lon(), site.lat()));
            Geometry thing = thing(site, Math.pow(10, 1 + random.nextDouble() * 3));
            DistanceOp jts = new DistanceOp(centre, frame.toMetres(thing));

            Eye eye = new Eye(frame, centre.getCoordinate());
            Eye.Sight sight = eye.look(thing);

            assertThat(sight.low()).isLessThanOrEqualTo(jts.distance());
            assertThat(sight.high()).isGreaterThanOrEqualTo(jts.distance());
            if (sight.clear()) {
                clear++;
                Eye.Measured measured = eye.measure(thing, sight);
                assertThat(measured.metres()).isEqualTo(jts.distance());
                assertThat(measured.end()).isEqualTo(jts.nearestPoints()[1]);
            }
        }
        assertThat(clear).isGreaterThan(10_000);
    }

    @Test
    void whatHoldsTheSiteIsNotSeenClearly() {
        LonLat site = new LonLat(116.3, 39.9);
        LocalFrame frame = LocalFrame.at(site);
        Eye eye = new Eye(frame, frame.toMetres(site.lon(), site.lat()));

        Eye.Sight around = eye.look(FACTORY.createPoint(at(site, 0, 0)).buffer(0.001));
        Eye.Sight onTheEdge =
                eye.look(
                        FACTORY.createLineString(
                                new Coordinate[] {at(site, 0, 0), at(site, 1, 1)}));

        assertThat(around).isEqualTo(Eye.Sight.NONE);
        assertThat(onTheEdge).isEqualTo(Eye.Sight.NONE);
    }

    private static Coordinate at(LonLat site, double lon, double lat) {
        return new Coordinate(site.lon() + lon, site.lat() + lat);
    }

    /** A line, an area, an area with a hole or two of one kind, so large and about so far away. */
    private Geometry thing(LonLat site, double metres) {
        double degrees = metres / 111_000;
        Coordinate middle =
                at(site, random.nextGaussian() * degrees * 2, random.nextGaussian() * degrees * 2);
        return switch (random.nextInt(5)) {
            case 0 -> line(middle, degrees);
            case 1 ->
                    FACTORY.createMultiLineString(
                            new LineString[] {line(middle, degrees), line(middle, degrees / 3)});
            case 2 -> area(middle, degrees, false);
            case 3 -> area(middle, degrees, true);
            default -> {
                Coordinate other = new Coordinate(middle.x + 3 * degrees, middle.y);
                yield FACTORY.createMultiPolygon(
                        new Polygon[] {area(middle, degrees, true), area(other, degrees, false)});
            }
        };
    }

    private LineString line(Coordinate middle, double degrees) {
        Coordinate[] path = new Coordinate[2 + random.nextInt(8)];
        for (int i = 0; i < path.length; i++) {
            path[i] =
                    new Coordinate(
                            middle.x + random.nextGaussian() * degrees,
                            middle.y + random.nextGaussian() * degrees);
        }
        return FACTORY.createLineString(path);
    }

    private Polygon area(Coordinate middle, double degrees, boolean hole) {
        LinearRing[] holes =
                hole ? new LinearRing[] {ring(middle, degrees / 3)} : new LinearRing[0];
        return FACTORY.createPolygon(ring(middle, degrees), holes);
    }

    private LinearRing ring(Coordinate middle, double radius) {
        int corners = 3 + random.nextInt(10);
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            double r = radius * (0.7 + 0.3 * random.nextDouble());
            ring[i] =
                    new Coordinate(middle.x + r * Math.cos(angle), middle.y + r * Math.sin(angle));
        }
        ring[corners] = ring[0].copy();
        return FACTORY.createLinearRing(ring);
    }
}

package org.kanqian.gis.survey;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * On which side of a street two places stand, as far as a road layer proves it. They front the same
 * street where it is the nearest to both, by more than the errors; they are on one side of it where
 * the line between them stays off every street by more than the errors, and on opposite sides where
 * it crosses that street once, no other comes near, and both ends are off it by more than the
 * errors. Footways are no streets. Everything else is not proven.
 */
final class StreetSides {
    /** A place that fronts a street is no farther from its middle, metres. */
    private static final double FRONT = 60;

    private static final Set<String> FOOTWAYS =
            Set.of("footway", "path", "steps", "pedestrian", "cycleway", "platform", "corridor");

    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final LocalFrame frame;
    private final List<Street> streets = new ArrayList<>();

    private record Street(String name, Geometry metres, double error) {}

    /**
     * @param around the places asked about, CGCS2000 degrees
     */
    StreetSides(LocalFrame frame, List<Layer> roads, Envelope around) {
        this.frame = frame;
        Envelope box = frame.degreesWithin(around, 2 * FRONT);
        for (Layer layer : roads) {
            for (Feature road : layer.meeting(box)) {
                if (!FOOTWAYS.contains(road.attribute("kind").orElse(""))) {
                    streets.add(
                            new Street(
                                    road.name().isEmpty() ? road.id() : road.name(),
                                    frame.toMetres(road.geometry()),
                                    layer.accuracyMetres()));
                }
            }
        }
    }

    /**
     * Whether two places are on the same side.
     *
     * @param error of either place, metres
     * @return false if they are opposite; empty if neither is proven
     */
    Optional<Boolean> same(Coordinate one, Coordinate other, double error) {
        Coordinate a = frame.toMetres(one.x, one.y);
        Coordinate b = frame.toMetres(other.x, other.y);
        Optional<String> street = front(a, error);
        if (street.isEmpty() || !street.equals(front(b, error))) {
            return Optional.empty();
        }
        Geometry line = FACTORY.createLineString(new Coordinate[] {a, b});
        Set<Coordinate> crossings = new HashSet<>();
        for (Street s : streets) {
            double off = error + s.error();
            if (line.distance(s.metres()) > off) {
                continue;
            }
            if (!s.name().equals(street.get()) || ends(s, a, b, off)) {
                return Optional.empty();
            }
            for (Coordinate at : line.intersection(s.metres()).getCoordinates()) {
                crossings.add(at);
            }
            if (crossings.isEmpty()) {
                return Optional.empty();
            }
        }
        return crossings.isEmpty()
                ? Optional.of(true)
                : crossings.size() == 1 ? Optional.of(false) : Optional.empty();
    }

    private static boolean ends(Street street, Coordinate a, Coordinate b, double off) {
        return street.metres().distance(FACTORY.createPoint(a)) <= off
                || street.metres().distance(FACTORY.createPoint(b)) <= off;
    }

    /** The street nearest by more than the errors. */
    private Optional<String> front(Coordinate place, double error) {
        Geometry point = FACTORY.createPoint(place);
        String nearest = "";
        double least = Double.POSITIVE_INFINITY;
        double worst = 0;
        for (Street s : streets) {
            double metres = s.metres().distance(point);
            if (metres < least) {
                least = metres;
                nearest = s.name();
            }
            worst = Math.max(worst, s.error());
        }
        double clear = least + 2 * (error + worst);
        for (Street s : streets) {
            if (!s.name().equals(nearest) && s.metres().distance(point) <= clear) {
                return Optional.empty();
            }
        }
        return least <= FRONT ? Optional.of(nearest) : Optional.empty();
    }
}

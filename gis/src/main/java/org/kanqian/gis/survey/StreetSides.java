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

    private final Coordinate here;
    private final double error;
    private final Optional<String> front;

    private record Street(String name, Geometry metres, double error) {
        /** Cheap bound first: most streets are far. */
        private double distance(Geometry to, double atMost) {
            double apart = metres.getEnvelopeInternal().distance(to.getEnvelopeInternal());
            return apart > atMost ? apart : metres.distance(to);
        }
    }

    /**
     * @param here where one of the two places is, CGCS2000 degrees
     * @param error of it, metres
     * @param around here and the other places asked about
     */
    StreetSides(
            LocalFrame frame, List<Layer> roads, Coordinate here, double error, Envelope around) {
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
        this.here = frame.toMetres(here.x, here.y);
        this.error = error;
        this.front = front(this.here, error);
    }

    /**
     * Whether another place is on the same side.
     *
     * @param itsError metres
     * @return false if they are opposite; empty if neither is proven
     */
    Optional<Boolean> same(Coordinate other, double itsError) {
        if (front.isEmpty()) {
            return Optional.empty();
        }
        Coordinate a = here;
        Coordinate b = frame.toMetres(other.x, other.y);
        if (!front.equals(front(b, itsError))) {
            return Optional.empty();
        }
        double worse = Math.max(error, itsError);
        Geometry line = FACTORY.createLineString(new Coordinate[] {a, b});
        Set<Coordinate> crossings = new HashSet<>();
        for (Street s : streets) {
            double off = worse + s.error();
            if (s.distance(line, off) > off) {
                continue;
            }
            if (!s.name().equals(front.get()) || ends(s, a, b, off)) {
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
            double metres = s.distance(point, Math.min(least, FRONT));
            if (metres < least) {
                least = metres;
                nearest = s.name();
            }
            worst = Math.max(worst, s.error());
        }
        double clear = least + 2 * (error + worst);
        for (Street s : streets) {
            if (!s.name().equals(nearest) && s.distance(point, clear) <= clear) {
                return Optional.empty();
            }
        }
        return least <= FRONT ? Optional.of(nearest) : Optional.empty();
    }
}

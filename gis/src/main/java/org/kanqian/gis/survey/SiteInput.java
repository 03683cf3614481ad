package org.kanqian.gis.survey;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.locationtech.jts.geom.Geometry;

/**
 * A site as it is asked about. Nothing is checked here; {@link SiteSurveyor} does.
 *
 * @param address in words; used where there are no coordinates
 * @param floor −1 is the first basement, 1 the ground floor; 0 is not used
 * @param buildingUse as the vocabulary writes it (商业, 住宅, …) or in English (commercial,
 *     residential, …)
 * @param entrances points, in the datum of the coordinates; distances start at the nearest of them
 * @param boundary polygon of the premises, in the datum of the coordinates; decides whether they
 *     lie inside something
 */
public record SiteInput(
        Optional<String> address,
        Optional<Coordinates> coordinates,
        Optional<Integer> floor,
        Optional<String> buildingUse,
        Optional<Geometry> entrances,
        Optional<Geometry> boundary) {
    public SiteInput {
        requireNonNull(address, "address");
        requireNonNull(coordinates, "coordinates");
        requireNonNull(floor, "floor");
        requireNonNull(buildingUse, "buildingUse");
        requireNonNull(entrances, "entrances");
        requireNonNull(boundary, "boundary");
    }

    /** A site known by its coordinates only. */
    public static SiteInput at(Coordinates coordinates) {
        return new SiteInput(
                Optional.empty(),
                Optional.of(coordinates),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A site known by its address only. */
    public static SiteInput at(String address) {
        return new SiteInput(
                Optional.of(address),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

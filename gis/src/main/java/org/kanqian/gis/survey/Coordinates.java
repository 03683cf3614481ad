package org.kanqian.gis.survey;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import org.kanqian.gis.crs.Datum;

/**
 * Where an applicant says the site is. Nothing is checked here; {@link SiteSurveyor} does.
 *
 * @param lon degrees in {@code datum}
 * @param lat degrees in {@code datum}
 * @param accuracyMetres how far from the truth it may lie; {@link SiteSurveyor#USUAL_ACCURACY} is
 *     assumed where nobody says
 */
public record Coordinates(double lon, double lat, Datum datum, OptionalDouble accuracyMetres) {
    public Coordinates {
        requireNonNull(datum, "datum");
        requireNonNull(accuracyMetres, "accuracyMetres");
    }
}

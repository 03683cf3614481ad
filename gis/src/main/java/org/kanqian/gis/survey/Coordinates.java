package org.kanqian.gis.survey;

import java.util.OptionalDouble;
import org.kanqian.gis.crs.Datum;

/**
 * Where a site is, as somebody gave it.
 *
 * @param lon degrees east, in {@code datum}
 * @param lat degrees north, in {@code datum}
 * @param datum never guessed
 * @param accuracyMetres how far the true place may be from the one given; empty if not said
 */
public record Coordinates(double lon, double lat, Datum datum, OptionalDouble accuracyMetres) {}

package org.kanqian.gis.layer;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import org.kanqian.gis.crs.SourceCrs;

/**
 * What whoever supplies a layer declares about it.
 *
 * @param id unique in its set
 * @param kind what its features are, e.g. {@code school}; lower case, digits and underscores
 * @param title its name for readers, in Chinese
 * @param crs what its coordinates are in
 * @param source where the data comes from
 * @param licence under which licence it may be used, with the notice it asks for
 * @param surveyed the day the data shows
 * @param maxAgeDays for how many days after that it may be relied on
 * @param accuracyMetres how far an outline may be from the truth
 * @param pointExtentMetres how much nearer than a feature drawn as a point its edge may be
 * @param demonstration whether it is invented
 */
public record Declaration(
        String id,
        String kind,
        String title,
        SourceCrs crs,
        String source,
        String licence,
        LocalDate surveyed,
        int maxAgeDays,
        double accuracyMetres,
        double pointExtentMetres,
        boolean demonstration) {
    public Declaration {
        requireNonNull(id, "id");
        requireNonNull(title, "title");
        requireNonNull(crs, "crs");
        requireNonNull(source, "source");
        requireNonNull(licence, "licence");
        requireNonNull(surveyed, "surveyed");
        if (!kind.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("kind: " + kind);
        }
        if (maxAgeDays < 0) {
            throw new IllegalArgumentException("maxAgeDays below zero: " + maxAgeDays);
        }
        if (!(accuracyMetres >= 0) || !(pointExtentMetres >= 0)) {
            throw new IllegalArgumentException("accuracy below zero");
        }
    }
}

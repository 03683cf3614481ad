package org.kanqian.gis.survey;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Position;

/**
 * What the map says about a site.
 *
 * @param place in CGCS2000 degrees; empty if no coordinates were given
 * @param errorMetres half the width of the error band of {@code place}
 * @param region six-digit GB/T 2260 code, where the map can tell it for certain
 * @param facts {@code site.distance.school} and the like
 * @param layers id to version of every layer that holds where the site is
 * @param planned things that are planned nearby and not there yet; they decide nothing today
 */
public record SiteSurvey(
        Optional<Position> place,
        double errorMetres,
        Optional<String> region,
        Map<String, FactValue> facts,
        SortedMap<String, String> layers,
        List<Planned> planned) {
    public SiteSurvey {
        facts = Map.copyOf(facts);
        layers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(layers));
        planned = List.copyOf(planned);
    }

    /**
     * A planned thing near the site.
     *
     * @param kind of what it will be once built, e.g. {@code school}
     * @param metres from the site to its outline
     * @param line both end points, site first, in CGCS2000 degrees
     */
    public record Planned(
            String kind, String layer, String name, double metres, List<Position> line) {
        public Planned {
            line = List.copyOf(line);
        }
    }
}

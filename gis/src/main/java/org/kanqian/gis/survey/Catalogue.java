package org.kanqian.gis.survey;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Measure.End;
import org.kanqian.rules.fact.Measure.Path;

/**
 * Every fact the map gives a value, known or missing, and how. Which facts there are follows from
 * the layers: a kind of places is measured to, may be lain in, may adjoin; some layers have
 * attributes that are facts.
 */
final class Catalogue {
    static final String DISTANCE = "site.distance.";
    static final String GATES = "site.gates.";
    static final String WALKING = "site.walking.";
    static final String INSIDE = "site.inside.";
    static final String ADJACENT = "site.adjacent.";

    /** Facts that are told of whether or not there is a layer. */
    private static final List<String> ALWAYS =
            List.of(Kinds.BUILDING_USE, Kinds.BUILDING_RESIDENTIAL, Kinds.QUOTA_LEFT);

    /** What is measured where the vocabulary does not say how. */
    private static final Map<String, Measure> USUAL =
            Map.of(
                    DISTANCE, new Measure(End.ENTRANCE, End.BOUNDARY, Path.STRAIGHT),
                    GATES, new Measure(End.ENTRANCE, End.ENTRANCE, Path.STRAIGHT),
                    WALKING, new Measure(End.ENTRANCE, End.ENTRANCE, Path.WALKING));

    /** Tells one fact of a site. */
    private interface Teller {
        FactValue of(MapFacts site);
    }

    private final Map<String, Teller> tellers = new TreeMap<>();

    Catalogue(LayerSet layers) {
        for (String kind : with(Kinds.DISTANCE, layers)) {
            measured(DISTANCE, kind);
        }
        for (String kind : layers.kinds()) {
            // Of a kind that is drawn by its gates, or only by them.
            if (kind.endsWith(Kinds.gateOf(""))) {
                String of = kind.substring(0, kind.length() - Kinds.gateOf("").length());
                if (layers.layers(of).isEmpty()) {
                    measured(DISTANCE, kind);
                } else {
                    measured(GATES, of);
                    measured(WALKING, of);
                    tellers.put(
                            DISTANCE + kind,
                            site -> site.measured(of, site.way(DISTANCE + kind, usual(GATES))));
                }
            }
        }
        Kinds.GATES.forEach(k -> measured(GATES, k));
        Kinds.WALKING.forEach(k -> measured(WALKING, k));
        for (String kind : with(Kinds.INSIDE, layers)) {
            if (Kinds.INSIDE.contains(kind) || Kinds.extended(layers, kind)) {
                tellers.put(INSIDE + kind, site -> site.inside(kind));
            }
        }
        tellers.put(INSIDE + Kinds.COMPOUND, MapFacts::inCompound);
        for (Reading reading : Reading.ALL) {
            if (ALWAYS.contains(reading.fact()) || !layers.layers(reading.kind()).isEmpty()) {
                tellers.put(reading.fact(), site -> site.read(reading));
            }
        }
        for (String kind : Kinds.ADJACENT) {
            if (kind.equals(Kinds.HAZARDOUS_STORE) || !layers.layers(kind).isEmpty()) {
                tellers.put(ADJACENT + kind, site -> site.adjoining(kind));
            }
        }
        if (!layers.layers(Kinds.JUNCTION).isEmpty()) {
            tellers.put("site.road_frontage.intersection", site -> site.adjoining(Kinds.JUNCTION));
        }
        if (!layers.layers("rural").isEmpty()) {
            tellers.put("site.rural", site -> site.inside("rural"));
        }
        if (!layers.layers(Kinds.BUILDING).isEmpty()) {
            tellers.put("site.building.spacing", MapFacts::spacing);
        }
        if (tellers.containsKey(Kinds.ALONG_RIVER)) {
            tellers.put(Kinds.ALONG_RIVER, MapFacts::alongRiver);
        }
        tellers.put(Kinds.SAME_SIDE, site -> site.side(true));
        tellers.put(Kinds.OPPOSITE, site -> site.side(false));
        tellers.put(Kinds.SAME_ADDRESS, site -> site.adjoining(Kinds.TOBACCO_RETAILER));
    }

    private static TreeSet<String> with(Collection<String> always, LayerSet layers) {
        TreeSet<String> kinds = new TreeSet<>(always);
        layers.kinds().stream().filter(Kinds::ofPlaces).forEach(kinds::add);
        return kinds;
    }

    private void measured(String family, String kind) {
        String fact = family + kind;
        tellers.put(fact, site -> site.measured(kind, site.way(fact, usual(family))));
    }

    private static Measure usual(String family) {
        return requireNonNull(USUAL.get(family));
    }

    /** How a distance is taken where the vocabulary does not say; empty for what is none. */
    static Optional<Measure> usualWay(String fact) {
        return USUAL.keySet().stream().filter(fact::startsWith).findFirst().map(Catalogue::usual);
    }

    /** The kind a fact is about: what stands behind its family. */
    static String kindOf(String fact) {
        return fact.substring(fact.indexOf('.', "site.".length()) + 1);
    }

    /** The names of all its facts. */
    Iterable<String> facts() {
        return tellers.keySet();
    }

    /** All of them for one site. */
    Map<String, FactValue> of(MapFacts site) {
        Map<String, FactValue> facts = new TreeMap<>();
        tellers.forEach((fact, teller) -> facts.put(fact, teller.of(site)));
        return facts;
    }
}

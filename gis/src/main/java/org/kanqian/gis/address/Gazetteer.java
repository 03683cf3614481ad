package org.kanqian.gis.address;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Point;

/**
 * Finds addresses among the features of map layers and among the {@link Divisions}: features with
 * an attribute {@code address}, features with a name, roads by their name, and divisions.
 *
 * <p>An address is decided only where it is, in another spelling, the address of one feature and of
 * no other, and itself says in which city or district. A house number that differs is another door:
 * it is never offered in place of the one asked for, the road is. What stands in another division
 * than the address names is not offered at all.
 *
 * <p>Immutable and safe to share; built once.
 */
public final class Gazetteer {
    /** No more candidates than this are returned. */
    public static final int MOST = 20;

    private static final int MOST_HITS = 200;
    private static final int LONGEST_COMPLETED = 10;
    private static final int LONGEST_NAME = 30;
    private static final double LEAST_SCORE = 0.25;
    private static final double SAME_PLACE = 0.002;

    private static final Comparator<AddressCandidate> BEST_FIRST =
            Comparator.comparingDouble(AddressCandidate::score)
                    .reversed()
                    .thenComparing(AddressCandidate::level)
                    .thenComparing(AddressCandidate::address)
                    .thenComparing(AddressCandidate::layer)
                    .thenComparing(AddressCandidate::feature);

    private final Divisions divisions;
    private final AddressParser parser;
    private final List<Entry> entries;
    private final EntryIndex index;
    private final Map<String, List<Entry>> bySpelling = new HashMap<>();
    private final Map<String, List<Entry>> byDetail = new HashMap<>();

    private Gazetteer(Divisions divisions, AddressParser parser, List<Entry> entries) {
        this.divisions = divisions;
        this.parser = parser;
        this.entries = List.copyOf(entries);
        this.index = EntryIndex.of(this.entries);
        for (Entry entry : this.entries) {
            if (entry.addressed()) {
                bySpelling
                        .computeIfAbsent(Entry.key(entry.address()), k -> new ArrayList<>())
                        .add(entry);
                byDetail.computeIfAbsent(entry.key(), k -> new ArrayList<>()).add(entry);
            }
        }
    }

    /**
     * What an address led to.
     *
     * @param parsed the address taken apart
     * @param exact whether the candidates are the places of this very address
     * @param candidates the best first; at most {@link #MOST}
     */
    public record Match(ParsedAddress parsed, boolean exact, List<AddressCandidate> candidates) {
        public Match {
            candidates = List.copyOf(candidates);
        }

        /** Whether the address means one place and no other. */
        public boolean resolved() {
            return exact && candidates.size() == 1;
        }
    }

    /** The gazetteer of these layers, of whatever kinds, and of the packaged divisions. */
    public static Gazetteer of(List<Layer> layers) {
        Divisions divisions = Divisions.packaged();
        AddressParser parser = new AddressParser(divisions);
        Regions regions = new Regions(layers, divisions);
        List<Entry> entries = new ArrayList<>();
        for (Layer layer : layers) {
            layer.forEach(
                    feature -> {
                        Optional<String> address = feature.attribute("address");
                        if (address.isPresent()) {
                            Point at = feature.geometry().getInteriorPoint();
                            ParsedAddress parsed = parser.parse(address.get());
                            String region =
                                    parsed.regions().size() == 1
                                            ? parsed.regions().get(0)
                                            : regions.at(at).orElse("");
                            entries.add(
                                    Entry.addressed(
                                            layer, feature, at, address.get(), parsed, region));
                        }
                    });
        }
        Map<String, List<Entry>> known = new HashMap<>();
        entries.forEach(e -> known.computeIfAbsent(e.name(), n -> new ArrayList<>()).add(e));
        for (Layer layer : layers) {
            if (layer.kind().equals("road")) {
                entries.addAll(Roads.of(layer, regions, divisions));
            } else if (named(layer)) {
                layer.forEach(
                        feature -> {
                            if (feature.name().isBlank()
                                    || feature.attribute("address").isPresent()) {
                                return;
                            }
                            Point at = feature.geometry().getInteriorPoint();
                            List<Entry> same =
                                    known.computeIfAbsent(feature.name(), n -> new ArrayList<>());
                            if (same.stream().noneMatch(e -> e.nearTo(at, SAME_PLACE))) {
                                Entry entry =
                                        Entry.named(layer, feature, at, regions.at(at), divisions);
                                same.add(entry);
                                entries.add(entry);
                            }
                        });
            }
        }
        return new Gazetteer(divisions, parser, entries);
    }

    /** Whether the names on a layer are names of places: not of areas, nor invented ones. */
    static boolean named(Layer layer) {
        return !layer.demonstration()
                && !Set.of("road", "region", "landuse", "tobacco_grid").contains(layer.kind())
                && !layer.kind().startsWith("planned_");
    }

    /** How many places it knows besides the divisions. */
    public int size() {
        return entries.size();
    }

    /** An address taken apart, without looking for its place. */
    public ParsedAddress parse(String address) {
        return parser.parse(address);
    }

    /** All places {@code address} may mean; only those of this very address if there are any. */
    public Match find(String address) {
        ParsedAddress asked = parser.parse(address);
        String key = Entry.key(asked.detail());
        List<AddressCandidate> exact = exact(address, asked, key);
        if (!exact.isEmpty()) {
            return new Match(asked, true, exact.subList(0, Math.min(MOST, exact.size())));
        }
        List<AddressCandidate> found = new ArrayList<>(divisions(asked));
        Map<Integer, Double> scores = new TreeMap<>();
        if (!key.isEmpty()) {
            boolean open = !address.strip().endsWith("号") && !address.strip().endsWith("號");
            for (int i : index.find(asked, key, MOST_HITS)) {
                Entry entry = entries.get(i);
                if (entry.in(asked.regions())) {
                    scores.put(i, Fit.of(asked, key, open, entry));
                }
            }
        }
        String whole = Entry.key(address);
        if (!asked.regions().isEmpty() && whole.length() <= LONGEST_NAME) {
            for (int i : index.find(whole, MOST_HITS)) {
                scores.merge(i, Fit.called(whole, entries.get(i)), Math::max);
            }
        }
        scores.forEach(
                (i, score) -> {
                    if (score >= LEAST_SCORE) {
                        found.add(entries.get(i).candidate(score));
                    }
                });
        found.sort(BEST_FIRST);
        return new Match(asked, false, found.subList(0, Math.min(MOST, found.size())));
    }

    private List<AddressCandidate> exact(String address, ParsedAddress asked, String key) {
        Set<Entry> same =
                new LinkedHashSet<>(bySpelling.getOrDefault(Entry.key(address), List.of()));
        if (asked.placed() && !key.isEmpty()) {
            for (Entry entry : byDetail.getOrDefault(key, List.of())) {
                if (!entry.region().isEmpty()
                        && entry.in(asked.regions())
                        && entry.inTown(asked.town())) {
                    same.add(entry);
                }
            }
        }
        return same.stream().map(e -> e.candidate(1)).sorted(BEST_FIRST).toList();
    }

    /** The divisions an address names, and those whose name it may be the beginning of. */
    private List<AddressCandidate> divisions(ParsedAddress asked) {
        Map<String, AddressCandidate> found = new LinkedHashMap<>();
        String begun = asked.town().isEmpty() ? asked.detail() : "";
        if (!begun.isEmpty() && begun.length() <= LONGEST_COMPLETED) {
            for (Division d : divisions.beginningWith(begun, asked.regions(), MOST)) {
                double share = Math.min(1, begun.length() / (double) d.name().length());
                found.put(d.code(), candidate(d, d.path(), 0.6 + 0.3 * share));
            }
        }
        double score = asked.detail().isEmpty() ? 0.98 : 0.3;
        if (asked.corrected()) {
            score *= 0.9;
        }
        for (String region : asked.regions()) {
            Optional<Division> d = divisions.find(region);
            if (d.isPresent()) {
                found.putIfAbsent(region, candidate(d.get(), d.get().path() + asked.town(), score));
            }
        }
        return List.copyOf(found.values());
    }

    private AddressCandidate candidate(Division d, String address, double score) {
        return new AddressCandidate(
                address,
                d.name(),
                AddressLevel.DISTRICT,
                score,
                d.lon(),
                d.lat(),
                d.radiusMetres(),
                "",
                "",
                Optional.of(divisions.region(d.code())));
    }
}

package org.kanqian.gis.survey;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.kanqian.gis.address.AddressCandidate;
import org.kanqian.gis.address.Gazetteer;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.measure.Nearest;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.FactValue.Missing;
import org.kanqian.rules.fact.FactValue.Reason;
import org.kanqian.rules.fact.Measure;
import org.kanqian.rules.fact.Provenance;

/**
 * Reads off the map what the rules may ask about a site. One surveyor stands for one snapshot of
 * the layers; it is immutable and safe to share.
 *
 * <p>Absence is only known where a layer claims to be complete: beyond its coverage, past its age,
 * within the error, every fact is {@link Missing} with the reason and with what is still certain
 * (not nearer than, not farther than).
 */
public final class SiteSurveyor {
    /**
     * Accuracy assumed where nobody states one, metres: a point picked on a web map, or a phone
     * outdoors. A place whose accuracy is not known is not an exact place.
     */
    public static final double USUAL_ACCURACY = 10;

    private final LayerSet layers;
    private final Gazetteer gazetteer;

    /** By how often dated features have changed: one, where no layer has any. */
    private final Map<Integer, Atlas> atlases = new ConcurrentHashMap<>();

    /**
     * A surveyor over these layers; builds the road network, the gazetteer and which gate is whose
     * once.
     */
    public SiteSurveyor(LayerSet layers) {
        this.layers = requireNonNull(layers, "layers");
        this.gazetteer = Gazetteer.of(layers.layers());
        atlas(LocalDate.MAX);
    }

    private Atlas atlas(LocalDate day) {
        int state = layers.changesUntil(day);
        Atlas known = atlases.get(state);
        return known != null
                ? known
                : atlases.computeIfAbsent(state, s -> new Atlas(layers.on(day)));
    }

    /** The layers it reads. */
    public LayerSet layers() {
        return layers;
    }

    /** What it finds addresses in. */
    public Gazetteer gazetteer() {
        return gazetteer;
    }

    /** As {@link #survey(SiteInput, LocalDate, Map)}, every distance taken in the usual way. */
    public SiteSurvey survey(SiteInput input, LocalDate asOf) throws SiteInputException {
        return survey(input, asOf, Map.of());
    }

    /**
     * Everything the map says about a site on a day.
     *
     * @param ways how distances are taken, by fact; {@code site.distance.X} from the nearest
     *     entrance straight to the boundary, {@code site.gates.X} straight and {@code
     *     site.walking.X} along the roads to the nearest gate where it does not say
     * @param asOf the day the layers' ages are counted to
     * @throws SiteInputException if the site cannot be: outside China, longitude and latitude
     *     exchanged, parts that lie apart
     */
    public SiteSurvey survey(SiteInput input, LocalDate asOf, Map<String, Measure> ways)
            throws SiteInputException {
        CheckedSite.checkFields(input);
        Optional<String> use = CheckedSite.use(input);
        Optional<Gazetteer.Match> match =
                input.address().filter(a -> !a.isBlank()).map(gazetteer::find);
        Optional<AddressCandidate> found =
                match.filter(Gazetteer.Match::resolved).map(m -> m.candidates().get(0));
        Optional<CheckedSite> site = Optional.empty();
        if (input.coordinates().isPresent()) {
            CheckedSite checked = CheckedSite.at(input.coordinates().get(), input);
            if (found.isPresent()) {
                checked.checkAgainst(found.get());
            }
            site = Optional.of(checked);
        } else if (found.isPresent()) {
            site = Optional.of(CheckedSite.at(found.get()));
        }
        Atlas atlas = atlas(asOf);
        Map<String, FactValue> facts = new TreeMap<>();
        Optional<String> region = Optional.empty();
        List<String> borders = List.of();
        List<Nearest> nearby = List.of();
        if (site.isPresent()) {
            MapFacts map = new MapFacts(atlas, site.get(), asOf, ways);
            facts.putAll(atlas.catalogue().of(map));
            region = map.region();
            borders = region.isPresent() ? List.of() : map.borders();
            nearby = map.nearby();
            if (input.coordinates().isPresent() && match.isPresent() && region.isPresent()) {
                CheckedSite.checkRegion(match.get().parsed(), region.get());
            }
        } else {
            String detail = unknown(input, match);
            for (String fact : atlas.catalogue().facts()) {
                facts.put(fact, new Missing(Reason.SITE_UNKNOWN, detail));
            }
        }
        stated(facts, input, use);
        return new SiteSurvey(
                site.map(s -> new ResolvedSite(s.point().getX(), s.point().getY(), s.accuracy())),
                region,
                borders,
                nearby,
                site.isPresent() ? List.of() : match.map(CheckedSite::choices).orElse(List.of()),
                facts,
                layers.versions());
    }

    private static String unknown(SiteInput input, Optional<Gazetteer.Match> match) {
        if (match.isEmpty()) {
            return "没有给出地址或坐标";
        }
        int n = CheckedSite.choices(match.get()).size();
        String address = input.address().orElse("").strip();
        if (n == 0) {
            return "地名地址库里没有“" + address + "”，请给出坐标";
        }
        return match.get().exact()
                ? "“" + address + "”对应 " + n + " 处地点，请选一处或给出坐标"
                : "没有与“" + address + "”完全一致的地址，有 " + n + " 处相近，请选一处或给出坐标";
    }

    /** What the request itself says goes before what the map shows. */
    private static void stated(
            Map<String, FactValue> facts, SiteInput input, Optional<String> use) {
        Provenance request = new Provenance.Request();
        input.floor()
                .ifPresent(
                        floor ->
                                facts.put(
                                        "site.floor",
                                        FactValue.Number.exact(
                                                BigDecimal.valueOf(floor), "层", request)));
        if (use.isPresent()) {
            facts.put(Kinds.BUILDING_USE, new FactValue.Choice(use.get(), request));
            boolean dwellings = use.get().equals("住宅") || use.get().equals("商住混合");
            if (dwellings) {
                facts.put(
                        Kinds.BUILDING_RESIDENTIAL,
                        new FactValue.Flag(
                                true, new Provenance.Derived(List.of(Kinds.BUILDING_USE))));
            }
        }
    }
}

package org.kanqian.gis.survey;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kanqian.gis.address.AddressCandidate;
import org.kanqian.gis.measure.Nearest;
import org.kanqian.rules.fact.FactValue;

/**
 * What the map says about a site.
 *
 * @param resolved where it was taken to be; empty if its address is unknown or means several places
 * @param region six-digit code (GB/T 2260) of the district; empty outside the region layer and
 *     within the error of a border
 * @param borders names of the districts it may lie in, where it lies within the error of a border
 * @param nearby what else is near: of every kind that distances are measured to, the nearest few
 *     within 500 m, nearest first
 * @param candidates places the address may mean, where that is not settled
 * @param facts every fact the map may supply, by name, known or missing
 * @param layerVersions content hashes of the layers in use, by layer id
 */
public record SiteSurvey(
        Optional<ResolvedSite> resolved,
        Optional<String> region,
        List<String> borders,
        List<Nearest> nearby,
        List<AddressCandidate> candidates,
        Map<String, FactValue> facts,
        Map<String, String> layerVersions) {
    public SiteSurvey {
        requireNonNull(resolved, "resolved");
        requireNonNull(region, "region");
        borders = List.copyOf(borders);
        nearby = List.copyOf(nearby);
        candidates = List.copyOf(candidates);
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
        layerVersions = Collections.unmodifiableMap(new TreeMap<>(layerVersions));
    }
}

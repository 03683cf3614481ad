package org.kanqian.gis.address;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Point;

/**
 * Finds addresses in address layers: features with an attribute {@code address}, written from the
 * province or city down. Only spelling is forgiven: full-width forms, spaces and punctuation, 號 for
 * 号, a 号 left out at the end. A part of an address, or one that fits several places, yields
 * candidates to choose from and is never decided here.
 */
public final class Gazetteer {
    /** No more candidates than this are returned. */
    public static final int MOST = 20;

    private static final int SHORTEST_PART = 4;
    private static final Pattern IGNORED = Pattern.compile("[\\s\\p{Z}\\p{C},.，。、;；:：'\"“”()（）]");
    private static final Pattern DASHES = Pattern.compile("[\\p{Pd}−~]");

    private final Map<String, List<AddressCandidate>> byKey;

    private Gazetteer(Map<String, List<AddressCandidate>> byKey) {
        this.byKey = byKey;
    }

    /** What an address led to. */
    public record Match(boolean exact, List<AddressCandidate> candidates) {
        public Match {
            candidates = List.copyOf(candidates);
        }

        /** Whether the address means one place and no other. */
        public boolean resolved() {
            return exact && candidates.size() == 1;
        }
    }

    /** The gazetteer of these layers; features without an address are passed over. */
    public static Gazetteer of(List<Layer> layers) {
        Map<String, List<AddressCandidate>> byKey = new TreeMap<>();
        for (Layer layer : layers) {
            for (Feature feature : layer.features()) {
                feature.attribute("address")
                        .ifPresent(
                                address ->
                                        byKey.computeIfAbsent(key(address), k -> new ArrayList<>())
                                                .add(candidate(address, layer, feature)));
            }
        }
        return new Gazetteer(byKey);
    }

    private static AddressCandidate candidate(String address, Layer layer, Feature feature) {
        Point at = feature.geometry().getInteriorPoint();
        return new AddressCandidate(
                address,
                feature.name(),
                at.getX(),
                at.getY(),
                layer.accuracyMetres() + feature.geometry().distance(at),
                layer.id(),
                feature.id());
    }

    /** All places {@code address} may mean, those spelled exactly so if there are any. */
    public Match find(String address) {
        String key = key(address);
        List<AddressCandidate> exact = byKey.getOrDefault(key, List.of());
        if (!exact.isEmpty()) {
            return new Match(true, exact.subList(0, Math.min(MOST, exact.size())));
        }
        List<AddressCandidate> parts = new ArrayList<>();
        if (key.length() >= SHORTEST_PART) {
            for (Map.Entry<String, List<AddressCandidate>> entry : byKey.entrySet()) {
                String known = entry.getKey();
                boolean part =
                        known.endsWith(key)
                                || (known.length() >= SHORTEST_PART && key.endsWith(known));
                if (part && parts.size() < MOST) {
                    parts.addAll(entry.getValue());
                }
            }
        }
        return new Match(false, parts.subList(0, Math.min(MOST, parts.size())));
    }

    /** The address without anything that is only a way of writing. */
    static String key(String address) {
        String plain = Normalizer.normalize(address, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        plain = IGNORED.matcher(plain).replaceAll("");
        plain = DASHES.matcher(plain).replaceAll("-").replace('號', '号');
        return plain.endsWith("号") ? plain.substring(0, plain.length() - 1) : plain;
    }
}

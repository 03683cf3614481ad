package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LonLat;
import org.locationtech.jts.geom.Coordinate;

/**
 * Notices coordinates of a phone map (GCJ-02, BD-09) in a layer that claims degrees of another
 * datum, without being told of any known place: things of the same name on two layers lie apart by
 * hundreds of metres, and together once the one is taken as what it did not say it was.
 */
final class DatumCheck {
    /** So many things must agree, so far apart, and so much nearer afterwards. */
    private static final int FEWEST = 3;

    private static final double APART_METRES = 200;
    private static final double NEARER = 0.2;

    /** Layers larger than this are not searched. */
    private static final int MOST = 200_000;

    private DatumCheck() {}

    /** What is wrong with the datums of these layers, as far as they show it. */
    static List<LayerFault> check(List<Layer> layers) {
        List<Map<String, Coordinate>> named = layers.stream().map(DatumCheck::named).toList();
        List<LayerFault> faults = new ArrayList<>();
        for (int a = 0; a < layers.size(); a++) {
            if (!layers.get(a).claimsDegrees()) {
                continue;
            }
            for (int b = 0; b < layers.size(); b++) {
                if (a != b) {
                    suspect(layers.get(a), named.get(a), layers.get(b), named.get(b))
                            .ifPresent(faults::add);
                }
            }
        }
        return faults;
    }

    private static Optional<LayerFault> suspect(
            Layer layer, Map<String, Coordinate> here, Layer other, Map<String, Coordinate> there) {
        List<Coordinate[]> pairs = new ArrayList<>();
        here.forEach(
                (name, place) -> {
                    Coordinate match = there.get(name);
                    if (match != null) {
                        pairs.add(new Coordinate[] {place, match});
                    }
                });
        if (pairs.size() < FEWEST) {
            return Optional.empty();
        }
        double apart = median(pairs, Datum.CGCS2000);
        for (Datum phone : List.of(Datum.GCJ02, Datum.BD09)) {
            if (apart > APART_METRES && median(pairs, phone) < NEARER * apart) {
                return Optional.of(
                        LayerFault.of(
                                layer.id(),
                                pairs.size()
                                        + " 个与图层 "
                                        + other.id()
                                        + " 同名的要素相距约 "
                                        + Math.round(apart)
                                        + " 米，按 "
                                        + phone
                                        + " 换算后重合：坐标系写错了，请改成 crs: "
                                        + phone,
                                pairs.size()
                                        + " features named as on "
                                        + other.id()
                                        + " lie about "
                                        + Math.round(apart)
                                        + " m apart and together as "
                                        + phone
                                        + ": the crs is wrong, say crs: "
                                        + phone));
            }
        }
        return Optional.empty();
    }

    private static double median(List<Coordinate[]> pairs, Datum taken) {
        double[] metres =
                pairs.stream()
                        .mapToDouble(
                                p -> {
                                    LonLat place = taken.toCgcs2000(p[0].x, p[0].y);
                                    return Ellipsoid.shortLine(
                                            place.lon(), place.lat(), p[1].x, p[1].y);
                                })
                        .sorted()
                        .toArray();
        Arrays.sort(metres);
        return metres[metres.length / 2];
    }

    /** Where everything is whose name is used once on the layer. */
    private static Map<String, Coordinate> named(Layer layer) {
        Map<String, Coordinate> named = new HashMap<>();
        Set<String> twice = new HashSet<>();
        if (layer.size() <= MOST) {
            layer.forEach(
                    f -> {
                        if (!f.name().isBlank()
                                && named.put(f.name(), f.geometry().getCentroid().getCoordinate())
                                        != null) {
                            twice.add(f.name());
                        }
                    });
        }
        named.keySet().removeAll(twice);
        return named;
    }
}

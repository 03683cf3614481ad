package org.kanqian.gis.address;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.distance.DistanceOp;

/** The roads of a layer as wholes: its pieces of one name that lie together. */
final class Roads {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** Pieces of one name nearer than this are one road, degrees; some 200 m, a junction or two. */
    private static final double TOGETHER = 0.002;

    private Roads() {}

    static List<Entry> of(Layer layer, Regions regions, Divisions divisions) {
        Map<String, List<Feature>> byName = new TreeMap<>();
        layer.forEach(
                feature -> {
                    if (!feature.name().isBlank()) {
                        byName.computeIfAbsent(feature.name(), n -> new ArrayList<>()).add(feature);
                    }
                });
        List<Entry> roads = new ArrayList<>();
        byName.forEach(
                (name, pieces) -> {
                    for (List<Feature> road : together(pieces)) {
                        roads.add(entry(layer, name, road, regions, divisions));
                    }
                });
        return roads;
    }

    private static List<List<Feature>> together(List<Feature> pieces) {
        STRtree near = new STRtree();
        pieces.forEach(p -> near.insert(p.geometry().getEnvelopeInternal(), p));
        Set<Feature> left = Collections.newSetFromMap(new IdentityHashMap<>());
        left.addAll(pieces);
        List<List<Feature>> roads = new ArrayList<>();
        for (Feature first : pieces) {
            if (!left.remove(first)) {
                continue;
            }
            List<Feature> road = new ArrayList<>(List.of(first));
            for (int i = 0; i < road.size(); i++) {
                Feature piece = road.get(i);
                Envelope around = new Envelope(piece.geometry().getEnvelopeInternal());
                around.expandBy(TOGETHER);
                near.query(
                        around,
                        found -> {
                            Feature other = (Feature) found;
                            if (left.contains(other)
                                    && other.geometry()
                                            .isWithinDistance(piece.geometry(), TOGETHER)) {
                                left.remove(other);
                                road.add(other);
                            }
                        });
            }
            roads.add(road);
        }
        return roads;
    }

    /** The place on the road nearest to its middle; off by no more than to its farthest end. */
    private static Entry entry(
            Layer layer, String name, List<Feature> road, Regions regions, Divisions divisions) {
        Geometry whole =
                FACTORY.createGeometryCollection(
                        road.stream().map(Feature::geometry).toArray(Geometry[]::new));
        Envelope box = whole.getEnvelopeInternal();
        Point middle = FACTORY.createPoint(box.centre());
        Coordinate on = new DistanceOp(whole, middle).nearestPoints()[0];
        double farthest = 0;
        for (Coordinate c : whole.getCoordinates()) {
            farthest = Math.max(farthest, Ellipsoid.shortLine(on.x, on.y, c.x, c.y));
        }
        Point at = FACTORY.createPoint(on);
        return Entry.called(
                layer,
                name,
                road.get(0).id(),
                AddressLevel.ROAD,
                at,
                layer.accuracyMetres() + farthest,
                regions.at(at),
                divisions);
    }
}

package org.kanqian.gis.plan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.FloorPlan.Element;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.index.strtree.ItemBoundable;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.distance.IndexedFacetDistance;

/** An element made ready for many distances. */
final class Shape {
    private final Element element;
    private final Geometry geometry;
    private @Nullable IndexedFacetDistance facets;
    private @Nullable IndexedPointInAreaLocator area;

    /** The two elements of two sets that lie closest, and how close. */
    record Gap(Element a, Element b, double metres) {}

    Shape(Element element) {
        this.element = element;
        this.geometry = element.geometry();
    }

    /** Straight distance, metres; 0 where they touch or one holds the other. */
    double distance(Shape other) {
        if (holds(other) || other.holds(this)) {
            return 0;
        }
        if (facets == null) {
            facets = new IndexedFacetDistance(geometry);
        }
        return facets.distance(other.geometry);
    }

    private boolean holds(Shape other) {
        if (!(geometry instanceof Polygonal)
                || !geometry.getEnvelopeInternal()
                        .intersects(other.geometry.getEnvelopeInternal())) {
            return false;
        }
        if (area == null) {
            area = new IndexedPointInAreaLocator(geometry);
        }
        return area.locate(other.geometry.getCoordinate()) != Location.EXTERIOR;
    }

    /** The closest pair of two sets of one storey; empty if either set is. */
    static Optional<Gap> closest(STRtree some, STRtree others) {
        Object[] pair = some.nearestNeighbour(others, (a, b) -> shape(a).distance(shape(b)));
        if (pair == null) {
            return Optional.empty();
        }
        Shape a = (Shape) pair[0];
        Shape b = (Shape) pair[1];
        return Optional.of(new Gap(a.element, b.element, a.distance(b)));
    }

    /** The closest two of one set; empty if it holds fewer than two. */
    static Optional<Gap> closestTwo(List<Shape> shapes) {
        if (shapes.size() < 2) {
            return Optional.empty();
        }
        Object[] pair =
                tree(shapes)
                        .nearestNeighbour(
                                (a, b) ->
                                        a == b || shape(a) == shape(b)
                                                ? Double.MAX_VALUE
                                                : shape(a).distance(shape(b)));
        Shape a = (Shape) pair[0];
        Shape b = (Shape) pair[1];
        return Optional.of(new Gap(a.element, b.element, a.distance(b)));
    }

    private static Shape shape(ItemBoundable item) {
        return (Shape) item.getItem();
    }

    /** A set of shapes made ready for {@link #closest}. */
    static STRtree tree(List<Shape> shapes) {
        STRtree tree = new STRtree();
        shapes.forEach(s -> tree.insert(s.geometry.getEnvelopeInternal(), s));
        return tree;
    }
}

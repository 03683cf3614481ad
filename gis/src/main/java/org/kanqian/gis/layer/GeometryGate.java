package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.crs.SourceCrs;
import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.noding.BasicSegmentString;
import org.locationtech.jts.noding.MCIndexNoder;
import org.locationtech.jts.noding.SegmentIntersector;
import org.locationtech.jts.noding.SegmentString;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * What every geometry must pass before it counts: finite, in China, valid. What is invalid only in
 * how it is written down (a ring that touches itself, a hole or a part without area) is mended;
 * what would change an area by mending is refused.
 */
final class GeometryGate {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    /** How much of its area a geometry may change by when it is mended: rounding, no more. */
    private static final double SAME_AREA = 1e-6;

    private static final int MOST_CROSSINGS = 1_000;
    private static final int MOST_MET = 20_000_000;

    /** A geometry that passed, in CGCS2000 degrees, and whether it had to be mended. */
    record Passed(Geometry degrees, Optional<String> mendedZh, String mendedEn) {}

    private GeometryGate() {}

    static Passed pass(Geometry given, SourceCrs crs) throws GeometryFault {
        if (given.isEmpty()) {
            throw new GeometryFault("空几何", "empty geometry");
        }
        for (Coordinate c : given.getCoordinates()) {
            if (!Double.isFinite(c.x) || !Double.isFinite(c.y)) {
                throw new GeometryFault(
                        "坐标不是有限的数：" + c.x + ", " + c.y, "not finite: " + c.x + ", " + c.y);
            }
        }
        Envelope extent = given.getEnvelopeInternal();
        if (crs.degrees().isPresent() && (extent.getMaxX() > 360 || extent.getMaxY() > 360)) {
            throw projected(given, crs);
        }
        if (crs.degrees().isEmpty() && likeDegrees(extent)) {
            throw unprojected(given, crs);
        }
        Optional<Geometry> inDegrees = crs.toCgcs2000(given);
        if (inDegrees.isEmpty()) {
            throw swapped(given, crs)
                    .orElseGet(
                            () ->
                                    new GeometryFault(
                                            "坐标不在 " + crs.name() + " 的适用范围之内",
                                            "coordinates do not belong to " + crs.name()));
        }
        Geometry converted = inDegrees.get();
        Envelope box = converted.getEnvelopeInternal();
        LonLat southWest = new LonLat(box.getMinX(), box.getMinY());
        LonLat northEast = new LonLat(box.getMaxX(), box.getMaxY());
        if (!southWest.inChinaBox() || !northEast.inChinaBox()) {
            throw outside(given, crs, southWest, northEast);
        }
        TopologyValidationError asGiven = new IsValidOp(given).getValidationError();
        // Where degrees stay degrees nothing is converted: looking twice takes twice as long.
        TopologyValidationError error =
                converted.equalsExact(given)
                        ? asGiven
                        : new IsValidOp(converted).getValidationError();
        if (error == null && asGiven == null) {
            return new Passed(converted, Optional.empty(), "");
        }
        Geometry mended = mended(converted, asGiven == null ? error : asGiven);
        // A hole that touches its shell may stop to do so when corners are converted one by one:
        // that is our rounding, not the file's fault.
        return asGiven == null
                ? new Passed(mended, Optional.empty(), "")
                : new Passed(
                        mended,
                        Optional.of(said(asGiven) + "，面积不变，已修复"),
                        "mended without a change of area: " + asGiven);
    }

    private static Geometry mended(Geometry geometry, TopologyValidationError error)
            throws GeometryFault {
        if (tangled(geometry)) {
            throw broken(error);
        }
        Geometry mended = GeometryFixer.fix(withoutFlatRings(geometry));
        double change = Math.abs(mended.getArea() - geometry.getArea());
        if (!(mended instanceof Polygonal)
                || mended.isEmpty()
                || !(change <= SAME_AREA * geometry.getArea())) {
            throw broken(error);
        }
        return mended;
    }

    /**
     * Whether so many of its edges cross or come near each other that mending it would take for
     * ever: the crossings of n edges may be n².
     */
    private static boolean tangled(Geometry geometry) {
        int[] met = {0};
        MCIndexNoder noder =
                new MCIndexNoder(
                        new SegmentIntersector() {
                            private final RobustLineIntersector crossing =
                                    new RobustLineIntersector();
                            private int crossings;

                            @Override
                            public void processIntersections(
                                    SegmentString a, int i, SegmentString b, int j) {
                                crossing.computeIntersection(
                                        a.getCoordinate(i),
                                        a.getCoordinate(i + 1),
                                        b.getCoordinate(j),
                                        b.getCoordinate(j + 1));
                                if (crossing.isProper()) {
                                    crossings++;
                                }
                                met[0] = crossings > MOST_CROSSINGS ? MOST_MET + 1 : met[0] + 1;
                            }

                            @Override
                            public boolean isDone() {
                                return met[0] > MOST_MET;
                            }
                        });
        List<SegmentString> rings = new ArrayList<>();
        geometry.apply(
                (GeometryComponentFilter)
                        part -> {
                            if (part instanceof LineString line && !line.isEmpty()) {
                                rings.add(new BasicSegmentString(line.getCoordinates(), null));
                            }
                        });
        noder.computeNodes(rings);
        return met[0] > MOST_MET;
    }

    /** Without holes and parts of no area, which stand for nothing. */
    private static Geometry withoutFlatRings(Geometry geometry) {
        List<Polygon> parts = new ArrayList<>();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            if (geometry.getGeometryN(i) instanceof Polygon polygon
                    && hasArea(polygon.getExteriorRing())) {
                List<LinearRing> holes = new ArrayList<>();
                for (int h = 0; h < polygon.getNumInteriorRing(); h++) {
                    if (hasArea(polygon.getInteriorRingN(h))) {
                        holes.add(polygon.getInteriorRingN(h));
                    }
                }
                parts.add(
                        FACTORY.createPolygon(
                                polygon.getExteriorRing(), holes.toArray(new LinearRing[0])));
            }
        }
        return parts.size() == 1
                ? parts.get(0)
                : FACTORY.createMultiPolygon(parts.toArray(new Polygon[0]));
    }

    private static boolean hasArea(LinearRing ring) {
        return FACTORY.createPolygon(ring).getArea() > 0;
    }

    private static boolean likeDegrees(Envelope extent) {
        return new LonLat(extent.getMinX(), extent.getMinY()).inChinaBox()
                && new LonLat(extent.getMaxX(), extent.getMaxY()).inChinaBox();
    }

    private static String at(Geometry given) {
        Coordinate first = given.getCoordinate();
        return "(" + first.x + ", " + first.y + ")";
    }

    private static GeometryFault outside(
            Geometry given, SourceCrs crs, LonLat southWest, LonLat northEast) {
        String at = at(given);
        if (crs.degrees().isPresent()
                && southWest.swappedInChinaBox()
                && northEast.swappedInChinaBox()) {
            return new GeometryFault(
                    "经纬度可能写反：" + at + "，应为 [经度, 纬度]",
                    "longitude and latitude may be swapped: " + at);
        }
        Optional<GeometryFault> swapped = swapped(given, crs);
        if (swapped.isPresent()) {
            return swapped.get();
        }
        return new GeometryFault(
                "坐标 " + at + " 不在中国范围内（东经 73–136°、北纬 3–54°），请核对 crs",
                at + " lies outside China (73–136° E, 3–54° N); check the crs");
    }

    /** The fault of metres that would lie in China with east and north exchanged. */
    private static Optional<GeometryFault> swapped(Geometry given, SourceCrs crs) {
        Coordinate first = given.getCoordinate();
        return crs.degrees().isPresent()
                ? Optional.empty()
                : crs.toCgcs2000(first.y, first.x)
                        .filter(LonLat::inChinaBox)
                        .map(
                                place ->
                                        new GeometryFault(
                                                "坐标 " + at(given) + " 的东、北可能写反：东坐标在前",
                                                "east and north may be swapped: "
                                                        + at(given)
                                                        + "; east comes first"));
    }

    private static GeometryFault projected(Geometry given, SourceCrs crs) {
        return new GeometryFault(
                "坐标 " + at(given) + " 像是投影坐标（米），layer.yaml 的 crs 写的是 " + crs.name(),
                at(given) + " looks projected, in metres, but layer.yaml says " + crs.name());
    }

    private static GeometryFault unprojected(Geometry given, SourceCrs crs) {
        return new GeometryFault(
                "坐标 " + at(given) + " 像是经纬度，layer.yaml 的 crs 写的是以米为单位的 " + crs.name(),
                at(given) + " looks like degrees, but layer.yaml says " + crs.name() + ", metres");
    }

    private static GeometryFault broken(TopologyValidationError error) {
        Coordinate at = error.getCoordinate();
        String place = at == null ? "" : "，在 " + at.x + ", " + at.y + " 附近";
        return new GeometryFault(said(error) + place, "invalid: " + error);
    }

    private static String said(TopologyValidationError error) {
        return switch (error.getErrorType()) {
            case TopologyValidationError.SELF_INTERSECTION,
                    TopologyValidationError.RING_SELF_INTERSECTION ->
                    "多边形自相交";
            case TopologyValidationError.HOLE_OUTSIDE_SHELL -> "洞在外环之外";
            case TopologyValidationError.NESTED_HOLES, TopologyValidationError.NESTED_SHELLS ->
                    "环互相嵌套";
            case TopologyValidationError.DUPLICATE_RINGS -> "环重复";
            case TopologyValidationError.DISCONNECTED_INTERIOR -> "多边形内部被切断";
            case TopologyValidationError.TOO_FEW_POINTS -> "点太少";
            default -> "几何无效";
        };
    }
}

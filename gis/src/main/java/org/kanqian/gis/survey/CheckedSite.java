package org.kanqian.gis.survey;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.address.AddressCandidate;
import org.kanqian.gis.address.AddressLevel;
import org.kanqian.gis.address.Division;
import org.kanqian.gis.address.Divisions;
import org.kanqian.gis.address.Gazetteer;
import org.kanqian.gis.address.ParsedAddress;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.crs.LocalFrame;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.crs.SourceCrs;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Lineal;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.Puntal;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * A located site whose parts belong together, all in CGCS2000 degrees.
 *
 * @param point the place given, or found for the address
 * @param accuracy metres, the conversion of its datum included
 * @param from where distances start: the entrances, else the point
 * @param extent what must lie inside a zone: the boundary, else the point
 */
record CheckedSite(Point point, double accuracy, Geometry from, Geometry extent) {
    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final double WORST_ACCURACY = 5_000;
    private static final double FARTHEST_PART = 500;
    private static final double ADDRESS_TOLERANCE = 1_000;
    private static final double LARGEST_AREA = 1_000_000;
    private static final int MOST_ENTRANCES = 100;
    private static final int MOST_CORNERS = 10_000;

    /** The values of {@code site.building.use} by their English names in requests. */
    private static final Map<String, String> USES =
            Map.of(
                    "commercial", "商业",
                    "office", "办公",
                    "residential", "住宅",
                    "mixed", "商住混合",
                    "industrial", "工业仓储",
                    "public", "公共服务",
                    "other", "其他");

    /** Where a site with coordinates is. */
    static CheckedSite at(Coordinates given, SiteInput input) throws SiteInputException {
        LonLat place = place(given);
        double accuracy = accuracy(given) + given.datum().errorMetres();
        Point point = FACTORY.createPoint(new Coordinate(place.lon(), place.lat()));
        LocalFrame frame = LocalFrame.at(place);
        Geometry from = point;
        if (input.entrances().isPresent()) {
            from = entrances(input.entrances().get(), given.datum(), point, frame);
        }
        Geometry extent = point;
        if (input.boundary().isPresent()) {
            extent = boundary(input.boundary().get(), given.datum(), point, frame);
        }
        return new CheckedSite(point, accuracy, from, extent);
    }

    /** Where a site known by its address is. */
    static CheckedSite at(AddressCandidate candidate) {
        Point point = FACTORY.createPoint(new Coordinate(candidate.lon(), candidate.lat()));
        return new CheckedSite(point, candidate.accuracyMetres(), point, point);
    }

    /** What is wrong regardless of where the site is. */
    static void checkFields(SiteInput input) throws SiteInputException {
        if (input.floor().isPresent()) {
            int floor = input.floor().get();
            if (floor == 0 || floor < -10 || floor > 200) {
                throw new SiteInputException(
                        "/site/floor",
                        "楼层应为 -10 到 200 之间、不为 0 的整数（一层填 1，地下一层填 -1）",
                        "a floor is from -10 to 200 and not 0: ground floor 1, first basement -1");
            }
        }
        if (input.address().filter(a -> a.length() > 200).isPresent()) {
            throw new SiteInputException(
                    "/site/address", "地址超过 200 字", "the address is over 200 characters");
        }
        if (input.coordinates().isEmpty()) {
            if (input.entrances().isPresent() || input.boundary().isPresent()) {
                throw new SiteInputException(
                        "/site/coordinates",
                        "给出出入口或边界时，也要给出 coordinates 及其坐标系",
                        "entrances and boundary need coordinates beside them, with their datum");
            }
        }
    }

    /** The stated building use in the words of the vocabulary. */
    static Optional<String> use(SiteInput input) throws SiteInputException {
        if (input.buildingUse().isEmpty()) {
            return Optional.empty();
        }
        String given = input.buildingUse().get().strip();
        String use = USES.getOrDefault(given.toLowerCase(Locale.ROOT), given);
        if (!USES.containsValue(use)) {
            String all =
                    USES.entrySet().stream()
                            .map(e -> e.getValue() + " " + e.getKey())
                            .sorted()
                            .collect(Collectors.joining("、"));
            throw new SiteInputException(
                    "/site/building/use", "建筑用途只能是：" + all, "building use must be one of " + all);
        }
        return Optional.of(use);
    }

    /** That an address and coordinates speak of the same place. */
    void checkAgainst(AddressCandidate known) throws SiteInputException {
        double apart = Ellipsoid.shortLine(point.getX(), point.getY(), known.lon(), known.lat());
        if (apart > ADDRESS_TOLERANCE) {
            throw new SiteInputException(
                    "/site/coordinates",
                    "坐标离地址 " + known.address() + " 有 " + Math.round(apart) + " 米，请核对坐标系或地址",
                    "the coordinates lie "
                            + Math.round(apart)
                            + " m from that address; check the datum or the address");
        }
    }

    /** That the division an address names is the one the coordinates lie in. */
    static void checkRegion(ParsedAddress address, String region) throws SiteInputException {
        boolean same =
                address.regions().stream()
                        .anyMatch(r -> region.startsWith(r) || r.startsWith(region));
        if (!same && !address.regions().isEmpty() && !address.corrected()) {
            String named = address.division();
            String here =
                    Divisions.packaged().find(region).map(Division::path).orElse("行政区划")
                            + "（"
                            + region
                            + "）";
            throw new SiteInputException(
                    "/site/address",
                    "地址写的是" + (named.isEmpty() ? "别处" : named) + "，坐标却在" + here + "，请核对地址或坐标",
                    "the address names "
                            + String.join(" or ", address.regions())
                            + ", the coordinates lie in region "
                            + region
                            + "; check either");
        }
    }

    /** Candidates near enough to their place to be chosen as a site. */
    static List<AddressCandidate> choices(Gazetteer.Match match) {
        return match.candidates().stream()
                .filter(c -> c.level() != AddressLevel.DISTRICT)
                .filter(c -> c.accuracyMetres() <= WORST_ACCURACY)
                .toList();
    }

    private static LonLat place(Coordinates given) throws SiteInputException {
        if (!Double.isFinite(given.lon())) {
            throw new SiteInputException(
                    "/site/coordinates/lon", "经度不是数", "the longitude is not a number");
        }
        if (!Double.isFinite(given.lat())) {
            throw new SiteInputException(
                    "/site/coordinates/lat", "纬度不是数", "the latitude is not a number");
        }
        LonLat raw = new LonLat(given.lon(), given.lat());
        if (raw.swappedInChinaBox()) {
            throw new SiteInputException(
                    "/site/coordinates",
                    "经纬度可能填反：经度应在 73–136 之间，纬度应在 3–54 之间",
                    "longitude and latitude may be swapped: 73–136 and 3–54 are expected");
        }
        LonLat place = raw.inChinaBox() ? given.datum().toCgcs2000(raw.lon(), raw.lat()) : raw;
        if (!place.inChinaBox()) {
            double beyond = place.degreesBeyondChinaBox();
            boolean just = beyond <= 1;
            throw new SiteInputException(
                    "/site/coordinates",
                    "坐标不在中国范围内（东经 73–136°、北纬 3–54°）"
                            + (just ? String.format("，只差 %.2f 度，请核对", beyond) : ""),
                    "the coordinates lie outside China (73–136° E, 3–54° N)"
                            + (just
                                    ? String.format(", by %.2f degrees only; check them", beyond)
                                    : ""));
        }
        return place;
    }

    private static double accuracy(Coordinates given) throws SiteInputException {
        double accuracy = given.accuracyMetres().orElse(SiteSurveyor.USUAL_ACCURACY);
        if (!(accuracy >= 0 && accuracy <= WORST_ACCURACY)) {
            throw new SiteInputException(
                    "/site/coordinates/accuracy",
                    "定位精度应为 0 到 5000 米之间的数",
                    "the accuracy is a number of metres from 0 to 5000");
        }
        return accuracy;
    }

    private static Geometry entrances(Geometry given, Datum datum, Point point, LocalFrame frame)
            throws SiteInputException {
        String pointer = "/site/entrances";
        if (given.isEmpty() || !(given instanceof Puntal || given instanceof Lineal)) {
            throw new SiteInputException(
                    pointer,
                    "出入口应为点（Point 或 MultiPoint）或门洞线段",
                    "entrances are points, or lines across door openings");
        }
        if (given.getNumPoints() > MOST_ENTRANCES) {
            throw new SiteInputException(pointer, "出入口超过 100 个点", "more than 100 entrance points");
        }
        Geometry entrances = converted(given, datum, pointer);
        double farthest = 0;
        Geometry here = frame.toMetres(point);
        for (Coordinate c : frame.toMetres(entrances).getCoordinates()) {
            farthest = Math.max(farthest, here.getCoordinate().distance(c));
        }
        if (farthest > FARTHEST_PART) {
            throw tooFar(pointer, "出入口", "an entrance", farthest);
        }
        return entrances;
    }

    private static Geometry boundary(Geometry given, Datum datum, Point point, LocalFrame frame)
            throws SiteInputException {
        String pointer = "/site/boundary";
        if (given.isEmpty() || !(given instanceof Polygonal)) {
            throw new SiteInputException(pointer, "场所边界应为多边形", "the boundary must be a polygon");
        }
        if (given.getNumPoints() > MOST_CORNERS) {
            throw new SiteInputException(
                    pointer, "场所边界超过一万个点", "the boundary has over 10,000 corners");
        }
        Geometry boundary = converted(given, datum, pointer);
        TopologyValidationError error = new IsValidOp(boundary).getValidationError();
        if (error != null) {
            @Nullable Coordinate at = error.getCoordinate();
            String where = at == null ? "" : "（" + at.x + ", " + at.y + " 附近）";
            throw new SiteInputException(
                    pointer, "场所边界自相交或无效" + where, "the boundary is not valid: " + error);
        }
        Geometry metres = frame.toMetres(boundary);
        double apart = metres.distance(frame.toMetres(point));
        if (apart > FARTHEST_PART) {
            throw tooFar(pointer, "场所边界", "the boundary", apart);
        }
        if (metres.getArea() > LARGEST_AREA) {
            throw new SiteInputException(
                    pointer,
                    "场所边界超过 1 平方公里，请只画出场所本身",
                    "the boundary holds over 1 km²; draw the premises only");
        }
        return boundary;
    }

    private static Geometry converted(Geometry given, Datum datum, String pointer)
            throws SiteInputException {
        for (Coordinate c : given.getCoordinates()) {
            LonLat raw = new LonLat(c.x, c.y);
            if (!Double.isFinite(c.x) || !Double.isFinite(c.y) || !raw.inChinaBox()) {
                throw new SiteInputException(
                        pointer,
                        raw.swappedInChinaBox()
                                ? "经纬度可能填反：" + c.x + ", " + c.y
                                : "坐标不在中国范围内：" + c.x + ", " + c.y,
                        raw.swappedInChinaBox()
                                ? "longitude and latitude may be swapped: " + c.x + ", " + c.y
                                : "outside China: " + c.x + ", " + c.y);
            }
        }
        return SourceCrs.of(datum).toCgcs2000(given).orElseThrow();
    }

    private static SiteInputException tooFar(String pointer, String zh, String en, double metres) {
        return new SiteInputException(
                pointer,
                zh + "离坐标 " + Math.round(metres) + " 米，超过 500 米，请核对",
                en + " lies " + Math.round(metres) + " m from the coordinates, over 500 m");
    }
}

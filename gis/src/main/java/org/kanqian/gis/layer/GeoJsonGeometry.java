package org.kanqian.gis.layer;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.databind.JsonNode;

/**
 * GeoJSON geometries (RFC 7946 §3.1), strictly: every coordinate a finite number, every ring
 * closed, nothing repaired. The reader of JTS closes its eyes to text and null among the numbers
 * and cannot say where it failed. Collections are refused, since a feature must be one thing;
 * heights are dropped.
 */
final class GeoJsonGeometry {
    private static final int MOST_VERTICES = 1_000_000;

    private final GeometryFactory factory;
    private int vertices;

    private GeoJsonGeometry(GeometryFactory factory) {
        this.factory = factory;
    }

    static Geometry read(JsonNode node, GeometryFactory factory) throws GeometryFault {
        return new GeoJsonGeometry(factory).geometry(node);
    }

    private Geometry geometry(JsonNode node) throws GeometryFault {
        if (!node.isObject()) {
            throw new GeometryFault("缺少几何（geometry 不是对象）", "no geometry: not an object");
        }
        JsonNode type = node.path("type");
        JsonNode coordinates = node.path("coordinates");
        String name = type.isString() ? type.stringValue() : "";
        if (!name.isEmpty() && !name.equals("GeometryCollection") && !coordinates.isArray()) {
            throw new GeometryFault("缺少 coordinates 数组", "no array of coordinates");
        }
        return switch (name) {
            case "Point" -> factory.createPoint(position(coordinates));
            case "LineString" -> line(coordinates);
            case "Polygon" -> polygon(coordinates);
            case "MultiPoint" -> {
                List<Point> parts = new ArrayList<>();
                for (JsonNode part : coordinates) {
                    parts.add(factory.createPoint(position(part)));
                }
                yield factory.createMultiPoint(parts.toArray(new Point[0]));
            }
            case "MultiLineString" -> {
                List<LineString> parts = new ArrayList<>();
                for (JsonNode part : coordinates) {
                    parts.add(line(part));
                }
                yield factory.createMultiLineString(parts.toArray(new LineString[0]));
            }
            case "MultiPolygon" -> {
                List<Polygon> parts = new ArrayList<>();
                for (JsonNode part : coordinates) {
                    parts.add(polygon(part));
                }
                yield factory.createMultiPolygon(parts.toArray(new Polygon[0]));
            }
            case "GeometryCollection" ->
                    throw new GeometryFault(
                            "不接受 GeometryCollection；请拆成单独的要素",
                            "GeometryCollection is not accepted; split it into features");
            default ->
                    throw new GeometryFault(
                            "不认识的几何类型 " + shown(type), "unknown geometry type " + shown(type));
        };
    }

    private LineString line(JsonNode node) throws GeometryFault {
        Coordinate[] path = path(node);
        if (path.length < 2) {
            throw new GeometryFault("线少于两个点", "a line of fewer than two positions");
        }
        return factory.createLineString(path);
    }

    private Polygon polygon(JsonNode node) throws GeometryFault {
        List<LinearRing> rings = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode ring : node) {
                rings.add(ring(ring));
            }
        }
        if (rings.isEmpty()) {
            throw new GeometryFault("多边形没有环", "a polygon without rings");
        }
        return factory.createPolygon(
                rings.get(0), rings.subList(1, rings.size()).toArray(new LinearRing[0]));
    }

    private LinearRing ring(JsonNode node) throws GeometryFault {
        Coordinate[] path = path(node);
        if (path.length < 4) {
            throw new GeometryFault("多边形的环少于四个点", "a polygon ring of fewer than four positions");
        }
        if (!path[0].equals2D(path[path.length - 1])) {
            throw new GeometryFault(
                    "多边形的环没有闭合（首尾两点不同）",
                    "a polygon ring is not closed: first and last position differ");
        }
        return factory.createLinearRing(path);
    }

    private Coordinate[] path(JsonNode node) throws GeometryFault {
        if (!node.isArray()) {
            throw new GeometryFault("坐标数组的层数不对", "arrays of coordinates nested too few times");
        }
        Coordinate[] path = new Coordinate[node.size()];
        for (int i = 0; i < path.length; i++) {
            path[i] = position(node.get(i));
        }
        return path;
    }

    private Coordinate position(JsonNode node) throws GeometryFault {
        if (!node.isArray() || node.size() < 2 || node.size() > 3) {
            throw new GeometryFault(
                    "坐标应为 [东, 北] 两个数，实为 " + shown(node),
                    "a position is two numbers, [east, north], not " + shown(node));
        }
        for (JsonNode ordinate : node) {
            if (!ordinate.isNumber() || !Double.isFinite(ordinate.doubleValue())) {
                throw new GeometryFault(
                        "坐标不是数：" + shown(ordinate), "not a number: " + shown(ordinate));
            }
        }
        if (++vertices > MOST_VERTICES) {
            throw new GeometryFault("一个要素超过一百万个点", "over a million vertices in one feature");
        }
        return new Coordinate(node.get(0).doubleValue(), node.get(1).doubleValue());
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "（无）" : node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}

package org.kanqian.gis.layer;

import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.MultiLineString;
import org.locationtech.jts.geom.MultiPoint;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/** Reads the geometries of tables. */
final class Wkb {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private Wkb() {}

    /** The geometry in these bytes of well-known binary. */
    static Geometry read(byte[] bytes) throws GeometryFault {
        try {
            Geometry geometry = new WKBReader(FACTORY).read(bytes);
            boolean mixed =
                    geometry instanceof GeometryCollection
                            && !(geometry instanceof MultiPolygon
                                    || geometry instanceof MultiLineString
                                    || geometry instanceof MultiPoint);
            if (mixed) {
                throw new GeometryFault(
                        "不接受几何集合；请拆成单独的要素",
                        "a collection of geometries is not accepted; split it into features");
            }
            return geometry;
        } catch (ParseException | IllegalArgumentException e) {
            throw new GeometryFault("几何读不出：" + e.getMessage(), "unreadable: " + e.getMessage());
        }
    }
}

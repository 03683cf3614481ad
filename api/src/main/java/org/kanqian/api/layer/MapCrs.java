package org.kanqian.api.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.kanqian.gis.crs.LonLat;
import org.kanqian.gis.crs.SourceCrs;
import org.kanqian.gis.crs.UnknownCrsException;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * A coordinate reference system in which a layer can be asked for, with the order of axes its
 * authority gives it. WGS 84 is taken as equal to CGCS2000, as {@link SourceCrs} does: within 1 m.
 *
 * @param uri as OGC API – Features names it
 * @param name as {@link SourceCrs} names it
 * @param northFirst whether latitude or northing comes before longitude or easting
 * @param degrees whether coordinates are degrees; else metres
 * @param domain where its coordinates may lie, east before north: beyond, the projection is not
 *     defined or no longer exact
 */
record MapCrs(String uri, String name, boolean northFirst, boolean degrees, Envelope domain) {
    private static final String EPSG = "http://www.opengis.net/def/crs/EPSG/0/";
    private static final Envelope WORLD = new Envelope(-180, 180, -90, 90);

    /** Longitude before latitude: what is answered unless something else is asked for. */
    static final MapCrs CRS84 =
            new MapCrs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "WGS84", false, true, WORLD);

    /** What layers are kept in. */
    static final MapCrs CGCS2000 = new MapCrs(EPSG + 4490, "CGCS2000", true, true, WORLD);

    private static final MapCrs WGS84 = new MapCrs(EPSG + 4326, "WGS84", true, true, WORLD);
    private static final double MERCATOR_EDGE = 20037508.342789244;
    private static final MapCrs MERCATOR =
            new MapCrs(
                    EPSG + 3857,
                    "EPSG:3857",
                    false,
                    false,
                    new Envelope(-MERCATOR_EDGE, MERCATOR_EDGE, -MERCATOR_EDGE, MERCATOR_EDGE));

    /** CGCS2000 / 3-degree Gauss–Krüger CM 75E, the first of 21; the last is CM 135E. */
    private static final int FIRST_ZONE = 4534;

    private static final int ZONES = 21;
    private static final int FIRST_MERIDIAN = 75;
    private static final int ZONE_DEGREES = 3;

    /** Zones are offered for what reaches within 3° of their meridian: their own and half over. */
    private static final double ZONE_REACH = 3;

    /** 1,000 km either side of the meridian, and from the equator to 58° N. */
    private static final Envelope ZONE_DOMAIN = new Envelope(-500_000, 1_500_000, 0, 6_500_000);

    private static final Map<String, SourceCrs> CONVERSIONS = new ConcurrentHashMap<>();
    private static final int STEPS = 16;

    /** The systems to offer for what lies in a box of CGCS2000 degrees; the first is CRS84. */
    static List<MapCrs> around(Envelope box) {
        List<MapCrs> systems = new ArrayList<>(List.of(CRS84, CGCS2000, WGS84, MERCATOR));
        for (int zone = 0; zone < ZONES; zone++) {
            int meridian = FIRST_MERIDIAN + ZONE_DEGREES * zone;
            if (box.getMinX() - ZONE_REACH <= meridian && meridian <= box.getMaxX() + ZONE_REACH) {
                int code = FIRST_ZONE + zone;
                systems.add(new MapCrs(EPSG + code, "EPSG:" + code, true, false, ZONE_DOMAIN));
            }
        }
        return List.copyOf(systems);
    }

    /** The header that says which system an answer is in. */
    String header() {
        return "<" + uri + ">";
    }

    /**
     * A copy of a CGCS2000 geometry in this system, east before north.
     *
     * @return empty where the projection does not reach
     */
    Optional<Geometry> eastFirst(Geometry cgcs2000) {
        if (degrees) {
            return Optional.of(cgcs2000);
        }
        Geometry copy = cgcs2000.copy();
        Moved moved = new Moved();
        copy.apply(moved);
        copy.geometryChanged();
        return moved.lost ? Optional.empty() : Optional.of(copy);
    }

    /** A geometry as {@link #eastFirst} gives it, with its axes in the authority's order. */
    Geometry inOrder(Geometry eastFirst) {
        if (!northFirst) {
            return eastFirst;
        }
        Geometry copy = eastFirst.copy();
        copy.apply(new Swapped());
        copy.geometryChanged();
        return copy;
    }

    /**
     * A box of CGCS2000 degrees that holds everything in a box of this system.
     *
     * @param box east before north, inside {@link #domain}
     */
    Envelope inDegrees(Envelope box) {
        if (degrees) {
            return box;
        }
        Envelope found = new Envelope();
        for (int i = 0; i <= STEPS; i++) {
            for (int j = 0; j <= STEPS; j++) {
                Optional<LonLat> place =
                        conversion()
                                .toCgcs2000(
                                        box.getMinX() + box.getWidth() * i / STEPS,
                                        box.getMinY() + box.getHeight() * j / STEPS);
                place.ifPresent(p -> found.expandToInclude(p.lon(), p.lat()));
            }
        }
        // Between samples the edge may bulge a little further.
        found.expandBy(1e-6 + 0.02 * Math.max(found.getWidth(), found.getHeight()));
        return found;
    }

    private SourceCrs conversion() {
        return CONVERSIONS.computeIfAbsent(name, MapCrs::conversion);
    }

    private static SourceCrs conversion(String name) {
        try {
            return SourceCrs.named(name);
        } catch (UnknownCrsException e) {
            throw new IllegalStateException(name + " is offered but not known", e);
        }
    }

    private final class Moved implements CoordinateSequenceFilter {
        private boolean lost;

        @Override
        public void filter(CoordinateSequence seq, int i) {
            Optional<double[]> place = conversion().fromCgcs2000(seq.getX(i), seq.getY(i));
            place.ifPresent(
                    p -> {
                        seq.setOrdinate(i, 0, p[0]);
                        seq.setOrdinate(i, 1, p[1]);
                    });
            lost = place.isEmpty();
        }

        @Override
        public boolean isDone() {
            return lost;
        }

        @Override
        public boolean isGeometryChanged() {
            return true;
        }
    }

    private static final class Swapped implements CoordinateSequenceFilter {
        @Override
        public void filter(CoordinateSequence seq, int i) {
            double x = seq.getX(i);
            seq.setOrdinate(i, 0, seq.getY(i));
            seq.setOrdinate(i, 1, x);
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public boolean isGeometryChanged() {
            return true;
        }
    }
}

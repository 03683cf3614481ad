package org.kanqian.gis.crs;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.GeographicCRS;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;

/**
 * What a file's coordinates are in, and the way from there to CGCS2000 longitude and latitude.
 *
 * <p>Accepted are the four names of {@link Datum}, {@code EPSG:4490} and {@code EPSG:4326}, the
 * CGCS2000 Gauss–Krüger zones {@code EPSG:4491}–{@code 4554}, UTM north {@code EPSG:32643}–{@code
 * 32653} and {@code EPSG:3857}. Coordinates are read east before north whatever the authority's
 * axis order, as GeoJSON and GeoPackage store them. Beijing 1954 and Xian 1980 are refused: without
 * local parameters they are wrong by tens of metres and nobody would notice.
 */
public final class SourceCrs {
    private static final Pattern EPSG =
            Pattern.compile("(?:EPSG:|urn:ogc:def:crs:EPSG:[0-9.]*:)(\\d{4,5})");
    private static final String ACCEPTED =
            "CGCS2000, WGS84, GCJ02, BD09, EPSG:4490, EPSG:4326, EPSG:4491–4554, EPSG:32643–32653,"
                    + " EPSG:3857";

    /** Degrees within which two definitions mean the same place: 1 mm. */
    private static final double SAME_PLACE = 1e-8;

    /** The projections asked for so far; there are fewer than eighty. */
    private static final Map<Integer, MathTransform> KNOWN = new ConcurrentHashMap<>();

    private final String name;
    private final Optional<Datum> datum;
    private final double errorMetres;
    private final @Nullable MathTransform toDegrees;

    private SourceCrs(
            String name,
            Optional<Datum> datum,
            double errorMetres,
            @Nullable MathTransform toDegrees) {
        this.name = name;
        this.datum = datum;
        this.errorMetres = errorMetres;
        this.toDegrees = toDegrees;
    }

    /** The system of a datum in degrees. */
    public static SourceCrs of(Datum datum) {
        return new SourceCrs(datum.name(), Optional.of(datum), datum.errorMetres(), null);
    }

    /**
     * The system {@code name} stands for. The first projected one costs a second or two: the EPSG
     * database is unpacked into the temporary directory and read.
     *
     * @throws UnknownCrsException if it is none of those above
     */
    public static SourceCrs named(String name) throws UnknownCrsException {
        for (Datum datum : Datum.values()) {
            if (datum.name().equals(name)) {
                return of(datum);
            }
        }
        if (name.equalsIgnoreCase("urn:ogc:def:crs:OGC:1.3:CRS84")
                || name.toUpperCase(Locale.ROOT).equals("OGC:CRS84")) {
            return of(Datum.WGS84);
        }
        Matcher m = EPSG.matcher(name);
        if (!m.matches()) {
            throw refused(name);
        }
        int code = Integer.parseInt(m.group(1));
        if (code == 4490) {
            return of(Datum.CGCS2000);
        }
        if (code == 4326) {
            return of(Datum.WGS84);
        }
        boolean cgcs = code >= 4491 && code <= 4554;
        boolean wgs = code == 3857 || (code >= 32643 && code <= 32653);
        if (!cgcs && !wgs) {
            throw refused(name);
        }
        double error = cgcs ? Datum.CGCS2000.errorMetres() : Datum.WGS84.errorMetres();
        return new SourceCrs("EPSG:" + code, Optional.empty(), error, projection(code));
    }

    private static UnknownCrsException refused(String name) {
        return new UnknownCrsException(
                "不支持的坐标系 " + name + "；可以是 " + ACCEPTED,
                "coordinate system " + name + " is not accepted; use one of " + ACCEPTED);
    }

    private static MathTransform projection(int code) {
        MathTransform known = KNOWN.get(code);
        return known != null ? known : KNOWN.computeIfAbsent(code, SourceCrs::decoded);
    }

    private static MathTransform decoded(int code) {
        try {
            CoordinateReferenceSystem from = CRS.decode("EPSG:" + code, true);
            CoordinateReferenceSystem to = CRS.decode("EPSG:4490", true);
            return CRS.findMathTransform(from, to, true);
        } catch (FactoryException e) {
            throw new IllegalStateException("EPSG database does not know " + code, e);
        }
    }

    /**
     * Whether a definition beside the data, such as the {@code .prj} of a shapefile, speaks of
     * another system: other places for the same numbers, or another ellipsoid. GCJ-02 and BD-09
     * have no definition; data in them must not carry one.
     *
     * @param wkt well-known text, as OGC or ESRI write it
     * @return what the definition calls itself if it contradicts this one, or if it cannot be read
     */
    public Optional<String> contradicts(String wkt) {
        CoordinateReferenceSystem stated;
        try {
            stated = CRS.parseWKT(wkt);
        } catch (FactoryException | RuntimeException e) {
            return Optional.of("（读不出 / unreadable）");
        }
        String called = stated.getName().getCode();
        MathTransform transform = toDegrees;
        if (transform == null) {
            boolean same =
                    stated instanceof GeographicCRS
                            && switch (datum.orElseThrow()) {
                                case CGCS2000 -> national(stated);
                                case WGS84 -> !national(stated) && called.matches(".*WGS.*84.*");
                                case GCJ02, BD09 -> false;
                            };
            return same ? Optional.empty() : Optional.of(called);
        }
        try {
            CoordinateReferenceSystem degrees = CRS.decode("EPSG:4490", true);
            double[] here = {109, 35};
            transform.inverse().transform(here, 0, here, 0, 1);
            double[] there = here.clone();
            transform.transform(here, 0, here, 0, 1);
            CRS.findMathTransform(stated, degrees, true).transform(there, 0, there, 0, 1);
            boolean apart = !(Math.hypot(here[0] - there[0], here[1] - there[1]) < SAME_PLACE);
            boolean national = errorMetres == Datum.CGCS2000.errorMetres();
            return apart || national != national(stated) ? Optional.of(called) : Optional.empty();
        } catch (FactoryException | TransformException | RuntimeException e) {
            return Optional.of(called);
        }
    }

    /**
     * Whether a definition is on the CGCS2000 ellipsoid: WGS 84 differs in the ninth digit of f.
     */
    private static boolean national(CoordinateReferenceSystem stated) {
        var ellipsoid = CRS.getEllipsoid(stated);
        return ellipsoid != null
                && ellipsoid.getSemiMajorAxis() == Ellipsoid.A
                && Math.abs(ellipsoid.getInverseFlattening() - 1 / Ellipsoid.F) < 1e-7;
    }

    /** The name under which it was asked for, in its short form. */
    public String name() {
        return name;
    }

    /** The datum, where coordinates are degrees; empty where they are metres. */
    public Optional<Datum> degrees() {
        return datum;
    }

    /** How far off, in metres, a place may be through the conversion alone. */
    public double errorMetres() {
        return errorMetres;
    }

    /**
     * The CGCS2000 degrees of one place.
     *
     * @return empty where the projection has no inverse, coordinates far outside its zone, and for
     *     GCJ-02 and BD-09 outside the box of China, where nobody has defined them
     */
    public Optional<LonLat> toCgcs2000(double x, double y) {
        MathTransform transform = toDegrees;
        if (transform == null) {
            Datum degrees = datum.orElseThrow();
            return degrees.offset() && !new LonLat(x, y).inChinaBox()
                    ? Optional.empty()
                    : Optional.of(degrees.toCgcs2000(x, y));
        }
        double[] place = {x, y};
        try {
            transform.transform(place, 0, place, 0, 1);
        } catch (TransformException | ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Double.isFinite(place[0]) && Double.isFinite(place[1])
                ? Optional.of(new LonLat(place[0], place[1]))
                : Optional.empty();
    }

    /**
     * The coordinates in this system of a CGCS2000 place, east or longitude first; undoes {@link
     * #toCgcs2000(double, double)}.
     *
     * @return empty where the projection does not reach
     */
    public Optional<double[]> fromCgcs2000(double lon, double lat) {
        MathTransform transform = toDegrees;
        if (transform == null) {
            LonLat place = datum.orElseThrow().fromCgcs2000(lon, lat);
            return Optional.of(new double[] {place.lon(), place.lat()});
        }
        double[] place = {lon, lat};
        try {
            transform.inverse().transform(place, 0, place, 0, 1);
        } catch (TransformException | ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Double.isFinite(place[0]) && Double.isFinite(place[1])
                ? Optional.of(place)
                : Optional.empty();
    }

    /**
     * A copy of {@code geometry} in CGCS2000 degrees; empty as {@link #toCgcs2000(double, double)}.
     */
    public Optional<Geometry> toCgcs2000(Geometry geometry) {
        Geometry copy = geometry.copy();
        Converter converter = new Converter();
        copy.apply(converter);
        return converter.failed ? Optional.empty() : Optional.of(copy);
    }

    private final class Converter implements CoordinateSequenceFilter {
        private boolean failed;

        @Override
        public void filter(CoordinateSequence seq, int i) {
            Optional<LonLat> place = toCgcs2000(seq.getX(i), seq.getY(i));
            if (place.isEmpty()) {
                failed = true;
                return;
            }
            seq.setOrdinate(i, 0, place.get().lon());
            seq.setOrdinate(i, 1, place.get().lat());
        }

        @Override
        public boolean isDone() {
            return failed;
        }

        @Override
        public boolean isGeometryChanged() {
            return true;
        }
    }
}

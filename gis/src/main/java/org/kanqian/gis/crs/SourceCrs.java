package org.kanqian.gis.crs;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
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
        try {
            CoordinateReferenceSystem from = CRS.decode("EPSG:" + code, true);
            CoordinateReferenceSystem to = CRS.decode("EPSG:4490", true);
            return CRS.findMathTransform(from, to, true);
        } catch (FactoryException e) {
            throw new IllegalStateException("EPSG database does not know " + code, e);
        }
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
     * @return empty where the projection has no inverse: coordinates far outside its zone
     */
    public Optional<LonLat> toCgcs2000(double x, double y) {
        MathTransform transform = toDegrees;
        if (transform == null) {
            return Optional.of(datum.orElseThrow().toCgcs2000(x, y));
        }
        double[] place = {x, y};
        try {
            transform.transform(place, 0, place, 0, 1);
        } catch (TransformException | ArithmeticException e) {
            return Optional.empty();
        }
        return Double.isFinite(place[0]) && Double.isFinite(place[1])
                ? Optional.of(new LonLat(place[0], place[1]))
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

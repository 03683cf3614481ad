package org.kanqian.gis.crs;

import org.geotools.api.parameter.ParameterValueGroup;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.MathTransformFactory;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.operation.DefaultMathTransformFactory;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Metres around one place: a transverse Mercator projection of the CGCS2000 ellipsoid whose central
 * meridian and origin are that place, scale 1, x east and y north.
 *
 * <p>A 3-degree Gauss–Krüger zone would not do: up to 1.5° off its meridian it lengthens a
 * kilometre by 0.2 m. Here the scale is 1 + (x/R)²/2 with x counted from the site, so a line that
 * starts there is too long by x³/6R² at most: 4 mm at 10 km, 4 m at 100 km, see {@link
 * #distortion}.
 */
public final class LocalFrame {
    /** How far from its centre a frame is used, metres. */
    public static final double REACH = 100_000;

    private static final double EARTH_RADIUS = 6_335_000;

    /**
     * The projection on the meridian 0 from the equator. Any other centre is a turn of the globe
     * and a shift to the north away from it, so one transform serves all sites; GeoTools would keep
     * each new one in a table shared by all threads.
     */
    private static final MathTransform TO_METRES = transverseMercator();

    private static final MathTransform TO_DEGREES = inverse();

    private final LonLat centre;
    private final double north;

    private LocalFrame(LonLat centre) {
        this.centre = centre;
        this.north = apply(TO_METRES, 0, centre.lat()).y;
    }

    private static MathTransform transverseMercator() {
        try {
            MathTransformFactory factory = new DefaultMathTransformFactory();
            ParameterValueGroup p = factory.getDefaultParameters("Transverse_Mercator");
            p.parameter("semi_major").setValue(Ellipsoid.A);
            p.parameter("semi_minor").setValue(Ellipsoid.B);
            p.parameter("central_meridian").setValue(0.0);
            p.parameter("latitude_of_origin").setValue(0.0);
            p.parameter("scale_factor").setValue(1.0);
            return factory.createParameterizedTransform(p);
        } catch (FactoryException e) {
            throw new IllegalStateException("transverse Mercator is missing", e);
        }
    }

    private static MathTransform inverse() {
        try {
            return TO_METRES.inverse();
        } catch (TransformException e) {
            throw new IllegalStateException("transverse Mercator has no inverse", e);
        }
    }

    /**
     * A frame centred on a CGCS2000 place.
     *
     * @throws IllegalArgumentException within 4 degrees of a pole or the antimeridian, where a box
     *     of degrees is no neighbourhood
     */
    public static LocalFrame at(LonLat centre) {
        if (!(Math.abs(centre.lat()) <= 86 && Math.abs(centre.lon()) <= 176)) {
            throw new IllegalArgumentException("no local frame at " + centre);
        }
        return new LocalFrame(centre);
    }

    /** The place all of it is centred on. */
    public LonLat centre() {
        return centre;
    }

    /**
     * By how much a straight line may be too long that ends at most {@code metres} from the centre.
     */
    public static double distortion(double metres) {
        double ratio = metres / EARTH_RADIUS;
        return metres * ratio * ratio / 2;
    }

    /** A box of degrees that holds every place at most {@code metres} from {@code around}. */
    public Envelope degreesWithin(Envelope around, double metres) {
        double highest =
                Math.min(
                        86,
                        Math.max(Math.abs(around.getMinY()), Math.abs(around.getMaxY()))
                                + metres / 110_000);
        Envelope box = new Envelope(around);
        box.expandBy(
                metres / Ellipsoid.metresPerDegreeEast(highest) * 1.001, metres / 110_500 * 1.001);
        return box;
    }

    /** A CGCS2000 place in metres of this frame. */
    public Coordinate toMetres(double lon, double lat) {
        Coordinate c = apply(TO_METRES, lon - centre.lon(), lat);
        c.y -= north;
        return c;
    }

    /** A place of this frame in CGCS2000 degrees. */
    public LonLat toDegrees(Coordinate metres) {
        Coordinate c = apply(TO_DEGREES, metres.x, metres.y + north);
        return new LonLat(c.x + centre.lon(), c.y);
    }

    /**
     * A copy of a CGCS2000 geometry in metres of this frame. Corners are projected, sides stay
     * straight; a side drawn straight in degrees bulges from that by s²·tan φ/8R, 4 mm for 500 m at
     * 40° N.
     */
    public Geometry toMetres(Geometry degrees) {
        Geometry copy = degrees.copy();
        copy.apply(
                new CoordinateSequenceFilter() {
                    @Override
                    public void filter(CoordinateSequence seq, int i) {
                        Coordinate c = toMetres(seq.getX(i), seq.getY(i));
                        seq.setOrdinate(i, 0, c.x);
                        seq.setOrdinate(i, 1, c.y);
                    }

                    @Override
                    public boolean isDone() {
                        return false;
                    }

                    @Override
                    public boolean isGeometryChanged() {
                        return true;
                    }
                });
        return copy;
    }

    private static Coordinate apply(MathTransform transform, double x, double y) {
        double[] place = {x, y};
        try {
            transform.transform(place, 0, place, 0, 1);
        } catch (TransformException e) {
            throw new IllegalArgumentException("outside the frame: " + x + ", " + y, e);
        }
        return new Coordinate(place[0], place[1]);
    }
}

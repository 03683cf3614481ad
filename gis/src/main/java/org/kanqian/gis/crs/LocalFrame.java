package org.kanqian.gis.crs;

import org.geotools.api.parameter.ParameterValueGroup;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.operation.DefaultMathTransformFactory;
import org.kanqian.rules.fact.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;

/**
 * A plane in metres around one place: the transverse Mercator projection of the CGCS2000 ellipsoid
 * centred there, x east, y north. Within 5 km of the centre a length in the plane differs from the
 * geodesic by less than 2 mm, at 50 km by less than 0.004 %. Not safe to share between threads.
 */
public final class LocalFrame {
    /** CGCS2000's ellipsoid, GB 22021-2008. */
    private static final double SEMI_MAJOR = 6378137.0;

    private static final double SEMI_MINOR = SEMI_MAJOR * (1 - 1 / 298.257222101);
    private static final DefaultMathTransformFactory TRANSFORMS = new DefaultMathTransformFactory();

    private final MathTransform forward;
    private final MathTransform inverse;

    private LocalFrame(MathTransform forward, MathTransform inverse) {
        this.forward = forward;
        this.inverse = inverse;
    }

    /** The frame centred on a place given in CGCS2000 degrees. */
    public static LocalFrame centredOn(Position place) {
        try {
            ParameterValueGroup p = TRANSFORMS.getDefaultParameters("Transverse_Mercator");
            p.parameter("semi_major").setValue(SEMI_MAJOR);
            p.parameter("semi_minor").setValue(SEMI_MINOR);
            p.parameter("central_meridian").setValue(place.x());
            p.parameter("latitude_of_origin").setValue(place.y());
            p.parameter("scale_factor").setValue(1.0);
            MathTransform forward = TRANSFORMS.createParameterizedTransform(p);
            return new LocalFrame(forward, forward.inverse());
        } catch (FactoryException | TransformException e) {
            throw new IllegalStateException("no transverse Mercator at " + place, e);
        }
    }

    /** A copy of {@code geometry}, given in CGCS2000 degrees, in metres. */
    public Geometry project(Geometry geometry) {
        return transformed(geometry, forward);
    }

    /** A place given in CGCS2000 degrees, in metres. */
    public Coordinate project(Position place) {
        return transform(forward, place.x(), place.y());
    }

    /** A place given in metres, in CGCS2000 degrees. */
    public Position unproject(Coordinate metres) {
        Coordinate degrees = transform(inverse, metres.x, metres.y);
        return new Position(degrees.x, degrees.y);
    }

    private static Coordinate transform(MathTransform transform, double x, double y) {
        double[] point = {x, y};
        try {
            transform.transform(point, 0, point, 0, 1);
        } catch (TransformException e) {
            throw new IllegalStateException("cannot project " + x + ", " + y, e);
        }
        return new Coordinate(point[0], point[1]);
    }

    private static Geometry transformed(Geometry geometry, MathTransform transform) {
        Geometry copy = geometry.copy();
        copy.apply(
                new CoordinateSequenceFilter() {
                    @Override
                    public void filter(CoordinateSequence sequence, int i) {
                        Coordinate c = transform(transform, sequence.getX(i), sequence.getY(i));
                        sequence.setOrdinate(i, 0, c.x);
                        sequence.setOrdinate(i, 1, c.y);
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
        copy.geometryChanged();
        return copy;
    }
}

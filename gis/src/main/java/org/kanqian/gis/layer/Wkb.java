package org.kanqian.gis.layer;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/** Reads the geometries of tables. */
final class Wkb {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private static final int POINT = 1;
    private static final int POLYGON = 3;
    private static final int COLLECTION = 7;
    private static final int HAS_Z = 0x80000000;
    private static final int HAS_M = 0x40000000;
    private static final int HAS_SRID = 0x20000000;

    private Wkb() {}

    /** The geometry in these bytes of well-known binary. */
    static Geometry read(byte[] bytes) throws GeometryFault {
        if (nested(bytes)) {
            throw new GeometryFault(
                    "不接受几何集合；请拆成单独的要素",
                    "a collection of geometries is not accepted; split it into features");
        }
        try {
            Geometry geometry = new WKBReader(FACTORY).read(bytes);
            return geometry;
        } catch (ParseException | IllegalArgumentException e) {
            throw new GeometryFault("几何读不出：" + e.getMessage(), "unreadable: " + e.getMessage());
        }
    }

    /**
     * Whether anything but plain parts lies within: the reader follows collections in collections,
     * nine bytes each, until the stack ends. Bytes that end too soon are the reader's to refuse.
     */
    private static boolean nested(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int type = header(in);
            if (type <= POLYGON || type > COLLECTION) {
                return false;
            }
            if (type == COLLECTION) {
                return true;
            }
            long parts = in.getInt() & 0xFFFFFFFFL;
            for (long i = 0; i < parts; i++) {
                int at = in.position();
                int part = header(in);
                if (part > POLYGON) {
                    return true;
                }
                int ordinates = ordinates(bytes, at);
                skip(in, part, ordinates);
            }
            return false;
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static int rawType(ByteBuffer in) {
        in.order(in.get() == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return in.getInt();
    }

    /** The type of the geometry that begins here; behind it, the buffer stands at its content. */
    private static int header(ByteBuffer in) {
        int raw = rawType(in);
        if ((raw & HAS_SRID) != 0) {
            in.getInt();
        }
        return (raw & 0xFFFF) % 1000;
    }

    private static int ordinates(byte[] bytes, int at) {
        int raw = rawType(ByteBuffer.wrap(bytes).position(at));
        int iso = (raw & 0xFFFF) / 1000;
        boolean z = (raw & HAS_Z) != 0 || iso == 1 || iso == 3;
        boolean m = (raw & HAS_M) != 0 || iso == 2 || iso == 3;
        return 2 + (z ? 1 : 0) + (m ? 1 : 0);
    }

    private static void skip(ByteBuffer in, int type, int ordinates) {
        if (type == POINT) {
            skipPoints(in, 1, ordinates);
        } else if (type == POLYGON) {
            long rings = in.getInt() & 0xFFFFFFFFL;
            for (long r = 0; r < rings; r++) {
                skipPoints(in, in.getInt() & 0xFFFFFFFFL, ordinates);
            }
        } else {
            skipPoints(in, in.getInt() & 0xFFFFFFFFL, ordinates);
        }
    }

    private static void skipPoints(ByteBuffer in, long points, int ordinates) {
        in.position(Math.toIntExact(in.position() + points * ordinates * Double.BYTES));
    }
}

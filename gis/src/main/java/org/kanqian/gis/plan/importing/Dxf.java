package org.kanqian.gis.plan.importing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was read of a DXF file, in drawing units: the entities of model space, and the blocks they
 * insert.
 *
 * @param insunits {@code $INSUNITS}; empty where the file has none
 * @param metric {@code $MEASUREMENT} is 1; empty where the file has none
 * @param hidden names of layers that are switched off or frozen
 */
record Dxf(
        Optional<Integer> insunits,
        Optional<Boolean> metric,
        Set<String> hidden,
        Map<String, Block> blocks,
        List<Entity> entities) {

    /** A block definition. */
    record Block(String name, double x, double y, List<Entity> entities) {}

    /** One entity with the layer it lies on. */
    sealed interface Entity {
        String layer();
    }

    /**
     * LINE, LWPOLYLINE or POLYLINE.
     *
     * @param vertices x, y and bulge (tangent of a quarter of the arc's angle) of each vertex
     */
    record Path(String layer, double[] vertices, boolean closed) implements Entity {}

    /** ARC or CIRCLE; angles in degrees, counter-clockwise from start to end. */
    record Arc(String layer, double x, double y, double radius, double start, double end)
            implements Entity {}

    /**
     * TEXT, MTEXT or ATTRIB.
     *
     * @param x middle of the text as nearly as it can be told without its font
     */
    record Label(String layer, double x, double y, double height, String text) implements Entity {}

    /** INSERT. Angles in degrees. */
    record Insert(
            String layer,
            String block,
            double x,
            double y,
            double scaleX,
            double scaleY,
            double rotation,
            boolean mirrored,
            int columns,
            int rows,
            double columnSpacing,
            double rowSpacing)
            implements Entity {}

    /** An entity of a kind that is not read. */
    record Unread(String layer, String kind) implements Entity {}
}

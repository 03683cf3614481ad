package org.kanqian.gis.plan.drawing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.kanqian.gis.plan.FloorPlan;

/**
 * Draws floor plans to scale, with what is to be said of them.
 *
 * <p>All storeys stand on one sheet, each under its title and scale. Rooms are tinted by use and
 * carry name, type and net area; what lies between them is drawn as wall. Text never covers text:
 * what finds no room in the plan is listed below it under a number or letter. At most 200 marks are
 * drawn. The same input gives the same bytes.
 */
public final class PlanDrawing {
    private PlanDrawing() {}

    /**
     * The plan as a standalone SVG 1.1 document, sized in millimetres.
     *
     * <p>Parts carry ids: {@code kq-room-…}, {@code kq-opening-…}, {@code kq-fixture-…}, {@code
     * kq-badge-<number>-…}, each followed by the element's id, in which all but ASCII letters,
     * digits and hyphens stands as hexadecimal code points between underscores.
     *
     * @param marks in the order of their legend
     * @param style empty for {@link DrawingStyle#FULL}
     */
    public static String svg(FloorPlan plan, List<Mark> marks, Optional<DrawingStyle> style) {
        return SvgWriter.write(picture(plan, marks, style.orElse(DrawingStyle.FULL)));
    }

    /**
     * The same picture as a PDF of one page, true to scale; its text can be searched.
     *
     * @param font that text is set in; characters it lacks appear as boxes
     */
    public static byte[] pdf(
            FloorPlan plan, List<Mark> marks, Optional<DrawingStyle> style, CjkFont font) {
        Picture picture = picture(plan, marks, style.orElse(DrawingStyle.FULL));
        try {
            synchronized (font) { // The readers of font files share one place in the file.
                return PdfWriter.write(picture, font);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Picture picture(FloorPlan plan, List<Mark> marks, DrawingStyle style) {
        return Sheet.lay(plan, marks, style);
    }
}

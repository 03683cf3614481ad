package org.kanqian.gis.plan.drawing;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.kanqian.gis.plan.drawing.Picture.Group;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;
import org.kanqian.gis.plan.drawing.Picture.Words;

/**
 * Writes a picture as a PDF of one page, true to scale.
 *
 * <p>The glyphs used go into the file as Type 3 fonts (ISO 32000-1, 9.6.5): PDFBox cannot embed the
 * CFF outlines that Chinese fonts mostly have, and so the text is drawn the same everywhere and can
 * still be searched and copied.
 */
final class PdfWriter {
    private static final double POINTS_PER_MM = 72 / 25.4;
    private static final int CODES = 255;
    private static final double EM = 1000;

    private final CjkFont font;
    private final Map<Integer, Integer> numbers = new LinkedHashMap<>();
    private final StringBuilder page = new StringBuilder();

    private PdfWriter(CjkFont font) {
        this.font = font;
    }

    static byte[] write(Picture picture, CjkFont font) throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.setDocumentId(1L);
            new PdfWriter(font).into(document, picture);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private void into(PDDocument document, Picture picture) throws IOException {
        PDDocumentInformation about = new PDDocumentInformation();
        about.setTitle(picture.zh() + " / " + picture.en());
        document.setDocumentInformation(about);
        document.getDocumentCatalog().setLanguage("zh-CN");
        PDPage sheet =
                new PDPage(
                        new PDRectangle(
                                (float) (picture.width() * POINTS_PER_MM),
                                (float) (picture.height() * POINTS_PER_MM)));
        document.addPage(sheet);
        put(POINTS_PER_MM, 0, 0, -POINTS_PER_MM, 0, picture.height() * POINTS_PER_MM).op("cm");
        parts(picture.parts());
        PDStream content = new PDStream(document);
        fill(content.getCOSObject(), page.toString());
        sheet.setContents(content);
        PDResources resources = new PDResources();
        COSDictionary fonts = new COSDictionary();
        List<Integer> characters = new ArrayList<>(numbers.keySet());
        for (int first = 0; first < characters.size(); first += CODES) {
            List<Integer> some =
                    characters.subList(first, Math.min(first + CODES, characters.size()));
            fonts.setItem(COSName.getPDFName("F" + first / CODES), type3(document, some));
        }
        resources.getCOSObject().setItem(COSName.FONT, fonts);
        sheet.setResources(resources);
    }

    private void parts(List<Part> parts) {
        for (Part part : parts) {
            if (part instanceof Group g) {
                parts(g.parts());
            } else if (part instanceof Stroke s) {
                stroke(s);
            } else if (part instanceof Words w) {
                words(w);
            }
        }
    }

    private void stroke(Stroke s) {
        Ink ink = s.ink();
        boolean fills = !ink.fill().isEmpty();
        boolean lines = !ink.line().isEmpty();
        if (fills) {
            colour(ink.fill(), "rg");
        }
        if (lines) {
            colour(ink.line(), "RG");
            put(ink.width()).op("w");
            page.append(ink.dash() > 0 ? "[" + number(ink.dash()) + "] 0 d\n" : "[] 0 d\n");
        }
        path(s.path(), page);
        page.append(fills ? (lines ? "B*\n" : "f*\n") : lines ? "S\n" : "n\n");
    }

    private void words(Words w) {
        colour(w.ink(), "rg");
        double[] advances = new double[1];
        w.text().codePoints().forEach(c -> advances[0] += advance(c));
        double wide = advances[0] / EM * w.size();
        double back =
                switch (w.align()) {
                    case START -> 0;
                    case MIDDLE -> wide / 2;
                    case END -> wide;
                };
        page.append("BT\n");
        if (w.upright()) {
            put(0, -1, -1, 0, w.x(), w.y() + back).op("Tm");
        } else {
            put(1, 0, 0, -1, w.x() - back, w.y()).op("Tm");
        }
        int current = -1;
        StringBuilder run = new StringBuilder();
        for (int c : w.text().codePoints().toArray()) {
            int number = numbers.computeIfAbsent(c, n -> numbers.size());
            if (number / CODES != current) {
                show(run);
                current = number / CODES;
                page.append("/F").append(current).append(' ').append(number(w.size()));
                page.append(" Tf\n");
            }
            run.append(String.format(Locale.ROOT, "%02X", number % CODES + 1));
        }
        show(run);
        page.append("ET\n");
    }

    private void show(StringBuilder run) {
        if (run.length() > 0) {
            page.append('<').append(run).append("> Tj\n");
            run.setLength(0);
        }
    }

    private double advance(int character) {
        try {
            return font.advance(font.glyph(character));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private COSDictionary type3(PDDocument document, List<Integer> characters) throws IOException {
        COSDictionary procedures = new COSDictionary();
        COSArray differences = new COSArray();
        COSArray widths = new COSArray();
        differences.add(COSInteger.ONE);
        StringBuilder unicode = new StringBuilder();
        for (int i = 0; i < characters.size(); i++) {
            int character = characters.get(i);
            COSName name = COSName.getPDFName("u" + Integer.toHexString(character));
            double advance = advance(character);
            procedures.setItem(name, procedure(document, character, advance));
            differences.add(name);
            widths.add(new COSFloat((float) advance));
            unicode.append(String.format(Locale.ROOT, "<%02X> <", i + 1));
            for (char half : Character.toChars(character)) {
                unicode.append(String.format(Locale.ROOT, "%04X", (int) half));
            }
            unicode.append(">\n");
        }
        COSDictionary encoding = new COSDictionary();
        encoding.setItem(COSName.TYPE, COSName.ENCODING);
        encoding.setItem(COSName.DIFFERENCES, differences);
        COSDictionary dictionary = new COSDictionary();
        dictionary.setItem(COSName.TYPE, COSName.FONT);
        dictionary.setItem(COSName.SUBTYPE, COSName.TYPE3);
        dictionary.setItem(COSName.FONT_BBOX, array(0, -200, EM, 900));
        dictionary.setItem(COSName.FONT_MATRIX, array(1 / EM, 0, 0, 1 / EM, 0, 0));
        dictionary.setItem(COSName.CHAR_PROCS, procedures);
        dictionary.setItem(COSName.ENCODING, encoding);
        dictionary.setItem(COSName.RESOURCES, new COSDictionary());
        dictionary.setInt(COSName.FIRST_CHAR, 1);
        dictionary.setInt(COSName.LAST_CHAR, characters.size());
        dictionary.setItem(COSName.WIDTHS, widths);
        dictionary.setItem(COSName.TO_UNICODE, map(document, unicode, characters.size()));
        return dictionary;
    }

    private COSStream procedure(PDDocument document, int character, double advance)
            throws IOException {
        int glyph = font.glyph(character);
        double scale = EM / font.unitsPerEm();
        Path2D outline =
                new Path2D.Double(
                        font.outline(glyph), AffineTransform.getScaleInstance(scale, scale));
        Rectangle2D box = outline.getBounds2D();
        StringBuilder code = new StringBuilder();
        code.append(number(advance)).append(" 0 ");
        code.append(number(box.getMinX())).append(' ').append(number(box.getMinY())).append(' ');
        code.append(number(box.getMaxX())).append(' ').append(number(box.getMaxY()));
        code.append(" d1\n");
        path(outline, code);
        code.append("f\n");
        COSStream stream = document.getDocument().createCOSStream();
        fill(stream, code.toString());
        return stream;
    }

    private static COSStream map(PDDocument document, StringBuilder pairs, int count)
            throws IOException {
        List<String> lines = pairs.toString().lines().toList();
        StringBuilder map = new StringBuilder();
        map.append("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n");
        map.append("/CMapName /Kanqian def\n/CMapType 2 def\n");
        map.append("1 begincodespacerange\n<00> <FF>\nendcodespacerange\n");
        for (int first = 0; first < count; first += 100) {
            List<String> some = lines.subList(first, Math.min(first + 100, count));
            map.append(some.size()).append(" beginbfchar\n");
            some.forEach(l -> map.append(l).append('\n'));
            map.append("endbfchar\n");
        }
        map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        COSStream stream = document.getDocument().createCOSStream();
        fill(stream, map.toString());
        return stream;
    }

    private static void fill(COSStream stream, String text) throws IOException {
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static COSArray array(double... numbers) {
        COSArray array = new COSArray();
        for (double n : numbers) {
            array.add(new COSFloat((float) n));
        }
        return array;
    }

    private void colour(String hex, String operator) {
        int rgb = Integer.parseInt(hex.substring(1), 16);
        put((rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0).op(operator);
    }

    private PdfWriter put(double... operands) {
        for (double o : operands) {
            page.append(number(o)).append(' ');
        }
        return this;
    }

    private void op(String operator) {
        page.append(operator).append('\n');
    }

    private static void path(Path2D path, StringBuilder to) {
        double[] c = new double[6];
        double x = 0;
        double y = 0;
        for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
            switch (i.currentSegment(c)) {
                case PathIterator.SEG_MOVETO -> operands(to, c, 2).append("m\n");
                case PathIterator.SEG_LINETO -> operands(to, c, 2).append("l\n");
                case PathIterator.SEG_CUBICTO -> operands(to, c, 6).append("c\n");
                case PathIterator.SEG_QUADTO -> {
                    double[] cubic = {
                        x + 2 * (c[0] - x) / 3,
                        y + 2 * (c[1] - y) / 3,
                        c[2] + 2 * (c[0] - c[2]) / 3,
                        c[3] + 2 * (c[1] - c[3]) / 3,
                        c[2],
                        c[3]
                    };
                    System.arraycopy(cubic, 0, c, 0, 6);
                    operands(to, c, 6).append("c\n");
                }
                default -> to.append("h\n");
            }
            int kind = i.currentSegment(new double[6]);
            if (kind == PathIterator.SEG_CUBICTO || kind == PathIterator.SEG_QUADTO) {
                x = c[4];
                y = c[5];
            } else if (kind != PathIterator.SEG_CLOSE) {
                x = c[0];
                y = c[1];
            }
        }
    }

    private static StringBuilder operands(StringBuilder to, double[] c, int count) {
        for (int n = 0; n < count; n++) {
            to.append(number(c[n])).append(' ');
        }
        return to;
    }

    private static String number(double n) {
        return SvgWriter.number(n);
    }
}

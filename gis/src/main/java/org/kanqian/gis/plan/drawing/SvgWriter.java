package org.kanqian.gis.plan.drawing;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.kanqian.gis.plan.drawing.Picture.Group;
import org.kanqian.gis.plan.drawing.Picture.Part;
import org.kanqian.gis.plan.drawing.Picture.Stroke;
import org.kanqian.gis.plan.drawing.Picture.Words;

/** Writes a picture as SVG 1.1: no scripts, no styles, nothing from elsewhere. */
final class SvgWriter {
    private static final String FONTS =
            "'Noto Sans CJK SC','Source Han Sans SC','Noto Sans SC','PingFang SC','Microsoft YaHei',"
                    + "'WenQuanYi Micro Hei',sans-serif";

    private final XMLStreamWriter xml;

    private SvgWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String write(Picture picture) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new SvgWriter(xml).picture(picture);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private void picture(Picture p) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        xml.writeAttribute("version", "1.1");
        xml.writeAttribute("width", number(p.width()) + "mm");
        xml.writeAttribute("height", number(p.height()) + "mm");
        xml.writeAttribute("viewBox", "0 0 " + number(p.width()) + " " + number(p.height()));
        xml.writeAttribute("role", "img");
        xml.writeAttribute("aria-labelledby", "kq-title kq-desc");
        xml.writeAttribute("xml:lang", "zh");
        xml.writeAttribute("font-family", FONTS);
        told("title", p.zh() + " / " + p.en());
        told("desc", p.aboutZh() + "\n" + p.aboutEn());
        parts(p.parts());
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void told(String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("id", "kq-" + element);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void parts(List<Part> parts) throws XMLStreamException {
        for (Part part : parts) {
            xml.writeCharacters("\n");
            if (part instanceof Group g) {
                xml.writeStartElement("g");
                xml.writeAttribute("id", g.id());
                parts(g.parts());
                xml.writeEndElement();
            } else if (part instanceof Stroke s) {
                stroke(s);
            } else if (part instanceof Words w) {
                words(w);
            }
        }
    }

    private void stroke(Stroke s) throws XMLStreamException {
        Ink ink = s.ink();
        xml.writeEmptyElement("path");
        xml.writeAttribute("d", data(s.path()));
        xml.writeAttribute("fill", ink.fill().isEmpty() ? "none" : ink.fill());
        if (!ink.fill().isEmpty()) {
            xml.writeAttribute("fill-rule", "evenodd");
        }
        if (!ink.line().isEmpty()) {
            xml.writeAttribute("stroke", ink.line());
            xml.writeAttribute("stroke-width", number(ink.width()));
            if (ink.dash() > 0) {
                xml.writeAttribute("stroke-dasharray", number(ink.dash()));
            }
        }
    }

    private void words(Words w) throws XMLStreamException {
        xml.writeStartElement("text");
        xml.writeAttribute("x", number(w.x()));
        xml.writeAttribute("y", number(w.y()));
        xml.writeAttribute("font-size", number(w.size()));
        xml.writeAttribute("fill", w.ink());
        switch (w.align()) {
            case START -> {}
            case MIDDLE -> xml.writeAttribute("text-anchor", "middle");
            case END -> xml.writeAttribute("text-anchor", "end");
        }
        if (w.upright()) {
            xml.writeAttribute(
                    "transform", "rotate(-90 " + number(w.x()) + " " + number(w.y()) + ")");
        }
        xml.writeCharacters(w.text());
        xml.writeEndElement();
    }

    private static String data(Path2D path) {
        StringBuilder d = new StringBuilder();
        double[] c = new double[6];
        for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
            int kind = i.currentSegment(c);
            d.append("MLQCZ".charAt(kind));
            int numbers =
                    switch (kind) {
                        case PathIterator.SEG_CLOSE -> 0;
                        case PathIterator.SEG_QUADTO -> 4;
                        case PathIterator.SEG_CUBICTO -> 6;
                        default -> 2;
                    };
            for (int n = 0; n < numbers; n++) {
                d.append(n == 0 ? "" : " ").append(number(c[n]));
            }
        }
        return d.toString();
    }

    /** Millimetres to the micrometre, as short as they can be written. */
    static String number(double mm) {
        long micro = Math.round(mm * 1000);
        if (micro % 1000 == 0) {
            return Long.toString(micro / 1000);
        }
        String digits = Long.toString(Math.abs(micro) % 1000 + 1000).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return (micro < 0 ? "-" : "") + Math.abs(micro) / 1000 + "." + digits.substring(0, end);
    }
}

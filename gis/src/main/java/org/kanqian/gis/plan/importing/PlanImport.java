package org.kanqian.gis.plan.importing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a plan of a file in another format, chosen by what the file holds: ASCII DXF, GeoJSON, IMDF
 * features, or {@code kanqian-plan/1}, which passes through. IFC and DWG are refused with advice.
 */
public final class PlanImport {
    private static final int HEAD = 4_096;

    private PlanImport() {}

    /**
     * @throws ImportException if no plan can be made of it
     */
    public static ImportedPlan read(Path file, ImportSettings settings)
            throws IOException, ImportException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, settings);
        }
    }

    /**
     * Does not close the stream. Reads at most 64 MB of DXF or 8 MB of JSON.
     *
     * @throws ImportException if no plan can be made of it
     */
    public static ImportedPlan read(InputStream file, ImportSettings settings)
            throws IOException, ImportException {
        InputStream in = new BufferedInputStream(file, 1 << 16);
        in.mark(HEAD);
        String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        in.reset();
        Notes notes = new Notes();
        ObjectNode plan;
        String start = head.replace("\u00ef\u00bb\u00bf", "").stripLeading();
        if (start.startsWith("{")) {
            plan = JsonPlan.read(in, settings, notes);
        } else if (start.startsWith("ISO-10303-21")) {
            throw new ImportException(
                    "这是 IFC（STEP）文件，勘前不读。请在建模软件里导出平面的 DXF，或者把空间（IfcSpace）导出为 GeoJSON。",
                    "This is an IFC (STEP) file, which is not read. Export the plan view as DXF, or"
                            + " the spaces (IfcSpace) as GeoJSON, from the modelling software.");
        } else if (head.startsWith("AC10")) {
            throw new ImportException(
                    "这是 DWG 文件。请在 CAD 里另存为 ASCII DXF（2007 或更新版本）。",
                    "This is a DWG file; save it as ASCII DXF, 2007 or later.");
        } else if (head.startsWith("PK")) {
            throw new ImportException(
                    "这是压缩包。请解压后导入其中的文件；IMDF 请把各 .geojson 的要素合为一个 FeatureCollection。",
                    "This is a ZIP archive. Unpack it; put the features of an IMDF archive into one"
                            + " FeatureCollection.");
        } else if (start.startsWith("AutoCAD Binary DXF") || groupCode(start)) {
            plan = DxfPlan.of(DxfReader.read(in, notes), settings, notes);
        } else {
            throw new ImportException(
                    "认不出文件格式。可以导入 ASCII DXF、GeoJSON、IMDF 和 kanqian-plan/1。",
                    "Unknown file format. ASCII DXF, GeoJSON, IMDF and kanqian-plan/1 can be read.");
        }
        return new ImportedPlan(plan, notes.list());
    }

    private static boolean groupCode(String start) {
        String first = start.lines().findFirst().orElse("").strip().toUpperCase(Locale.ROOT);
        return first.matches("-?\\d{1,4}");
    }
}

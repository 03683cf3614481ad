package org.kanqian.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.FloorPlan;
import org.kanqian.gis.plan.PlanException;
import org.kanqian.gis.plan.PlanFault;
import org.kanqian.gis.plan.importing.ImportException;
import org.kanqian.gis.plan.importing.ImportNote;
import org.kanqian.gis.plan.importing.ImportSettings;
import org.kanqian.gis.plan.importing.ImportedPlan;
import org.kanqian.gis.plan.importing.PlanImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the plan to standard output or a file, what to know about it to standard error. */
@Command(
        name = "import",
        description = {
            "把 DXF、GeoJSON、IMDF 转成 kanqian-plan/1 / Makes a plan of DXF, GeoJSON or IMDF",
            "退出码 / exit status: 0 成功 done, 1 平面图要先改 plan has faults, 64+ 输入有误 bad input"
        },
        mixinStandardHelpOptions = true)
final class PlanImportCommand implements Callable<Integer> {
    private static final int FAULTS = 1;
    private static final int BAD_INPUT = 65;
    private static final int NO_INPUT = 66;
    private static final Map<ImportNote.Kind, String> KINDS =
            Map.of(
                    ImportNote.Kind.LEFT_OUT, "未导入",
                    ImportNote.Kind.GUESSED, "推测",
                    ImportNote.Kind.TOLD, "说明");

    @Parameters(paramLabel = "FILE", description = "图纸 / the drawing")
    Path file = Path.of("");

    @Option(
            names = "--settings",
            paramLabel = "FILE.yaml",
            description = "导入设置，见 samples/plans/import-settings.yaml / import settings")
    @Nullable Path settings;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT.json",
            description = "写到文件，默认标准输出 / where to, default standard output")
    @Nullable Path output;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

    @Override
    public Integer call() {
        CheckCommand.logToStderr();
        try {
            ImportedPlan plan = PlanImport.read(file, given());
            String json = plan.plan().toPrettyString();
            if (output == null) {
                out.println(json);
            } else {
                Files.writeString(output, json + "\n");
            }
            tell(plan.notes());
            return faults(FloorPlan.read(plan.plan()).faults());
        } catch (IOException e) {
            err.println("读写文件出错：" + e.getMessage() + " / cannot read or write");
            return NO_INPUT;
        } catch (ImportException e) {
            err.println(e.zh());
            err.println(e.en());
            return BAD_INPUT;
        } catch (PlanException e) {
            return faults(e.faults());
        }
    }

    private int faults(List<PlanFault> faults) {
        if (faults.isEmpty()) {
            return 0;
        }
        err.println("转成的平面图还有问题，用之前要改：/ The plan has faults to mend before use:");
        for (PlanFault fault : faults) {
            err.println("  " + fault.pointer() + "  " + fault.zh());
            err.println("    " + fault.en());
        }
        return FAULTS;
    }

    private ImportSettings given() throws IOException, ImportException {
        if (settings == null) {
            return ImportSettings.DEFAULT;
        }
        try (InputStream in = Files.newInputStream(settings)) {
            return ImportSettings.read(in);
        }
    }

    private void tell(List<ImportNote> notes) {
        for (ImportNote note : notes) {
            err.println(KINDS.getOrDefault(note.kind(), "") + "：" + note.zh());
        }
        err.println();
        for (ImportNote note : notes) {
            err.println(note.kind() + ": " + note.en());
        }
    }
}

package org.kanqian.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.drawing.DrawnPlan;
import org.kanqian.api.drawing.FindingMarks;
import org.kanqian.api.precheck.Body;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.plan.drawing.CjkFont;
import org.kanqian.rules.pack.PackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is done with floor plans. */
@Command(
        name = "plan",
        description = "平面图 / Floor plans",
        mixinStandardHelpOptions = true,
        subcommands = {PlanImportCommand.class, PlanCommand.Draw.class})
final class PlanCommand implements Runnable {
    private static final int BAD_INPUT = 65;
    private static final int NO_INPUT = 66;
    private static final int CANNOT_CREATE = 73;
    private static final int BAD_SETTING = 78;

    @Override
    public void run() {
        picocli.CommandLine.usage(this, System.out);
    }

    /** Draws a plan, with what a pre-check finds of it. */
    @Command(
            name = "draw",
            description = {
                "画平面图，标出勘前意见 / Draws a plan with the findings on it",
                "退出码 / exit status: 0 画好了 drawn, 64+ 输入有误 bad input"
            },
            mixinStandardHelpOptions = true)
    static final class Draw implements Callable<Integer> {
        @Parameters(
                paramLabel = "FILE.json",
                description = "平面图，或带平面图的请求 / a plan, or a request with one")
        Path file = Path.of("-");

        @Option(
                names = {"-o", "--output"},
                paramLabel = "OUT",
                description = "写到 .svg 或 .pdf 文件，默认输出 SVG / an .svg or .pdf file; else SVG")
        @Nullable Path output;

        @Option(names = "--item", description = "按哪些事项检查 / items to check it for")
        List<String> items = List.of();

        @Option(names = "--model", description = "把已符合的要点也标出来 / call out what is met as well")
        boolean model;

        @Option(names = "--lang", description = "zh 或 en / zh or en")
        String language = "zh";

        @Option(names = "--standards", description = "标准包文件夹 / folder of a standards pack")
        @Nullable Path standards;

        @Option(names = "--layers", description = "图层文件夹 / folder of layers")
        @Nullable Path layers;

        private final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

        @Override
        public Integer call() {
            CheckCommand.logToStderr();
            Locale locale = language.equals("en") ? Locale.ENGLISH : Locale.CHINESE;
            byte[] bytes;
            try {
                DrawnPlan drawn =
                        DrawnPlan.of(
                                request(),
                                service(),
                                model ? FindingMarks.Mode.MODEL : FindingMarks.Mode.FINDINGS,
                                locale);
                bytes =
                        output != null
                                        && output.toString()
                                                .toLowerCase(Locale.ROOT)
                                                .endsWith(".pdf")
                                ? drawn.pdf(CjkFont.installed())
                                : drawn.svg().getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                err.println("读不了 " + file + " / cannot read " + file);
                return NO_INPUT;
            } catch (ProblemException e) {
                CheckCommand.tell(err, e.problem(), locale);
                return BAD_INPUT;
            } catch (CjkFont.MissingException e) {
                err.println(locale.equals(Locale.ENGLISH) ? e.getMessage() : e.zh());
                return BAD_SETTING;
            } catch (PackException | LayerException e) {
                err.println(e.getMessage());
                return BAD_SETTING;
            }
            try {
                if (output == null) {
                    System.out.write(bytes);
                    System.out.flush();
                } else {
                    Files.write(output, bytes);
                }
            } catch (IOException e) {
                err.println("写不了 " + output + " / cannot write " + output);
                return CANNOT_CREATE;
            }
            return 0;
        }

        private PreCheckService service() throws LayerException {
            return Service.service(
                    CheckCommand.or(standards, "KANQIAN_STANDARDS", null),
                    java.util.Objects.requireNonNull(
                            CheckCommand.or(
                                    layers,
                                    "KANQIAN_LAYERS",
                                    Path.of(Kanqian.home(), "samples/layers"))),
                    CheckCommand.database(),
                    Signer.passing(),
                    Clock.system(ZoneId.of("Asia/Shanghai")));
        }

        private JsonNode request() throws IOException {
            JsonNode read = read();
            ObjectNode request;
            if (read.has("plan") && read instanceof ObjectNode whole) {
                request = whole;
            } else {
                request = JsonNodeFactory.instance.objectNode();
                request.set("plan", read);
            }
            if (!items.isEmpty()) {
                ArrayNode asked = request.putArray("items");
                items.forEach(i -> asked.addObject().put("item", i));
            }
            return request;
        }

        private JsonNode read() throws IOException {
            if (file.equals(Path.of("-"))) {
                return Body.read(System.in);
            }
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            try (InputStream in = Files.newInputStream(file)) {
                return Body.read(in);
            }
        }
    }
}

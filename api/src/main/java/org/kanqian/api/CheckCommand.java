package org.kanqian.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Body;
import org.kanqian.api.precheck.Localised;
import org.kanqian.api.precheck.PreCheckAnswer;
import org.kanqian.api.precheck.PreCheckService;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.api.receipt.Signer;
import org.kanqian.gis.layer.LayerDatabase;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.Text;
import org.kanqian.rules.pack.Unit;
import org.kanqian.rules.verdict.Status;
import org.kanqian.rules.verdict.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** One pre-check without a server. */
@Command(
        name = "check",
        description = {
            "检查一份请求，不启动服务 / Makes one pre-check without a server",
            "退出码 / exit status: 0 PASS, 1 FIX NEED_INFO, 2 WRONG_SITE, 64+ 输入有误 bad input"
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final Path STDIN = Path.of("-");
    private static final int BAD_INPUT = 65;
    private static final int NO_INPUT = 66;
    private static final int BAD_SETTING = 78;
    private static final Map<Verdict, String> VERDICTS =
            Map.of(
                    Verdict.PASS, "可办",
                    Verdict.NEED_INFO, "待补充",
                    Verdict.FIX, "需整改",
                    Verdict.WRONG_SITE, "选址不可行");
    private static final Map<Status, String> STATUSES =
            Map.of(
                    Status.MET, "符合",
                    Status.VIOLATED, "不符合",
                    Status.UNKNOWN, "信息不足",
                    Status.MARGINAL, "临界",
                    Status.VISIT, "需现场核验",
                    Status.NOT_APPLICABLE, "不适用");

    @Parameters(
            paramLabel = "FILE.json",
            description = "请求，与 POST /v1/pre-checks 相同；- 是标准输入 / the request; - for stdin")
    Path file = STDIN;

    @Option(names = "--json", description = "输出完整的 JSON / the whole answer as JSON")
    boolean json;

    @Option(names = "--lang", description = "zh 或 en / zh or en")
    String language = "zh";

    @Option(names = "--standards", description = "标准包文件夹 / folder of a standards pack")
    @Nullable Path standards;

    @Option(names = "--layers", description = "图层文件夹 / folder of layers")
    @Nullable Path layers;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

    @Override
    public Integer call() {
        logToStderr();
        Locale locale = language.equals("en") ? Locale.ENGLISH : Locale.CHINESE;
        try {
            JsonNode request = request();
            PreCheckService service =
                    Service.service(
                            or(standards, "KANQIAN_STANDARDS", null),
                            java.util.Objects.requireNonNull(
                                    or(
                                            layers,
                                            "KANQIAN_LAYERS",
                                            Path.of(Kanqian.home(), "samples/layers"))),
                            database(),
                            Signer.passing(),
                            Clock.system(ZoneId.of("Asia/Shanghai")));
            PreCheckAnswer answer = service.check(request);
            if (json) {
                out.println(Localised.in(locale, answer).toPrettyString());
            } else {
                table(answer, locale);
            }
            return switch (answer.verdict()) {
                case PASS -> 0;
                case FIX, NEED_INFO -> 1;
                case WRONG_SITE -> 2;
            };
        } catch (IOException e) {
            err.println("读不了 " + file + " / cannot read " + file);
            return NO_INPUT;
        } catch (ProblemException e) {
            tell(err, e.problem(), locale);
            return BAD_INPUT;
        } catch (PackException | LayerException | UncheckedIOException e) {
            err.println(e.getMessage());
            return BAD_SETTING;
        }
    }

    /** Says why a request was not answered, with every field that is wrong. */
    static void tell(PrintWriter err, Problem p, Locale locale) {
        err.println(p.title().in(locale) + (p.faults().isEmpty() ? "：" : ""));
        if (p.faults().isEmpty()) {
            err.println("  " + p.detail().in(locale));
        }
        p.faults()
                .forEach(
                        f ->
                                err.println(
                                        "  "
                                                + Fault.visible(f.pointer())
                                                + "  "
                                                + f.detail().in(locale)));
    }

    /** The service's database, where it is set as for the service and is PostgreSQL. */
    static Optional<LayerDatabase> database() {
        Settings.Db db =
                new Settings.Db(
                        System.getenv("KANQIAN_DB_URL"),
                        System.getenv("KANQIAN_DB_USER"),
                        System.getenv("KANQIAN_DB_PASSWORD"));
        if (!db.postgresql()) {
            return Optional.empty();
        }
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(db.url());
        pool.setUsername(db.user());
        pool.setPassword(db.password());
        pool.setMaximumPoolSize(2); // a table that is read and one that is written
        pool.setInitializationFailTimeout(-1); // asked only if a layer wants it
        pool.setMinimumIdle(0);
        return Optional.of(new LayerDatabase(new HikariDataSource(pool)));
    }

    /** Standard output is for the answer alone; without Spring nobody else says so to the log. */
    static void logToStderr() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
                instanceof ch.qos.logback.classic.Logger root) {
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(root.getLoggerContext());
            encoder.setPattern("%level %msg%n");
            encoder.start();
            ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
            stderr.setContext(root.getLoggerContext());
            stderr.setTarget("System.err");
            stderr.setEncoder(encoder);
            stderr.start();
            root.detachAndStopAllAppenders();
            root.addAppender(stderr);
            root.setLevel(Level.WARN);
        }
    }

    private JsonNode request() throws IOException {
        if (file.equals(STDIN)) {
            return Body.read(System.in);
        }
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Body.read(in);
        }
    }

    /** What was given, else what the environment says, else {@code otherwise}. */
    static @Nullable Path or(@Nullable Path given, String variable, @Nullable Path otherwise) {
        return given != null
                ? given
                : Optional.ofNullable(System.getenv(variable))
                        .filter(v -> !v.isBlank())
                        .map(Path::of)
                        .orElse(otherwise);
    }

    private void table(PreCheckAnswer answer, Locale locale) {
        boolean en = locale.equals(Locale.ENGLISH);
        for (PreCheckAnswer.Item item : answer.items()) {
            out.println();
            out.println(item.name().in(locale) + "  " + verdict(item.verdict(), en));
            int titles =
                    item.findings().stream()
                            .mapToInt(f -> columns(f.title().in(locale)))
                            .max()
                            .orElse(0);
            for (PreCheckAnswer.Found f : item.findings()) {
                String status = en ? f.status().name() : STATUSES.getOrDefault(f.status(), "");
                String line =
                        "  "
                                + pad(status, en ? 15 : 12)
                                + pad(f.title().in(locale), titles + 2)
                                + amounts(f, locale);
                out.println(line.stripTrailing());
                if (f.status() == Status.VIOLATED || f.status() == Status.MARGINAL) {
                    f.basis().forEach(b -> out.println(" ".repeat(en ? 19 : 16) + cited(b)));
                }
            }
        }
        section(
                en ? "To put right" : "整改清单",
                answer.fixes(),
                f -> f.title().in(locale) + "：" + f.action().in(locale));
        section(
                en ? "To find out" : "待答问题",
                answer.questions(),
                q -> q.ask().in(locale) + "  [" + q.fact() + "]");
        section(en ? "Notes" : "提示", answer.notes(), n -> n.in(locale));
        out.println();
        out.println((en ? "Verdict: " : "结论：") + verdict(answer.verdict(), en));
        out.println(en ? "This is not the authority's decision." : "这不是行政许可决定；以主管部门的决定为准。");
    }

    private <T> void section(
            String title, List<T> lines, java.util.function.Function<T, String> text) {
        if (!lines.isEmpty()) {
            out.println();
            out.println(title);
            lines.forEach(l -> out.println("  - " + text.apply(l)));
        }
    }

    private static String verdict(Verdict verdict, boolean en) {
        return en ? verdict.name() : VERDICTS.getOrDefault(verdict, "") + " " + verdict;
    }

    private static String amounts(PreCheckAnswer.Found f, Locale locale) {
        PreCheckAnswer.Measured m = f.measured();
        PreCheckAnswer.Required r = f.required();
        if (m == null || r == null) {
            return "";
        }
        Text measured = Unit.amount(m.value(), m.unit());
        Text required = Unit.amount(r.value(), r.unit());
        String error =
                m.error().signum() == 0
                        ? ""
                        : " ±" + m.error().stripTrailingZeros().toPlainString();
        return measured.in(locale) + error + "  " + r.relation() + " " + required.in(locale);
    }

    private static String cited(PreCheckAnswer.Cited b) {
        return "《" + b.title() + "》" + (b.article() == null ? "" : b.article());
    }

    /** Pads to a width in columns. */
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - columns(text)));
    }

    /** Columns a text takes on a terminal: Chinese characters and full-width signs take two. */
    private static int columns(String text) {
        return text.codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum();
    }
}

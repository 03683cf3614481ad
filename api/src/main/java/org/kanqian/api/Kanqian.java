package org.kanqian.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Version;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.rules.pack.PackException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "kanqian",
        description = "勘前：租店、装修、踏勘之前先查地址和平面图。/ Checks premises before anyone rents or builds.",
        mixinStandardHelpOptions = true,
        versionProvider = Kanqian.Versions.class,
        subcommands = {
            Kanqian.Serve.class,
            CheckCommand.class,
            PlanCommand.class,
            StandardsCommand.class
        })
public final class Kanqian implements Runnable {
    private static final int USAGE = 64;
    private static final int OURS = 70;
    private static final int BAD_SETTING = 78;

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    public static void main(String[] args) {
        int status = commandLine().execute(args);
        if (status != Serve.RUNNING) {
            System.exit(status);
        }
    }

    /** The command line with its exit statuses, as {@code sysexits.h} numbers them. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Kanqian());
        line.setExitCodeExceptionMapper(e -> e instanceof ParameterException ? USAGE : OURS);
        return line;
    }

    /** Where the product's files lie: what the launcher says, else here. */
    static String home() {
        return Optional.ofNullable(System.getenv("KANQIAN_HOME")).orElse(".");
    }

    /** Says which version this is. */
    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.ENGINE};
        }
    }

    /** Starts the service. */
    @Command(
            name = "serve",
            description = "启动服务 / Starts the service",
            mixinStandardHelpOptions = true)
    static final class Serve implements java.util.concurrent.Callable<Integer> {
        /** Not an exit status: the service goes on after main returns. */
        static final int RUNNING = -1;

        @Spec CommandSpec spec;

        private int port = 8080;

        @Option(names = "--data", description = "数据文件夹 / data folder")
        @Nullable String data;

        @Option(names = "--port", description = "端口，默认 8080 / port")
        void port(int given) {
            if (given < 1 || given > 65_535) {
                throw new ParameterException(
                        spec.commandLine(), "端口要在 1 到 65535 之间 / a port lies between 1 and 65535");
            }
            port = given;
        }

        @Override
        public Integer call() {
            List<String> args = new ArrayList<>();
            args.add("--server.port=" + port);
            if (data != null) {
                args.add("--kanqian.data=" + data);
            }
            try {
                SpringApplication.run(Service.class, args.toArray(String[]::new));
            } catch (RuntimeException e) {
                return notStarted(e);
            }
            System.out.printf(
                    """

                    勘前已启动 / Kanqian is running

                      网页 / page      http://localhost:%1$d
                      接口 / API       http://localhost:%1$d/swagger-ui.html
                      试一试 / try     curl -s http://localhost:%1$d/v1/pre-checks -H 'Content-Type: application/json' \\
                                         --data-binary @%2$s/samples/requests/01-internet-cafe-too-near-school.json

                    """,
                    port, home());
            return RUNNING;
        }

        /** Says why in the reader's terms where we can; the log has the rest. */
        private static int notStarted(RuntimeException e) {
            System.err.println("\n勘前没有启动 / Kanqian did not start");
            Throwable root = e;
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                root = cause;
                if (cause instanceof PackException || cause instanceof LayerException) {
                    System.err.println(cause.getMessage());
                    return BAD_SETTING;
                }
                if (cause instanceof PortInUseException) {
                    System.err.println("端口已被占用，请换一个 --port / The port is in use; choose another");
                    return BAD_SETTING;
                }
            }
            System.err.println(root.getClass().getSimpleName() + ": " + root.getMessage());
            return OURS;
        }
    }
}

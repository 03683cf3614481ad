package org.kanqian.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
        name = "kanqian",
        description = "勘前：租店、装修、踏勘之前先查地址和平面图。/ Checks premises before anyone rents or builds.",
        mixinStandardHelpOptions = true,
        subcommands = {Kanqian.Serve.class, CheckCommand.class})
public final class Kanqian implements Runnable {
    /** Exit status for bad input, as {@code sysexits.h} has it. */
    static final int USAGE = 64;

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Kanqian());
        line.setExitCodeExceptionMapper(e -> 70);
        line.getCommandSpec().exitCodeOnInvalidInput(USAGE);
        line.getSubcommands()
                .values()
                .forEach(c -> c.getCommandSpec().exitCodeOnInvalidInput(USAGE));
        int status = line.execute(args);
        if (status != Serve.RUNNING) {
            System.exit(status);
        }
    }

    /** Where the product's files lie: what the launcher says, else here. */
    static String home() {
        return Optional.ofNullable(System.getenv("KANQIAN_HOME")).orElse(".");
    }

    /** Starts the service. */
    @Command(
            name = "serve",
            description = "启动服务 / Starts the service",
            mixinStandardHelpOptions = true)
    static final class Serve implements java.util.concurrent.Callable<Integer> {
        /** Not an exit status: the service goes on after main returns. */
        static final int RUNNING = -1;

        @Option(names = "--port", description = "端口，默认 8080 / port")
        int port = 8080;

        @Option(names = "--data", description = "数据文件夹 / data folder")
        @Nullable String data;

        @Override
        public Integer call() {
            List<String> args = new ArrayList<>();
            args.add("--server.port=" + port);
            if (data != null) {
                args.add("--kanqian.data=" + data);
            }
            SpringApplication.run(Service.class, args.toArray(String[]::new));
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
    }
}

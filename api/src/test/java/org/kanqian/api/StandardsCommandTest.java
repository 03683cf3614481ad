package org.kanqian.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The officers' commands as they are typed, on a copy of the packaged standards. */
class StandardsCommandTest {
    private static final Path PACKAGED = Path.of("../standards");

    @TempDir Path folder;

    private record Run(int status, String out, String err) {}

    @BeforeEach
    void copyTheStandards() throws IOException {
        try (Stream<Path> files = Files.walk(PACKAGED)) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(yaml|dslr|csv|xlsx)"))
                            .filter(f -> !f.startsWith(PACKAGED.resolve("target")))
                            .toList()) {
                Path to = folder.resolve(PACKAGED.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                Files.copy(file, to);
            }
        }
    }

    private static Run run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            String[] all =
                    Stream.concat(Stream.of("standards"), Stream.of(args).map(String::valueOf))
                            .toArray(String[]::new);
            int status = Kanqian.commandLine().execute(all);
            return new Run(
                    status,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    private void replace(String file, String from, String to) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    @Test
    void soundStandardsAreValidAndAFaultIsNamedWithItsPlace() throws IOException {
        assertThat(run("validate", folder).status()).isZero();

        replace("items/bar/rules.dslr", "<到最近中小学的距离>", "<到最近中小学的距里>");
        Run broken = run("validate", folder);

        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.out())
                .contains("items/bar/rules.dslr:")
                .contains("是否想写 <到最近中小学的距离>")
                .contains("No fact is called");
        assertThat(run("validate", folder.resolve("items")).status()).isEqualTo(66);
    }

    @Test
    void aLimitFromADayOnIsSaidAsLawAndItsImpactCounted() throws IOException {
        replace(
                "items/radiology/item.yaml",
                "value: 4.5}",
                "value: 4.5}\n          - {since: 2026-01-01, value: 5}");

        Run diff = run("diff", PACKAGED, folder);
        assertThat(diff.status()).isEqualTo(1);
        assertThat(diff.out()).contains("radiology/ct-side：限值 minimum：4.5 米 → 5 米，自 2026-01-01");

        Run impact = run("impact", PACKAGED, folder);
        assertThat(impact.status()).isEqualTo(1);
        assertThat(impact.out())
                .contains("radiology - PASS → FIX")
                .contains("ct-side: MET → VIOLATED");

        Run test = run("test", "radiology", "--standards", folder);
        assertThat(test.status()).isEqualTo(1);
        assertThat(test.out()).contains("items/radiology/cases.yaml:").contains("ct-side 应为");
        assertThat(run("diff", PACKAGED, PACKAGED).out()).contains("没有变化");
    }

    @Test
    void recordedRequestsAreReplayedUnderBothPacks() throws IOException {
        replace("items/internet-cafe/item.yaml", "value: 200", "value: 90000");
        Path records = folder.resolve("records.jsonl");
        String request =
                Files.readString(
                                Path.of(
                                        "../samples/requests/"
                                                + "01-internet-cafe-too-near-school.json"))
                        .replace("\n", " ");
        Files.writeString(records, "{\"id\": \"a\", \"request\": " + request + "}\nnot json\n");

        Run impact =
                run(
                        "impact",
                        PACKAGED,
                        folder,
                        "--records",
                        records,
                        "--layers",
                        "../samples/layers");

        assertThat(impact.err()).contains("#2：不是 JSON 请求");
        assertThat(impact.out()).contains("0 份的结论变化");
        assertThat(run("impact", PACKAGED, folder, "--records", folder.resolve("items")).status())
                .isEqualTo(66);
    }

    @Test
    void aNewItemBeginsSoundAndIsNotBegunTwice() {
        assertThat(run("new", "ice-rink", "--standards", folder).status()).isZero();
        assertThat(run("test", "ice-rink", "--standards", folder).status()).isZero();
        assertThat(run("new", "ice-rink", "--standards", folder).err()).contains("已经有了");
        assertThat(run("new", "../evil", "--standards", folder).status()).isEqualTo(65);
        assertThat(run("test", "ice-ring", "--standards", folder).err()).contains("没有事项");
    }

    @Test
    void theLayoutIsMendedOnceAndCoverageCounts() throws IOException {
        replace("items/bar/item.yaml", "category:", "category:   ");
        replace("items/bar/rules.dslr", "when\n", "when   \n\n\n");

        assertThat(run("fmt", "--check", folder).status()).isEqualTo(1);
        assertThat(run("fmt", folder).status()).isZero();
        assertThat(run("fmt", "--check", folder).status()).isZero();
        assertThat(run("coverage", folder).out()).contains("bar ").contains("用例齐");
    }

    @Test
    void mutationsNobodyNoticesFailTheCommand() throws IOException {
        assertThat(run("mutate", "bar", "--standards", folder).status()).isZero();

        Path cases = folder.resolve("items/bar/cases.yaml");
        Files.writeString(
                cases,
                Files.readString(cases)
                        .replaceAll("(?s)\n  - name: 北京200米：边界.*?(?=\n  - name:)", ""));
        replace("items/bar/cases.yaml", "site.distance.school: 199.9", "site.distance.school: 5");
        Run weak = run("mutate", "bar", "--standards", folder);

        assertThat(weak.status()).isEqualTo(1);
        assertThat(weak.out()).contains("bar/shanghai-200：").contains("没有用例发现");
    }
}

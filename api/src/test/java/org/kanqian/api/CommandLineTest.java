package org.kanqian.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command line prints, where, and with which exit status it ends. */
class CommandLineTest {
    private static final String NEAR_SCHOOL =
            "{\"items\":[{\"item\":\"internet-cafe\",\"variant\":\"网吧\"}],\"site\":{\"coordinates\":"
                    + "{\"lon\":116.3211281,\"lat\":39.9946176,\"datum\":\"WGS84\",\"accuracy\":5}}}";

    @TempDir Path folder;

    private record Run(int status, String out, String err) {}

    private Run check(String... args) {
        List<String> all = new ArrayList<>(List.of("check", "--layers", "../samples/layers"));
        all.addAll(List.of(args));
        return run(all.toArray(String[]::new));
    }

    private static Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int status = Kanqian.commandLine().execute(args);
            return new Run(
                    status,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("request.json"), content).toString();
    }

    @Test
    void aSiteNoRefitCuresEndsWithTwoAndSaysWhichClause() throws Exception {
        Run run = check(file(NEAR_SCHOOL));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).contains("不符合", "《", "结论：选址不可行 WRONG_SITE");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aDrawingBecomesAPlanAndSaysWhatItLeftOut() throws Exception {
        String drawing = "../gis/src/test/resources/plan/dxf/floorplan.dxf";
        String settings = Files.writeString(folder.resolve("in.yaml"), "units: in").toString();
        Path plan = folder.resolve("plan.json");

        Run run = run("plan", "import", drawing, "--settings", settings, "-o", plan.toString());
        Run asked = run("plan", "import", drawing);

        assertThat(run.status()).isEqualTo(0);
        assertThat(run.err()).contains("63 个 DIMENSION 没有读。", "63 DIMENSION were not read.");
        assertThat(Files.readString(plan)).contains("kanqian-plan/1", "MASTER BEDROOM");
        assertThat(asked.status()).isEqualTo(65);
        assertThat(asked.err()).contains("请在设置里写 units", "Set units in the settings");
        assertThat(run("plan", "import", "none.dxf").status()).isEqualTo(66);
    }

    @Test
    void whatIsNotKnownEndsWithOne() throws Exception {
        Run run = check(file("{\"items\":[{\"item\":\"internet-cafe\"}]}"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("待答问题", "NEED_INFO");
    }

    @Test
    void theTableLinesUpThoughChineseIsTwiceAsWide() throws Exception {
        List<String> rows =
                check(file("{\"items\":[{\"item\":\"internet-cafe\"}]}"))
                        .out()
                        .lines()
                        .filter(l -> l.startsWith("  信息不足") || l.startsWith("  需现场核验"))
                        .toList();

        assertThat(rows).isNotEmpty();
        assertThat(rows).allSatisfy(r -> assertThat(r.stripTrailing()).isEqualTo(r));
        assertThat(rows.stream().map(CommandLineTest::secondColumn).distinct()).hasSize(1);
    }

    /** Terminal column at which the title starts. */
    private static int secondColumn(String row) {
        int end = row.indexOf(' ', 2);
        int start = end;
        while (row.charAt(start) == ' ') {
            start++;
        }
        return row.substring(0, start).codePoints().map(c -> c >= 0x2E80 ? 2 : 1).sum();
    }

    @Test
    void theAccuracyOfAddressesIsPrinted() throws Exception {
        Run all =
                run(
                        "addresses",
                        "--layers",
                        "../samples/layers",
                        "--samples",
                        "../samples/addresses",
                        "--drawn",
                        "20");
        String own = file("address,lon,lat\n北京市海淀区成府路101号,116.318183,39.9915097\n");
        Run given = run("addresses", "--layers", "../samples/layers", own);
        Run bad = run("addresses", "--layers", "../samples/layers", file("a,b\n1,2\n"));

        assertThat(all.status()).isZero();
        assertThat(all.out()).contains("top-1", "门牌 doors", "企业地址 company");
        assertThat(given.status()).isZero();
        assertThat(given.out()).contains("100.0%");
        assertThat(bad.status()).isEqualTo(65);
        assertThat(run("addresses", "--layers", "../samples/layers", "none.csv").status())
                .isEqualTo(66);
        assertThat(all.err()).isEmpty();
    }

    @Test
    void onlyTheAnswerIsOnStandardOutput() throws Exception {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.kanqian.api.Kanqian",
                        "check",
                        "--json",
                        "--layers",
                        "../samples/layers",
                        file(NEAR_SCHOOL));
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        JsonNode answer = new JsonMapper().readTree(Files.readString(out));
        assertThat(answer.path("verdict").asString("")).isEqualTo("WRONG_SITE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"items":[{"item":"internet-caffe"}]} | /items/0/item
            {"items":                             | 第 1 行
            []                                    | JSON 对象
            {"items":[],"\u202egpj":1}            | <U+202E>gpj
            """)
    void badInputEndsWithSixtyFiveAndNamesTheField(String body, String named) throws Exception {
        Run run = check(file(body));

        assertThat(run.status()).isEqualTo(65);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(named).doesNotContain("Exception").doesNotContain("\u202e");
    }

    @Test
    void whatIsNoFileEndsWithSixtySix() {
        assertThat(check(folder.resolve("nothing.json").toString()).status()).isEqualTo(66);
        assertThat(check(folder.toString()).status()).isEqualTo(66);
    }

    @Test
    void aPlanIsDrawnWithAndWithoutFindings() throws Exception {
        String plan = "../samples/plans/small-catering-faulty.json";
        Path drawn = folder.resolve("plan.svg");
        String[] layers = {"--layers", "../samples/layers"};

        Run alone = run("plan", "draw", layers[0], layers[1], plan);
        Run checked =
                run(
                        "plan",
                        "draw",
                        layers[0],
                        layers[1],
                        plan,
                        "--item",
                        "food-small-catering",
                        "-o",
                        drawn.toString());
        Run unknown = run("plan", "draw", layers[0], layers[1], plan, "--item", "food-smal");

        assertThat(alone.status()).isZero();
        assertThat(alone.out()).startsWith("<?xml").contains("灶台区").doesNotContain("kq-mark");
        assertThat(checked.status()).isZero();
        assertThat(Files.readString(drawn)).contains("kq-mark");
        assertThat(unknown.status()).isEqualTo(65);
        assertThat(unknown.err()).contains("/items/0/item");
        assertThat(run("plan", "draw", folder.toString()).status()).isEqualTo(66);
    }

    @Test
    void wrongUseEndsWithSixtyFour() {
        assertThat(run("check").status()).isEqualTo(64);
        assertThat(run("check", "--colour", "x").status()).isEqualTo(64);
        assertThat(run("fly").status()).isEqualTo(64);
        assertThat(run("serve", "--port", "99999").status()).isEqualTo(64);
    }

    @Test
    void aBrokenPackOrLayerFolderEndsWithSeventyEightAndSaysWhatIsMissing() throws Exception {
        String request = file(NEAR_SCHOOL);

        Run noPack = check("--standards", folder.toString(), request);
        Run noLayers = run("check", "--layers", folder.resolve("none").toString(), request);

        assertThat(noPack.status()).isEqualTo(78);
        assertThat(noPack.err()).contains("pack.yaml");
        assertThat(noLayers.status()).isEqualTo(78);
    }
}

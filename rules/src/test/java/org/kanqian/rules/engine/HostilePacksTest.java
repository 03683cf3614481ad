package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagingURIHelper;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.pack.PackFault;

/** Packs that try to run code, to exhaust us, or to be read as something else. All are refused. */
class HostilePacksTest {
    private static final String CANARY = "kanqian.canary";
    private static final String TOUCH = "System.setProperty(\"" + CANARY + "\", \"dead\");";
    private static final String SOUND =
            """
            rule "没有铅门"
            when
              要点 lead
              <有铅门> 为 否
            then
              不符合
            end
            """;

    /** What is changed, and what the refusal must say. */
    private record Attack(String name, String path, byte[] content, String... says) {}

    private final List<Attack> attacks = new ArrayList<>();

    @AfterEach
    void nothingRan() {
        assertThat(System.getProperty(CANARY)).isNull();
    }

    @Test
    void theGroundTheyStandOnIsSound() {
        assertThatCode(() -> Packs.compile(base())).doesNotThrowAnyException();
    }

    @TestFactory
    List<DynamicTest> everyAttackIsRefusedAndSaysWhere() throws IOException {
        rules();
        yaml();
        tables();
        assertThat(attacks).hasSizeGreaterThanOrEqualTo(60);
        return attacks.stream()
                .map(a -> DynamicTest.dynamicTest(a.name(), () -> refused(a)))
                .toList();
    }

    private static void refused(Attack attack) {
        Map<String, byte[]> files = base();
        files.put(attack.path(), attack.content());
        if (attack.path().contains("/tables/")) {
            String name = attack.path().substring(attack.path().lastIndexOf('/') + 1);
            files.put(
                    "items/x/item.yaml",
                    bytes(
                            Packs.item(
                                    "x",
                                    "",
                                    Packs.point("lead", "要有铅门", "tables: [" + name + "]"))));
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () ->
                        assertThatThrownBy(() -> Packs.compile(files))
                                .isInstanceOfSatisfying(
                                        PackException.class,
                                        e -> {
                                            assertThat(e.faults())
                                                    .extracting(PackFault::file)
                                                    .contains(attack.path());
                                            for (String said : attack.says()) {
                                                assertThat(e.getMessage()).contains(said);
                                            }
                                        }));
        assertThat(System.getProperty(CANARY)).as(attack.name()).isNull();
    }

    private static Map<String, byte[]> base() {
        return new HashMap<>(
                Packs.files(
                        "pack.yaml",
                        Packs.pack("x", ""),
                        "items/x/item.yaml",
                        Packs.item("x", "", Packs.point("lead", "要有铅门", "")),
                        "items/x/rules.dslr",
                        SOUND,
                        "items/x/cases.yaml",
                        "cases: []"));
    }

    private void rule(String name, String text, String... says) {
        attacks.add(new Attack("rules: " + name, "items/x/rules.dslr", bytes(text), says));
    }

    /** The sound rule with a line more in its condition. */
    private void when(String name, String line, String... says) {
        rule(name, SOUND.replace("  <有铅门> 为 否\n", "  <有铅门> 为 否\n" + line + "\n"), says);
    }

    private void then(String name, String line, String... says) {
        rule(name, SOUND.replace("  不符合\n", line + "\n"), says);
    }

    private void rules() {
        rule("import", "import java.lang.Runtime;\n" + SOUND, ":1:1");
        rule("import static", "import static java.lang.System.exit;\n" + SOUND, ":1:1");
        rule("function", "function void f() { " + TOUCH + " }\n" + SOUND, ":1:1");
        rule("declare", "declare Evil\n  a : String\nend\n" + SOUND, ":1:1");
        rule("global", "global java.util.List list;\n" + SOUND, ":1:1");
        rule("query", "query q\n  World()\nend\n" + SOUND, ":1:1");
        rule("package", "package evil;\n" + SOUND, ":1:1");
        rule("dialect", "dialect \"mvel\"\n" + SOUND, ":1:1");
        rule("expander", "expander evil.dsl\n" + SOUND, ":1:1");
        rule("unit", "unit Evil;\n" + SOUND, ":1:1");
        rule("salience", SOUND.replace("when", "salience 100\nwhen"), ":2:1");
        rule("no-loop", SOUND.replace("when", "no-loop false\nwhen"), ":2:1");
        rule("enabled", SOUND.replace("when", "enabled (" + TOUCH + ")\nwhen"), ":2:1");
        rule("timer", SOUND.replace("when", "timer (int: 0 1s)\nwhen"), ":2:1");
        rule("duration", SOUND.replace("when", "duration 1000\nwhen"), ":2:1");
        rule("agenda group", SOUND.replace("when", "agenda-group \"a\"\nwhen"), ":2:1");
        rule("annotation", SOUND.replace("when", "@Evil(true)\nwhen"), ":2:1");
        rule("extends", SOUND.replace("\"没有铅门\"", "\"没有铅门\" extends \"别的\""), ":1:1");
        rule(
                "rule name with a quote",
                SOUND.replace("没有铅门", "a\" when eval(true) then " + TOUCH),
                ":1:1");
        rule("rule name with a backslash", SOUND.replace("没有铅门", "a\\u0022"), ":1:1");
        rule("rule name right to left", SOUND.replace("没有铅门", "a\u202eb"), ":1:1");
        rule("rule name of no width", SOUND.replace("没有铅门", "a\u200bb"), ":1:1");
        rule("rule name too long", SOUND.replace("没有铅门", "长".repeat(5_000)), "过长");
        rule("everything on one line", SOUND.replace("\n", " "), ":1:1");
        rule("two rules in one", SOUND.replace("end\n", SOUND), "end");
        rule("no end", SOUND.replace("end\n", ""), "没有写 end");
        rule("ten thousand rules", many(10_000), "超过 500 条");
        rule(
                "a bait for regular expressions",
                SOUND.replace("<有铅门> 为 否", "<" + "a".repeat(390)),
                ":4:3");
        rule(
                "a line almost a list",
                SOUND.replace("<有铅门> 为 否", "以下任一为 否：" + "<有铅门>、".repeat(60)),
                ":4:3");
        rule("a line of a megabyte", SOUND.replace("<有铅门> 为 否", "x".repeat(1 << 20)), "过长");
        rule("null characters", SOUND.replace("<有铅门>", "<有\0铅门>"), ":4:");
        when("pass-through", "  > eval(" + TOUCH + ")", ":5:3");
        when("pass-through at the margin", ">World()", ":5:1");
        when("eval", "  eval(true)", ":5:3");
        when("from", "  World() from System.getProperties()", ":5:3");
        when("accumulate", "  accumulate(World(); $n : count(1))", ":5:3");
        when("collect", "  List() from collect(World())", ":5:3");
        when("forall", "  forall(World())", ":5:3");
        when("exists", "  exists World()", ":5:3");
        when("not", "  not World()", ":5:3");
        when("plain pattern", "  $w2 : World(id() == 0)", ":5:3");
        when("a label that closes the pattern", "  <有铅门\") || eval(true) || f(\"> 为 否", ":5:");
        when("a label with braces", "  <{each}> 为 否", "词表里没有");
        when("a label with a template", "  <${T(java.lang.Runtime)}> 为 否", "词表里没有");
        when("a limit that closes the pattern", "  <机房面积> 小于 限值 a) || eval(true", ":5:3");
        when("a limit that is not there", "  <机房面积> 小于 限值 a", "没有限值");
        when("a choice with a quote", "  <设备类型> 是 <CT\" || true || \">", ":5:3");
        when("a choice nobody listed", "  <设备类型> 是 <CD>", "没有取值");
        when("a number in a rule", "  <机房面积> 小于 200", ":5:3");
        when("a second point", "  要点 lead", "只能针对一个要点");
        then("java", "  " + TOUCH, ":6:3");
        then("java behind a sentence", "  不符合 " + TOUCH, ":6:3");
        then("insert", "  insert(new World());", ":6:3");
        then("update for ever", "  update($w);", ":6:3");
        then("pass-through consequence", "  > " + TOUCH, ":6:3");
        rule(
                "a point by injection",
                SOUND.replace("要点 lead", "要点 lead\") eval(true) World(about(\"0"),
                ":3:3");
        rule("a point of nobody", SOUND.replace("要点 lead", "要点 leda"), "是否想写 lead");
    }

    private void file(String name, String path, String text, String... says) {
        attacks.add(new Attack("yaml: " + name, path, bytes(text), says));
    }

    private void yaml() throws IOException {
        String item = "items/x/item.yaml";
        String sound = new String(base().getOrDefault(item, new byte[0]), StandardCharsets.UTF_8);
        String pack = Packs.pack("x", "");
        file(
                "a tag that constructs",
                item,
                sound.replace(
                        "category: 测试",
                        "category: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]"),
                "标签");
        file("a local tag", item, sound.replace("category: 测试", "category: !evil 测试"), "标签");
        file("an anchor", item, sound.replace("category: 测试", "category: &a 测试"), "锚点");
        file("a merge key", item, sound.replace("points:", "<<: *a\npoints:"), item);
        file("a billion laughs", "laws.yaml", laughs(), "锚点");
        file("deep nesting", "laws.yaml", "laws: " + "[".repeat(10_000), "laws.yaml");
        file("deep maps", "laws.yaml", "a: {".repeat(5_000), "laws.yaml");
        file(
                "a key twice",
                item,
                sound.replace("category: 测试", "category: 测试\ncategory: 测试"),
                item);
        file("two documents", item, sound + "---\nitem: y\n", item);
        file("not a map", item, "- 1\n- 2\n", item);
        file("empty", item, "", item);
        file("control characters", item, sound.replace("测试", "测\u0007试"), item);
        attacks.add(new Attack("yaml: GBK", item, sound.getBytes(Charset.forName("GBK")), "UTF-8"));
        attacks.add(
                new Attack("yaml: UTF-16", item, sound.getBytes(StandardCharsets.UTF_16), item));
        attacks.add(new Attack("yaml: zip", item, zip(1), item));
        file(
                "a placeholder nobody defined",
                item,
                sound.replace("要有铅门", "{T(java.lang.Runtime).exec}"),
                "没有定义的限值");
        file(
                "a point id with code",
                item,
                sound.replace("id: lead", "id: \"lead\\\") eval(true\""),
                "要点编号");
        file(
                "a number without end",
                item,
                sound.replace("fix:", "parameters: {a: {values: [{value: 1e999999999}]}}\n  fix:"),
                "应当是数字");
        file(
                "not a number",
                item,
                sound.replace("fix:", "parameters: {a: {values: [{value: .nan}]}}\n  fix:"),
                "应当是数字");
        file("a day beyond days", item, sound.replace("2020-01-01", "99999-01-01"), "应当是日期");
        file(
                "a path out of the pack",
                "pack.yaml",
                pack.replace("[x]", "[../../../etc/passwd]"),
                "事项编号");
        file(
                "a common file out of the pack",
                "pack.yaml",
                pack + "common: [../../etc]\n",
                "common");
        file(
                "a table out of the pack",
                item,
                sound.replace("fix:", "tables: [../../../../etc/passwd.csv]\n  fix:"),
                "文件名");
        file(
                "a table with macros by name",
                item,
                sound.replace("fix:", "tables: [evil.xlsm]\n  fix:"),
                ".xlsx");
        file(
                "a grammar of its own",
                "vocabulary/sentences.dsl",
                "[when]evil=eval(" + TOUCH + ")",
                "句式");
        file(
                "a label with a bracket",
                "vocabulary/facts.yaml",
                facts().replace("label: 有铅门", "label: \"有铅门> 为 是\""),
                "label");
        file(
                "a value with a quote",
                "vocabulary/facts.yaml",
                facts().replace(
                                "{value: CT, zh: CT, en: CT}",
                                "{value: 'CT\" || true', zh: CT, en: CT}"),
                "取值");
        file(
                "a fact name with code",
                "vocabulary/facts.yaml",
                facts().replace("facility.lead:", "\"facility.lead\\\")\":"),
                "事实名");
        file(
                "an unknown key",
                item,
                sound.replace(
                        "category:", "script: \"" + TOUCH.replace("\"", "'") + "\"\ncategory:"),
                "不认识的键");
    }

    private void table(String name, String file, byte[] content, String... says) {
        String path = "items/x/tables/" + file;
        attacks.add(new Attack("table: " + name, path, content, says));
    }

    private void tables() throws IOException {
        // A table is read when the item names it; these attacks bring both.
        List<Attack> tables = new ArrayList<>();
        String head = "当 <设备类型> 是,应 <机房面积> 不小于 限值 area\n";
        tables.add(csv("a formula", head + "CT,=1+1\n", "公式"));
        tables.add(csv("a command", head + "CT,=cmd|'/c calc'!A1\n", "公式"));
        tables.add(csv("an at sign", head + "CT,@SUM(1)\n", "公式"));
        tables.add(
                csv(
                        "code columns",
                        "RuleSet,evil\nCONDITION,ACTION\neval($param),$param\ntrue,\""
                                + TOUCH.replace("\"", "\"\"")
                                + "\"\n",
                        "看不懂的表头"));
        tables.add(csv("an import row", "Import,java.lang.Runtime\n", "看不懂的表头"));
        tables.add(csv("a function row", "Functions,\"function void f(){}\"\n", "看不懂的表头"));
        tables.add(csv("a value with a quote", head + "\"CT\"\" || eval(true)\",3\n", "没有取值"));
        tables.add(
                csv("a limit with code", "当 <设备类型> 是,应 <机房面积> 不小于 限值 a);eval(\nCT,3\n", "看不懂的表头"));
        tables.add(csv("an endless quote", head + "\"CT,3\n", "CSV"));
        tables.add(csv("too many rows", head + "CT,3\n".repeat(20_000), "行"));
        tables.add(csv("too many columns", head + ",".repeat(5_000) + "\n", "列"));
        tables.add(csv("a cell of a book", head + "CT," + "9".repeat(100_000) + "\n", "过长"));
        tables.add(csv("a megabyte", head + "#" + "x".repeat(1 << 20), "512 KB"));
        tables.add(xlsx("not a workbook", "hello".getBytes(StandardCharsets.UTF_8), "xlsx"));
        tables.add(xlsx("a zip bomb", zip(200), "xlsx"));
        tables.add(xlsx("macros", withPart("/xl/vbaProject.bin"), "宏"));
        tables.add(
                xlsx(
                        "a link to elsewhere",
                        withPart("/xl/externalLinks/externalLink1.xml"),
                        "外部链接"));
        tables.add(xlsx("an embedded object", withPart("/xl/embeddings/evil.bin"), "嵌入"));
        tables.add(xlsx("an entity", entity(), "xlsx"));
        tables.forEach(t -> table(t.name(), t.path(), t.content(), t.says()));
    }

    private static Attack csv(String name, String text, String... says) {
        return new Attack(name, "t.csv", bytes(text), says);
    }

    private static Attack xlsx(String name, byte[] content, String... says) {
        return new Attack(name, "t.xlsx", content, says);
    }

    private static byte[] workbook() throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            workbook.createSheet("a").createRow(0).createCell(0).setCellValue("当 <设备类型> 是");
            workbook.write(out);
            return out.toByteArray();
        }
    }

    private static byte[] withPart(String part) throws IOException {
        try (OPCPackage zip = OPCPackage.open(new java.io.ByteArrayInputStream(workbook()));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            zip.createPart(PackagingURIHelper.createPartName(part), "application/octet-stream")
                    .getOutputStream()
                    .write(1);
            zip.save(out);
            return out.toByteArray();
        } catch (org.apache.poi.openxml4j.exceptions.InvalidFormatException e) {
            throw new IOException(e);
        }
    }

    /** A workbook whose sheet reads a file through an external entity. */
    private static byte[] entity() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(
                    bytes(
                            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                    + "<Types xmlns=\"http://schemas.openxmlformats.org/package/"
                                    + "2006/content-types\">&x;</Types>"));
        }
        return out.toByteArray();
    }

    private static byte[] zip(int megabytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            byte[] blank = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                zip.write(blank);
            }
        }
        return out.toByteArray();
    }

    private static String many(int rules) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rules; i++) {
            text.append(SOUND.replace("没有铅门", "r" + i));
        }
        return text.toString();
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("laws:\n  a0: &a0 [lol]\n");
        for (int i = 1; i < 30; i++) {
            text.append("  a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
        }
        return text.toString();
    }

    private static String facts() {
        return new String(
                Packs.files().getOrDefault("vocabulary/facts.yaml", new byte[0]),
                StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotOursIsRefusedEvenWhereItWouldCompile() {
        String ours =
                "package kanqian.item;\nimport org.kanqian.rules.engine.World;\n"
                        + "global org.kanqian.rules.engine.Report report;\n"
                        + "rule \"r0\"\nwhen\n  $w : World(about(0), n(0) < n(1))\n"
                        + "then\n  report.violated(0, $w.id());\nend\n";
        assertThatCode(() -> EmittedRules.check(ours)).doesNotThrowAnyException();

        for (String evil :
                List.of(
                        ours.replace("rule \"r0\"", "import java.util.List;\nrule \"r0\""),
                        ours.replace("rule \"r0\"", "function void f() {}\nrule \"r0\""),
                        ours.replace("rule \"r0\"", "declare A\nend\nrule \"r0\""),
                        ours.replace("rule \"r0\"", "global java.util.List l;\nrule \"r0\""),
                        ours.replace("rule \"r0\"", "query q\n  World()\nend\nrule \"r0\""),
                        ours.replace("when", "salience 10\nwhen"),
                        ours.replace("rule \"r0\"", "rule \"r0\" extends \"r1\""),
                        ours.replace("when\n", "when\n  eval(true)\n"),
                        ours.replace("when\n", "when\n  String()\n"),
                        ours.replace("World(about", "World(System.exit(0) == null, about"),
                        ours.replace("n(0) < n(1)", "n(0) < 3"),
                        ours.replace("$w : World(about(0), n(0) < n(1))", "not World(about(0))"),
                        ours.replace("$w : World", "$w : Report"),
                        ours.replace("n(1))", "n(1)) from null"),
                        ours.replace("report.violated", TOUCH + " report.violated"),
                        ours.replace("$w.id());", "$w.id()); update($w);"))) {
            assertThatThrownBy(() -> EmittedRules.check(evil))
                    .as(evil)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("not ours");
        }
    }
}

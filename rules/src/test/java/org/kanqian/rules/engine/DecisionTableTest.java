package org.kanqian.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.rules.fact.FactSheet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;
import org.kanqian.rules.pack.PackException;
import org.kanqian.rules.verdict.Finding;
import org.kanqian.rules.verdict.Status;

class DecisionTableTest {
    private static final String ROOMS =
            """
            当 <设备类型> 是,应 <机房面积> 不小于 限值 area,应 <机房最小边长> 不小于 限值 side,自,地区,依据
            CT,30,4.5,,,law-b 第三条
            牙片,3,1.5,,,law-b 第四条
            牙片,4,2,2027-01-01,,law-b 第五条
            乳腺,10,不要求,,,
            """;

    @ParameterizedTest
    @CsvSource({
        "CT, 30, 4.5, MET",
        "CT, 29.9, 4.5, VIOLATED",
        "CT, 40, 4.4, VIOLATED",
        "牙片, 3, 1.5, MET",
        "牙片, 2.9, 9, VIOLATED",
        "乳腺, 10, 0.1, MET",
        "乳腺, 9.9, 9, VIOLATED"
    })
    void aRowDecidesItsCase(String kind, String area, String side, Status status) {
        Finding finding =
                judge(
                        ROOMS,
                        Map.of(
                                "facility.kind", choice(kind),
                                "plan.area.room", number(area, "m2"),
                                "plan.side.room", number(side, "m")),
                        "2026-11-23");

        assertThat(finding.status()).isEqualTo(status);
    }

    @Test
    void theTextNamesTheRowsLimitAndTheRowsClause() {
        Finding finding =
                judge(
                        ROOMS,
                        Map.of(
                                "facility.kind", choice("CT"),
                                "plan.area.room", number("20", "m2"),
                                "plan.side.room", number("9", "m")),
                        "2026-11-23");

        assertThat(finding.text().zh()).isEqualTo("面积不小于 30 平方米");
        assertThat(finding.basis()).anyMatch(b -> b.article().equals(Optional.of("第三条")));
        assertThat(finding.basis()).noneMatch(b -> b.article().equals(Optional.of("第四条")));
        assertThat(finding.required().orElseThrow().value()).isEqualByComparingTo("30");
        assertThat(finding.rules())
                .filteredOn(Finding.RuleTrace::fired)
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.file()).isEqualTo("items/x/tables/rooms.csv");
                            assertThat(r.line()).isEqualTo(2);
                        });
    }

    @Test
    void aRowMayChangeOnADay() {
        Map<String, FactValue> facts =
                Map.of(
                        "facility.kind", choice("牙片"),
                        "plan.area.room", number("3", "m2"),
                        "plan.side.room", number("2", "m"));

        assertThat(judge(ROOMS, facts, "2026-12-31").status()).isEqualTo(Status.MET);
        assertThat(judge(ROOMS, facts, "2027-01-01").status()).isEqualTo(Status.VIOLATED);
        assertThat(judge(ROOMS, facts, "2026-12-31").ahead())
                .containsExactly(new Finding.Ahead(LocalDate.of(2027, 1, 1), Status.VIOLATED));
    }

    @Test
    void anUnknownCaseIsDecidedWhereEveryRowAgrees() {
        Map<String, FactValue> large =
                Map.of(
                        "plan.area.room", number("100", "m2"),
                        "plan.side.room", number("9", "m"));
        Map<String, FactValue> middling =
                Map.of("plan.area.room", number("9", "m2"), "plan.side.room", number("9", "m"));

        assertThat(judge(ROOMS, large, "2026-11-23").status()).isEqualTo(Status.MET);
        Finding open = judge(ROOMS, middling, "2026-11-23");
        assertThat(open.status()).isEqualTo(Status.UNKNOWN);
        assertThat(open.missing()).containsExactly("facility.kind");
        assertThat(open.text().zh()).contains("3 平方米至30 平方米（按情形）");
    }

    @Test
    void whereARowAsksNothingThePointDoesNotApply() {
        String table =
                """
                当 <设备类型> 是,应 <有排风> 为
                CT、乳腺,是
                牙片,不要求
                """;

        assertThat(judge(table, Map.of("facility.kind", choice("牙片")), "2026-11-23").status())
                .isEqualTo(Status.NOT_APPLICABLE);
        assertThat(
                        judge(
                                        table,
                                        Map.of(
                                                "facility.kind",
                                                choice("CT"),
                                                "facility.vent",
                                                flag(false)),
                                        "2026-11-23")
                                .status())
                .isEqualTo(Status.VIOLATED);
    }

    @ParameterizedTest
    @CsvSource({"10, 5, MET", "10, 4.9, VIOLATED", "10.1, 8, MET", "10.1, 7.9, VIOLATED"})
    void numbersMayTellTheCasesApart(String tank, String side, Status status) {
        String table =
                """
                当 <储罐容积> 大于,当 <储罐容积> 不大于,应 <机房最小边长> 不小于 限值 area
                ,10,5
                10,,8
                """;

        assertThat(
                        judge(
                                        table,
                                        Map.of(
                                                "plan.tank",
                                                number(tank, "m3"),
                                                "plan.side.room",
                                                number(side, "m")),
                                        "2026-11-23")
                                .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a case left out
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area\nCT,30\n牙片,3\n|rooms.csv:A1|没有任何一行管到",
                // a gap between two numbers
                "当 <储罐容积> 大于,当 <储罐容积> 不大于,应 <机房面积> 不小于 限值 area\n,10,5\n12,,8\n|rooms.csv:A1|等于 11",
                // two rows for one case
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area\nCT、牙片,30\n牙片,3\n乳腺,1\n|rooms.csv:A3|重叠",
                "当 <床位数> 大于,当 <床位数> 不大于,应 <机房面积> 不小于 限值 area\n,10,5\n9,,8\n|rooms.csv:A3|重叠",
                // not a number
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area\nCT,三十\n牙片,3\n乳腺,1\n|rooms.csv:B2|应当是数字",
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area\nCT,\n牙片,3\n乳腺,1\n|rooms.csv:B2|缺数值",
                // unknown words
                "当 <设备类形> 是,应 <机房面积> 不小于 限值 area\nCT,3\n|rooms.csv:A1|<设备类型>",
                "当 <设备类型> 是,应 <机房面积> 至少 限值 area\nCT,3\n|rooms.csv:B1|最接近的写法：应 <…>",
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area\nC丁,3\n|rooms.csv:A2|没有取值",
                // code, formulas
                "当 <设备类型> 是,CONDITION,ACTION\nCT,3,report.violated(1)\n|rooms.csv:B1|看不懂的表头",
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area\nCT,=1+1\n|rooms.csv:B2|公式",
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area\nCT,+1\n|rooms.csv:B2|公式",
                // a limit that begins later than the point
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area,自\nCT,3,2027-01-01\n牙片,3,\n乳腺,1,\n|rooms.csv:B2|要点生效之初",
                // a law nobody knows
                "当 <设备类型> 是,应 <机房面积> 不小于 限值 area,依据\nCT,3,law-c 第一条\n牙片,3,\n乳腺,1,\n|rooms.csv:C2|laws.yaml",
                // no demand, no case
                "当 <设备类型> 是\nCT\n|rooms.csv:A1|应",
                "应 <机房面积> 不小于 限值 area\n3\n|rooms.csv:A1|当",
            })
    void aFaultyTableIsRefusedNamingTheCell(String spec) {
        String[] parts = spec.split("\\|");

        assertThatThrownBy(() -> judge(parts[0], Map.of(), "2026-11-23"))
                .isInstanceOf(PackException.class)
                .hasMessageContaining(parts[1])
                .hasMessageContaining(parts[2]);
    }

    @Test
    void aWorkbookSaysTheSameAsItsCsv() throws IOException {
        byte[] workbook = workbook(false);
        RuleBook book = book("rooms.xlsx", workbook);

        Finding finding =
                judge(
                        book,
                        Map.of(
                                "facility.kind", choice("CT"),
                                "plan.area.room", number("29", "m2"),
                                "plan.side.room", number("9", "m")),
                        "2026-11-23");

        assertThat(finding.status()).isEqualTo(Status.VIOLATED);
    }

    @Test
    void aFormulaInAWorkbookIsRefused() throws IOException {
        byte[] workbook = workbook(true);

        assertThatThrownBy(() -> book("rooms.xlsx", workbook))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("rooms.xlsx:B2")
                .hasMessageContaining("公式");
    }

    private static byte[] workbook(boolean formula) throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            XSSFSheet sheet = workbook.createSheet("机房");
            int r = 0;
            for (String line : ROOMS.split("\n")) {
                Row row = sheet.createRow(r++);
                int c = 0;
                for (String cell : line.split(",")) {
                    Cell at = row.createCell(c++);
                    if (cell.matches("[0-9.]+")) {
                        at.setCellValue(Double.parseDouble(cell));
                    } else {
                        at.setCellValue(cell);
                    }
                }
            }
            if (formula) {
                sheet.getRow(1).getCell(1).setCellFormula("15*2");
            }
            workbook.write(out);
            return out.toByteArray();
        }
    }

    private static RuleBook book(String file, byte[] table) {
        Map<String, byte[]> files =
                new HashMap<>(
                        Packs.files(
                                "pack.yaml",
                                Packs.pack("x", ""),
                                "items/x/item.yaml",
                                Packs.item(
                                        "x",
                                        "",
                                        Packs.point(
                                                "room",
                                                new String(table, StandardCharsets.UTF_8)
                                                                        .contains("限值 area")
                                                                || file.endsWith("xlsx")
                                                        ? "面积不小于 {area}"
                                                        : "排风",
                                                "tables: [" + file + "]")),
                                "items/x/rules.dslr",
                                "",
                                "items/x/cases.yaml",
                                "cases: []"));
        files.put("items/x/tables/" + file, table);
        return Packs.compile(files);
    }

    private static Finding judge(String table, Map<String, FactValue> facts, String day) {
        return judge(book("rooms.csv", table.getBytes(StandardCharsets.UTF_8)), facts, day);
    }

    private static Finding judge(RuleBook book, Map<String, FactValue> facts, String day) {
        return book.judge(
                        new Inquiry(
                                List.of(new Inquiry.ItemInquiry("x", Optional.empty())),
                                FactSheet.of(facts),
                                Optional.of("510106"),
                                LocalDate.parse(day),
                                12))
                .items()
                .get(0)
                .findings()
                .get(0);
    }

    private static FactValue number(String value, String unit) {
        return FactValue.Number.exact(new BigDecimal(value), unit, new Provenance.Answer());
    }

    private static FactValue flag(boolean value) {
        return new FactValue.Flag(value, new Provenance.Answer());
    }

    private static FactValue choice(String value) {
        return new FactValue.Choice(value, new Provenance.Answer());
    }
}

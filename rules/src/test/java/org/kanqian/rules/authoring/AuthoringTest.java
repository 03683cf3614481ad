package org.kanqian.rules.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.rules.engine.Packs;
import org.kanqian.rules.engine.RuleBook;
import org.kanqian.rules.pack.PackFault;
import org.kanqian.rules.pack.StandardsPack;

/** What officers' commands are made of: lint, diff, impact, mutation, layout, a new item. */
class AuthoringTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final String POINT =
            Packs.point(
                    "room",
                    "面积不小于 {minimum}",
                    "parameters:\n"
                            + "  minimum: {unit: m2, stricter: higher, values: [{value: 10,"
                            + " since: 2020-01-01}]}");
    private static final String RULE =
            """
            rule "面积不足"
            when
              要点 room
              <机房面积> 小于 限值 minimum
            then
              不符合
            end
            """;
    private static final String CASES =
            """
            baseline: {plan.area.room: 10}
            cases:
              - {name: 正好, then: {room: MET, verdict: PASS}}
              - {name: 少一点, given: {plan.area.room: 9.9}, then: {room: VIOLATED}}
              - {name: 不知道, given: {plan.area.room: unknown}, then: {room: UNKNOWN}}
            """;

    private static Map<String, byte[]> files(String points, String rules, String cases) {
        return new HashMap<>(
                Packs.files(
                        "pack.yaml",
                        Packs.pack("x", ""),
                        "items/x/item.yaml",
                        Packs.item("x", "", points),
                        "items/x/rules.dslr",
                        rules,
                        "items/x/cases.yaml",
                        cases));
    }

    private static List<PackFault> lint(Map<String, byte[]> files) {
        return Lint.check(Packs.compile(files), Packs.source(files), TODAY);
    }

    @Test
    void aSoundPackIsNotRemarkedOn() {
        assertThat(lint(files(POINT, RULE, CASES))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'<有铅门> 为 是|<有铅门> 为 否', 永远不会触发",
        "'<设备类型> 是 <CT>|<设备类型> 是 <牙片>', 永远不会触发",
        "'<设备类型> 属于 <CT>、<牙片>|<设备类型> 不属于 <CT>、<牙片>、<乳腺>', 永远不会触发",
        "'<机房面积> 小于 限值 minimum|<机房面积> 大于 限值 large', 永远不会触发",
        "'<机房面积> 小于 限值 minimum|<有铅门> 为 否', 多余",
    })
    void rulesThatCanNeverFireAreFound(String sentences, String said) {
        String second =
                RULE.replace("面积不足", "第二条")
                        .replace("<机房面积> 小于 限值 minimum", sentences.replace("|", "\n  "));
        String points =
                POINT.replace(
                        "parameters:\n",
                        "parameters:\n    large: {unit: m2, stricter: higher, values: [{value: 90,"
                                + " since: 2020-01-01}]}\n");

        assertThat(lint(files(points, RULE + second, CASES)))
                .filteredOn(f -> f.file().endsWith("rules.dslr"))
                .singleElement()
                .satisfies(
                        f -> {
                            assertThat(f.line()).isEqualTo(8);
                            assertThat(f.message().zh()).contains(said).contains("第二条");
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "in_force: 2020-01-01 ~ in_force: 2020-01-01|  until: 2019-01-01 ~ 截止日早于生效日",
                "verified: 2026-11-20 ~ verified: 2020-11-20 ~ 已过一年",
                "en: room} ~ en: ''} ~ 没有英文",
                "basis: [{law: law-a, article: 第二条}] ~ basis: [] ~ 没有写依据",
                "since: 2020-01-01}] ~ since: 2020-01-01}, {value: 12, since: 2020-01-01}] ~ 同一天有两个数值",
            })
    void pointsThatWantLookingAtAreFound(String right, String wrong, String said) {
        String points = POINT.replace(right, wrong.replace("|", "\n"));
        assertThat(points).isNotEqualTo(POINT);

        assertThat(lint(files(points, RULE, CASES)))
                .anySatisfy(
                        f -> {
                            assertThat(f.message().zh()).contains(said);
                            assertThat(f.line()).isEqualTo(8);
                        });
    }

    @Test
    void aPointWhoseLawHasEndedIsFoundWithItsSuccessor() {
        Map<String, byte[]> files = files(POINT, RULE, CASES);
        put(
                files,
                "laws.yaml",
                """
                laws:
                  law-a: {title: 甲法, in_force: 2020-01-01, until: 2026-01-01, superseded_by: law-b}
                  law-b: {title: 乙法, in_force: 2026-01-02}
                """);

        assertThat(lint(files))
                .singleElement()
                .satisfies(
                        f ->
                                assertThat(f.message().zh())
                                        .contains("2026-01-01 失效")
                                        .contains("law-b"));
    }

    @Test
    void aPointWhoseLawEndedWithoutSuccessorIsAnErrorNamingTheLastDay() {
        Map<String, byte[]> files = files(POINT, RULE, CASES);
        put(
                files,
                "laws.yaml",
                "laws:\n  law-a: {title: 甲法, in_force: 2020-01-01, until: 2026-11-22}\n");

        assertThat(WorkedCases.run(Packs.compile(files)))
                .hasSize(3)
                .allMatch(
                        f ->
                                f.message()
                                        .contains(
                                                "x/room: its law has ended; last day 2026-11-22"));
    }

    @Test
    void overlaysThatFightAndLimitsNobodyReadsAreFound() {
        String a =
                POINT.replace("id: room", "id: room-a")
                        .replace("in_force:", "region: \"51\"\n  replaces: [room]\n  in_force:");
        String b = a.replace("room-a", "room-b");
        String rules =
                RULE
                        + RULE.replace("面积不足", "甲").replace("要点 room", "要点 room-a")
                        + RULE.replace("面积不足", "乙").replace("要点 room", "要点 room-b");
        String unused =
                POINT.replace(
                        "parameters:\n",
                        "parameters:\n    maximum: {unit: m2, stricter: higher, values: [{value: 90,"
                                + " since: 2020-01-01}]}\n");

        assertThat(lint(files(POINT + a + b, rules, CASES)))
                .anyMatch(f -> f.message().zh().contains("都代替 room"));
        assertThat(lint(files(unused, RULE, CASES)))
                .anyMatch(f -> f.message().zh().contains("限值 maximum 没有任何规则用到"));
    }

    @Test
    void aPointNoCaseShowsIsFound() {
        assertThat(lint(files(POINT, RULE, "cases: []")))
                .anyMatch(f -> f.message().zh().contains("没有用例显示它 [MET, VIOLATED, UNKNOWN]"));
        assertThat(Coverage.of(Packs.compile(files(POINT, RULE, CASES)).pack()))
                .singleElement()
                .satisfies(l -> assertThat(l.lacking()).isEmpty());
    }

    @Test
    void aChangeIsSaidAsLaw() {
        StandardsPack before = pack(files(POINT, RULE, CASES));
        StandardsPack after =
                pack(
                        files(
                                POINT.replace(
                                        "since: 2020-01-01}]",
                                        "since: 2020-01-01}, {value: 300, since: 2027-01-01, basis:"
                                                + " [{law: law-b, article: 第七条}]}, {value: 15,"
                                                + " since: 2026-01-01, region: \"51\"}]"),
                                RULE + "# 注释不算\n",
                                CASES));

        assertThat(PackDiff.between(before, before)).isEmpty();
        assertThat(PackDiff.between(before, after))
                .extracting(PackDiff.Change::toString)
                .containsExactlyInAnyOrder(
                        "x/room：限值 minimum：10 平方米 → 300 平方米，自 2027-01-01，依据 《乙法》第七条",
                        "x/room：限值 minimum：10 平方米 → 15 平方米，自 2026-01-01，地区 51");
    }

    @Test
    void pointsRulesLawsAndItemsComeAndGo() {
        Map<String, byte[]> later = files(POINT, RULE, CASES);
        put(later, "pack.yaml", Packs.pack("x, y", ""));
        put(
                later,
                "items/x/item.yaml",
                Packs.item(
                        "x",
                        "",
                        POINT.replace("severity: major", "severity: minor")
                                + Packs.point("lead", "铅门", "")));
        put(
                later,
                "items/x/rules.dslr",
                RULE.replace("小于", "不大于")
                        + "rule \"没有铅门\"\nwhen\n  要点 lead\n  <有铅门> 为 否\nthen\n  不符合\nend\n");
        put(later, "items/y/item.yaml", Packs.item("y", "", POINT));
        put(later, "items/y/rules.dslr", RULE);
        put(later, "items/y/cases.yaml", "cases: []");

        List<String> said =
                PackDiff.between(pack(files(POINT, RULE, CASES)), pack(later)).stream()
                        .map(PackDiff.Change::toString)
                        .toList();

        assertThat(said)
                .contains("y：新增事项", "x/room：轻重 MAJOR → MINOR")
                .anyMatch(s -> s.startsWith("x/lead：新增要点“lead”，自 2020-01-01，依据 《甲法》第二条"))
                .anyMatch(s -> s.startsWith("x：规则“面积不足”改为：要点 room，<机房面积> 不大于 限值 minimum"))
                .anyMatch(s -> s.startsWith("x：新增规则“没有铅门”"));
        assertThat(PackDiff.between(pack(later), pack(files(POINT, RULE, CASES))))
                .extracting(PackDiff.Change::toString)
                .contains("y：删去事项", "x/lead：删去要点“lead”", "x：删去规则“没有铅门”");
    }

    @Test
    void theImpactOfAStricterLimitIsCountedByItemAndRegion() {
        RuleBook before = Packs.compile(files(POINT, RULE, CASES));
        RuleBook after = Packs.compile(files(POINT.replace("value: 10", "value: 11"), RULE, CASES));

        List<Impact.Change> changes = Impact.ofCases(before, after);

        assertThat(changes)
                .singleElement()
                .satisfies(
                        c -> {
                            assertThat(c.id()).isEqualTo("正好");
                            assertThat(c.points()).containsExactly("room: MET → VIOLATED");
                        });
        assertThat(Impact.counted(changes)).containsExactly(Map.entry("x - PASS → FIX", 1));
        assertThat(Impact.ofCases(before, before)).isEmpty();
    }

    @Test
    void aMutationNoCaseNoticesIsNamed() {
        RuleBook good = Packs.compile(files(POINT, RULE, CASES));
        RuleBook lazy =
                Packs.compile(
                        files(
                                POINT,
                                RULE,
                                CASES.replace("plan.area.room: 10}", "plan.area.room: 50}")));

        assertThat(Mutation.run(good, "x")).isEqualTo(new Mutation.Result(3, List.of()));
        assertThat(Mutation.run(lazy, "x").survivors())
                .singleElement()
                .satisfies(s -> assertThat(s.what().zh()).contains("10 → 10.1"));
    }

    @Test
    void theCasesOfThePackagedStandardsNoticeMostMutations() {
        RuleBook book =
                RuleBook.compile(StandardsPack.load(org.kanqian.rules.pack.PackSource.classPath()));
        int mutants = 0;
        int survivors = 0;
        for (String item : List.of("gas-station", "radiology", "bar", "public-place-bath")) {
            Mutation.Result result = Mutation.run(book, item);
            mutants += result.mutants();
            survivors += result.survivors().size();
        }
        assertThat(mutants).isGreaterThan(150);
        assertThat(survivors).isZero();
    }

    @Test
    void theLayoutIsCanonicalAndChangesNothing() throws IOException {
        String untidy =
                "\uFEFF# 开头\r\nrule \"甲\"\nwhen\n要点 room   \n\t<机房面积>   小于  限值  minimum\nthen\n不符合\nend\n"
                        + "rule \"乙\"\nwhen\n  要点 room\n  <有铅门> 为 否\nthen\n  不符合\nend\n\n\n\n";
        String tidy = Formatter.format("rules.dslr", untidy);

        assertThat(tidy)
                .isEqualTo(
                        "# 开头\nrule \"甲\"\nwhen\n  要点 room\n  <机房面积> 小于 限值 minimum\nthen\n  不符合\nend\n\n"
                                + "rule \"乙\"\nwhen\n  要点 room\n  <有铅门> 为 否\nthen\n  不符合\nend\n");
        try (Stream<Path> files = Files.walk(Path.of("../standards"))) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(yaml|dslr)"))
                            .filter(f -> !f.toString().contains("target"))
                            .toList()) {
                String text = Files.readString(file);
                String once = Formatter.format(file.toString(), text);
                assertThat(once).as(file.toString()).isEqualTo(text);
                assertThat(Formatter.format(file.toString(), once)).isEqualTo(once);
            }
        }
    }

    @Test
    void aNewItemIsSoundFromTheStart() {
        Map<String, byte[]> files = files(POINT, RULE, CASES);
        NewItem.files("hello-there", "law-a", "facility.lead", "有铅门")
                .forEach((path, text) -> put(files, path, text));
        put(files, "pack.yaml", NewItem.listed(Packs.pack("x", ""), "hello-there").orElseThrow());

        RuleBook book = Packs.compile(files);

        assertThat(WorkedCases.run(book, book.pack().casesOf("hello-there"))).isEmpty();
        assertThat(book.pack().casesOf("hello-there")).hasSize(3);
        assertThat(NewItem.isId("Hello")).isFalse();
        assertThat(NewItem.isId("../x")).isFalse();
    }

    private static StandardsPack pack(Map<String, byte[]> files) {
        return StandardsPack.load(Packs.source(files));
    }

    private static void put(Map<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }
}

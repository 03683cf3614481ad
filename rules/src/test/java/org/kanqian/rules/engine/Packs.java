package org.kanqian.rules.engine;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.kanqian.rules.pack.PackSource;
import org.kanqian.rules.pack.StandardsPack;

/** Packs written in the tests themselves, on top of a small common ground. */
public final class Packs {
    /** Laws and facts all of them have. */
    private static final Map<String, String> GROUND =
            Map.of(
                    "laws.yaml",
                    """
                    laws:
                      law-a: {title: 甲法, issuer: 某部, in_force: 2020-01-01}
                      law-b: {title: 乙法, issuer: 某部, in_force: 2021-01-01}
                    """,
                    "vocabulary/facts.yaml",
                    """
                    facts:
                      variant: {label: 情形, type: choice, sources: [request], ask: {zh: 情形？, en: Form?}}
                      plan.area.room: {label: 机房面积, type: number, unit: m2, min: 0, max: 9999, sources: [answer], ask: {zh: 多大？, en: How large?}}
                      plan.side.room: {label: 机房最小边长, type: number, unit: m, min: 0, max: 99, sources: [answer], ask: {zh: 多长？, en: How long?}}
                      plan.tank: {label: 储罐容积, type: number, unit: m3, min: 0, max: 999, sources: [answer], ask: {zh: 多大？, en: How large?}}
                      plan.beds: {label: 床位数, type: integer, unit: 个, min: 0, max: 999, sources: [answer], ask: {zh: 几张？, en: How many?}}
                      facility.kind: {label: 设备类型, type: choice, sources: [answer], ask: {zh: 哪种？, en: Which?}, values: [{value: CT, zh: CT, en: CT}, {value: 牙片, zh: 牙片, en: Dental}, {value: 乳腺, zh: 乳腺, en: Mammography}]}
                      facility.vent: {label: 有排风, type: boolean, sources: [answer], ask: {zh: 有吗？, en: Any?}}
                      facility.lead: {label: 有铅门, type: boolean, sources: [answer], ask: {zh: 有吗？, en: Any?}}
                      facility.sign: {label: 有警示灯, type: boolean, sources: [answer], ask: {zh: 有吗？, en: Any?}}
                    """);

    private Packs() {}

    /** Paths and contents, two by two, over the common ground. */
    public static Map<String, byte[]> files(String... pathsAndTexts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        GROUND.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    /** Reads and compiles. */
    public static RuleBook compile(Map<String, byte[]> files) {
        return RuleBook.compile(StandardsPack.load(source(files)));
    }

    public static PackSource source(Map<String, byte[]> files) {
        return path -> Optional.ofNullable(files.get(path));
    }

    /** A pack.yaml with these items; more of it may follow. */
    public static String pack(String items, String more) {
        return "pack: test\nschema: 1\nversion: \"1\"\nregions: [CN]\nitems: ["
                + items
                + "]\n"
                + more;
    }

    /** An item.yaml; {@code points} as list entries, each beginning at the margin with a dash. */
    public static String item(String id, String more, String points) {
        return "item: "
                + id
                + "\nname: {zh: 事项, en: Item}\ncategory: 测试\nauthority: 某局\nvisit: none\n"
                + "licence_basis: [{law: law-a, article: 第一条}]\n"
                + more
                + "points:\n"
                + points;
    }

    /** A machine point. */
    public static String point(String id, String text, String more) {
        return """
               - id: %s
                 stage: layout
                 title: {zh: %s, en: %s}
                 text: {zh: "%s", en: "%s"}
                 basis: [{law: law-a, article: 第二条}]
                 in_force: 2020-01-01
                 check: machine
                 severity: major
                 fix: {zh: 改, en: Mend}
                 evidence: {zh: 图, en: Plan}
                 confidence: verified
                 verified: 2026-11-20
               """
                        .formatted(id, id, id, text, text)
                + more.indent(2);
    }
}

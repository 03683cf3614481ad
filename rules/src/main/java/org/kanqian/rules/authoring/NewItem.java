package org.kanqian.rules.authoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a new approval item: small, sound, and to be filled in. */
public final class NewItem {
    private static final Pattern ITEMS = Pattern.compile("(?s)(\\nitems:\\s*\\[)([^]]*)(])");
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private NewItem() {}

    /** Whether this can be the name of an item. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /**
     * The item's files by path.
     *
     * @param law id of a law to cite until the right one is written in
     * @param fact name and label of a yes-or-no fact to begin with
     */
    public static Map<String, String> files(String id, String law, String fact, String label) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "items/" + id + "/item.yaml",
                """
                # yaml-language-server: $schema=../../schema/item.json
                # 新事项：把名称、部门、要点逐项改成真的，再删去这一行。
                item: %s
                name:
                  zh: 新事项
                  en: New item
                category: 待定
                authority: 待定
                visit: required
                licence_basis:
                  - {law: %s}
                points:

                  - id: first-point
                    stage: management
                    title:
                      zh: 第一个要点
                      en: First point
                    text:
                      zh: 用大白话写要求；要写数值就用限值，例如 {最小值} 那样的花括号名称。
                      en: Say in plain words what is asked.
                    basis:
                      - {law: %s}
                    in_force: unknown
                    check: declare
                    severity: major
                    fix:
                      zh: 写怎么整改。
                      en: Say how to mend it.
                    evidence:
                      zh: 写拿什么证明。
                      en: Say what proves it.
                    confidence: recalled
                """
                        .formatted(id, law, law)
                        .replace("，例如 {最小值} 那样的花括号名称", "（见 standards/README.md）"));
        files.put(
                "items/" + id + "/rules.dslr",
                """
                # 每条规则写一种不符合的情形。
                rule "第一个要点不符合"
                when
                  要点 first-point
                  <%s> 为 否
                then
                  不符合
                end
                """
                        .formatted(label));
        files.put(
                "items/" + id + "/cases.yaml",
                """
                # yaml-language-server: $schema=../../schema/cases.json
                # baseline 里各要点都符合；每条用例只写与它不同的事实。
                baseline:
                  %1$s: true
                cases:
                  - name: 全部符合
                    then: {first-point: MET, verdict: PASS}
                  - name: 不符合
                    given: {%1$s: false}
                    then: {first-point: VIOLATED, verdict: FIX}
                  - name: 不知道
                    given: {%1$s: unknown}
                    then: {first-point: UNKNOWN, verdict: NEED_INFO}
                """
                        .formatted(fact));
        return files;
    }

    /** {@code pack.yaml} with the item at the end of its list; empty if there is no such list. */
    public static Optional<String> listed(String pack, String id) {
        Matcher items = ITEMS.matcher(pack);
        return items.find()
                ? Optional.of(
                        items.replaceFirst(
                                Matcher.quoteReplacement(
                                        items.group(1)
                                                + items.group(2).stripTrailing()
                                                + (items.group(2).isBlank() ? "" : ", ")
                                                + id
                                                + items.group(3))))
                : Optional.empty();
    }
}

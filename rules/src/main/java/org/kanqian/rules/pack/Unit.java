package org.kanqian.rules.pack;

import java.math.BigDecimal;
import java.util.Map;

/** Writes numbers with their unit as people read them. */
public final class Unit {
    private static final Map<String, Text> NAMES =
            Map.ofEntries(
                    Map.entry("m", new Text("米", "m")),
                    Map.entry("m2", new Text("平方米", "m²")),
                    Map.entry("m3", new Text("立方米", "m³")),
                    Map.entry("mm", new Text("毫米", "mm")),
                    Map.entry("cm", new Text("厘米", "cm")),
                    Map.entry("人", new Text("人", "persons")),
                    Map.entry("个", new Text("个", "")),
                    Map.entry("台", new Text("台", "")),
                    Map.entry("天", new Text("天", "days")),
                    Map.entry("层", new Text("层", "floors")),
                    Map.entry("元", new Text("元", "yuan")),
                    Map.entry("m2/人", new Text("平方米/人", "m² per person")),
                    Map.entry("m2/台", new Text("平方米/台", "m² per computer")));

    private Unit() {}

    /** The unit's name; itself where it has no other. */
    public static Text name(String unit) {
        return NAMES.getOrDefault(unit, new Text(unit, unit));
    }

    /** Number and unit: 200 米, 200 m. */
    public static Text amount(BigDecimal value, String unit) {
        String number = value.stripTrailingZeros().toPlainString();
        Text name = name(unit);
        return new Text((number + " " + name.zh()).strip(), (number + " " + name.en()).strip());
    }
}

package org.kanqian.gis.survey;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kanqian.gis.layer.Feature;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;

/**
 * A fact that is written on what the premises stand in, or near.
 *
 * @param called what an attribute tells, for the sentence that says it is not there
 */
record Reading(
        String fact,
        String kind,
        String attribute,
        String called,
        Type type,
        String unit,
        Where where) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,6})?");

    /** How an attribute is read. */
    enum Type {
        /** {@code true} or {@code false}. */
        FLAG,
        /** A value of the vocabulary. */
        CHOICE,
        /** A number; how far it may be off may stand in the attribute {@code …_error}. */
        NUMBER,
        /** A date; the fact is the years from it to the day asked for. */
        YEARS
    }

    /** On which features. */
    enum Where {
        /** Every one the premises may stand in, which must agree: premises stand in a building. */
        STANDS_IN,
        /** The zone the premises surely lie in. */
        ZONE,
        /** All that touch the premises; the greatest counts. */
        GREATEST_HERE,
        /** All that are near; the greatest counts, and none at all is zero. */
        GREATEST_NEAR
    }

    /** Every fact that is read so. */
    static final List<Reading> ALL =
            List.of(
                    building(Kinds.BUILDING_USE, "use", "建筑用途", Type.CHOICE, ""),
                    building(Kinds.BUILDING_RESIDENTIAL, "residential", "建筑含不含住宅", Type.FLAG, ""),
                    building("site.building.mixed_use", "mixed_use", "建筑是不是商住综合楼", Type.FLAG, ""),
                    building("site.building.temporary", "temporary", "建筑是不是临时建筑", Type.FLAG, ""),
                    building("site.building.flue", "flue", "建筑有没有专用烟道", Type.FLAG, ""),
                    building("site.building.height", "height", "建筑高度", Type.NUMBER, "m"),
                    zone("site.landuse", Kinds.LANDUSE, "use", "地块用途", Type.CHOICE, ""),
                    zone(
                            Kinds.QUOTA_LEFT,
                            Kinds.TOBACCO_GRID,
                            "quota_left",
                            "这一格的名额",
                            Type.NUMBER,
                            "个"),
                    zone("site.street_class", "street_class", "class", "街段类别", Type.CHOICE, ""),
                    zone("site.school.boarding", "school", "boarding", "是不是寄宿制", Type.FLAG, ""),
                    zone("site.road.age_years", "road_surface", "opened", "交付日期", Type.YEARS, "年"),
                    zone(
                            "site.road.overhaul_years",
                            "road_surface",
                            "overhauled",
                            "大修日期",
                            Type.YEARS,
                            "年"),
                    new Reading(
                            "site.tree.age_years",
                            "tree",
                            "age",
                            "树龄",
                            Type.NUMBER,
                            "年",
                            Where.GREATEST_HERE),
                    new Reading(
                            "site.tree.dbh",
                            "tree",
                            "dbh",
                            "胸径",
                            Type.NUMBER,
                            "cm",
                            Where.GREATEST_HERE),
                    new Reading(
                            "site.powerline.kv",
                            "powerline",
                            "kv",
                            "电压",
                            Type.NUMBER,
                            "kV",
                            Where.GREATEST_NEAR));

    private static Reading building(
            String fact, String attribute, String called, Type type, String unit) {
        return new Reading(fact, Kinds.BUILDING, attribute, called, type, unit, Where.STANDS_IN);
    }

    private static Reading zone(
            String fact, String kind, String attribute, String called, Type type, String unit) {
        return new Reading(fact, kind, attribute, called, type, unit, Where.ZONE);
    }

    /** What a feature says; empty if nothing, or not in the way it must be written. */
    Optional<FactValue.Known> of(Feature feature, LocalDate asOf, Provenance from) {
        Optional<String> text = feature.attribute(attribute).map(String::strip);
        return switch (type) {
            case CHOICE -> text.map(t -> new FactValue.Choice(t, from));
            case FLAG ->
                    text.filter(t -> t.equals("true") || t.equals("false"))
                            .map(t -> new FactValue.Flag(t.equals("true"), from));
            case NUMBER ->
                    text.flatMap(Reading::number)
                            .map(
                                    n ->
                                            new FactValue.Number(
                                                    n,
                                                    unit,
                                                    feature.attribute(attribute + "_error")
                                                            .flatMap(Reading::number)
                                                            .orElse(BigDecimal.ZERO),
                                                    from));
            case YEARS ->
                    text.flatMap(Reading::day)
                            .filter(d -> !d.isAfter(asOf))
                            .map(d -> FactValue.Number.exact(years(d, asOf), unit, from));
        };
    }

    static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whole years, and the days beyond them as hundredths, rounded down. */
    private static BigDecimal years(LocalDate from, LocalDate to) {
        long whole = ChronoUnit.YEARS.between(from, to);
        long days = ChronoUnit.DAYS.between(from.plusYears(whole), to);
        return BigDecimal.valueOf(whole * 100 + days * 100 / 366, 2);
    }
}

package org.kanqian.rules.inforce;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.Parameter;
import org.kanqian.rules.pack.RequirementPoint;

/**
 * Chooses what counts at a place on a day: the most specific region wins (610112 over 6101 over 61
 * over CN), then the latest date.
 */
public final class InForce {
    private InForce() {}

    /** Whether {@code prefix} (CN, 61, 6101, 610112) holds the region. */
    public static boolean covers(String prefix, Optional<String> region) {
        return prefix.equals("CN") || region.filter(r -> r.startsWith(prefix)).isPresent();
    }

    /**
     * The points of an item that count on {@code asOf} in {@code region}, replaced ones left out,
     * in file order.
     */
    public static List<RequirementPoint> points(
            ApprovalItem item, Optional<String> region, LocalDate asOf) {
        List<RequirementPoint> here =
                item.points().stream()
                        .filter(p -> covers(p.region(), region))
                        .filter(p -> holds(p.inForce(), p.until(), asOf))
                        .toList();
        Set<String> replaced = new HashSet<>();
        here.forEach(p -> replaced.addAll(p.replaces()));
        return here.stream().filter(p -> !replaced.contains(p.id())).toList();
    }

    /** The value of a limit that counts on {@code asOf} in {@code region}. */
    public static Optional<Parameter.Value> value(
            Parameter parameter, Optional<String> region, LocalDate asOf) {
        return parameter.values().stream()
                .filter(v -> covers(v.region(), region))
                .filter(v -> holds(v.since(), v.until(), asOf))
                .max(
                        Comparator.comparingInt((Parameter.Value v) -> rank(v.region()))
                                .thenComparing(v -> v.since() == null ? LocalDate.MIN : v.since()));
    }

    /** The last day any value of the limit held; empty if it never had one that ended. */
    public static Optional<LocalDate> lastDay(Parameter parameter, Optional<String> region) {
        return parameter.values().stream()
                .filter(v -> covers(v.region(), region))
                .map(Parameter.Value::until)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** Whether anything of the point depends on where in the country the site lies. */
    public static boolean variesByRegion(
            ApprovalItem item, RequirementPoint point, LocalDate asOf) {
        return point.limits().values().stream()
                        .flatMap(p -> p.values().stream())
                        .anyMatch(v -> !v.region().equals("CN"))
                || item.points().stream()
                        .filter(p -> holds(p.inForce(), p.until(), asOf))
                        .anyMatch(p -> p.replaces().contains(point.id()));
    }

    /** Whether the item asks more or other things somewhere than in the country at large. */
    public static boolean hasRegionalPoints(ApprovalItem item, LocalDate asOf) {
        return item.points().stream()
                .anyMatch(p -> !p.region().equals("CN") && holds(p.inForce(), p.until(), asOf));
    }

    /**
     * The days after {@code after} up to and including {@code to} on which something the item asks
     * in {@code region} begins, ends or changes, as the pack dates it.
     */
    public static SortedSet<LocalDate> changes(
            ApprovalItem item, Optional<String> region, LocalDate after, LocalDate to) {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (RequirementPoint point : item.points()) {
            if (covers(point.region(), region)) {
                Stream.concat(
                                Stream.of(point.inForce(), next(point.until())),
                                point.limits().values().stream()
                                        .flatMap(p -> p.values().stream())
                                        .filter(v -> covers(v.region(), region))
                                        .flatMap(v -> Stream.of(v.since(), next(v.until()))))
                        .filter(Objects::nonNull)
                        .filter(d -> d.isAfter(after) && !d.isAfter(to))
                        .forEach(days::add);
            }
        }
        return days;
    }

    /** The first day any point of the item is known to hold. */
    public static Optional<LocalDate> firstDay(ApprovalItem item) {
        return item.points().stream()
                .map(RequirementPoint::inForce)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    private static @Nullable LocalDate next(@Nullable LocalDate day) {
        return day == null ? null : day.plusDays(1);
    }

    private static boolean holds(
            @Nullable LocalDate since, @Nullable LocalDate until, LocalDate asOf) {
        return (since == null || !asOf.isBefore(since)) && (until == null || !asOf.isAfter(until));
    }

    private static int rank(String region) {
        return region.equals("CN") ? 0 : region.length();
    }
}

package org.kanqian.rules.inforce;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The law has nothing to say on the day asked for: not yet, or no longer. */
public final class NotInForceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String item;
    private final String point;
    private final String parameter;
    private final @Nullable LocalDate day;

    private NotInForceException(
            String message, String item, String point, String parameter, @Nullable LocalDate day) {
        super(message);
        this.item = item;
        this.point = point;
        this.parameter = parameter;
        this.day = day;
    }

    /** The day lies before the first law of the item this pack knows. */
    public static NotInForceException tooEarly(String item, LocalDate firstDay) {
        return new NotInForceException(
                "no law of " + item + " before " + firstDay, item, "", "", firstDay);
    }

    /**
     * A limit that a point in force needs has ended without a successor; or, where {@code
     * parameter} is empty, all the law the point cites has.
     */
    public static NotInForceException ended(
            String item, String point, String parameter, @Nullable LocalDate lastDay) {
        return new NotInForceException(
                item
                        + "/"
                        + point
                        + (parameter.isEmpty()
                                ? ": its law has ended"
                                : ": no value of " + parameter + " in force")
                        + "; last day "
                        + lastDay,
                item,
                point,
                parameter,
                lastDay);
    }

    /** The item asked for. */
    public String item() {
        return item;
    }

    /** The point whose limit has ended; empty if the whole item is not in force yet. */
    public String point() {
        return point;
    }

    /** The limit that has ended; empty as {@link #point()}. */
    public String parameter() {
        return parameter;
    }

    /** The first day the item has law for, or the last day the limit had a value, if known. */
    public Optional<LocalDate> day() {
        return Optional.ofNullable(day);
    }
}

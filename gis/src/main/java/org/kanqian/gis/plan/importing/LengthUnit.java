package org.kanqian.gis.plan.importing;

import java.util.Optional;

/** The units a drawing may be drawn in. */
public enum LengthUnit {
    MM(0.001, 4),
    CM(0.01, 5),
    DM(0.1, 14),
    M(1, 6),
    IN(0.0254, 1),
    FT(0.3048, 2);

    private final double metres;
    private final int insunits;

    LengthUnit(double metres, int insunits) {
        this.metres = metres;
        this.insunits = insunits;
    }

    /** Metres in one of it, exactly. */
    public double metres() {
        return metres;
    }

    /** As settings write it: mm, cm, dm, m, in, ft. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The unit settings write that way. */
    public static Optional<LengthUnit> of(String word) {
        for (LengthUnit unit : values()) {
            if (unit.word().equals(word)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** The unit of DXF's {@code $INSUNITS}; empty for 0, unitless, and for units no house has. */
    static Optional<LengthUnit> ofInsunits(int code) {
        for (LengthUnit unit : values()) {
            if (unit.insunits == code) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }
}

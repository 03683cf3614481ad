package org.kanqian.rules.engine;

/**
 * One way things may be: what is known, and one completion of what is not, for some points of an
 * item. The only thing ever in working memory, and all a rule may read.
 *
 * <p>Numbers, flags and choices stand in {@link Slots}. What a point does not read is left zero, no
 * and empty; no rule of another point fires there, since each begins with {@link #about}.
 */
public final class World {
    private final int id;
    private final boolean[] about;
    private final double[] numbers;
    private final boolean[] flags;
    private final String[] choices;

    World(int id, int points, Slots slots) {
        this.id = id;
        this.about = new boolean[points];
        this.numbers = new double[slots.numbers().size()];
        this.flags = new boolean[slots.flags().size()];
        this.choices = new String[slots.choices().size()];
        java.util.Arrays.fill(choices, "");
    }

    /** What rules report when they fire here. */
    public int id() {
        return id;
    }

    /** Whether this world is one of the point's, by its place in the item. */
    public boolean about(int point) {
        return about[point];
    }

    /** The number in that slot. */
    public double n(int slot) {
        return numbers[slot];
    }

    /** The yes or no in that slot. */
    public boolean f(int slot) {
        return flags[slot];
    }

    /** The choice in that slot. */
    public String s(int slot) {
        return choices[slot];
    }

    void isAbout(int point) {
        about[point] = true;
    }

    void put(Slots slots, String name, Object value) {
        if (value instanceof Boolean b) {
            flags[slots.flag(name)] = b;
        } else if (value instanceof String s) {
            choices[slots.choice(name)] = s;
        } else {
            numbers[slots.number(name)] = ((Number) value).doubleValue();
        }
    }
}

package org.kanqian.rules.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where in a {@link World} the rules of an item find what they read: names of numbers (facts,
 * limits, ratios), of flags and of choices, each with its place.
 */
record Slots(
        Map<String, Integer> numbers, Map<String, Integer> flags, Map<String, Integer> choices) {

    Slots() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    int number(String name) {
        return place(numbers, name);
    }

    int flag(String name) {
        return place(flags, name);
    }

    int choice(String name) {
        return place(choices, name);
    }

    /** The same, for reading only. */
    Slots frozen() {
        return new Slots(Map.copyOf(numbers), Map.copyOf(flags), Map.copyOf(choices));
    }

    private static int place(Map<String, Integer> places, String name) {
        Integer place = places.get(name);
        if (place == null) {
            place = places.size();
            places.put(name, place);
        }
        return place;
    }
}

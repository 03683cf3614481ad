package org.kanqian.gis.plan.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kanqian.gis.plan.Catalogue;
import org.kanqian.gis.plan.FloorPlan.Room;

/** What found no room in the plan and is listed below it: rooms by number, fixtures by letter. */
final class Keys {
    private final DrawingStyle style;
    private final Map<String, String> fixtures = new LinkedHashMap<>();
    private final List<Key> rooms = new ArrayList<>();

    Keys(DrawingStyle style) {
        this.style = style;
    }

    /** What stands in the plan, and what it stands for. */
    record Key(String key, String text) {}

    String room(Room room) {
        Catalogue.Entry type = Catalogue.of(room.type());
        String kind = style.say(type.zh(), type.en());
        String name = Lettering.clean(room.name(), 24);
        String key = Integer.toString(rooms.size() + 1);
        String text =
                name.isEmpty() || name.equals(kind)
                        ? kind
                        : style.say(name + "（" + kind + "）", name + " (" + kind + ")");
        rooms.add(new Key(key, text + "  " + Badges.squareMetres(room.polygon().getArea())));
        return key;
    }

    /** The letter a type of fixture goes by, or would. */
    String nextFixture(String type) {
        String known = fixtures.get(type);
        return known != null ? known : Badges.letters(fixtures.size());
    }

    void fixture(String type) {
        fixtures.putIfAbsent(type, nextFixture(type));
    }

    List<Key> all() {
        List<Key> all = new ArrayList<>(rooms);
        fixtures.forEach(
                (type, key) -> {
                    Catalogue.Entry entry = Catalogue.fixture(type);
                    all.add(new Key(key, style.say(entry.zh(), entry.en())));
                });
        return all;
    }
}

package org.kanqian.api.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The floor of a mall as a plan file, of any number of rooms: streets of 26 rooms one above the
 * other, each a corridor with a niche, a passage to the next street, and 24 units of 6 × 8 m on
 * both sides; half of them make two restaurants a street, the rest shops, offices and the like.
 * Every fourth unit is L-shaped. Each unit has a door to the corridor and four fixtures, kitchens
 * also doors to each other; each corridor an exit. Food and used dishes flow in the first 25
 * restaurants: more flows no plan may have.
 */
final class Mall {
    private static final int STREET = 26;
    private static final int MOST_FLOWS = 50;
    private static final double WALL = 0.1;
    private static final String[] UNITS = {
        "dining", "serving_room", "cooking", "rough_processing", "food_store", "dish_washing",
        "shop", "sales", "toilet", "office", "private_room", "warehouse"
    };
    private static final String[][] FIXTURES = {
        {"seat", "seat", "extinguisher", "camera"},
        {"cabinet", "handwash_sink", "extinguisher", "camera"},
        {"stove", "hood", "flue_inlet", "handwash_sink"},
        {"raw_material_sink", "raw_material_sink", "grease_trap", "cabinet"},
        {"shelf", "shelf", "refrigerator", "camera"},
        {"dish_sink", "dish_sink", "dish_sink", "cabinet"},
        {"shelf", "shelf", "extinguisher", "camera"},
        {"shelf", "cabinet", "extinguisher", "camera"},
        {"toilet_bowl", "toilet_bowl", "handwash_sink", "handwash_sink"},
        {"desk", "desk", "extinguisher", "camera"},
        {"seat", "screen", "extinguisher", "camera"},
        {"shelf", "shelf", "extinguisher", "camera"}
    };

    private final List<String> rooms = new ArrayList<>();
    private final List<String> openings = new ArrayList<>();
    private final List<String> fixtures = new ArrayList<>();
    private final List<String> flows = new ArrayList<>();
    private final int size;

    private Mall(int size) {
        this.size = size;
    }

    /** A plan of so many rooms, as JSON. */
    static String plan(int size) {
        Mall mall = new Mall(size);
        for (int street = 0; mall.rooms.size() < size; street++) {
            mall.street(street);
        }
        return "{\"format\":\"kanqian-plan/1\",\"complete\":true,\"accuracy_m\":0.02,"
                + "\"storeys\":[{\"id\":\"F1\",\"name\":\"一层\",\"floor\":1}]"
                + array("rooms", mall.rooms)
                + array("openings", mall.openings)
                + array("fixtures", mall.fixtures)
                + array("flows", mall.flows)
                + "}";
    }

    private static String array(String name, List<String> values) {
        return ",\"" + name + "\":[" + String.join(",", values) + "]";
    }

    private void street(int street) {
        double y = street * 20.0;
        String corridor = "corridor" + street;
        int units = Math.min(STREET - 2, size - rooms.size() - 2);
        // The niche makes it narrow nowhere, but it is no rectangle any more.
        room(corridor, "corridor", 0, y + 8, 72, y + 12, 3);
        room("passage" + street, "passage", -4, y, 0, y + 20, 0);
        door("d-" + corridor, corridor, "passage" + street, 0, y + 9, 0, y + 11, false);
        door("x-" + corridor, corridor, "outside", 72, y + 9, 72, y + 11, true);
        if (street > 0) {
            String below = "passage" + (street - 1);
            door("d-passage" + street, below, "passage" + street, -3, y, -1, y, false);
        }
        for (int unit = 0; unit < units; unit++) {
            unit(street, unit, y, corridor);
        }
        for (int side = 0; side < 2; side++) {
            if (units >= side * 12 + 6 && flows.size() < MOST_FLOWS) {
                flows(street, side * 12);
            }
        }
    }

    private void unit(int street, int unit, double y, String corridor) {
        boolean upper = unit >= 12;
        int kind = unit % 12;
        double x = kind * 6.0;
        double bottom = upper ? y + 12 : y;
        String id = id(street, unit);
        room(id, UNITS[kind], x, bottom, x + 6, bottom + 8, unit % 4 == 1 ? 1 : 0);
        double wall = upper ? bottom : bottom + 8;
        door("d-" + id, id, corridor, x + 2, wall, x + 3.2, wall, false);
        if (kind > 0 && kind < 6) {
            String before = id(street, unit - 1);
            double at = bottom + 4;
            door("k-" + id, before, id, x, at, x, at + 1, false);
        }
        for (int f = 0; f < 4; f++) {
            double fx = x + 0.4 + f * 1.2;
            double fy = bottom + 2;
            fixtures.add(
                    String.format(
                            Locale.ROOT,
                            "{\"id\":\"%s-f%d\",\"type\":\"%s\",\"storey\":\"F1\",\"room\":\"%s\","
                                    + "\"polygon\":%s,\"attributes\":{\"height\":%.1f}}",
                            id,
                            f,
                            FIXTURES[kind][f],
                            id,
                            ring(fx, fy, fx + 0.8, fy + 0.6),
                            0.8 + f * 0.1));
        }
    }

    private void flows(int street, int first) {
        String food =
                String.join(
                        "\",\"",
                        id(street, first + 4),
                        id(street, first + 3),
                        id(street, first + 2),
                        id(street, first + 1),
                        id(street, first));
        flows.add(
                "{\"id\":\"food-%d-%d\",\"kind\":\"food\",\"stops\":[\"%s\"]}"
                        .formatted(street, first, food));
        flows.add(
                "{\"id\":\"dishes-%d-%d\",\"kind\":\"dish_return\",\"stops\":[\"%s\",\"%s\"]}"
                        .formatted(street, first, id(street, first), id(street, first + 5)));
    }

    private static String id(int street, int unit) {
        return "u" + street + "-" + unit;
    }

    /**
     * A room within its walls.
     *
     * @param shape 0 a rectangle, 1 an L, 3 a rectangle with a niche 10 cm deep
     */
    private void room(
            String id, String type, double x1, double y1, double x2, double y2, int shape) {
        double west = x1 + WALL;
        double south = y1 + WALL;
        double east = x2 - WALL;
        double north = y2 - WALL;
        String polygon =
                switch (shape) {
                    case 0 -> ring(west, south, east, north);
                    case 1 ->
                            points(
                                    west, south, east, south, east, south + 5, east - 2, south + 5,
                                    east - 2, north, west, north, west, south);
                    default ->
                            points(
                                    west,
                                    south,
                                    east,
                                    south,
                                    east,
                                    north,
                                    west + 5,
                                    north,
                                    west + 5,
                                    north - 0.1,
                                    west + 3,
                                    north - 0.1,
                                    west + 3,
                                    north,
                                    west,
                                    north,
                                    west,
                                    south);
                };
        rooms.add(
                String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"type\":\"%s\",\"name\":\"%s\",\"storey\":\"F1\","
                                + "\"polygon\":%s,\"height\":3.2}",
                        id,
                        type,
                        id,
                        polygon));
    }

    private void door(
            String id,
            String from,
            String to,
            double x1,
            double y1,
            double x2,
            double y2,
            boolean exit) {
        openings.add(
                String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"kind\":\"door\",\"storey\":\"F1\",\"at\":[[%s,%s],[%s,%s]],"
                                + "\"connects\":[\"%s\",\"%s\"],\"exit\":%s,\"swing\":\"outward\","
                                + "\"attributes\":{\"shared\":false}}",
                        id,
                        x1,
                        y1,
                        x2,
                        y2,
                        from,
                        to,
                        exit));
    }

    private static String ring(double x1, double y1, double x2, double y2) {
        return points(x1, y1, x2, y1, x2, y2, x1, y2, x1, y1);
    }

    private static String points(double... xy) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < xy.length; i += 2) {
            points.add(String.format(Locale.ROOT, "[%.2f,%.2f]", xy[i], xy[i + 1]));
        }
        return "[" + String.join(",", points) + "]";
    }
}

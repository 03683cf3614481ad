package org.kanqian.gis.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.plan.FloorPlan.Opening;
import org.kanqian.gis.plan.FloorPlan.OpeningKind;
import org.kanqian.gis.plan.FloorPlan.Room;

/** Questions about one opening. */
final class Openings {
    private Openings() {}

    /** A door to the outside or to a stair: what an emergency exit has to be. */
    static boolean leadsOut(Opening opening, Map<String, Room> rooms) {
        return opening.kind() == OpeningKind.DOOR
                && (toOutside(opening)
                        || isStair(rooms.get(opening.from()))
                        || isStair(rooms.get(opening.to())));
    }

    static boolean toOutside(Opening opening) {
        return opening.joins(FloorPlan.OUTSIDE);
    }

    private static boolean isStair(@Nullable Room room) {
        return room != null && Types.members("stair").contains(room.type());
    }
}

package org.kanqian.gis.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kanqian.gis.plan.FloorPlan.Defect;
import org.kanqian.gis.plan.FloorPlan.Part;

/** The faults of a plan's defects, to be found by what they may bear on: the first few of each. */
final class Defects {
    private static final int MOST = 4;

    private final Map<Part, Map<String, Set<PlanFault>>> byType = new EnumMap<>(Part.class);
    private final Map<Part, Map<String, Set<PlanFault>>> byPlace = new EnumMap<>(Part.class);
    private final Map<Part, Set<PlanFault>> byPart = new EnumMap<>(Part.class);

    Defects(List<Defect> defects) {
        for (Part part : Part.values()) {
            byType.put(part, new HashMap<>());
            byPlace.put(part, new HashMap<>());
            byPart.put(part, new LinkedHashSet<>());
        }
        for (Defect defect : defects) {
            add(of(defect.part()), defect);
            add(byType, defect, List.of(defect.type()));
            add(
                    byPlace,
                    defect,
                    defect.part() == Part.OPENING ? defect.rooms() : List.of(defect.id()));
        }
    }

    private static void add(
            Map<Part, Map<String, Set<PlanFault>>> index, Defect defect, Collection<String> keys) {
        Map<String, Set<PlanFault>> ofPart = index.getOrDefault(defect.part(), Map.of());
        for (String key : keys) {
            add(ofPart.computeIfAbsent(key, k -> new LinkedHashSet<>()), defect);
        }
    }

    private static void add(Set<PlanFault> faults, Defect defect) {
        if (faults.size() < MOST) {
            faults.add(defect.fault());
        }
    }

    /** Of any room, opening, fixture or flow. */
    List<PlanFault> some() {
        List<PlanFault> all = new ArrayList<>();
        byPart.values().forEach(all::addAll);
        return all;
    }

    Set<PlanFault> of(Part part) {
        return byPart.getOrDefault(part, Set.of());
    }

    /** Of rooms or fixtures of that type. */
    Set<PlanFault> of(Part part, String type) {
        return byType.getOrDefault(part, Map.of()).getOrDefault(type, Set.of());
    }

    /** Of the room of that id, or of openings that may belong to it. */
    Set<PlanFault> at(Part part, String id) {
        return byPlace.getOrDefault(part, Map.of()).getOrDefault(id, Set.of());
    }

    Set<String> types(Part part) {
        return new TreeSet<>(byType.getOrDefault(part, Map.of()).keySet());
    }
}

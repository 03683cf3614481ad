package org.kanqian.gis.plan.importing;

import java.util.List;
import java.util.Locale;

/** What the lines of a layer stand for. Of several that fit a name, the first counts. */
public enum LayerRole {
    /** Not read, though its name may look like one of the others. */
    IGNORE("DIM", "HATCH", "DEFPOINTS", "AXIS", "GRID", "STEM-WALL", "尺寸", "填充", "轴线", "轴网"),
    /** Names of rooms. */
    TEXT("TEXT", "NOTE", "ANNO", "IDEN", "NAME", "文字", "标注", "注释", "名称"),
    /** Doors and windows on one layer. */
    OPENING("OPENING", "OPNG", "门窗", "洞口"),
    DOOR("DOOR", "门"),
    WINDOW("WINDOW", "GLAZ", "窗"),
    WALL("WALL", "墙"),
    /** Closed outlines that are rooms outright. */
    ROOM("ROOM", "SPACE", "AREA", "ZONE", "房间", "功能", "分区"),
    /** Blocks that are fixtures. */
    FIXTURE("FIXT", "FURN", "EQPM", "EQUIP", "SANR", "洁具", "家具", "设备", "厨具");

    private final List<String> words;

    LayerRole(String... words) {
        this.words = List.of(words);
    }

    /** Words in a layer's name that give it this role unless settings say otherwise. */
    public List<String> words() {
        return words;
    }

    /** As settings write it: wall, door, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

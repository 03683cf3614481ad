package org.kanqian.gis.address;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address taken apart. Every part is empty where the address does not have it, or where the
 * regions it may stand in do not share it.
 *
 * @param province official name
 * @param city official name; that of the province for a municipality
 * @param district official name of the district, county or county-level city
 * @param town 街道、镇、乡
 * @param road e.g. 成府路
 * @param lane 弄、巷、里、胡同 beside or instead of the road, e.g. 351弄
 * @param number house number with its 号, e.g. 101号
 * @param building e.g. 3号楼
 * @param unit e.g. 2单元
 * @param floor e.g. 5楼
 * @param room e.g. 302室
 * @param poi name of a place, e.g. 东升大厦
 * @param rest what none of these is
 * @param detail everything below the town in one spelling, nothing left out
 * @param regions GB/T 2260 codes, without trailing zeros, of the smallest divisions it may stand
 *     in; empty where it names none
 * @param corrected whether a slip in the name of a division was put right
 */
public record ParsedAddress(
        String province,
        String city,
        String district,
        String town,
        String road,
        String lane,
        String number,
        String building,
        String unit,
        String floor,
        String room,
        String poi,
        String rest,
        String detail,
        List<String> regions,
        boolean corrected) {
    private static final Pattern STOREY = Pattern.compile("(b|-|地下)?([0-9]{1,3})(?:层|楼|f)");

    public ParsedAddress {
        regions = List.copyOf(regions);
    }

    /** The whole address in its normal form; parsing it again gives it again. */
    public String text() {
        return division() + town + detail;
    }

    /** The official names of what it stands in, the greatest first, down to the district. */
    public String division() {
        return province + (city.equals(province) ? "" : city) + district;
    }

    /**
     * The number of the storey it names, below ground negative; empty where it names none or
     * several. 3楼 may be a house of that name as well, so this is to be asked about, not taken.
     */
    public OptionalInt storey() {
        Matcher m = STOREY.matcher(floor);
        return m.matches()
                ? OptionalInt.of((m.group(1) == null ? 1 : -1) * Integer.parseInt(m.group(2)))
                : OptionalInt.empty();
    }

    /** Whether it says in which city, and in which district where it says any, without doubt. */
    boolean placed() {
        return regions.size() == 1
                && !corrected
                && (regions.get(0).length() >= 4 || city.equals(province) && !city.isEmpty());
    }
}

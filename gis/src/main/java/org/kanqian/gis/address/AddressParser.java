package org.kanqian.gis.address;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes Chinese addresses apart as people type them: full-width and traditional characters, numbers
 * in words, levels left out or said twice, names shortened, given up or with one slip, and the
 * phone numbers and labels of delivery notes. Never fails: what it does not know is left in {@link
 * ParsedAddress#rest}. Looks at the first 300 characters. Immutable.
 */
public final class AddressParser {
    private static final int MOST_GIVEN = 400;
    private static final int MOST = 300;
    private static final int MOST_STARTS = 12;

    private static final Pattern NOISE =
            Pattern.compile(
                    "(?<![0-9])(1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8})(?![0-9])"
                            + "|收货人|收件人|手机号码|手机|联系电话|电话号码|电话|所在地区|详细地址|收货地址|收件地址");
    private static final Pattern POSTCODE = Pattern.compile("[0-9]{6}");
    private static final Pattern NAME = Pattern.compile("[^0-9]{1,4}");

    private static final Pattern TOWN =
            Pattern.compile("[\\u4e00-\\u9fff]{1,6}?(镇|乡|街道办事处|街道办|街道|办事处)(?![东西南北中]?(路|街|大|道|村))");
    private static final Pattern ZONE =
            Pattern.compile(
                    "[\\u4e00-\\u9fff]{0,8}?(高新技术产业开发区|高新技术开发区|经济技术开发区|经济开发区|高新区|经开区|开发区"
                            + "|工业园区|工业区|产业园区|科技园区|度假区|保税区|示范区)");
    private static final Pattern ROAD =
            Pattern.compile(
                    "([^0-9]|[0-9](?=路|街|道)){1,14}?"
                            + "(大道|大街|公路|胡同|路|街|道|[一二三四五六七八九十]条)(?![路街道口桥坊区角巷])"
                            + "([东西南北中一二三四五六七八九十]段)?");
    private static final Pattern LANE =
            Pattern.compile("[0-9]+(弄|巷)|[^0-9]{1,8}?(里|巷|弄|胡同|坊)(?=[0-9甲乙]|$)");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[甲乙丙丁副附]?[0-9]+([-、][0-9]+)*[甲乙丙丁a-z]?号(院|之[0-9]+|附[0-9]+号?)?(?![楼厂馆])");
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]+(-[0-9]+)*[甲乙丙丁]?$");
    private static final Pattern BUILDING =
            Pattern.compile("([a-z]?[0-9]{1,4}|[a-z]|[东南西北中主])(-[0-9]+)?(号楼|栋|幢|座|#楼?|号厂房|馆)");
    private static final Pattern UNIT = Pattern.compile("[0-9a-z]{1,2}单元");
    private static final Pattern FLOOR =
            Pattern.compile("(b|-|地下)?[0-9]{1,3}(-[0-9]{1,3})?(层|楼|f(?![a-z]))");
    private static final Pattern ROOM =
            Pattern.compile(
                    "[a-z]?[0-9]{1,5}[a-z]?(-[0-9]+)*(室|房|铺|户|号房|号铺)|[a-z]?-?[0-9]{3,5}[a-z]?$");
    private static final Pattern PIECE = Pattern.compile("[0-9a-z-]+|.", Pattern.DOTALL);

    private final Divisions divisions;

    public AddressParser(Divisions divisions) {
        this.divisions = requireNonNull(divisions, "divisions");
    }

    /** The address taken apart. */
    public ParsedAddress parse(String address) {
        String given = address.length() > MOST_GIVEN ? address.substring(0, MOST_GIVEN) : address;
        List<String> pieces = pieces(given);
        String text = Spelling.plain(String.join("", pieces));
        List<Integer> starts =
                RegionReader.starts(
                        pieces.stream().map(p -> Spelling.digits(p).length()).toList(),
                        MOST_STARTS);
        RegionReader.@Nullable Reading reading =
                RegionReader.read(
                        divisions, text, starts.stream().filter(s -> s < text.length()).toList());
        if (reading == null) {
            return apart(text, List.of(), false);
        }
        String before = text.substring(0, reading.from());
        if (pieces.size() > 1 && NAME.matcher(before).matches()) {
            before = "";
        }
        return apart(before + text.substring(reading.to()), reading.codes(), reading.corrected());
    }

    /** What stands between gaps, without phone numbers, postcodes and labels. */
    private static List<String> pieces(String given) {
        String folded = Spelling.folded(given);
        String cut = folded.length() > MOST ? folded.substring(0, MOST) : folded;
        List<String> pieces = List.of(cut);
        for (int i = 0; i < 4; i++) {
            List<String> next = new ArrayList<>();
            for (String piece : String.join(" ", pieces).split(" ", -1)) {
                String kept = NOISE.matcher(piece).replaceAll(" ");
                for (String part : kept.split(" ", -1)) {
                    boolean postcode = !folded.equals(part) && POSTCODE.matcher(part).matches();
                    if (!part.isEmpty() && !postcode) {
                        next.add(part);
                    }
                }
            }
            if (next.equals(pieces)) {
                break;
            }
            pieces = next;
        }
        return pieces;
    }

    private ParsedAddress apart(String below, List<String> codes, boolean corrected) {
        List<Division> meant =
                codes.stream().flatMap(c -> divisions.find(c).stream()).distinct().toList();
        List<String> regions =
                meant.stream().map(d -> divisions.region(d.code())).distinct().toList();
        String town = shared(meant, d -> d.code().length() == 9 ? d.name() : "");
        String detail = below;
        if (town.isEmpty() && !codes.isEmpty()) {
            Matcher m = TOWN.matcher(detail);
            if (m.lookingAt() && !ZONE.matcher(m.group()).lookingAt()) {
                town = m.group();
                detail = detail.substring(m.end());
            }
        }
        Parts parts = new Parts(detail);
        return new ParsedAddress(
                shared(meant, d -> name(d, 2)),
                shared(meant, this::city),
                shared(meant, d -> name(d, 6)),
                town,
                parts.road,
                parts.lane,
                parts.number,
                parts.building,
                parts.unit,
                parts.floor,
                parts.room,
                parts.poi.toString(),
                parts.rest.toString(),
                detail,
                regions,
                corrected);
    }

    private String name(Division d, int length) {
        return d.code().length() < length
                ? ""
                : divisions
                        .find(d.code().substring(0, length))
                        .filter(a -> a.code().length() == length)
                        .map(Division::name)
                        .orElse("");
    }

    private String city(Division d) {
        String code = d.code();
        return Divisions.municipality(code.substring(0, 2)) ? name(d, 2) : name(d, 4);
    }

    private static String shared(List<Division> meant, Function<Division, String> part) {
        List<String> all = meant.stream().map(part).distinct().toList();
        return all.size() == 1 ? all.get(0) : "";
    }

    /** Reads a detail from left to right; each kind of part once, what is left goes to the rest. */
    private static final class Parts {
        private String road = "";
        private String lane = "";
        private String number = "";
        private String building = "";
        private String unit = "";
        private String floor = "";
        private String room = "";
        private final StringBuilder poi = new StringBuilder();
        private final StringBuilder rest = new StringBuilder();

        private final String detail;
        private int at;

        private Parts(String detail) {
            this.detail = detail;
            rest.append(take(ZONE));
            road = take(ROAD);
            lane = take(LANE);
            boolean numbered = false;
            while (at < detail.length()) {
                boolean found = false;
                if (number.isEmpty()) {
                    number = take(NUMBER);
                    if (number.isEmpty() && !road.isEmpty() && poi.isEmpty()) {
                        number = take(BARE_NUMBER);
                    }
                    found = !number.isEmpty();
                }
                if (!found && lane.isEmpty() && poi.isEmpty() && !numbered) {
                    lane = take(LANE);
                    found = !lane.isEmpty();
                }
                if (!found && building.isEmpty()) {
                    building = take(BUILDING);
                    found = !building.isEmpty();
                }
                if (!found && unit.isEmpty()) {
                    unit = take(UNIT);
                    found = !unit.isEmpty();
                }
                if (!found && floor.isEmpty()) {
                    floor = take(FLOOR);
                    found = !floor.isEmpty();
                }
                if (!found && room.isEmpty()) {
                    room = take(ROOM);
                    found = !room.isEmpty();
                }
                numbered |= found;
                if (!found) {
                    boolean inner =
                            !building.isEmpty()
                                    || !unit.isEmpty()
                                    || !floor.isEmpty()
                                    || !room.isEmpty();
                    (inner ? rest : poi).append(take(PIECE));
                }
            }
        }

        private String take(Pattern pattern) {
            Matcher m = pattern.matcher(detail).region(at, detail.length());
            if (!m.lookingAt()) {
                return "";
            }
            at = m.end();
            return m.group();
        }
    }
}

package org.kanqian.gis.address;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A way people write an address otherwise than it is registered. What is left to chance is drawn
 * from the random given, so a seed gives the same addresses again.
 */
enum Habit {
    WHOLE("原样 as typed", (a, r) -> Optional.of(a.whole())),
    NO_PROVINCE("省略省 no province", (a, r) -> a.city.isEmpty() ? a.none() : a.below(a.city)),
    NO_CITY("省略市 no city", (a, r) -> a.city.isEmpty() ? a.none() : a.below(a.province)),
    NEITHER("省市都略 neither", (a, r) -> a.below("")),
    NO_DISTRICT(
            "省略区县 no district",
            (a, r) ->
                    a.town.isEmpty() || a.district.isEmpty()
                            ? a.none()
                            : Optional.of(a.province + a.city + a.town + a.detail)),
    TOWN_ONLY(
            "只写街道 town only",
            (a, r) -> a.town.isEmpty() ? a.none() : Optional.of(a.town + a.detail)),
    SHORT_NAMES(
            "区划简称 short names",
            (a, r) ->
                    Optional.of(
                            bare(a.province)
                                    + bare(a.city)
                                    + bare(a.district)
                                    + a.town
                                    + a.detail)),
    SLIP(
            "区划名错一字 one slip",
            (a, r) -> Optional.of(slip(a.province + a.city + a.district, r) + a.town + a.detail)),
    TOWN_SLIP(
            "街道名错一字 slip in town",
            (a, r) ->
                    a.town.isEmpty()
                            ? a.none()
                            : Optional.of(
                                    a.province + a.city + a.district + slip(a.town, r) + a.detail)),
    TRADITIONAL("繁体 traditional", (a, r) -> Optional.of(Spelling.traditional(a.whole()))),
    WIDE("全角 full width", (a, r) -> Optional.of(wide(a.whole()))),
    TWICE(
            "区划写两遍 said twice",
            (a, r) -> Optional.of(a.province + a.city + a.province + a.city + a.rest())),
    PARTED(
            "各级分开 parted",
            (a, r) ->
                    Optional.of(
                            String.join(
                                    any(r, " ", "，", "/", "-", "　", " > ", "、"),
                                    a.levels().stream().filter(l -> !l.isEmpty()).toList()))),
    REVERSED(
            "倒着写 small to great",
            (a, r) ->
                    Optional.of(
                            a.detail
                                    + any(r, "，", " ", ",")
                                    + a.town
                                    + any(r, "，", " ", "")
                                    + a.district
                                    + a.city
                                    + a.province)),
    DIVISION_LAST(
            "区划写在后面 division last",
            (a, r) ->
                    Optional.of(
                            a.detail
                                    + any(r, "（", " ", "，")
                                    + a.province
                                    + a.city
                                    + a.district
                                    + a.town)),
    NOISE(
            "夹人名电话 with noise",
            (a, r) ->
                    Optional.of(
                            any(r, "收货地址：", "张三 13800138000 ", "李小明，", "地址:", "【自提】")
                                    + a.whole()
                                    + any(r, " 13912345678", "，王先生收", " 邮编610000", "（近地铁）", "!!"))),
    TWO_OF_THESE(
            "两样并有 two at once",
            (a, r) -> {
                // A slip in a district's name, where nothing above says which, leaves a riddle.
                String above = any(r, "", a.city, bare(a.province) + bare(a.city));
                String district = above.isEmpty() ? a.district : slip(a.district, r);
                String slipped = district + a.town + wide(a.detail);
                return Optional.of(any(r, "", "收货地址：") + Spelling.traditional(above + slipped));
            });

    private static final String OTHERS = "木田王口日月水火山石金土人大小上下";

    private final String title;
    private final BiFunction<Levels, Random, Optional<String>> way;

    Habit(String title, BiFunction<Levels, Random, Optional<String>> way) {
        this.title = title;
        this.way = way;
    }

    /**
     * An address by its levels; each may be empty.
     *
     * @param city empty for a municipality, which is its province
     */
    record Levels(String province, String city, String district, String town, String detail) {
        List<String> levels() {
            return List.of(province, city, district, town, detail);
        }

        String whole() {
            return String.join("", levels());
        }

        String rest() {
            return district + town + detail;
        }

        /** From the district down, after what is given; nothing where that is all of it. */
        Optional<String> below(String above) {
            return district.isEmpty() || (above + rest()).equals(whole())
                    ? none()
                    : Optional.of(above + rest());
        }

        Optional<String> none() {
            return Optional.empty();
        }
    }

    /** In Chinese and English, for a table. */
    String title() {
        return title;
    }

    /**
     * The address as somebody with this habit writes it; empty where there is nothing to change.
     */
    Optional<String> write(Levels address, Random random) {
        return way.apply(address, random);
    }

    /** One character changed, left out or exchanged with the next. */
    static String slip(String text, Random random) {
        if (text.length() < 2) {
            return text;
        }
        int at = random.nextInt(text.length() - 1);
        char other = OTHERS.charAt(random.nextInt(OTHERS.length()));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + other + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            default ->
                    text.substring(0, at)
                            + text.charAt(at + 1)
                            + text.charAt(at)
                            + text.substring(at + 2);
        };
    }

    private static String wide(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c > 0x20 && c < 0x7F ? c + 0xFEE0 : c)));
        return wide.toString();
    }

    /** A name without the word for what it is: 武侯 for 武侯区; short ones keep it, 东区. */
    private static String bare(String name) {
        return name.length() < 3
                ? name
                : name.replaceFirst("((壮族|回族|维吾尔)?自治区|地区|省|市|(?<!自治)[区县])$", "");
    }

    private static String any(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }
}

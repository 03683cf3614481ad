package org.kanqian.gis.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.Csv;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AddressParserTest {
    private static final AddressParser PARSER = new AddressParser(Divisions.packaged());
    private static final Path RESOURCES = Path.of("src/test/resources/addresses");
    private static final Path SAMPLES = Path.of("../samples/addresses");

    @Test
    void everyPartHasItsPlace() {
        ParsedAddress a = PARSER.parse("上海市宝山区大场镇南陈路３５１弄二號3栋2單元5樓502室");

        assertThat(a.province()).isEqualTo("上海市");
        assertThat(a.city()).isEqualTo("上海市");
        assertThat(a.district()).isEqualTo("宝山区");
        assertThat(a.town()).isEqualTo("大场镇");
        assertThat(a.road()).isEqualTo("南陈路");
        assertThat(a.lane()).isEqualTo("351弄");
        assertThat(a.number()).isEqualTo("2号");
        assertThat(a.building()).isEqualTo("3栋");
        assertThat(a.unit()).isEqualTo("2单元");
        assertThat(a.floor()).isEqualTo("5楼");
        assertThat(a.room()).isEqualTo("502室");
        assertThat(a.regions()).containsExactly("310113");
    }

    @ParameterizedTest
    @CsvSource({
        "成都武侯天府大道, 510107, 天府大道",
        "四川省武侯区天府大道, 510107, 天府大道",
        "成者市武侯区天府大道, 510107, 天府大道",
        "北京市海定区成府路, 110108, 成府路",
        "湖北省襄樊市小水街, 4206, 小水街",
        "朝阳路23号, , 朝阳路",
        "南京东路23号, , 南京东路",
        "中山大道, , 中山大道",
        "广东省东莞市塘厦镇林东三路16号, 4419, 林东三路",
        "西安高新区科技路, 6101, 科技路",
        "秦皇岛市经济技术开发区龙海道, 1303, 龙海道",
        "上海静安镇宁路200号, 310106, 镇宁路",
        "北京朝阳路12号, 11, 朝阳路",
        "北京朝阳北路12号, 11, 朝阳北路",
        "杭州西湖大道18号, 3301, 西湖大道",
        "江西南昌西湖高专路15号, 360103, 高专路",
        "南昌西湖路1号, 3601, 西湖路",
        "辽宁大连中山中山路88号, 210202, 中山路",
        "西安碑林友谊西路3号, 610103, 友谊西路",
        "黑水江省牡丹江市爱民区东新荣街6号, 231004, 东新荣街",
        "西藏治自区昌都市芒康县滨江路1号, 540328, 滨江路",
        "四川省凉山彝族自州治喜德县团结路2号, 513432, 团结路",
    })
    void levelsMayBeLeftOutShortenedOrMisspelt(String address, String region, String road) {
        ParsedAddress a = PARSER.parse(address);

        assertThat(a.regions()).isEqualTo(region == null ? List.of() : List.of(region));
        assertThat(a.road()).isEqualTo(road);
    }

    /** A slip may make one name another: it is asked about, and not taken at its word. */
    @ParameterizedTest
    @CsvSource({
        "天水市南开区罗平道6号, 120104 6205",
        "山西省西安市周至县兰花路333号, 14 610124",
        "河北省郑州市金水路1号, 13 4101",
    })
    void divisionsThatContradictEachOtherAreBothKept(String address, String regions) {
        ParsedAddress a = PARSER.parse(address);

        assertThat(a.regions()).containsExactly(regions.split(" "));
        assertThat(a.division()).isEmpty();
        assertThat(a.placed()).isFalse();
    }

    @Test
    void aNameOfSeveralPlacesStaysAllOfThem() {
        ParsedAddress a = PARSER.parse("鼓楼区中山路1号");

        assertThat(a.regions()).containsExactlyInAnyOrder("320106", "320302", "350102", "410204");
        assertThat(a.city()).isEmpty();
        assertThat(a.district()).isEqualTo("鼓楼区");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "北京市海淀区成府路101号 13800000000",
                "张三 13800000000 北京市海淀区成府路101号",
                "收货人 13800000000 详细地址 北京市海淀区成府路101号",
                "中国北京市海淀区成府路一百零一号",
                "100084 北京 海淀区 成府路 101 号",
            })
    void whatIsNoPartOfTheAddressIsLeftOut(String address) {
        assertThat(PARSER.parse(address).text()).isEqualTo("北京市海淀区成府路101号");
    }

    /**
     * Every case whose county or city the tables hold; Taiwan and Hong Kong end at the province.
     */
    @Test
    void theCasesOfJioNlpHold() throws IOException {
        JsonNode cases =
                new JsonMapper()
                        .readTree(RESOURCES.resolve("jionlp-parse-location-cases.json").toFile());
        List<String> wrong = new ArrayList<>();
        for (JsonNode c : cases) {
            ParsedAddress a = PARSER.parse(c.path("input").asString());
            JsonNode e = c.path("expected");
            String province = e.path("province").asString("");
            boolean mainland = !province.matches("台湾省|香港特别行政区");
            boolean zone = e.path("county").asString("").endsWith("开发区");
            boolean right =
                    a.province().equals(province)
                            && (!mainland || a.city().equals(e.path("city").asString("")))
                            && (!mainland
                                    || zone
                                    || a.district().equals(e.path("county").asString("")));
            if (!right) {
                wrong.add(a.toString());
            }
        }
        assertThat(cases.size()).isEqualTo(33);
        assertThat(wrong).isEmpty();
    }

    /** Rows whose code exists; 510191 and 441916 are zones, judged by their city. */
    @Test
    void theMessyCasesHold() throws IOException {
        int judged = 0;
        List<String> wrong = new ArrayList<>();
        for (var row : Csv.read(SAMPLES.resolve("messy-addresses.csv"))) {
            String code = row.getOrDefault("expected_adcode", "");
            if (code.length() != 6 || Divisions.packaged().holding(code).isEmpty()) {
                continue;
            }
            String region = Divisions.packaged().holding(code).orElseThrow().code();
            judged++;
            List<String> found = PARSER.parse(row.getOrDefault("address", "")).regions();
            if (found.stream().noneMatch(f -> f.startsWith(region.replaceAll("(00)+$", "")))) {
                wrong.add(row + " " + found);
            }
        }
        assertThat(judged).isGreaterThan(30);
        assertThat(wrong).isEmpty();
    }

    @Test
    void naughtyStringsAreParsedAtOnce() throws IOException {
        JsonNode all = new JsonMapper().readTree(RESOURCES.resolve("blns.json").toFile());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () ->
                        all.forEach(
                                s -> {
                                    ParsedAddress a = PARSER.parse(s.asString());
                                    assertThat(PARSER.parse(a.text()).text()).isEqualTo(a.text());
                                    PARSER.parse(s.asString().repeat(50));
                                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"北京市", "区", "一", "1", "路", "张三 ", "海淀", "弄号栋", "1380000000"})
    void muchOfOneThingIsParsedAtOnce(String piece) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> PARSER.parse(piece.repeat(100_000)));
    }
}

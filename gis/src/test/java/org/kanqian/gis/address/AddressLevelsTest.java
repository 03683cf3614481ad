package org.kanqian.gis.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.crs.Ellipsoid;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerSet;
import org.locationtech.jts.geom.Coordinate;

/** Doors, buildings, roads and districts of the sample layers, asked for kindly and unkindly. */
class AddressLevelsTest {
    private static LayerSet layers;
    private static Gazetteer gazetteer;

    @BeforeAll
    static void load() throws Exception {
        layers = LayerSet.load(Path.of("../samples/layers"));
        gazetteer = Gazetteer.of(layers.layers());
    }

    @ParameterizedTest
    @CsvSource({
        "北京市海淀区成府路101号, DOOR, 北京市海淀区成府路101号",
        "海淀区成府路１０１, DOOR, 北京市海淀区成府路101号",
        "亮视点, DOOR, 北京市海淀区成府路101号",
        "清华附小, BUILDING, 北京市海淀区清华附小",
        "海淀区超市发, BUILDING, 北京市海淀区超市发",
        "上海教育超市, BUILDING, 上海市宝山区上海教育超市",
        "上海教王超市, BUILDING, 上海市宝山区上海教育超市",
        "北京市海淀区华清嘉园12-8, BUILDING, 北京市海淀区华清嘉园12-8",
        "海淀区成府路, ROAD, 北京市海淀区成府路",
        "成府路, ROAD, 北京市海淀区成府路",
        "北京市海淀区成府路102号, ROAD, 北京市海淀区成府路",
        "海淀区, DISTRICT, 北京市海淀区",
        "成都市武, DISTRICT, 四川省成都市武侯区",
        "北京市海淀区东升镇, DISTRICT, 北京市海淀区东升镇",
    })
    void everyLevelIsFound(String asked, AddressLevel level, String address) {
        AddressCandidate best = gazetteer.find(asked).candidates().get(0);

        assertThat(best.level()).isEqualTo(level);
        assertThat(best.address()).isEqualTo(address);
    }

    @Test
    void theFurtherUpTheRougher() {
        double door = best("北京市海淀区成府路101号").accuracyMetres();
        double road = best("北京市海淀区成府路").accuracyMetres();
        double district = best("北京市海淀区").accuracyMetres();

        assertThat(door).isLessThanOrEqualTo(10);
        assertThat(road).isBetween(200.0, 3_000.0);
        assertThat(district).isGreaterThan(3_000);
    }

    private static AddressCandidate best(String address) {
        return gazetteer.find(address).candidates().get(0);
    }

    /** Wherever along the road the shop is, it is within what the candidate says. */
    @Test
    void theAccuracyOfARoadCoversAllOfIt() {
        Map<String, List<Coordinate>> roads = new TreeMap<>();
        for (Layer layer : layers.layers("road")) {
            for (Feature piece : layer.features()) {
                if (!piece.name().isBlank()) {
                    roads.computeIfAbsent(piece.name(), n -> new ArrayList<>())
                            .addAll(List.of(piece.geometry().getCoordinates()));
                }
            }
        }

        roads.forEach(
                (name, corners) -> {
                    List<AddressCandidate> found =
                            gazetteer.find(name).candidates().stream()
                                    .filter(c -> c.level() == AddressLevel.ROAD)
                                    .filter(c -> c.name().equals(name))
                                    .toList();
                    assertThat(corners)
                            .as(name)
                            .allSatisfy(c -> assertThat(found).anyMatch(r -> covers(r, c)));
                });
        assertThat(roads).hasSizeGreaterThan(30);
    }

    private static boolean covers(AddressCandidate road, Coordinate corner) {
        return Ellipsoid.shortLine(road.lon(), road.lat(), corner.x, corner.y)
                <= road.accuracyMetres();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*:*",
                "成府路 AND NOT 101号",
                "address:北京 OR 1=1",
                "(成府路",
                "\"成府路~2^5",
                "+成府路 -101 && || ! { } [ ] ^ ~ * ? : \\ /",
                "'; drop table pre_check; --",
                "成府路\u0000101号",
                "\u202e号101路府成",
                "😀🏠🈲",
                "{{7*7}}${jndi:ldap://x}",
            })
    void whatIsSyntaxElsewhereIsTextHere(String asked) {
        Gazetteer.Match match = gazetteer.find(asked);

        assertThat(match.resolved()).isFalse();
        assertThat(match.candidates()).hasSizeLessThanOrEqualTo(Gazetteer.MOST);
    }

    @Test
    void anAsteriskFindsNothing() {
        assertThat(gazetteer.find("*").candidates()).isEmpty();
        assertThat(gazetteer.find("?:*").candidates()).isEmpty();
    }

    /** The longest there is, of what makes the parser work hardest: names, over and over. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void noAddressTakesLong() {
        Random random = new Random(7);
        String hard = "北京市海淀区朝阳区中山路人民街道东西南北一二三路号弄栋单元室层0123456789-";
        List<String> asked = new ArrayList<>();
        for (String unit : List.of("北京市", "朝阳", "中山", "路", "1号", "区", "鼓楼区", "一百")) {
            asked.add(unit.repeat(200 / unit.length()));
        }
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 200) {
                text.append(hard.charAt(random.nextInt(hard.length())));
            }
            asked.add(text.toString());
        }

        long answered = asked.parallelStream().filter(a -> !gazetteer.find(a).resolved()).count();

        assertThat(answered).isEqualTo(asked.size());
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void tenThousandWhoTypeAtOnceAreAnsweredAlike() {
        String whole = "北京市海淀区成府路101号";
        List<List<AddressCandidate>> alone =
                IntStream.rangeClosed(1, whole.length())
                        .mapToObj(n -> gazetteer.find(whole.substring(0, n)).candidates())
                        .toList();

        boolean alike =
                IntStream.range(0, 10_000)
                        .parallel()
                        .allMatch(
                                i -> {
                                    int n = i % whole.length();
                                    return gazetteer
                                            .find(whole.substring(0, n + 1))
                                            .candidates()
                                            .equals(alone.get(n));
                                });

        assertThat(alike).isTrue();
    }
}

package org.kanqian.gis.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.layer.Feature;

class GazetteerTest {
    private static final Gazetteer GAZETTEER =
            gazetteer(
                    "北京市海淀区成府路101号",
                    "北京市海淀区成府路10号",
                    "北京市海淀区华清嘉园12-8",
                    "北京市海淀区华清嘉园12-8",
                    "上海市宝山区南陈路351弄2号");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "北京市海淀区成府路101号",
                " 北京市 海淀区 成府路 １０１ 號 ",
                "北京市，海淀区，成府路101",
                "上海市宝山区南陈路３５１弄２号",
                "中国北京市海淀区成府路101号",
                "海淀区成府路101号",
                "北京成府路一百零一号",
            })
    void spellingIsForgiven(String address) {
        assertThat(GAZETTEER.find(address).resolved()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "成府路101号",
                "北京市海淀区华清嘉园12—8",
                "北京市海淀区成府路",
                "北京市海淀区成府路102号",
                "北京市海淀区成府路1号",
                "号",
                "😀",
                "\u202E北京",
                "",
            })
    void whatIsNotExactlyOnePlaceIsNotResolved(String address) {
        assertThat(GAZETTEER.find(address).resolved()).isFalse();
    }

    @Test
    void onePlaceTwiceIsTwoCandidates() {
        Gazetteer.Match match = GAZETTEER.find("北京市海淀区华清嘉园12－8");

        assertThat(match.exact()).isTrue();
        assertThat(match.candidates()).hasSize(2);
    }

    @Test
    void partOfAnAddressOffersCandidatesOnly() {
        Gazetteer.Match match = GAZETTEER.find("成府路101号");

        assertThat(match.exact()).isFalse();
        assertThat(match.candidates())
                .extracting(AddressCandidate::address)
                .containsExactly("北京市海淀区成府路101号");
    }

    @Test
    void aNumberThatIsNotThereOffersNoOtherNumber() {
        Gazetteer.Match match = GAZETTEER.find("北京市海淀区成府路102号");

        assertThat(match.candidates())
                .extracting(AddressCandidate::level)
                .containsOnly(AddressLevel.DISTRICT);
    }

    @Test
    void anotherRoadOfTheSameKindIsNoSlip() {
        Gazetteer two = gazetteer("北京市海淀区人民东路10号", "北京市海淀区人民西路10号");

        assertThat(two.find("北京市海淀区人民中路10号").candidates())
                .allSatisfy(c -> assertThat(c.score()).isLessThan(0.7));
    }

    @Test
    void whatStandsInAnotherDivisionIsNotOffered() {
        assertThat(GAZETTEER.find("成都市武侯区成府路101号").candidates())
                .extracting(AddressCandidate::level)
                .containsOnly(AddressLevel.DISTRICT);
    }

    @Test
    void aDistrictOfTwoCitiesDecidesNothing() {
        Gazetteer.Match match = GAZETTEER.find("宝山区南陈路351弄2号");

        assertThat(match.parsed().regions()).containsExactly("230506", "310113");
        assertThat(match.resolved()).isFalse();
        assertThat(match.candidates().get(0).address()).isEqualTo("上海市宝山区南陈路351弄2号");
    }

    @Test
    void aBeginningAlreadyHasCandidates() {
        assertThat(GAZETTEER.find("成都市武").candidates())
                .extracting(AddressCandidate::name)
                .contains("武侯区");
        assertThat(GAZETTEER.find("成府").candidates())
                .extracting(AddressCandidate::address)
                .contains("北京市海淀区成府路101号", "北京市海淀区成府路10号");
    }

    static Gazetteer gazetteer(String... addresses) {
        List<Feature> features = new ArrayList<>();
        for (String address : addresses) {
            features.add(
                    new Feature(
                            "a" + features.size(),
                            TestLayers.wkt("POINT(116.3 39.9)"),
                            Map.of("address", address)));
        }
        return Gazetteer.of(
                List.of(
                        TestLayers.layer(
                                "address",
                                1,
                                365,
                                TestLayers.wkt("POLYGON((116 39,117 39,117 41,116 41,116 39))"),
                                features)));
    }
}

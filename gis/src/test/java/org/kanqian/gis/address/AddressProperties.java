package org.kanqian.gis.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** What holds for every address. */
class AddressProperties {
    private static final AddressParser PARSER = new AddressParser(Divisions.packaged());
    private static final Gazetteer GAZETTEER =
            GazetteerTest.gazetteer("北京市海淀区成府路101号", "北京市海淀区成府路10号", "成都市武侯区天府大道9号");

    @Property
    void parsingNeverFailsAndItsNormalFormIsNormal(@ForAll @StringLength(max = 60) String any) {
        ParsedAddress a = PARSER.parse(any);

        assertThat(PARSER.parse(a.text()).text()).isEqualTo(a.text());
    }

    @Property
    void widthCaseAndGapsChangeNothing(@ForAll("places") String address) {
        StringBuilder wide = new StringBuilder();
        address.chars().forEach(c -> wide.append((char) (c > 32 && c < 127 ? c + 0xFEE0 : c)));

        assertThat(PARSER.parse(wide.toString())).isEqualTo(PARSER.parse(address));
        assertThat(PARSER.parse(address.toUpperCase(Locale.ROOT))).isEqualTo(PARSER.parse(address));
        assertThat(PARSER.parse("中国" + address)).isEqualTo(PARSER.parse(address));
        assertThat(PARSER.parse(PARSER.parse(address).text()).text())
                .isEqualTo(PARSER.parse(address).text());
    }

    @Provide
    Arbitrary<String> places() {
        List<String> districts =
                Divisions.packaged().all().stream()
                        .filter(d -> d.code().length() == 6)
                        .map(Division::path)
                        .toList();
        return Combinators.combine(
                        Arbitraries.of(districts),
                        Arbitraries.of("人民路", "解放大道", "天府三街", "和平里", "创新大厦b座"),
                        Arbitraries.integers().between(1, 999))
                .as((district, road, number) -> district + road + number + "号");
    }

    @Property
    void scoresLieBetweenNoneAndOneBestFirst(@ForAll @StringLength(max = 40) String any) {
        List<Double> scores =
                GAZETTEER.find("成" + any).candidates().stream()
                        .map(AddressCandidate::score)
                        .toList();

        assertThat(scores).allSatisfy(s -> assertThat(s).isBetween(0.0, 1.0));
        assertThat(scores).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(scores).hasSizeLessThanOrEqualTo(Gazetteer.MOST);
    }
}

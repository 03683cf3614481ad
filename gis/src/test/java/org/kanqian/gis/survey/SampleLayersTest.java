package org.kanqian.gis.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kanqian.gis.TestLayers.TODAY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kanqian.gis.TestLayers;
import org.kanqian.gis.crs.Datum;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.rules.fact.FactValue;
import org.kanqian.rules.fact.Provenance;

/** The layers that ship: sound, small, marked where invented, and good for a survey. */
class SampleLayersTest {
    private static final LayerSet LAYERS = load();
    private static final SiteSurveyor SURVEYOR = new SiteSurveyor(LAYERS);

    private static LayerSet load() {
        try {
            return LayerSet.load(TestLayers.SAMPLES);
        } catch (LayerException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyKindTheRulesAskAboutIsThereForHaidian() {
        assertThat(LAYERS.kinds())
                .contains(
                        "school",
                        "kindergarten",
                        "hospital",
                        "government",
                        "heritage_museum_library",
                        "residential_compound",
                        "station_airport",
                        "school_gate",
                        "road",
                        "building",
                        "landuse",
                        "planned_school",
                        "address",
                        "region");
    }

    @Test
    void whatIsInventedSaysSoAndWhatIsFromOpenStreetMapGivesItsNotice() {
        for (Layer layer : LAYERS.layers()) {
            assertThat(layer.demonstration()).isEqualTo(layer.id().startsWith("demo/"));
            if (layer.demonstration()) {
                assertThat(layer.source()).contains("演示数据");
                assertThat(layer.title()).contains("演示数据");
            } else if (!layer.kind().equals("region")) {
                assertThat(layer.licence()).contains("ODbL").contains("OpenStreetMap contributors");
            }
        }
    }

    @Test
    void theFolderStaysSmall() throws IOException {
        try (Stream<Path> files = Files.walk(TestLayers.SAMPLES)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isLessThan(8_000_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "116.3203361, 40.0013787, 110108",
        "121.3900000, 31.3170000, 310113",
        "104.0523000, 30.6914000, 510106",
        "108.9400000, 34.2500000, 610103",
        "120.1000000, 30.2000000, ''",
    })
    void theRegionOfAPlaceIsItsDistrict(double lon, double lat, String code) throws Exception {
        SiteSurvey survey = survey(lon, lat);

        assertThat(survey.region().orElse("")).isEqualTo(code);
    }

    @Test
    void aSiteInTheMiddleOfHaidianIsKnownOnMostCounts() throws Exception {
        SiteSurvey survey = survey(116.3203361, 40.0013787);

        Map<String, FactValue> facts = survey.facts();
        for (String fact :
                List.of(
                        "site.distance.school",
                        "site.distance.kindergarten",
                        "site.distance.hospital",
                        "site.distance.government",
                        "site.distance.planned_school",
                        "site.inside.school",
                        "site.inside.residential_compound")) {
            assertThat(facts.get(fact)).as(fact).isInstanceOf(FactValue.Known.class);
        }
    }

    @Test
    void anAddressOfTheQuarterIsFoundAndOneSharedByThreeBarsIsNot() throws Exception {
        SiteSurvey one = SURVEYOR.survey(SiteInput.at("北京市海淀区成府路１０１号"), TODAY);
        SiteSurvey three = SURVEYOR.survey(SiteInput.at("北京市海淀区华清嘉园12-8"), TODAY);

        assertThat(one.resolved()).isPresent();
        assertThat(one.region()).contains("110108");
        assertThat(three.resolved()).isEmpty();
        assertThat(three.candidates()).hasSize(3);
    }

    @Test
    void versionsAreTheSameEveryTime() throws LayerException {
        assertThat(LayerSet.load(TestLayers.SAMPLES).versions()).isEqualTo(LAYERS.versions());
    }

    @Test
    void landPlannedForHousingIsAResidentialCompound() throws Exception {
        assertThat(survey(116.314, 40.003).facts().get("site.inside.residential_compound"))
                .isInstanceOfSatisfying(
                        FactValue.Flag.class,
                        f -> {
                            assertThat(f.value()).isTrue();
                            assertThat(((Provenance.Map) f.from()).layer()).isEqualTo("landuse");
                        });
        assertThat(survey(116.3212, 39.9922).facts().get("site.inside.residential_compound"))
                .isInstanceOfSatisfying(FactValue.Flag.class, f -> assertThat(f.value()).isFalse());
    }

    private static SiteSurvey survey(double lon, double lat) throws Exception {
        return SURVEYOR.survey(
                SiteInput.at(new Coordinates(lon, lat, Datum.WGS84, OptionalDouble.of(2))), TODAY);
    }
}

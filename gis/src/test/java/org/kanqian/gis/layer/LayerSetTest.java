package org.kanqian.gis.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSetTest {
    private static final String SQUARE =
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"a",
              "properties":{"name":"甲校","kind":"school"},"geometry":{"type":"Polygon",
              "coordinates":[[[104,30],[104.01,30],[104.01,30.01],[104,30.01],[104,30]]]}}]}
            """;

    @TempDir Path folder;

    @Test
    void theSampleLayersLoad() {
        LayerSet layers = LayerSet.load(Path.of("../samples/layers"));

        assertThat(layers.kinds())
                .contains("school", "kindergarten", "school_gate", "road", "planned_school")
                .contains("residential_compound", "region");
        assertThat(layers.layers()).allSatisfy(l -> assertThat(l.version()).startsWith("sha256:"));
        assertThat(layers.layer("region-chengdu").orElseThrow().features()).hasSize(20);
    }

    @Test
    void aLayerIsWhatItsFileAndDeclarationSay() throws IOException {
        Layer layer = load(SQUARE, "").layers().get(0);

        assertThat(layer.features()).hasSize(1);
        assertThat(layer.features().get(0).name()).isEqualTo("甲校");
        assertThat(layer.staleOn(LocalDate.of(2026, 1, 1))).isFalse();
        assertThat(layer.staleOn(LocalDate.of(2026, 1, 12))).isTrue();
    }

    @Test
    void theVersionFollowsTheContentAlone() throws IOException {
        String first = load(SQUARE, "").layers().get(0).version();

        assertThat(load(SQUARE, "").layers().get(0).version()).isEqualTo(first);
        assertThat(load(SQUARE.replace("甲", "乙"), "").layers().get(0).version())
                .isNotEqualTo(first);
    }

    @Test
    void onlyTheSelectedFeaturesAreTaken() throws IOException {
        assertThat(
                        load(SQUARE, "select: {property: kind, in: [kindergarten]}")
                                .layers()
                                .get(0)
                                .features())
                .isEmpty();
    }

    @Test
    void aFolderWithoutDeclarationsIsRefused() {
        assertThatThrownBy(() -> LayerSet.load(folder))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("layers.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_unclosed",
                "invalid_feature_wrong_geometry_key",
                "invalid_featurecollection_features_is_object",
                "invalid_geometry_coordinates_1d",
                "invalid_geometry_coordinates_missing",
                "invalid_geometry_depth_deep_point",
                "invalid_geometry_depth_shallow_polygon",
                "invalid_geometry_mislabeled_point",
                "problematic_self_intersection_large",
                "problematic_crs_defined"
            })
    void aBrokenFileIsRefusedWithItsName(String file) throws IOException {
        String content = Files.readString(Path.of("src/test/resources/bad", file + ".geojson"));

        assertThatThrownBy(() -> load(content, ""))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("a.geojson");
    }

    @Test
    void swappedCoordinatesAreCalledSwapped() {
        String swapped =
                SQUARE.replace("[104,30]", "[30,104]")
                        .replace("[104.01,30]", "[30,104.01]")
                        .replace("[104.01,30.01]", "[30.01,104.01]")
                        .replace("[104,30.01]", "[30.01,104]");

        assertThatThrownBy(() -> load(swapped, "")).hasMessageContaining("写反");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> load(SQUARE, "acuracy_m: 3"))
                .hasMessageContaining("acuracy_m")
                .hasMessageContaining("accuracy_m");
    }

    @Test
    void notSayingWhetherALayerIsCompleteIsRefused() throws IOException {
        Files.writeString(folder.resolve("a.geojson"), SQUARE);
        Files.writeString(
                folder.resolve("layers.yaml"), declaration("").replace("complete: true", ""));

        assertThatThrownBy(() -> LayerSet.load(folder)).hasMessageContaining("complete");
    }

    @Test
    void aFileOutsideTheFolderIsNotRead() throws IOException {
        Files.writeString(
                folder.resolve("layers.yaml"),
                declaration("").replace("a.geojson", "../../../../../../etc/passwd"));

        assertThatThrownBy(() -> LayerSet.load(folder)).hasMessageContaining("没有这个文件");
    }

    @Test
    void aYamlBombIsRefused() throws IOException {
        Files.writeString(
                folder.resolve("layers.yaml"),
                "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nlayers: [*c,*c]\n");

        assertThatThrownBy(() -> LayerSet.load(folder)).isInstanceOf(LayerException.class);
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        assertThatThrownBy(() -> load("[".repeat(100_000), "")).isInstanceOf(LayerException.class);
    }

    private LayerSet load(String geojson, String more) throws IOException {
        Files.write(folder.resolve("a.geojson"), geojson.getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("layers.yaml"), declaration(more));
        return LayerSet.load(folder);
    }

    private static String declaration(String more) {
        return """
        layers:
          - id: a
            kind: school
            title: 学校
            file: a.geojson
            datum: CGCS2000
            source: 测试
            licence: CC0
            surveyed: "2026-01-01"
            max_age_days: 10
            accuracy_m: 1
            complete: true
            coverage: [103, 29, 105, 31]
            %s
        """
                .formatted(more);
    }
}

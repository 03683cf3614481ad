package org.kanqian.gis.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeFilterTest {
    private static final Map<String, String> SCHOOL =
            Map.of("amenity", "school", "name", "清华附中", "pupils", "1200", "学校类型", "中学");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amenity = 'school'",
                "amenity = 'school' AND name LIKE '%附中'",
                "amenity IN ('school', 'kindergarten')",
                "pupils > 1000",
                "pupils BETWEEN 1000 AND 2000",
                "NOT (pupils < 1000)",
                "closed IS NULL",
                "name IS NOT NULL OR amenity = 'x'",
                "\"学校类型\" = '中学'",
            })
    void takesWhatItSays(String cql) throws FilterException {
        assertThat(AttributeFilter.of(cql).accepts(SCHOOL)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amenity = 'college'",
                "name LIKE '%大学%'",
                "pupils > 5000",
                "nowhere = 'x'",
                "closed IS NOT NULL",
                "amenity <> 'school'",
            })
    void leavesOutTheRest(String cql) throws FilterException {
        assertThat(AttributeFilter.of(cql).accepts(SCHOOL)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "amenity",
                "amenity = ",
                "amenity = 'school",
                "strToLowerCase(amenity) = 'school'",
                "env('secret') = 'x'",
                "INTERSECTS(geom, POINT(1 1))",
                "BBOX(geom, 1, 2, 3, 4)",
                "pupils + 1 > 3",
                "IN ('id1')",
                "INCLUDE",
                "amenity = 'a'; amenity = 'b'",
            })
    void refusesMoreThanAFilter(String cql) {
        assertThatThrownBy(() -> AttributeFilter.of(cql))
                .isInstanceOf(FilterException.class)
                .hasMessageContaining("过滤条件");
    }

    @Test
    void isBounded() {
        String deep = "(".repeat(500) + "a = 'b'" + ")".repeat(500);
        assertThatThrownBy(() -> AttributeFilter.of(deep)).isInstanceOf(FilterException.class);
        String longest = "a = '" + "x".repeat(3_000) + "'";
        assertThatThrownBy(() -> AttributeFilter.of(longest)).isInstanceOf(FilterException.class);
    }

    @Test
    void saysWhatItReads() throws FilterException {
        AttributeFilter filter = AttributeFilter.of("b = 1 OR a LIKE 'x%'");
        assertThat(filter.attributes()).containsExactlyInAnyOrder("a", "b");
    }

    @Property(tries = 300)
    void anyTextIsAFilterOrRefused(@ForAll @StringLength(max = 60) String cql) {
        try {
            AttributeFilter.of(cql).accepts(SCHOOL);
        } catch (FilterException e) {
            assertThat(e.zh()).isNotBlank();
        }
    }
}

package org.kanqian.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;

class OfficerKeyTest {
    private static final String KEY = "sixteen-or-more-characters";

    @Test
    void theKeyOpens() {
        OfficerKey key = OfficerKey.of(KEY);

        assertThatCode(() -> key.require("Bearer " + KEY)).doesNotThrowAnyException();
        assertThatCode(() -> key.require("bearer " + KEY)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Basic " + KEY,
                KEY,
                "Bearer " + KEY + "x",
            })
    void anythingElseDoesNot(String given) {
        Problem refused = refused(OfficerKey.of(KEY), given);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.toString()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   "})
    void withoutOneNothingOpensAndTheAnswerSaysHowToSwitchItOn(String unset) {
        Problem refused = refused(OfficerKey.of(unset), "Bearer " + KEY);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail().zh()).contains("KANQIAN_OFFICER_KEY");
        assertThat(refused.detail().en()).contains("KANQIAN_OFFICER_KEY");
    }

    @Test
    void aKeyThatCouldBeGuessedIsNone() {
        assertThatThrownBy(() -> OfficerKey.of("short"))
                .hasMessageContaining("16")
                .hasMessageNotContaining("short ");
    }

    private static Problem refused(OfficerKey key, String authorization) {
        return catchThrowableOfType(ProblemException.class, () -> key.require(authorization))
                .problem();
    }
}

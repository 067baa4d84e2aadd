package io.quarkiverse.hume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void of_value_isKeptWithItsHeader() {
        AccessToken token = AccessToken.of("abc.DEF-123_~+/=", NOW);
        assertThat(token.value()).isEqualTo("abc.DEF-123_~+/=");
        assertThat(token.authorization()).isEqualTo("Bearer abc.DEF-123_~+/=");
        assertThat(token.expiresAt()).isEqualTo(NOW);
    }

    @Test
    void authorization_repeated_isTheSameInstance() {
        AccessToken token = AccessToken.of("abc", NOW);
        assertThat(token.authorization()).isSameAs(token.authorization());
    }

    @Test
    void of_lifetime_isAddedToNow() {
        assertThat(AccessToken.of("abc", NOW, Duration.ofMinutes(30)).expiresAt())
                .isEqualTo(Instant.parse("2026-03-01T00:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, -1 })
    void of_noLifetime_isRejected(long nanos) {
        assertThatIllegalArgumentException().isThrownBy(() -> AccessToken.of("abc", NOW, Duration.ofNanos(nanos)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "sec ret", "sec\rret", "sec\nret", "sec\tret", "sec\0ret", "sec\u007fret", "sec\u00e9ret",
            "sec\u2028ret", " secret", "secret\n" })
    void of_characterThatBreaksAHeader_isRejectedWithoutTheValue(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> AccessToken.of(value, NOW))
                .withMessageContaining("access token")
                .withMessageNotContaining("sec").withMessageNotContaining("ret");
    }

    @Test
    void of_badCharacter_isNamedWithItsPosition() {
        assertThatIllegalArgumentException().isThrownBy(() -> AccessToken.of("ab\nd", NOW))
                .withMessageContaining("U+000A at position 3 of 4");
    }

    @ParameterizedTest
    @ValueSource(strings = { "!", "~" })
    void of_outermostVisibleCharacter_isAccepted(String value) {
        assertThat(AccessToken.of(value, NOW).value()).isEqualTo(value);
    }

    @Test
    void of_empty_isRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> AccessToken.of("", NOW)).withMessageContaining("empty");
    }

    @Test
    void of_null_isRejected() {
        assertThatNullPointerException().isThrownBy(() -> AccessToken.of(null, NOW));
        assertThatNullPointerException().isThrownBy(() -> AccessToken.of("abc", null));
    }

    @Test
    void toString_always_masksTheValue() {
        assertThat(AccessToken.of("top-secret", NOW)).hasToString("AccessToken[value=****, expiresAt=" + NOW + "]");
    }

    @Test
    void equals_sameValue_ignoresTheExpiry() {
        AccessToken token = AccessToken.of("abc", NOW);
        assertThat(token).isEqualTo(AccessToken.of("abc", NOW.plusSeconds(1)))
                .hasSameHashCodeAs(AccessToken.of("abc", NOW.plusSeconds(1)))
                .isNotEqualTo(AccessToken.of("abd", NOW))
                .isNotEqualTo("abc")
                .isNotEqualTo(null);
    }

    @Test
    void secrets_always_areNotSerializable() {
        assertThat(Serializable.class.isAssignableFrom(AccessToken.class)).isFalse();
        assertThat(Serializable.class.isAssignableFrom(HumeCredentials.class)).isFalse();
    }
}

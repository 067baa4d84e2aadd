package io.quarkiverse.hume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumeCredentialsTest {

    @Test
    void ofApiKey_key_hasNoSecretKey() {
        HumeCredentials credentials = HumeCredentials.ofApiKey("key");
        assertThat(credentials.apiKey()).isEqualTo("key");
        assertThat(credentials.secretKey()).isEmpty();
    }

    @Test
    void of_bothKeys_hasBoth() {
        HumeCredentials credentials = HumeCredentials.of("key", "secret");
        assertThat(credentials.apiKey()).isEqualTo("key");
        assertThat(credentials.secretKey()).contains("secret");
    }

    @Test
    void toString_always_masksTheKeys() {
        assertThat(HumeCredentials.ofApiKey("topsecret")).hasToString("HumeCredentials[apiKey=****, secretKey=none]");
        assertThat(HumeCredentials.of("topsecret", "evenmore"))
                .hasToString("HumeCredentials[apiKey=****, secretKey=****]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "alpha beta", "alpha\rbeta", "alpha\nbeta", "alpha\tbeta", "alpha\0beta", "alpha\u007fbeta",
            "alpha\u00fcbeta", "alphabeta ", "alphabeta\r\n" })
    void keys_characterThatBreaksAHeader_areRejectedWithoutTheValue(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.ofApiKey(key))
                .withMessageContaining("API key").withMessageNotContaining("alpha").withMessageNotContaining("beta");
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.of(key, "secret"))
                .withMessageContaining("API key").withMessageNotContaining("alpha").withMessageNotContaining("beta");
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.of("key", key))
                .withMessageContaining("secret key").withMessageNotContaining("alpha").withMessageNotContaining("beta");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "\"alphabeta\"       | begins and ends with a quotation mark",
            "'alphabeta'         | begins and ends with a quotation mark",
            "~ \"alphabeta\"\n~ | begins and ends with a quotation mark",
            "\u201calphabeta\u201d | begins and ends with a quotation mark",
            "\"alphabeta         | begins with a quotation mark",
            "alphabeta'          | ends with a quotation mark",
            "\"                  | begins with a quotation mark",
            "\"\"                | begins and ends with a quotation mark",
            "${ALPHABETA}        | contains a placeholder",
            "alpha${beta}        | contains a placeholder",
            "$(ALPHABETA)        | contains a placeholder",
            "{{ .alphabeta }}    | contains a placeholder",
            "<alphabeta>         | contains a placeholder",
            "Bearer alphabeta    | begins with \"Bearer\"",
            "bearer\talphabeta   | begins with \"Bearer\"",
            "Basic alphabeta     | begins with \"Basic\"",
            "X-Hume-Api-Key: alphabeta | begins with \"X-Hume-Api-Key:\"",
            "~ alphabeta~        | U+0020 at position 1 of 10 (a blank). Check for a line break or blank",
            "~alphabeta\n~       | U+000A at position 10 of 10 (a line break). Check for a line break or blank" })
    void keys_mistakeOfAConfiguration_isNamed(String key, String mistake) {
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.ofApiKey(key))
                .withMessageContaining("The API key").withMessageContaining(mistake).withMessageNotContaining("alpha");
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.of("key", key))
                .withMessageContaining("The secret key").withMessageContaining(mistake).withMessageNotContaining("alpha");
    }

    @ParameterizedTest
    @ValueSource(strings = { "$alpha", "al\"pha", "alpha'beta", "Bearer", "basically", "a<b>c", "{alpha}", "x-hume-api-key" })
    void keys_thatOnlyLookLikeAMistake_areAccepted(String key) {
        assertThat(HumeCredentials.ofApiKey(key).apiKey()).isEqualTo(key);
    }

    @Test
    void message_isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.ofApiKey("key\n"))
                    .withMessageContaining("U+000A at position 4 of 4 (a line break)");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keys_empty_areRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.ofApiKey(""));
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.of("", "secret"));
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.of("key", ""));
    }

    @Test
    void keys_null_areRejected() {
        assertThatNullPointerException().isThrownBy(() -> HumeCredentials.ofApiKey(null));
        assertThatNullPointerException().isThrownBy(() -> HumeCredentials.of(null, "secret"));
        assertThatNullPointerException().isThrownBy(() -> HumeCredentials.of("key", null));
    }

    @Test
    void colon_inApiKey_isRejectedOnlyWhereItEndsTheUserName() {
        assertThatIllegalArgumentException().isThrownBy(() -> HumeCredentials.of("alpha:beta", "secret"))
                .withMessageContaining("colon").withMessageNotContaining("alpha");
        assertThat(HumeCredentials.ofApiKey("alpha:beta").apiKey()).isEqualTo("alpha:beta");
        assertThat(HumeCredentials.of("key", "alpha:beta").secretKey()).contains("alpha:beta");
    }

    @Test
    void equals_sameKeys_isTrue() {
        HumeCredentials credentials = HumeCredentials.of("key", "secret");
        assertThat(credentials).isEqualTo(HumeCredentials.of("key", "secret"))
                .hasSameHashCodeAs(HumeCredentials.of("key", "secret"))
                .isNotEqualTo(HumeCredentials.of("key", "other"))
                .isNotEqualTo(HumeCredentials.of("other", "secret"))
                .isNotEqualTo(HumeCredentials.ofApiKey("key"))
                .isNotEqualTo(null);
        assertThat(HumeCredentials.ofApiKey("key")).isEqualTo(HumeCredentials.ofApiKey("key"));
    }

    @Test
    void expiry_isKeptAndIgnoredByEquals() {
        Instant end = Instant.parse("2030-01-31T12:00:00Z");
        HumeCredentials expiring = HumeCredentials.of("key", "secret").expiringAt(end);
        assertThat(expiring.expiresAt()).contains(end);
        assertThat(expiring).isEqualTo(HumeCredentials.of("key", "secret"))
                .hasSameHashCodeAs(HumeCredentials.of("key", "secret"))
                .hasToString("HumeCredentials[apiKey=****, secretKey=****, expiresAt=2030-01-31T12:00:00Z]");
        assertThat(HumeCredentials.ofApiKey("key").expiresAt()).isEmpty();
        assertThatNullPointerException().isThrownBy(() -> HumeCredentials.ofApiKey("key").expiringAt(null));
    }
}

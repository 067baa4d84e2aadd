package io.quarkiverse.hume.deployment.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of a configured value that ends up in the built application and contains the key. */
class LiteralKeysTest {

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "${HUME_API_KEY}", "${HUME_API_KEY:}", "${HUME_API_KEY:${hume.other:}}",
            "${FIRST},${SECOND:}", "${aes-gcm-nopadding::DJNrZ6LfpupFv6QbXyXhvzD8eVDnDa_kTliQBpuzTobDZxlg}" })
    void reference_isNoLiteral(String value) {
        assertThat(LiteralKeys.isLiteral(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "key", "${HUME_API_KEY:key}", "${HUME_API_KEY:${OTHER:key}}", "${FIRST},key", "prefix-${HUME}" })
    void value_isLiteral(String value) {
        assertThat(LiteralKeys.isLiteral(value)).isTrue();
    }
}

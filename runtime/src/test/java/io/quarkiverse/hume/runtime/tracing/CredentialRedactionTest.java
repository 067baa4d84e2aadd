package io.quarkiverse.hume.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of an address whose values are redacted. */
class CredentialRedactionTest {

    @ParameterizedTest
    @CsvSource({
            "wss://api.hume.ai/v0/evi/chat?access_token=a.b-c_d%3D, wss://api.hume.ai/v0/evi/chat?access_token=REDACTED",
            "https://h/p?x=1&api_key=secret&y=2#api, https://h/p?x=1&api_key=REDACTED&y=2#api",
            "api_key=secret, api_key=REDACTED",
            "a=b&apiKey=secret, a=b&apiKey=REDACTED",
            "a=b&accessToken=secret&ACCESS_TOKEN=secret, a=b&accessToken=REDACTED&ACCESS_TOKEN=REDACTED",
            "/v0?api_key=one&api_key=two, /v0?api_key=REDACTED&api_key=REDACTED" })
    void credential_isRedacted(String address, String redacted) {
        assertThat(CredentialRedaction.redact(address)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://api.hume.ai/v0/tts", "https://h/api_key/x?a=b", "api_key_id=7", "not_api_key=7",
            "access_token=" })
    void anythingElse_staysTheSameObject(String address) {
        assertThat(CredentialRedaction.redact(address)).isSameAs(address);
    }

    @Test
    void value_isNotRepeatedByARegularExpression() {
        assertThat(CredentialRedaction.redact("api_key=$1\\Q")).isEqualTo("api_key=REDACTED");
    }
}

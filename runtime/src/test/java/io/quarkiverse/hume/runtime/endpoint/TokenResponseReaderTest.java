package io.quarkiverse.hume.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;

class TokenResponseReaderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(30);

    private final TokenResponseReader reader = new TokenResponseReader("cloud", DEFAULT_LIFETIME);

    @Test
    void read_fullResponse_isTheToken() {
        AccessToken token = read("{\"access_token\":\"abc\",\"expires_in\":1800,\"token_type\":\"bearer\",\"grant_type\":"
                + "\"client_credentials\",\"issued_at\":\"1708985170\",\"more\":{\"x\":[1]}}");
        assertThat(token.value()).isEqualTo("abc");
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(1800));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"access_token\":\"abc\"}", "{\"access_token\":\"abc\",\"expires_in\":null}",
            " \r\n\t{ \"access_token\" : \"abc\" } \n" })
    void read_noLifetime_usesTheDefault(String body) {
        assertThat(read(body).expiresAt()).isEqualTo(NOW.plus(DEFAULT_LIFETIME));
    }

    @ParameterizedTest
    @CsvSource({ "1,1000", "1800,1800000", "\"1800\",1800000", "\" 60 \",60000", "59.5,59500", "\"59.5\",59500",
            "1.8e3,1800000", "\"1.8E3\",1800000", "0.0004,1", "31622400,31622400000", "\"1e-999999999\",1" })
    void read_lifetime_isANumberOrANumericString(String expiresIn, long millis) {
        assertThat(read(withLifetime(expiresIn)).expiresAt()).isEqualTo(NOW.plusMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "0|not more than zero", "-1|not more than zero", "\"0\"|not more than zero",
            "\"-1800\"|not more than zero", "0.0|not more than zero", "31622401|more than a year",
            "1708985170000|more than a year", "1e300|more than a year", "\"1e999999999\"|more than a year",
            "99999999999999999999999999|more than a year", "\"soon\"|neither a number", "\"\"|neither a number",
            "\" \"|neither a number", "true|neither a number", "{}|neither a number", "[1800]|neither a number",
            "\"NaN\"|neither a number", "\"Infinity\"|neither a number", "\"30m\"|neither a number",
            "\"0x10\"|neither a number", "\"1,800\"|neither a number", "1e999|neither a number" })
    void read_badLifetime_isRejected(String expiresIn, String why) {
        assertInvalid(withLifetime(expiresIn), why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|has no access_token", "{\"access_token\":null}|has no access_token",
            "{\"accessToken\":\"abc\"}|has no access_token", "{\"access_token\":17}|not a string",
            "{\"access_token\":true}|not a string", "{\"access_token\":{\"value\":\"abc\"}}|not a string",
            "{\"access_token\":[\"abc\"]}|not a string", "{\"access_token\":\"\"}|blank access_token",
            "{\"access_token\":\" \\t \"}|blank access_token", "[]|not a JSON object",
            "[{\"access_token\":\"abc\"}]|not a JSON object",
            "\"abc\"|not a JSON object", "17|not a JSON object", "null|not a JSON object", "true|not a JSON object",
            "abc|is not JSON", "access_token=abc|is not JSON", "{\"access_token\":\"abc\"|is not JSON", "{|is not JSON",
            "{'access_token':'abc'}|is not JSON", "<html><body>Sign in</body></html>|is HTML or XML",
            "<?xml version=\"1.0\"?>|is HTML or XML" })
    void read_badBody_isRejected(String body, String why) {
        assertInvalid(body, why);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\r\n\t" })
    void read_emptyBody_isRejected(String body) {
        assertInvalid(body, "is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = { "topsecret token", "topsecret\\r\\nX-Evil: 1", "topsecret\\u0000", "topsecret\\u00e9" })
    void read_tokenThatBreaksAHeader_isRejectedWithoutTheToken(String token) {
        HumeAuthenticationException invalid = assertInvalid("{\"access_token\":\"" + token + "\"}",
                "must not stand in a header");
        assertThat(invalid.getMessage()).doesNotContain("topsecret");
    }

    @ParameterizedTest
    @ValueSource(strings = { "topsecret", "{\"access_token\":\"topsecret\",}", "{\"access_token\":\"topsecret",
            "{\"access_token\":[\"topsecret\"]}", "{\"refresh_token\":\"topsecret\"}", "[\"topsecret\"]",
            "{\"access_token\":\"topsecret\",\"expires_in\":\"topsecret\"}", "{\"error\":\"topsecret with blanks\"}",
            "{\"error\":{\"x\":\"topsecret\"}}" })
    void read_badBody_isNotQuoted(String body) {
        HumeAuthenticationException invalid = assertInvalid(body, "");
        assertThat(invalid).hasNoCause();
        assertThat(invalid.getMessage()).doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"error\":\"invalid_client\"}|invalid_client",
            "{\"fault\":{\"faultstring\":\"no\",\"detail\":{\"errorcode\":\"oauth.v2.InvalidApiKey\"}}}|oauth.v2.InvalidApiKey",
            "{\"ErrorCode\":\"invalid_request\",\"Error\":\"text\"}|invalid_request" })
    void read_errorInSuccess_namesTheCode(String body, String code) {
        assertInvalid(body, "but the error code " + code);
    }

    /** What was sent may come back anywhere, also in the form of a code. */
    @ParameterizedTest
    @ValueSource(strings = { "error", "ErrorCode", "code", "errorcode" })
    void read_unknownErrorCode_isNotRepeated(String field) {
        String reflected = "ZGVtby1hcGkta2V5OmRlbW8tc2VjcmV0LWtleQ";
        HumeAuthenticationException invalid = assertInvalid("{\"fault\":{\"" + field + "\":\"" + reflected + "\"}}",
                "an error code that is not a known one");
        assertThat(invalid.getMessage()).doesNotContain(reflected);
    }

    @Test
    void read_noUtf8_isRejected() {
        byte[] body = { '{', '"', 'a', '"', ':', '"', (byte) 0xff, (byte) 0xc0, '"', '}' };
        assertThat(catchThrowableOfType(HumeAuthenticationException.class, () -> reader.read(body, NOW)).reason())
                .isEqualTo(Reason.INVALID_TOKEN_RESPONSE);
    }

    @Test
    void read_deeplyNested_isRejected() {
        assertInvalid("[".repeat(30_000), "is not JSON");
        assertInvalid("{\"a\":".repeat(10_000), "is not JSON");
    }

    private HumeAuthenticationException assertInvalid(String body, String why) {
        HumeAuthenticationException invalid = catchThrowableOfType(HumeAuthenticationException.class, () -> read(body));
        assertThat(invalid).as(body).isNotNull().hasMessageContaining(why).hasMessageContaining("cloud");
        assertThat(invalid.reason()).isEqualTo(Reason.INVALID_TOKEN_RESPONSE);
        assertThat(invalid.account()).isEqualTo("cloud");
        return invalid;
    }

    private AccessToken read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static String withLifetime(String expiresIn) {
        return "{\"access_token\":\"abc\",\"expires_in\":" + expiresIn + "}";
    }
}

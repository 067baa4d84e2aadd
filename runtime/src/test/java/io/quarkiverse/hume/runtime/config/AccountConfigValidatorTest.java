package io.quarkiverse.hume.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountConfigValidatorTest {

    @Test
    void violations_defaults_areNone() {
        assertThat(violations(Map.of())).isEmpty();
    }

    @Test
    void violations_sensibleSettings_areNone() {
        assertThat(violations(Map.of("api-key", "key", "secret-key", "secret", "base-url", "http://[::1]:8080/x",
                "trusted-hosts", "*.hume.ai,localhost,127.0.0.1,[::1],gateway.example.com", "token.retry.max-retries", "0",
                "token.check-every", "1S", "token.retry.delay", "1S", "token.retry.max-delay", "1S"))).isEmpty();
    }

    @Test
    void violations_manyMistakes_areFoundAllAtOnce() {
        Map<String, String> settings = new HashMap<>(Map.of("secret-key", "sec ret", "base-url", "http://u:p@api.hume.ai",
                "trusted-hosts", "https://evil.com,*.ai", "token.path", "token", "token.refresh-before", "0S",
                "token.default-lifetime", "0S", "token.timeout", "0S", "token.check-every", "999MS"));
        settings.putAll(Map.of("token.retry.max-retries", "11", "token.retry.delay", "0S", "token.retry.max-delay", "-1S"));
        assertThat(violations(settings)).extracting(violation -> violation.substring(0, violation.indexOf(' ')))
                .containsExactly("hume.secret-key", "hume.secret-key", "hume.base-url", "hume.base-url",
                        "hume.trusted-hosts", "hume.trusted-hosts", "hume.token.path", "hume.token.refresh-before",
                        "hume.token.default-lifetime", "hume.token.timeout", "hume.token.check-every",
                        "hume.token.retry.max-retries", "hume.token.retry.delay", "hume.token.retry.max-delay",
                        "hume.token.retry.max-delay");
    }

    @Test
    void violations_namedAccount_nameItsProperties() {
        AccountRuntimeConfig cloud = ConfigStub.account(Map.of("secret-key", "secret"));
        assertThat(AccountConfigValidator.violations("hume.accounts.\"cloud\".", cloud)).singleElement().asString()
                .startsWith("hume.accounts.\"cloud\".secret-key is set but hume.accounts.\"cloud\".api-key is not");
    }

    @ParameterizedTest
    @CsvSource({ "api-key,topsecret x", "api-key,topsecret\u00e9", "secret-key,topsecret x", "secret-key,'topsecret\n'" })
    void keys_badCharacter_areRejectedWithoutTheKey(String key, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("api-key", "key"));
        settings.put(key, value);
        assertThat(violations(settings)).singleElement().asString().startsWith("hume." + key + " cannot be used")
                .contains("line break or blank").doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource({ "-1S,false", "0S,true", "14D,true", "365D,true", "366D,false" })
    void keyExpiryWarning_isFromZeroToAYear(String warning, boolean good) {
        assertThat(violations(Map.of("key-expiry-warning", warning))).hasSize(good ? 0 : 1)
                .allMatch(violation -> violation.equals("hume.key-expiry-warning must be from zero to a year"));
    }

    @ParameterizedTest
    @CsvSource({ "requests-per-minute,0", "requests-per-minute,100001", "max-wait,-1S", "max-wait,601S", "name,organization" })
    void rateLimit_badValue_isRejected(String key, String value) {
        assertThat(violations(Map.of("rate-limit." + key, value))).singleElement().asString()
                .startsWith("hume.rate-limit." + key + " ");
    }

    @Test
    void rateLimit_goodValues_areAccepted() {
        assertThat(violations(Map.of("rate-limit.requests-per-minute", "600", "rate-limit.max-wait", "0S", "rate-limit.name",
                "organization"))).isEmpty();
    }

    @Test
    void credentialsProvider_besideKeysOrWithoutAName_isRejected() {
        assertThat(violations(Map.of("credentials-provider", "hume", "credentials-provider-name", "vault"))).isEmpty();
        assertThat(violations(Map.of("credentials-provider", "hume", "api-key", "key"))).singleElement().asString()
                .contains("credentials-provider is set, and so is", "api-key. Remove one of them");
        assertThat(violations(Map.of("credentials-provider-name", "vault"))).singleElement().asString()
                .contains("credentials-provider-name is set, but", "credentials-provider is not");
    }

    @Test
    void keys_colonInApiKey_isRejectedOnlyWithASecretKey() {
        assertThat(violations(Map.of("api-key", "a:b"))).isEmpty();
        assertThat(violations(Map.of("api-key", "a:b", "secret-key", "c:d"))).singleElement().asString()
                .startsWith("hume.api-key contains a colon");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://api.hume.ai", "https://api.hume.ai/", "https://api.hume.ai:8443/prefix",
            "HTTPS://API.HUME.AI", "http://localhost:8080", "http://127.0.0.1", "http://LocalHost" })
    void baseUrl_good_isAccepted(String url) {
        assertThat(violations(Map.of("base-url", url))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "api.hume.ai,must be an absolute address", "/v0,must be an absolute address",
            "//api.hume.ai,must be an absolute address", "ftp://api.hume.ai,must be an absolute address",
            "https:///v0,must be an absolute address", "https:api.hume.ai,must be an absolute address",
            "wss://api.hume.ai,must be an absolute address", "https://user@api.hume.ai,must have no user",
            "https://api.hume.ai?x=1,must have no user", "https://api.hume.ai#x,must have no user",
            "http://api.hume.ai,must be https", "http://127.0.0.1.evil.com,must be https",
            "http://localhost.evil.com,must be https", "http://192.168.0.1,must be https" })
    void baseUrl_bad_isRejected(String url, String why) {
        assertThat(violations(Map.of("base-url", url))).singleElement().asString().startsWith("hume.base-url " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://api.hume.ai", "api.hume.ai:443", "api.hume.ai/x", "*", "*.", "*.ai", "api.*.ai",
            "**.hume.ai", "user@api.hume.ai", "api hume.ai", "[::1]:80", ".*" })
    void trustedHost_bad_isRejected(String pattern) {
        assertThat(violations(Map.of("trusted-hosts", pattern))).singleElement().asString()
                .startsWith("hume.trusted-hosts has the entry \"" + pattern + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "token", "/to ken", "/t\u00f6ken", "https://evil.com/token" })
    void tokenPath_bad_isRejected(String path) {
        assertThat(violations(Map.of("token.path", path))).singleElement().asString().startsWith("hume.token.path");
    }

    @ParameterizedTest
    @CsvSource({ "0,true", "10,true", "-1,false", "11,false" })
    void maxRetries_upToTen_isAccepted(String retries, boolean accepted) {
        assertThat(violations(Map.of("token.retry.max-retries", retries)).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void maxDelay_lessThanDelay_isRejected() {
        assertThat(violations(Map.of("token.retry.delay", "2S", "token.retry.max-delay", "1S"))).singleElement().asString()
                .startsWith("hume.token.retry.max-delay must not be less than hume.token.retry.delay");
    }

    @Test
    void webhook_sensibleSettings_areAccepted() {
        assertThat(violations(Map.of("webhook.signing-key", "s3cr3t-\u00fcn\u00efcode,two words", "webhook.tolerance", "1S",
                "webhook.clock-skew", "0S", "webhook.replay-limit", "1"))).isEmpty();
        assertThat(violations(Map.of("webhook.tolerance", "1H", "webhook.clock-skew", "1H", "webhook.replay-limit",
                "10000000", "webhook.max-body-size", "64M", "webhook.body-timeout", "10M"))).isEmpty();
        assertThat(violations(Map.of("webhook.max-body-size", "1024", "webhook.body-timeout", "100MS"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "tolerance,999MS", "tolerance,3601S", "clock-skew,-1S", "clock-skew,3601S", "replay-limit,0",
            "replay-limit,10000001", "max-body-size,1023", "max-body-size,67108865", "body-timeout,99MS", "body-timeout,601S",
            "body-timeout,-1S" })
    void webhook_outOfRange_isRejected(String key, String value) {
        assertThat(violations(Map.of("webhook." + key, value))).singleElement().asString()
                .startsWith("hume.webhook." + key + " must be from ");
    }

    @ParameterizedTest
    @ValueSource(strings = { " topsecret", "topsecret\n", "good,topsecret ", "top\tsecret", " " })
    void webhookSigningKey_copiedBlank_isRejectedWithoutTheKey(String keys) {
        assertThat(violations(Map.of("webhook.signing-key", keys))).singleElement().asString()
                .startsWith("hume.webhook.signing-key has an entry").doesNotContain("secret");
    }

    private static List<String> violations(Map<String, String> settings) {
        return AccountConfigValidator.violations("hume.", ConfigStub.account(settings));
    }
}

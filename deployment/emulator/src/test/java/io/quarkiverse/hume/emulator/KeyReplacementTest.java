package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonObject;

class KeyReplacementTest extends EmulatorTestCase {

    @Test
    void replace_newPair_onlyThatOneWorks() {
        EmulatorKeys old = emulator.keys(FIRST);
        String oldToken = token(old);

        JsonObject answer = replaceKeys("chosen-key", "chosen secret: with colon").json();

        assertThat(answer).isEqualTo(new JsonObject().put("account", FIRST).put("api_key", "chosen-key").put("secret_key",
                "chosen secret: with colon"));
        assertThat(statusWithKey(old.apiKey())).isEqualTo(401);
        assertThat(tokenCall(old).send().status()).isEqualTo(401);
        assertThat(statusWithToken(oldToken)).isEqualTo(401);
        assertThat(statusWithKey("chosen-key")).isEqualTo(200);
        assertThat(statusWithToken(token(new EmulatorKeys("chosen-key", "chosen secret: with colon")))).isEqualTo(200);
    }

    @Test
    void replace_onlySecretDiffers_oldSecretRejected() {
        EmulatorKeys old = emulator.keys(FIRST);

        assertThat(replaceKeys(old.apiKey(), "other-secret").status()).isEqualTo(200);

        assertThat(tokenCall(old).send().status()).isEqualTo(401);
        assertThat(tokenCall(new EmulatorKeys(old.apiKey(), "other-secret")).send().status()).isEqualTo(200);
        assertThat(statusWithKey(old.apiKey())).isEqualTo(200);
    }

    @Test
    void replace_keyOfAnotherAccount_rejectedAndNothingChanged() {
        EmulatorKeys old = emulator.keys(FIRST);

        Reply reply = replaceKeys(emulator.keys(SECOND).apiKey(), "secret");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("api_key: ").contains(SECOND);
        assertThat(emulator.keys(FIRST)).isEqualTo(old);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "with:colon", " leading", "trailing ", "umlaut-\u00fc", "line\nbreak" })
    void replace_uselessKey_rejected(String apiKey) {
        Reply reply = replaceKeys(apiKey, "secret");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("api_key: must ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  ", "\u20ac" })
    void replace_uselessSecret_rejected(String secretKey) {
        Reply reply = replaceKeys("key", secretKey);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("secret_key: must ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "account", "api_key", "secret_key" })
    void replace_fieldMissing_named(String missing) {
        JsonObject body = new JsonObject().put("account", FIRST).put("api_key", "k").put("secret_key", "s");
        body.remove(missing);

        Reply reply = control("PUT", "/keys", body.getMap());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).isEqualTo(missing + ": is required");
    }

    @Test
    void replace_unknownAccount_rejected() {
        Reply reply = control("PUT", "/keys", Map.of("account", "nobody", "api_key", "k", "secret_key", "s"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).startsWith("account: ").contains("nobody", SECOND);
    }

    @Test
    void replace_thenReset_firstKeysAgain() {
        EmulatorKeys first = emulator.keys(FIRST);
        replaceKeys("chosen-key", "chosen-secret");

        emulator.reset();

        assertThat(emulator.keys(FIRST)).isEqualTo(first);
        assertThat(statusWithKey("chosen-key")).isEqualTo(401);
    }

    private static Reply replaceKeys(String apiKey, String secretKey) {
        return control("PUT", "/keys", Map.of("account", FIRST, "api_key", apiKey, "secret_key", secretKey));
    }
}

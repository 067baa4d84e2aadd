package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonObject;

class KeyRegenerationTest extends EmulatorTestCase {

    @Test
    void regenerate_withoutOverlap_oldKeysAndTokensDieAtOnce() {
        EmulatorKeys old = emulator.keys(FIRST);
        String oldToken = token(old);

        JsonObject answer = obeyed("POST", "/keys/regenerate", Map.of("account", FIRST)).getJsonArray("accounts")
                .getJsonObject(0);

        EmulatorKeys current = new EmulatorKeys(answer.getString("api_key"), answer.getString("secret_key"));
        assertThat(current).isNotEqualTo(old).isEqualTo(emulator.keys(FIRST));
        assertThat(statusWithKey(old.apiKey())).isEqualTo(401);
        assertThat(tokenCall(old).send().status()).isEqualTo(401);
        assertThat(statusWithToken(oldToken)).isEqualTo(401);
        assertThat(statusWithKey(current.apiKey())).isEqualTo(200);
        assertThat(statusWithToken(token(current))).isEqualTo(200);
    }

    @Test
    void regenerate_withOverlap_bothPairsWorkUntilItsEnd() {
        EmulatorKeys old = emulator.keys(FIRST);
        obeyed("POST", "/keys/regenerate", Map.of("account", FIRST, "overlap_seconds", 60));

        clock.advance(Duration.ofSeconds(60).minusMillis(1));
        assertThat(statusWithKey(old.apiKey())).isEqualTo(200);
        assertThat(tokenCall(old).send().status()).isEqualTo(200);
        assertThat(statusWithKey(emulator.keys(FIRST).apiKey())).isEqualTo(200);

        clock.advance(Duration.ofMillis(1));
        assertThat(statusWithKey(old.apiKey())).isEqualTo(401);
        assertThat(tokenCall(old).send().status()).isEqualTo(401);
        assertThat(statusWithKey(emulator.keys(FIRST).apiKey())).isEqualTo(200);
    }

    @Test
    void regenerate_withOverlap_oldTokensDieWithTheirKeys() {
        EmulatorKeys old = emulator.keys(FIRST);
        String before = token(old);
        obeyed("POST", "/keys/regenerate", Map.of("account", FIRST, "overlap_seconds", 60));
        String during = token(old);
        String fromNewKeys = token(FIRST);

        assertThat(statusWithToken(before)).isEqualTo(200);
        clock.advance(Duration.ofSeconds(60));

        assertThat(statusWithToken(before)).isEqualTo(401);
        assertThat(statusWithToken(during)).isEqualTo(401);
        assertThat(statusWithToken(fromNewKeys)).isEqualTo(200);
    }

    @Test
    void regenerate_keepTokens_oldTokensLiveUntilTheyExpire() {
        EmulatorKeys old = emulator.keys(FIRST);
        String token = token(old);
        obeyed("POST", "/keys/regenerate", Map.of("account", FIRST, "keep_tokens", true));

        assertThat(statusWithKey(old.apiKey())).isEqualTo(401);
        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(statusWithToken(token)).isEqualTo(200);
        clock.advance(Duration.ofMillis(1));
        assertThat(statusWithToken(token)).isEqualTo(401);
    }

    @Test
    void regenerate_twiceWithOverlap_allThreePairsWork() {
        EmulatorKeys first = emulator.keys(FIRST);
        obeyed("POST", "/keys/regenerate", Map.of("account", FIRST, "overlap_seconds", 60));
        EmulatorKeys second = emulator.keys(FIRST);
        obeyed("POST", "/keys/regenerate", Map.of("account", FIRST, "overlap_seconds", 30));
        EmulatorKeys third = emulator.keys(FIRST);

        assertThat(statusWithKey(first.apiKey())).isEqualTo(200);
        assertThat(statusWithKey(second.apiKey())).isEqualTo(200);
        clock.advance(Duration.ofSeconds(30));
        assertThat(statusWithKey(first.apiKey())).isEqualTo(200);
        assertThat(statusWithKey(second.apiKey())).isEqualTo(401);
        assertThat(statusWithKey(third.apiKey())).isEqualTo(200);
    }

    @Test
    void regenerate_oneAccount_otherUntouched() {
        EmulatorKeys other = emulator.keys(SECOND);
        String token = token(SECOND);

        obeyed("POST", "/keys/regenerate", Map.of("account", FIRST));

        assertThat(emulator.keys(SECOND)).isEqualTo(other);
        assertThat(statusWithToken(token)).isEqualTo(200);
    }

    @Test
    void regenerate_withoutAccount_allAccounts() {
        EmulatorKeys first = emulator.keys(FIRST);
        EmulatorKeys second = emulator.keys(SECOND);

        assertThat(obeyed("POST", "/keys/regenerate", Map.of()).getJsonArray("accounts")).hasSize(2);

        assertThat(emulator.keys(FIRST)).isNotEqualTo(first);
        assertThat(emulator.keys(SECOND)).isNotEqualTo(second);
    }

    @Test
    void regenerate_inJava_sameAsWithoutOverlap() {
        EmulatorKeys old = emulator.keys(FIRST);

        EmulatorKeys current = emulator.regenerateKeys(FIRST);

        assertThat(current).isEqualTo(emulator.keys(FIRST)).isNotEqualTo(old);
        assertThat(statusWithKey(old.apiKey())).isEqualTo(401);
        assertThat(statusWithKey(current.apiKey())).isEqualTo(200);
    }

    @Test
    void regenerate_unknownAccount_rejected() {
        Reply reply = control("POST", "/keys/regenerate", Map.of("account", "nobody"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).contains("account", "nobody", SECOND);
    }

    @Test
    void retiredKey_recorded_stillNamesItsAccount() {
        EmulatorKeys old = emulator.keys(SECOND);
        emulator.regenerateKeys(SECOND);
        statusWithKey(old.apiKey());

        assertThat(recorded("/v0/evi").get(0).getString("account")).isEqualTo(SECOND);
    }

    @Test
    void reset_afterRegeneration_firstKeysAgainAndTokensDead() {
        EmulatorKeys first = emulator.keys(FIRST);
        String token = token(first);
        emulator.regenerateKeys(FIRST);

        emulator.reset();

        assertThat(emulator.keys(FIRST)).isEqualTo(first);
        assertThat(statusWithKey(first.apiKey())).isEqualTo(200);
        assertThat(statusWithToken(token)).isEqualTo(401);
    }
}

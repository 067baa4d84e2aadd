package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonObject;

class TokenSettingsTest extends EmulatorTestCase {

    @Test
    void lifetime_default_thirtyMinutes() {
        String token = token(FIRST);

        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(statusWithToken(token)).isEqualTo(200);
        clock.advance(Duration.ofMillis(1));
        assertThat(statusWithToken(token)).isEqualTo(401);
    }

    @Test
    void lifetime_changedInSeconds_tokenDiesThen() {
        obeyed("PUT", "/token", Map.of("lifetime_seconds", 5));

        JsonObject body = tokenCall(emulator.keys(FIRST)).send().json();

        assertThat(body.getInteger("expires_in")).isEqualTo(5);
        clock.advance(Duration.ofMillis(4999));
        assertThat(statusWithToken(body.getString("access_token"))).isEqualTo(200);
        clock.advance(Duration.ofMillis(1));
        assertThat(statusWithToken(body.getString("access_token"))).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({ "1, 1", "999, 1", "1000, 1", "1999, 1", "2500, 2" })
    void lifetime_changedInMillis_expiresInWholeSeconds(int millis, int expiresIn) {
        obeyed("PUT", "/token", Map.of("lifetime_millis", millis));

        assertThat(tokenCall(emulator.keys(FIRST)).send().json().getValue("expires_in")).isEqualTo(expiresIn);
    }

    @Test
    void lifetime_changed_earlierTokensKeepTheirs() {
        String earlier = token(FIRST);
        obeyed("PUT", "/token", Map.of("lifetime_seconds", 1));
        String later = token(FIRST);

        clock.advance(Duration.ofSeconds(1));

        assertThat(statusWithToken(earlier)).isEqualTo(200);
        assertThat(statusWithToken(later)).isEqualTo(401);
    }

    @Test
    void lifetime_changedInJava_appliesToNewTokens() {
        emulator.tokenLifetime(Duration.ofSeconds(7));

        assertThat(tokenCall(emulator.keys(FIRST)).send().json().getInteger("expires_in")).isEqualTo(7);
    }

    @Test
    void lifetime_zeroInJava_rejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> emulator.tokenLifetime(Duration.ZERO))
                .withMessageContaining("lifetime_millis: must be a whole number from 1");
    }

    @Test
    void expiredToken_atVoicePlatform_saysExpired() {
        String token = token(FIRST);
        clock.advance(Duration.ofMinutes(30));

        Reply reply = call("GET", "/v0/evi/configs").bearer(token).send();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().getJsonObject("fault").getJsonObject("detail").getString("errorcode"))
                .isEqualTo("keymanagement.service.access_token_expired");
    }

    @Test
    void expiresIn_excluded_absentButTokenStillExpires() {
        obeyed("PUT", "/token", Map.of("include_expires_in", false, "lifetime_seconds", 2));

        JsonObject body = tokenCall(emulator.keys(FIRST)).send().json();

        assertThat(body.fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "issued_at", "grant_type");
        clock.advance(Duration.ofSeconds(2));
        assertThat(statusWithToken(body.getString("access_token"))).isEqualTo(401);
    }

    @Test
    void latency_set_answerTakesAtLeastThatLong() {
        obeyed("PUT", "/token", Map.of("latency_millis", 300));
        long start = System.nanoTime();

        token(FIRST);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    @Test
    void settings_onlyOneGiven_othersKept() {
        obeyed("PUT", "/token", Map.of("lifetime_seconds", 60, "latency_millis", 1, "include_expires_in", false));

        JsonObject settings = obeyed("PUT", "/token", Map.of("latency_millis", 2));

        assertThat(settings).isEqualTo(new JsonObject().put("lifetime_millis", 60_000).put("latency_millis", 2)
                .put("include_expires_in", false));
        assertThat(emulator.overview().getJsonObject("token")).isEqualTo(settings);
    }

    @Test
    void settings_reset_backToInitial() {
        obeyed("PUT", "/token", Map.of("lifetime_seconds", 60, "latency_millis", 1, "include_expires_in", false));

        obeyed("POST", "/reset", Map.of());

        assertThat(emulator.overview().getJsonObject("token")).isEqualTo(new JsonObject().put("lifetime_millis", 1_800_000)
                .put("latency_millis", 0).put("include_expires_in", true));
    }
}

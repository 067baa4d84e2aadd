package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;

class TokenRevocationTest extends EmulatorTestCase {

    @Test
    void revoke_oneAccount_onlyItsTokensDie() {
        String first = token(FIRST);
        String second = token(SECOND);

        assertThat(obeyed("POST", "/tokens/revoke", Map.of("account", SECOND)).getInteger("revoked")).isEqualTo(1);

        assertThat(statusWithToken(first)).isEqualTo(200);
        assertThat(statusWithToken(second)).isEqualTo(401);
    }

    @Test
    void revoke_withoutAccount_allTokensDie() {
        String first = token(FIRST);
        String second = token(SECOND);

        assertThat(obeyed("POST", "/tokens/revoke", Map.of()).getInteger("revoked")).isEqualTo(2);

        assertThat(statusWithToken(first)).isEqualTo(401);
        assertThat(statusWithToken(second)).isEqualTo(401);
    }

    @Test
    void revoke_deadTokens_notCounted() {
        token(FIRST);
        clock.advance(Duration.ofHours(1));
        token(FIRST);

        assertThat(emulator.revokeTokens(FIRST)).isEqualTo(1);
        assertThat(emulator.revokeTokens(FIRST)).isZero();
    }

    @Test
    void revoke_keys_stayGoodForANewToken() {
        token(FIRST);
        obeyed("POST", "/tokens/revoke", Map.of());

        assertThat(statusWithToken(token(FIRST))).isEqualTo(200);
        assertThat(statusWithKey(emulator.keys(FIRST).apiKey())).isEqualTo(200);
    }

    @Test
    void revokedToken_atVoicePlatform_saysInvalidNotExpired() {
        String token = token(FIRST);
        emulator.revokeTokens(FIRST);

        Reply reply = call("GET", "/v0/evi/configs").bearer(token).send();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().getJsonObject("fault").getString("faultstring")).isEqualTo("Invalid Access Token");
    }

    @Test
    void revokedToken_recorded_stillNamesItsAccount() {
        String token = token(SECOND);
        emulator.revokeTokens(SECOND);
        statusWithToken(token);

        assertThat(recorded("/v0/evi").get(0).getString("account")).isEqualTo(SECOND);
    }

    @Test
    void reset_thatKeepsTokens_allButExpiredOnesAreGoodAgain() {
        obeyed("PUT", "/token", Map.of("lifetime_seconds", 60));
        String expired = token(FIRST);
        clock.advance(Duration.ofMinutes(2));
        obeyed("PUT", "/token", Map.of("lifetime_seconds", 1_800));
        String revoked = token(FIRST);
        emulator.revokeTokens(FIRST);
        String ofFormerKeys = token(SECOND);
        String ofLaterKeys = token(emulator.regenerateKeys(SECOND));
        obeyed("PUT", "/token/fault", Map.of("status", 503));

        obeyed("POST", "/reset", Map.of("keep_tokens", true));

        assertThat(statusWithToken(revoked)).isEqualTo(200);
        assertThat(statusWithToken(ofFormerKeys)).isEqualTo(200);
        assertThat(statusWithToken(ofLaterKeys)).isEqualTo(200);
        assertThat(statusWithToken(expired)).isEqualTo(401);
        assertThat(emulator.keys(SECOND).apiKey()).endsWith("-1");
        assertThat(statusWithToken(token(FIRST))).isEqualTo(200);
    }

    @Test
    void reset_withoutThat_tokensAreUnknown() {
        String token = token(FIRST);
        obeyed("POST", "/reset", Map.of("keep_tokens", false));

        assertThat(statusWithToken(token)).isEqualTo(401);
    }

    @Test
    void revoke_unknownAccount_rejectedWithTheKnownOnes() {
        Reply reply = control("POST", "/tokens/revoke", Map.of("account", "nobody"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getString("error")).contains("account", "nobody", SECOND);
        assertThatIllegalArgumentException().isThrownBy(() -> emulator.revokeTokens("nobody"));
    }

    @Test
    void counts_afterRevocation_liveTokensGone() {
        token(FIRST);
        token(FIRST);
        token(SECOND);
        emulator.revokeTokens(FIRST);

        assertThat(emulator.overview().getJsonObject("counts").getInteger("tokens_issued")).isEqualTo(3);
        assertThat(emulator.overview().getJsonObject("counts").getInteger("tokens_live")).isEqualTo(1);
    }
}

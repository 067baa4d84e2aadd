package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonObject;

class TokenEndpointTest extends EmulatorTestCase {

    @Test
    void token_keysInBasicAndGrantInBody_documentedAnswer() {
        Reply reply = tokenCall(emulator.keys(FIRST)).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        JsonObject body = reply.json();
        assertThat(body.fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "issued_at",
                "grant_type");
        assertThat(body.getString("access_token")).isNotBlank();
        assertThat(body.getString("token_type")).isEqualTo("Bearer");
        assertThat(body.getValue("expires_in")).isEqualTo(1800);
        assertThat(body.getLong("issued_at")).isEqualTo(clock.millis());
        assertThat(body.getString("grant_type")).isEqualTo("client_credentials");
    }

    @Test
    void token_issuedTwice_bothDifferentAndAccepted() {
        String first = token(FIRST);
        String second = token(FIRST);

        assertThat(first).isNotEqualTo(second);
        assertThat(statusWithToken(first)).isEqualTo(200);
        assertThat(statusWithToken(second)).isEqualTo(200);
    }

    @Test
    void token_schemeInLowerCaseAndCharset_issued() {
        EmulatorKeys keys = emulator.keys(FIRST);
        String basic = Base64.getEncoder().encodeToString((keys.apiKey() + ":" + keys.secretKey()).getBytes());

        Reply reply = call("POST", TOKEN_PATH).header("Authorization", "basic " + basic)
                .body("application/x-www-form-urlencoded; charset=UTF-8", GRANT.getBytes()).send();

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void token_otherGrant_unsupported() {
        Reply reply = call("POST", TOKEN_PATH).basic(emulator.keys(FIRST)).form("grant_type=password").send();

        assertRejected(reply, 400, "unsupported_grant_type");
        assertThat(reply.json().getString("Error")).contains("password");
    }

    @Test
    void token_grantInQuery_rejected() {
        Reply reply = call("POST", TOKEN_PATH + "?" + GRANT).basic(emulator.keys(FIRST)).form("").send();

        assertRejected(reply, 400, "invalid_request");
        assertThat(reply.json().getString("Error")).contains("grant_type", "body");
    }

    @Test
    void token_grantAsJson_rejected() {
        Reply reply = call("POST", TOKEN_PATH).basic(emulator.keys(FIRST))
                .json(new JsonObject().put("grant_type", "client_credentials")).send();

        assertRejected(reply, 400, "invalid_request");
        assertThat(reply.json().getString("Error")).contains("application/x-www-form-urlencoded");
    }

    @Test
    void token_contentTypeWithoutType_rejected() {
        Reply reply = call("POST", TOKEN_PATH).basic(emulator.keys(FIRST)).body(";", GRANT.getBytes()).send();

        assertRejected(reply, 400, "invalid_request");
    }

    @Test
    void token_keysInBody_rejected() {
        EmulatorKeys keys = emulator.keys(FIRST);

        Reply reply = call("POST", TOKEN_PATH)
                .form(GRANT + "&client_id=" + keys.apiKey() + "&client_secret=" + keys.secretKey()).send();

        assertRejected(reply, 401, "invalid_client");
    }

    @Test
    void token_keyWithoutSecret_rejected() {
        Reply reply = call("POST", TOKEN_PATH).apiKey(emulator.keys(FIRST).apiKey()).form(GRANT).send();

        assertRejected(reply, 401, "invalid_client");
    }

    @Test
    void token_secretOfAnotherAccount_rejected() {
        Reply reply = call("POST", TOKEN_PATH).basic(emulator.keys(FIRST).apiKey(), emulator.keys(SECOND).secretKey())
                .form(GRANT).send();

        assertRejected(reply, 401, "invalid_client");
    }

    @Test
    void token_unknownKey_rejected() {
        assertRejected(call("POST", TOKEN_PATH).basic("nobody", "secret").form(GRANT).send(), 401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(strings = { "Basic", "Basic not*base64", "Basic bm9jb2xvbg==", "Basic Og==", "Digest abc", "Bearer abc" })
    void token_uselessAuthorization_rejected(String authorization) {
        Reply reply = call("POST", TOKEN_PATH).header("Authorization", authorization).form(GRANT).send();

        assertRejected(reply, 401, "invalid_client");
    }

    @Test
    void token_liveToken_rejected() {
        assertRejected(call("POST", TOKEN_PATH).bearer(token(FIRST)).form(GRANT).send(), 401, "invalid_client");
    }

    @Test
    void token_twoAuthorizations_rejected() {
        Reply reply = tokenCall(emulator.keys(FIRST)).basic(emulator.keys(SECOND)).send();

        assertRejected(reply, 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "PUT", "DELETE" })
    void token_otherMethod_notAllowed(String method) {
        Reply reply = call(method, TOKEN_PATH + "?" + GRANT).basic(emulator.keys(FIRST)).send();

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertThat(reply.json().getString("error")).contains(method, "POST");
    }

    @Test
    void token_rejected_countsAsNotIssued() {
        call("POST", TOKEN_PATH).basic("nobody", "secret").form(GRANT).send();
        token(FIRST);

        assertThat(emulator.overview().getJsonObject("counts").getInteger("tokens_issued")).isEqualTo(1);
    }

    private static void assertRejected(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().getString("ErrorCode")).isEqualTo(code);
        assertThat(reply.json().getString("Error")).isNotBlank();
        assertThat(reply.text()).doesNotContain("access_token");
    }
}

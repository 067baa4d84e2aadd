package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A running emulator with two accounts and a clock that stands still, reset before each test. */
@Timeout(60)
abstract class EmulatorTestCase {

    static final String FIRST = HumeEmulator.DEFAULT_ACCOUNT;
    static final String SECOND = "second";
    static final String TOKEN_PATH = "/oauth2-cc/token";
    static final String GRANT = "grant_type=client_credentials";

    static TestClock clock;
    static HumeEmulator emulator;

    @BeforeAll
    static void startEmulator() {
        clock = new TestClock();
        emulator = new HumeEmulator(0, List.of(FIRST, SECOND), clock);
    }

    @AfterAll
    static void stopEmulator() {
        emulator.close();
    }

    @BeforeEach
    void resetEmulator() {
        emulator.reset();
    }

    static EmulatorCall call(String method, String path) {
        return new EmulatorCall(emulator.baseUri(), method, path);
    }

    static EmulatorCall withKey(String method, String path) {
        return call(method, path).apiKey(emulator.keys(FIRST).apiKey());
    }

    static EmulatorCall tokenCall(EmulatorKeys keys) {
        return call("POST", TOKEN_PATH).basic(keys).form(GRANT);
    }

    static String token(String account) {
        return token(emulator.keys(account));
    }

    static String token(EmulatorKeys keys) {
        Reply reply = tokenCall(keys).send();
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().getString("access_token");
    }

    static Reply control(String method, String path, Map<String, Object> body) {
        return call(method, "/emulator" + path).json(new JsonObject(body)).send();
    }

    static JsonObject obeyed(String method, String path, Map<String, Object> body) {
        Reply reply = control(method, path, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    static List<JsonObject> recorded(String pathPrefix) {
        return call("GET", "/emulator/requests?path=" + pathPrefix + "*").send().json().getJsonArray("requests").stream()
                .map(JsonObject.class::cast).toList();
    }

    /** The status of a call that any accepted credential of the voice platform may make. */
    static int statusWithToken(String token) {
        return call("GET", "/v0/evi/configs").bearer(token).send().status();
    }

    static int statusWithKey(String apiKey) {
        return call("GET", "/v0/evi/configs").apiKey(apiKey).send().status();
    }

    static void assertCloudError(Reply reply, int status, String code, String parameter) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().getString("type")).isEqualTo("error");
        assertThat(reply.json().getString("code")).isEqualTo(code);
        assertThat(reply.json().getString("param")).isEqualTo(parameter);
        assertThat(reply.json().getString("message")).isNotBlank();
        assertThat(reply.json().getString("request_id")).isNotBlank();
    }

    static void assertUnprocessable(Reply reply, Object... location) {
        assertThat(reply.status()).isEqualTo(422);
        JsonObject detail = reply.json().getJsonArray("detail").getJsonObject(0);
        assertThat(detail.getJsonArray("loc")).isEqualTo(JsonArray.of(location));
        assertThat(detail.getString("msg")).isNotBlank();
        assertThat(detail.getString("type")).isNotBlank();
    }
}

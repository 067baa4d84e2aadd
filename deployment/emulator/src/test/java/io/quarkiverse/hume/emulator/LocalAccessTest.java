package io.quarkiverse.hume.emulator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;

/** Requests as web pages and their tricks send them, byte by byte: none is obeyed, and none reads anything. */
class LocalAccessTest extends EmulatorTestCase {

    private static final List<String> READS = List.of("GET /emulator", "GET /emulator/requests", "GET /emulator/sockets");
    private static final List<String> CHANGES = List.of("POST /emulator/reset", "POST /emulator/tokens/revoke",
            "POST /emulator/keys/regenerate", "DELETE /emulator/requests", "DELETE /emulator/token/fault",
            "DELETE /emulator/api/fault", "DELETE /emulator/sockets", "PUT /emulator/token", "PUT /emulator/token/fault",
            "PUT /emulator/api/fault", "PUT /emulator/keys", "POST /emulator/webhooks");

    private static final List<String> FOREIGN_HOSTS = List.of("evil.example", "evil.example:PORT", "hume.ai",
            "localhost.evil.example",
            "127.0.0.1.evil.example", "127.0.0.1.nip.io:PORT", "evil.localhost", "localhost.", "127.0.0.1.",
            "127.0.0.1:PORT.evil.example",
            "127.0.0.1@evil.example", "evil.example@127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1",
            "127.0.0.256",
            "127.0.0.01", "128.0.0.1", "10.0.0.1", "0.0.0.0", "[::2]", "[::]", "[::ffff:127.0.0.1]", "::1",
            "[::1].evil.example", "[::1",
            "localhost:PORT:80", "localhost:http", "localhost/", "localhost evil.example", "local\u0000host", "");

    private static final List<String> FOREIGN_ORIGINS = List.of("https://evil.example", "null", "http://evil.example:PORT",
            "http://localhost", "http://localhost:8080", "http://127.0.0.1", "https://127.0.0.1:PORT", "http://127.0.0.1:PORT/",
            "http://127.0.0.1:PORT.evil.example", "http://127.0.0.1:PORT@evil.example", "http://localhost:PORT",
            "http://[::1]:PORT",
            "file://", "chrome-extension://abcdef", "http://127.0.0.1:PORT http://evil.example", "");

    private String apiKey;
    private String token;

    @BeforeEach
    void somethingToLose() {
        apiKey = emulator.keys(FIRST).apiKey();
        token = token(FIRST);
        assertThat(statusWithToken(token)).isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> host_foreign_rejectedOnBothPlanes() {
        return FOREIGN_HOSTS.stream()
                .flatMap(host -> Stream.concat(all(), Stream.of("GET /v0/evi/configs", "POST /oauth2-cc/token",
                        "GET /v0/evi/chats", "GET /")).map(call -> rejected(call, 421, "Host: " + host)));
    }

    @TestFactory
    Stream<DynamicTest> host_missingOrTwice_rejected() {
        return all().flatMap(call -> Stream.of(
                DynamicTest.dynamicTest(call + " 1.0", () -> assertRejected(raw(call + " HTTP/1.0\r\n\r\n"), 421)),
                DynamicTest.dynamicTest(call + " 1.1", () -> assertRejected(raw(call + " HTTP/1.1\r\n\r\n"), 421)),
                rejected(call, 421, "Host: evil.example", "Host: localhost"),
                rejected(call, 421, "Host: localhost", "Host: evil.example")));
    }

    @TestFactory
    Stream<DynamicTest> target_inAbsoluteForm_hostOfTheTargetCounts() {
        return all()
                .flatMap(call -> Stream.of("http://evil.example", "http://evil.example:PORT", "HTTP://localhost@evil.example",
                        "http://evil.example#localhost", "https://localhost.evil.example", "http://").map(prefix -> {
                            String[] parts = call.split(" ");
                            return rejected(parts[0] + " " + prefix + parts[1], 421, "Host: localhost");
                        }));
    }

    @TestFactory
    Stream<DynamicTest> origin_foreign_rejected() {
        return FOREIGN_ORIGINS.stream().flatMap(origin -> all().map(call -> rejected(call, 403, own(), "Origin: " + origin)));
    }

    @TestFactory
    Stream<DynamicTest> site_other_rejected() {
        return Stream.of("cross-site", "same-site", "Cross-Site", "same-origin, cross-site", "")
                .flatMap(site -> all().flatMap(call -> Stream.of(rejected(call, 403, own(), "Sec-Fetch-Site: " + site),
                        rejected(call, 403, own(), "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: navigate",
                                "Sec-Fetch-Dest: iframe"),
                        rejected(call, 403, own(), "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: " + site))));
    }

    @TestFactory
    Stream<DynamicTest> change_thatAPageCanSendWithoutAsking_rejected() {
        return Stream.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain",
                "text/plain; application/json", "application/json, text/plain", "text/plain\r\nContent-Type: application/json",
                "application/jsonx", "application/csp-report", "")
                .flatMap(type -> CHANGES.stream().map(call -> DynamicTest.dynamicTest(call + " " + type,
                        () -> assertRejected(raw(call + " HTTP/1.1\r\n" + own() + "\r\nContent-Type: " + type
                                + "\r\nContent-Length: 2\r\n\r\n{}"), 415))));
    }

    @TestFactory
    Stream<DynamicTest> body_withoutType_rejected() {
        return CHANGES.stream().map(call -> DynamicTest.dynamicTest(call,
                () -> assertRejected(raw(call + " HTTP/1.1\r\n" + own() + "\r\nContent-Length: 2\r\n\r\n{}"), 415)));
    }

    @TestFactory
    Stream<DynamicTest> change_withoutBody_ofAnotherTypeOrByAPage_rejected() {
        return CHANGES.stream().flatMap(call -> Stream.of(
                DynamicTest.dynamicTest(call + " text", () -> assertRejected(raw(call + " HTTP/1.1\r\n" + own()
                        + "\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"), 415)),
                DynamicTest.dynamicTest(call + " form", () -> assertRejected(raw(call + " HTTP/1.1\r\n" + own()
                        + "\r\nOrigin: null\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n"),
                        403))));
    }

    @TestFactory
    Stream<DynamicTest> preflight_noPermission() {
        return all().map(call -> DynamicTest.dynamicTest(call, () -> {
            String[] parts = call.split(" ");
            String answer = raw("OPTIONS " + parts[1] + " HTTP/1.1\r\n" + own() + "\r\nOrigin: https://evil.example\r\n"
                    + "Access-Control-Request-Method: " + parts[0]
                    + "\r\nAccess-Control-Request-Headers: content-type\r\n\r\n");
            assertRejected(answer, 403);
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost", "LOCALHOST:1", "localhost:PORT", "127.0.0.1", "127.0.0.1:PORT", "127.1.2.3",
            "127.255.255.255:80",
            "[::1]", "[::1]:PORT" })
    void host_ofThisMachine_obeyed(String host) throws IOException {
        String at = "Host: " + port(host) + "\r\n";
        assertThat(raw("GET /emulator HTTP/1.1\r\n" + at + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw("GET /emulator HTTP/1.0\r\n" + at + "\r\n")).startsWith("HTTP/1.0 200");
        assertThat(raw("GET http://" + port(host) + "/emulator HTTP/1.1\r\n" + at + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw(
                "GET /emulator HTTP/1.1\r\n" + at + "Origin: http://" + port(host) + "\r\nSec-Fetch-Site: same-origin\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("POST /emulator/tokens/revoke HTTP/1.1\r\n" + at + "Content-Length: 0\r\n\r\n"))
                .contains("{\"revoked\":1}");
    }

    @Test
    void linkOfThePageOfTheDevUI_isFollowed() throws IOException {
        String answer = raw(
                "GET /emulator HTTP/1.1\r\n" + own() + "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
                        + "Sec-Fetch-Dest: document\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200").contains(apiKey);
        assertRejected(raw("POST /emulator/reset HTTP/1.1\r\n" + own() + "\r\nSec-Fetch-Site: cross-site\r\n"
                + "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nContent-Length: 0\r\n\r\n"), 403);
    }

    @Test
    void answers_areNotForFramesScriptsAndCaches() {
        Reply reply = call("GET", "/emulator").send();
        assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    }

    /** An API of the voice platform answers its address, and players of the developer's page load it. */
    @Test
    void soundOfAChat_loadedByAPageOfAnotherOrigin() throws IOException {
        String chat = "/emulator/chats/" + withKey("GET", "/v0/evi/chats").send().json().getJsonArray("chats_page")
                .getJsonObject(0).getString("id");
        String page = "\r\nOrigin: https://app.example\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n\r\n";

        assertThat(raw("GET " + chat + "/audio HTTP/1.1\r\n" + own() + page)).startsWith("HTTP/1.1 200")
                .containsIgnoringCase("cross-origin-resource-policy: cross-origin")
                .containsIgnoringCase("access-control-allow-origin: *").contains("RIFF");
        assertRejected(raw("GET " + chat + "/audio HTTP/1.1\r\nHost: evil.example" + page), 421);
        for (String call : List.of("POST " + chat + "/audio", "GET " + chat, "GET " + chat + "/x/audio", "GET /emulator/audio",
                "GET " + chat + "/audio/..")) {
            assertRejected(raw(call + " HTTP/1.1\r\n" + own() + page), 403);
        }
    }

    @Test
    void callWithoutBody_ofATestLibrary_obeyed() {
        String address = emulator.baseUri().toString();
        given().post(address + "/emulator/tokens/revoke").then().statusCode(200);
        given().delete(address + "/emulator/requests").then().statusCode(200);
        given().contentType("application/json").body("{\"status\": 503}").put(address + "/emulator/token/fault").then()
                .statusCode(200);
        given().contentType("application/json; charset=UTF-8").body("{}").post(address + "/emulator/tokens/revoke").then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "421 | Host: evil.example | Host: must be localhost, 127.x.x.x or [::1]",
            "403 | Origin: null | Origin: web pages may not call /emulator",
            "403 | Sec-Fetch-Site: cross-site | Sec-Fetch-Site: web pages of other origins may not call /emulator",
            "415 | Content-Type: application/x-www-form-urlencoded | With curl, add -H 'Content-Type: application/json'" })
    void rejection_namesTheHeader(int status, String header, String message) throws IOException {
        String answer = raw("POST /emulator/reset HTTP/1.1\r\n" + (header.startsWith("Host") ? "" : own() + "\r\n") + header
                + "\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains(message);
    }

    private static Stream<String> all() {
        return Stream.concat(READS.stream(), CHANGES.stream());
    }

    private static String own() {
        return "Host: 127.0.0.1:" + emulator.port();
    }

    private static String port(String text) {
        return text.replace("PORT", String.valueOf(emulator.port()));
    }

    private DynamicTest rejected(String call, int status, String... headers) {
        String body = call.startsWith("PUT") || call.startsWith("POST") ? "{}" : "";
        return DynamicTest.dynamicTest(call + " " + List.of(headers), () -> assertRejected(raw(call + " HTTP/1.1\r\n"
                + String.join("\r\n", headers) + (body.isEmpty() ? "" : "\r\nContent-Type: application/json")
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body), status));
    }

    /** With a status, without a permission to read the answer, without a secret in it, and nothing has changed. */
    private void assertRejected(String answer, int status) {
        assertThat(answer).matches(text -> text.startsWith("HTTP/1.1 " + status) || text.startsWith("HTTP/1.0 " + status)
        // A target or header that is no HTTP at all gets no further than the parser.
                || text.startsWith("HTTP/1.1 400"));
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("access-control-", apiKey, "\"requests\"");
        assertThat(emulator.keys(FIRST).apiKey()).isEqualTo(apiKey);
        assertThat(emulator.overview().getValue("token_fault")).isNull();
        assertThat(statusWithToken(token)).isEqualTo(200);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", emulator.port())) {
            socket.setSoTimeout(20_000);
            String closing = request.replaceFirst("\r\n", "\r\nConnection: close\r\n");
            socket.getOutputStream().write(port(closing).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

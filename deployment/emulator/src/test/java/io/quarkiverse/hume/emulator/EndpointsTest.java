package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonObject;

/** What is served, by the table that everything is served from. */
class EndpointsTest extends SocketTestCase {

    private static final Path PAGE = Path.of("../../docs/modules/ROOT/pages/includes/emulator-endpoints.adoc");

    @Test
    void endpoints_listed_areServed() {
        List<String> endpoints = endpoints();
        assertThat(endpoints).contains("POST /v0/tts/stream/json", "WebSocket /v0/evi/chat/{id}/connect").hasSize(59);
        assertThat(endpoints.stream().filter(one -> one.matches("[A-Z]+ /v0/(tts|evi)/?.*"))).hasSize(44);
        for (String endpoint : endpoints) {
            String[] parts = endpoint.replaceAll("\\{\\w+}", "x").split(" ");
            boolean socket = parts[0].equals("WebSocket");
            Reply reply = withKey(socket ? "GET" : parts[0], parts[1]).send();
            assertThat(reply.status()).as(endpoint).isNotEqualTo(405).isLessThan(500);
            assertThat(reply.text()).as(endpoint).doesNotContain("There is nothing at")
                    .doesNotContain("There is no " + parts[0]);
            assertThat(call(socket ? "GET" : parts[0], parts[1]).send().status()).as("without credential: " + endpoint)
                    .isEqualTo(401);
        }
    }

    @Test
    void socketThatIsNotServed_credentialIsJudgedFirst() {
        String token = token(FIRST);
        for (String path : List.of("/v0/evi/unknown", "/v0/tts/stream", "/v0/stream/models", "/v0/evi/chat/x/y")) {
            assertThat(rejection(path + "?access_token=" + token)).as(path).isEqualTo(404);
            assertThat(rejection(path, "Authorization", "Bearer " + token)).as(path).isEqualTo(404);
            assertThat(rejection(path + "?api_key=" + emulator.keys(FIRST).apiKey())).as(path).isEqualTo(404);
            assertThat(rejection(path + "?access_token=wrong")).as(path).isEqualTo(401);
            assertThat(rejection(path)).as(path).isEqualTo(401);
        }
        assertThat(rejection("/v1/expression/text/realtime", "Authorization", "Bearer " + token)).isEqualTo(404);
        assertThat(rejection("/v1/expression/text/realtime?access_token=" + token)).isEqualTo(401);
    }

    @Test
    void path_ofAFaultAndOfTheRecord_isExact_unlessItEndsWithAStar() {
        obeyed("PUT", "/api/fault", Map.of("status", 503, "path", "/v0/evi/chat"));
        assertThat(withKey("GET", "/v0/evi/chats").send().status()).isEqualTo(200);
        assertThat(withKey("GET", "/v0/evi/chat").send().status()).isEqualTo(503);
        obeyed("PUT", "/api/fault", Map.of("status", 503, "path", "/v0/evi/chat*"));
        assertThat(withKey("GET", "/v0/evi/chat_groups").send().status()).isEqualTo(503);
        assertThat(withKey("GET", "/v0/evi/configs").send().status()).isEqualTo(200);

        assertThat(record("/v0/evi/chat")).containsExactly("/v0/evi/chat");
        assertThat(record("/v0/evi/chat*")).containsExactly("/v0/evi/chats", "/v0/evi/chat", "/v0/evi/chat_groups");
        assertThat(record("/v0/evi")).isEmpty();
        assertThat(record("")).hasSize(4);
        assertThat(call("GET", "/emulator/requests?path=v0").send().status()).isEqualTo(400);
    }

    @Test
    void image_measuredAndRecorded() {
        byte[] image = { (byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3 };
        Reply reply = withKey("POST", "/v1/expression/video/file").multipart(new MultipartBody().file("file", image)).send();

        assertThat(reply.json().getJsonArray("frames")).hasSize(1);
        String run = "/v1/expression/run/" + reply.json().getString("run_id");
        assertThat(withKey("GET", run).send().json().getString("endpoint")).isEqualTo("video");
        assertThat(withKey("GET", run + "/events").send().json().getJsonArray("events"))
                .isEqualTo(reply.json().getJsonArray("frames"));
        assertThat(withKey("GET", "/v1/expression/run/none/events").send().status()).isEqualTo(404);
        assertCloudError(withKey("POST", "/v1/expression/video/file")
                .multipart(new MultipartBody().file("file", new byte[] { 1, 2, 3 })).send(), 400, "video_format_unsupported",
                null);

        SocketClient video = open("/v1/expression/video/realtime");
        assertThat(video.next().getString("type")).isEqualTo("session.created");
        assertThat(video.send(image).next().getString("type")).isEqualTo("measurement.result");
        assertThat(video.send(new byte[] { 1 }).next().getString("code")).isEqualTo("invalid_video_frame");
        assertThat(video.send(message("session.close")).next().getString("type")).isEqualTo("session.closed");
    }

    /** Written with {@code -Dendpoints.write=true}, checked otherwise. */
    @Test
    void page_ofTheDocumentation_hasTheTable() throws IOException {
        StringBuilder table = new StringBuilder("[cols=\"1,3,3\"]\n|===\n| Method | Path | What it does\n");
        new EmulatorState(clock, new EmulatorAccounts(clock, List.of())).served.forEach(route -> table.append("\n| ")
                .append(route.method()).append("\n| `+").append(route.template()).append("+`\n| ").append(route.purpose())
                .append('\n'));
        table.append("|===\n");
        if (Boolean.getBoolean("endpoints.write")) {
            Files.writeString(PAGE, table);
        }
        assertThat(PAGE).as("run this test with -Dendpoints.write=true").hasContent(table.toString());
    }

    private static List<String> endpoints() {
        return call("GET", "/emulator").send().json().getJsonArray("endpoints").stream().map(Object::toString).toList();
    }

    private static List<String> record(String pattern) {
        return call("GET", "/emulator/requests?path=" + pattern).send().json().getJsonArray("requests").stream()
                .map(entry -> ((JsonObject) entry).getString("path")).toList();
    }
}

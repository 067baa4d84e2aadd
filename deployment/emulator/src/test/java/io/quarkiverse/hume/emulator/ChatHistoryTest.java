package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.hume.emulator.EmulatorCall.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a chat leaves behind, and what other sockets and requests do to it. */
class ChatHistoryTest extends SocketTestCase {

    @Test
    void events_ofAChat_inBothDirections() {
        SocketClient chat = open(CHAT);
        String id = chat.next().getString("chat_id");
        chat.send(message("session_settings").put("system_prompt", "Be brief"));
        chat.send(message("user_input").put("text", "Hi")).until("assistant_end");
        chat.send(message("tool_response").put("tool_call_id", "t").put("content", "sunny"));
        chat.send(message("pause_assistant_message")).send(message("resume_assistant_message"))
                .send(message("assistant_input").put("text", "Bye.")).until("assistant_end");

        JsonObject page = get("/v0/evi/chats/" + id);

        assertThat(types(page)).containsExactly("SYSTEM SESSION_SETTINGS", "USER USER_MESSAGE", "AGENT AGENT_MESSAGE",
                "TOOL FUNCTION_CALL_RESPONSE", "SYSTEM PAUSE_ONSET", "SYSTEM RESUME_ONSET", "AGENT AGENT_MESSAGE");
        assertThat(page.getString("status")).isEqualTo("ACTIVE");
        assertThat(page.getString("pagination_direction")).isEqualTo("ASC");
        JsonObject last = get("/v0/evi/chats/" + id + "?ascending_order=false&page_size=1");
        assertThat(last.getJsonArray("events_page").getJsonObject(0).getString("message_text")).isEqualTo("Bye.");
        assertThat(last.getInteger("total_pages")).isEqualTo(7);
        assertThat(last.getString("pagination_direction")).isEqualTo("DESC");
        assertThat(withKey("GET", "/v0/evi/chats/none").send().status()).isEqualTo(404);
        assertThat(call("GET", "/v0/evi/chats/" + id).apiKey(emulator.keys(SECOND).apiKey()).send().status()).isEqualTo(404);
    }

    @Test
    void lists_ofChatsAndGroups_asManyEventsAsTheyCount() {
        for (Object entry : get("/v0/evi/chats?page_size=100").getJsonArray("chats_page")) {
            JsonObject chat = (JsonObject) entry;
            assertThat(get("/v0/evi/chats/" + chat.getString("id") + "?page_size=100").getJsonArray("events_page"))
                    .hasSize(chat.getInteger("event_count"));
        }
        JsonArray groups = get("/v0/evi/chat_groups?page_size=100").getJsonArray("chat_groups_page");
        assertThat(groups).hasSize(13);
        for (Object entry : groups) {
            JsonObject group = (JsonObject) entry;
            JsonObject one = get("/v0/evi/chat_groups/" + group.getString("id"));
            assertThat(one.getJsonArray("chats_page")).hasSize(group.getInteger("num_chats"));
            assertThat(one.getInteger("num_chats")).isEqualTo(group.getInteger("num_chats"));
        }
    }

    @Test
    void filters_configAndStatus_honoured() {
        String config = get("/v0/evi/configs").getJsonArray("configs_page").getJsonObject(0).getString("id");
        SocketClient chat = open(CHAT + "?config_id=" + config + "&config_version=0");
        JsonObject metadata = chat.next();

        for (String path : List.of("/v0/evi/chats?config_id=" + config, "/v0/evi/chats?status=ACTIVE")) {
            assertThat(ids(get(path), "chats_page")).containsExactly(metadata.getString("chat_id"));
        }
        assertThat(get("/v0/evi/chats?config_id=" + config).getJsonArray("chats_page").getJsonObject(0)
                .getJsonObject("config")).isEqualTo(new JsonObject().put("id", config).put("version", 0));
        assertThat(ids(get("/v0/evi/chat_groups?config_id=" + config), "chat_groups_page"))
                .containsExactly(metadata.getString("chat_group_id"));
        assertThat(ids(get("/v0/evi/chats?status=ERROR"), "chats_page")).isEmpty();
        assertUnprocessable(withKey("GET", "/v0/evi/chats?status=gone").send(), "query", "status");
        assertUnprocessable(withKey("GET", "/v0/evi/chats?ascending_order=up").send(), "query", "ascending_order");
        assertThat(ids(get("/v0/evi/chats?ascending_order=false&page_size=1"), "chats_page"))
                .containsExactly(metadata.getString("chat_id"));
    }

    @ParameterizedTest
    @CsvSource({ "config_id=none, config_not_found", "resumed_chat_group_id=none, resume_failed" })
    void chat_withAReferenceToNothing_errorThenClosed(String query, String slug) {
        SocketClient chat = open(CHAT + "?" + query);

        assertThat(chat.next().getString("slug")).isEqualTo(slug);
        assertThat(chat.closedWith()).isEqualTo(1000);
        assertThat(ids(get("/v0/evi/chats?status=ACTIVE"), "chats_page")).isEmpty();
    }

    @Test
    void config_versionThatIsNone_errorThenClosed() {
        String config = get("/v0/evi/configs").getJsonArray("configs_page").getJsonObject(0).getString("id");

        assertThat(open(CHAT + "?config_id=" + config + "&config_version=7").next().getString("slug"))
                .isEqualTo("config_not_found");
    }

    @Test
    void handshake_sessionSettings_firstEventAndSessionId() {
        SocketClient chat = open(CHAT + "?session_settings%5Bsystem_prompt%5D=Be+brief&session_settings[audio][channels]=1"
                + "&session_settings[variables][age]=30&session_settings[custom_session_id]=42&session_settings[event_limit]=5");
        JsonObject metadata = chat.next();

        assertThat(metadata.getString("custom_session_id")).isEqualTo("42");
        assertThat(new JsonObject(get("/v0/evi/chats/" + metadata.getString("chat_id")).getJsonArray("events_page")
                .getJsonObject(0).getString("message_text"))).isEqualTo(new JsonObject().put("type", "session_settings")
                        .put("system_prompt", "Be brief").put("audio", new JsonObject().put("channels", 1))
                        .put("variables", new JsonObject().put("age", "30")).put("custom_session_id", "42")
                        .put("event_limit", 5));
    }

    @Test
    void sound_ofAChat_thereWhenItIsOver() {
        SocketClient chat = open(CHAT);
        JsonObject metadata = chat.next();
        String path = "/v0/evi/chats/" + metadata.getString("chat_id") + "/audio";
        chat.send(message("user_input").put("text", "Hi")).until("assistant_end");
        assertThat(get(path).getString("status")).isEqualTo("IN_PROGRESS");
        assertThat(call("GET", "/emulator/chats/" + metadata.getString("chat_id") + "/audio").send().status()).isEqualTo(404);

        chat.close();

        await().until(() -> get(path).getString("status").equals("COMPLETE"));
        String url = get(path).getString("signed_audio_url");
        assertThat(url).startsWith(emulator.baseUri().toString());
        assertThat(call("GET", url.substring(emulator.baseUri().toString().length())).send().body()).startsWith('R', 'I');
        assertThat(get("/v0/evi/chat_groups/" + metadata.getString("chat_group_id") + "/audio")
                .getJsonArray("audio_reconstructions_page").getJsonObject(0)).isEqualTo(get(path));
    }

    @Test
    void controlPlane_request_actsOnTheChat() {
        SocketClient chat = open(CHAT);
        String path = CHAT + "/" + chat.next().getString("chat_id") + "/send";

        Reply reply = withKey("POST", path).json(message("assistant_input").put("text", "From afar.")).send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(chat.until("assistant_end").get(0).getJsonObject("message").getString("content")).isEqualTo("From afar.");
        assertThat(withKey("POST", path).json(message("audio_input").put("data", "UklGRg==")).send().status()).isEqualTo(422);
        assertThat(withKey("POST", path).json(message("telepathy")).send().status()).isEqualTo(422);
        assertThat(call("POST", path).apiKey(emulator.keys(SECOND).apiKey())
                .json(message("user_input").put("text", "a")).send().status()).isEqualTo(404);
        chat.close();
        await().until(() -> withKey("POST", path).json(message("user_input").put("text", "a")).send().status() == 400);
    }

    @Test
    void controlPlane_socket_hearsAndActs_untilTheChatIsOver() {
        SocketClient chat = open(CHAT + "?allow_connection=true");
        String path = CHAT + "/" + chat.next().getString("chat_id") + "/connect";
        SocketClient control = open(path);

        control.send(message("assistant_input").put("text", "From afar."));
        assertThat(chat.until("assistant_end")).isEqualTo(control.until("assistant_end"));
        chat.send(message("user_input").put("text", "Hi"));
        assertThat(control.next().getString("type")).isEqualTo("user_message");
        control.until("assistant_end");
        assertThat(control.send(message("audio_input").put("data", "UklGRg==")).next().getString("code")).isEqualTo("E0101");
        assertThat(control.send(new byte[] { 1 }).next().getString("code")).isEqualTo("E0101");
        assertThat(control.send("{").next().getString("code")).isEqualTo("E0100");

        chat.close();

        assertThat(control.closedWith()).isEqualTo(1000);
        assertThat(recorded(path)).extracting(entry -> entry.getInteger("status")).containsExactly(101);
    }

    @Test
    void controlPlane_socketThatMayNotConnect_rejectedBeforeTheUpgrade() {
        String[] key = { "X-Hume-Api-Key", emulator.keys(FIRST).apiKey() };
        String id = open(CHAT).next().getString("chat_id");

        assertThat(rejection(CHAT + "/" + id + "/connect", key)).isEqualTo(403);
        assertThat(rejection(CHAT + "/none/connect", key)).isEqualTo(404);
        assertThat(rejection(CHAT + "/" + id + "/connect")).isEqualTo(401);
    }

    private static JsonObject get(String path) {
        Reply reply = withKey("GET", path).send();
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> types(JsonObject page) {
        return page.getJsonArray("events_page").stream().map(JsonObject.class::cast)
                .map(event -> event.getString("role") + " " + event.getString("type")).toList();
    }

    private static List<String> ids(JsonObject page, String field) {
        return page.getJsonArray(field).stream().map(entry -> ((JsonObject) entry).getString("id")).toList();
    }
}

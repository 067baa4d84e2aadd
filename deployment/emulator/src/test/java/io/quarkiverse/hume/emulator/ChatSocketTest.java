package io.quarkiverse.hume.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.vertx.core.json.JsonObject;

class ChatSocketTest extends SocketTestCase {

    @Test
    void open_new_metadataFirst() {
        JsonObject metadata = open(CHAT).next();

        assertThat(metadata.fieldNames()).containsExactlyInAnyOrder("type", "chat_id", "chat_group_id", "request_id");
        assertThat(metadata.getString("type")).isEqualTo("chat_metadata");
    }

    @Test
    void userInput_text_echoMessageSoundEnd() {
        SocketClient chat = opened();

        List<JsonObject> frames = chat.send(userInput("Good morning")).until("assistant_end");

        assertThat(frames).extracting(frame -> frame.getString("type")).containsExactly("user_message",
                "assistant_message", "audio_output", "audio_output", "assistant_end");
        assertThat(frames.get(0).getJsonObject("message"))
                .isEqualTo(new JsonObject().put("role", "user").put("content", "Good morning"));
        assertThat(frames.get(0).getBoolean("from_text")).isTrue();
        assertThat(frames.get(1).getJsonObject("message").getString("content")).contains("Good morning");
        assertThat(frames.get(1).getBoolean("from_text")).isFalse();
        for (int i = 0; i < 2; i++) {
            JsonObject sound = frames.get(2 + i);
            assertThat(sound.getString("id")).isEqualTo(frames.get(1).getString("id"));
            assertThat(sound.getInteger("index")).isEqualTo(i);
            assertThat(wave(sound.getString("data")).sampleRate()).isEqualTo(48_000);
            assertThat(wave(sound.getString("data")).seconds()).isPositive();
        }
    }

    @Test
    void userInput_veryLong_answerStaysShort() {
        List<JsonObject> frames = opened().send(userInput("word ".repeat(100_000))).until("assistant_end");

        assertThat(frames.get(1).getJsonObject("message").getString("content")).hasSizeLessThan(300);
    }

    @Test
    void assistantInput_text_spokenAsItIs() {
        List<JsonObject> frames = opened().send(message("assistant_input").put("text", "Hear me.")).until("assistant_end");

        assertThat(frames).hasSize(3);
        assertThat(frames.get(0).getBoolean("from_text")).isTrue();
        assertThat(frames.get(0).getJsonObject("message").getString("content")).isEqualTo("Hear me.");
        assertThat(wave(frames.get(1).getString("data")))
                .isEqualTo(ToneSpeech.speak("Hear me."));
    }

    @Test
    void pause_thenResume_onlyTheLastIsAnswered() {
        SocketClient chat = opened();
        chat.send(message("pause_assistant_message")).send(userInput("One")).send(userInput("Two"));
        assertThat(chat.next().getString("type")).isEqualTo("user_message");
        assertThat(chat.next().getString("type")).isEqualTo("user_message");

        List<JsonObject> frames = chat.send(message("resume_assistant_message")).until("assistant_end");

        assertThat(frames.get(0).getJsonObject("message").getString("content")).contains("Two").doesNotContain("One");
    }

    @Test
    void otherInput_known_toleratedWithoutAnswer() {
        SocketClient chat = opened();
        chat.send(message("session_settings").put("system_prompt", "Be brief"));
        chat.send(message("audio_input").put("data", "UklGRg==")).send(new byte[] { 1, 2, 3 });
        chat.send(message("tool_response").put("tool_call_id", "t").put("content", "sunny"));
        chat.send(message("tool_error").put("tool_call_id", "t").put("error", "none"));

        assertThat(chat.send(userInput("Still there?")).next().getString("type")).isEqualTo("user_message");
    }

    @ParameterizedTest
    @CsvSource({ "{, E0100", "[], E0100", "null, E0100", "'', E0100", "{}, E0101", "{\"type\":\"telepathy\"}, E0101",
            "{\"type\":7}, E0101", "{\"type\":\"user_input\"}, E0101", "'{\"type\":\"user_input\",\"text\":7}', E0101",
            "'{\"type\":\"user_input\",\"text\":\" \"}', E0101", "{\"type\":\"audio_input\"}, E0101" })
    void message_invalid_errorAndStillOpen(String message, String code) {
        SocketClient chat = opened();

        JsonObject error = chat.send(message).next();

        assertThat(error.getString("type")).isEqualTo("error");
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("slug")).isNotBlank();
        assertThat(error.getString("message")).isNotBlank();
        assertThat(chat.send(userInput("Hi")).next().getString("type")).isEqualTo("user_message");
    }

    @Test
    void resumed_group_keptWithANewChat() {
        JsonObject first = open(CHAT).next();

        JsonObject second = open(CHAT + "?resumed_chat_group_id=" + first.getString("chat_group_id")).next();

        assertThat(second.getString("chat_group_id")).isEqualTo(first.getString("chat_group_id"));
        assertThat(second.getString("chat_id")).isNotEqualTo(first.getString("chat_id"));
    }

    @Test
    void list_afterAChat_listedForItsAccountOnly() {
        SocketClient chat = open(CHAT);
        String id = chat.next().getString("chat_id");
        chat.send(userInput("Hi")).until("assistant_end");
        assertThat(listed(FIRST, id).getString("status")).isEqualTo("ACTIVE");
        assertThat(listed(FIRST, id).getValue("end_timestamp")).isNull();
        assertThat(listed(FIRST, id).getInteger("event_count")).isEqualTo(2);
        clock.advance(Duration.ofSeconds(5));

        chat.close();

        await().until(() -> listed(FIRST, id).getString("status").equals("USER_ENDED"));
        JsonObject ended = listed(FIRST, id);
        assertThat(ended.getLong("end_timestamp") - ended.getLong("start_timestamp")).isEqualTo(5_000);
        assertThat(listed(SECOND, id)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, SPEECH, EXPRESSION })
    void plainRequest_toASocket_upgradeRequired(String path) {
        assertThat(withKey("GET", path).send().status()).isEqualTo(426);
        assertThat(call("GET", path).send().status()).isEqualTo(401);
    }

    private static JsonObject listed(String account, String id) {
        return call("GET", "/v0/evi/chats?page_size=100").apiKey(emulator.keys(account).apiKey()).send().json()
                .getJsonArray("chats_page").stream().map(JsonObject.class::cast)
                .filter(chat -> chat.getString("id").equals(id)).findFirst().orElse(null);
    }

    private static SocketClient opened() {
        SocketClient chat = open(CHAT);
        chat.next();
        return chat;
    }

    private static JsonObject userInput(String text) {
        return message("user_input").put("text", text);
    }
}

package io.quarkiverse.hume.emulator.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;

/**
 * A voice chat (EVI) that repeats written messages as speech. Audio is not understood, so it is not answered. Messages arrive
 * from its own socket and, on other threads, from Hume's control plane of the chat.
 */
final class ChatSession extends VoiceSession {

    private static final int LONGEST_ECHO = 200;
    /** The required strings of each type of message. */
    private static final Map<String, List<String>> MESSAGES = Map.of("user_input", List.of("text"),
            "assistant_input", List.of("text"), "audio_input", List.of("data"), "tool_response",
            List.of("tool_call_id", "content"), "tool_error", List.of("tool_call_id", "error"), "session_settings", List.of(),
            "pause_assistant_message", List.of(), "resume_assistant_message", List.of());
    private static final Set<String> NUMBERS = Set.of("event_limit", "channels", "sample_rate");

    private final Chats chats;
    private final VersionedResources configs;
    private final ReceivedRequest request;
    /** The sockets that receive what this one receives, and control the chat. */
    private final List<VoiceSession> connected = new CopyOnWriteArrayList<>();
    private Chats.Chat chat;
    private String customSessionId;
    private boolean paused;
    private String unanswered;

    ChatSession(Chats chats, VersionedResources configs, ReceivedRequest request) {
        this.chats = chats;
        this.configs = configs;
        this.request = request;
    }

    @Override
    protected synchronized void opened() {
        Optional<String> group = parameter("resumed_chat_group_id");
        Optional<JsonObject> config = parameter("config_id").flatMap(id -> configs.find(request.account(), id,
                parameter("config_version").filter(text -> text.matches("\\d{1,9}")).map(Integer::valueOf).orElse(null)));
        if (group.isPresent() && chats.of(request.account()).noneMatch(earlier -> earlier.groupId().equals(group.get()))) {
            error("E0708", "resume_failed", "resumed_chat_group_id: there is no such chat group");
            close(NORMAL);
            return;
        }
        if (config.isEmpty() && parameter("config_id").isPresent()) {
            error("E0101", "config_not_found", "config_id: there is no such configuration. Create it with"
                    + " POST /v0/evi/configs, or take one that GET /v0/evi/configs lists");
            close(NORMAL);
            return;
        }
        chat = chats.begin(request.account(), group.orElseGet(() -> UUID.randomUUID().toString()),
                config.map(used -> JsonObject.of("id", used.getString("id"), "version", used.getInteger("version")))
                        .orElse(null),
                this);
        config.map(used -> used.getJsonObject("prompt"))
                .ifPresent(prompt -> chat.add("SYSTEM", "SYSTEM_PROMPT", prompt.getString("text")));
        JsonObject settings = settings();
        if (!settings.isEmpty()) {
            apply(JsonObject.of("type", "session_settings").mergeIn(settings));
        }
        broadcast("chat_metadata", JsonObject.of("chat_id", chat.id(), "chat_group_id", chat.groupId(), "request_id",
                requestId));
        config.map(used -> used.getJsonObject("event_messages")).map(messages -> messages.getJsonObject("on_new_chat"))
                .filter(message -> Boolean.TRUE.equals(message.getValue("enabled")))
                .ifPresent(message -> speak(message.getString("text", ""), false));
    }

    @Override
    synchronized void message(JsonInput input) {
        String type = String.valueOf(input.json().getValue("type"));
        if (!MESSAGES.containsKey(type)) {
            throw RejectedRequest.unprocessable("There is no message of the type " + type, "body");
        }
        MESSAGES.get(type).forEach(input::required);
        apply(input.json());
    }

    /** Audio, as in an audio_input. It is not understood. */
    @Override
    protected void binary(Buffer message) {
    }

    @Override
    protected synchronized void closed() {
        if (chat != null) {
            chat.end().set(chat.clock().instant());
            connected.forEach(socket -> socket.close(NORMAL));
        }
    }

    /** Another socket for this chat: it receives the same messages, and its own act on the chat. */
    VoiceSession connection() {
        if (!parameter("allow_connection").equals(Optional.of("true"))) {
            throw RejectedRequest.voice(403, "connection_not_allowed", "The chat was opened without allow_connection=true");
        }
        return new VoiceSession() {

            @Override
            protected void opened() {
                connected.add(this);
            }

            @Override
            void message(JsonInput input) {
                control(input);
            }

            @Override
            protected void closed() {
                connected.remove(this);
            }
        };
    }

    /** @throws RejectedRequest if the message of the control plane is not valid */
    synchronized void control(JsonInput input) {
        if (input.json().getValue("type") instanceof String type && type.equals("audio_input")) {
            throw RejectedRequest.unprocessable("The control plane takes no audio_input", "body");
        }
        message(input);
    }

    private void apply(JsonObject input) {
        String text = input.getString("text");
        switch (input.getString("type")) {
            case "user_input" -> hear(text);
            case "assistant_input" -> speak(text, true);
            case "pause_assistant_message" -> {
                paused = true;
                chat.add("SYSTEM", "PAUSE_ONSET", "");
            }
            case "resume_assistant_message" -> {
                paused = false;
                chat.add("SYSTEM", "RESUME_ONSET", "");
                answer();
            }
            case "session_settings" -> {
                customSessionId = input.getString("custom_session_id", customSessionId);
                chat.add("SYSTEM", "SESSION_SETTINGS", input.encode());
            }
            case "tool_response", "tool_error" -> chat.add("TOOL", "FUNCTION_CALL_RESPONSE", input.encode());
            default -> {
                // Audio is not understood.
            }
        }
    }

    private void hear(String text) {
        chat.add("USER", "MESSAGE", text);
        broadcast("user_message", JsonObject.of("from_text", true, "interim", false, "message",
                JsonObject.of("role", "user", "content", text), "models", new JsonObject(), "time",
                JsonObject.of("begin", 0, "end", 0)));
        unanswered = text;
        answer();
    }

    /** Of the messages that were sent during a pause, only the last one is answered. */
    private void answer() {
        if (!paused && unanswered != null) {
            speak(echo(unanswered), false);
            unanswered = null;
        }
    }

    private void speak(String text, boolean fromText) {
        chat.add("AGENT", "MESSAGE", text);
        String id = UUID.randomUUID().toString();
        broadcast("assistant_message", JsonObject.of("id", id, "from_text", fromText, "is_quick_response", false, "message",
                JsonObject.of("role", "assistant", "content", text), "models", new JsonObject()));
        List<String> sentences = Generation.sentences(shortened(text, 2 * LONGEST_ECHO));
        for (int index = 0; index < sentences.size(); index++) {
            broadcast("audio_output", JsonObject.of("id", id, "index", index, "data",
                    Generation.base64(ToneSpeech.speak(sentences.get(index)).encode())));
        }
        broadcast("assistant_end", new JsonObject());
    }

    /** Sends the message to this socket and to the connected ones. */
    private void broadcast(String type, JsonObject content) {
        JsonObject frame = JsonObject.of("type", type).mergeIn(content);
        if (customSessionId != null) {
            frame.put("custom_session_id", customSessionId);
        }
        send(frame);
        connected.forEach(socket -> socket.send(frame));
    }

    private static String echo(String text) {
        String echo = shortened(text.strip(), LONGEST_ECHO);
        return "You said: " + echo + (echo.matches("(?s).*[.!?]") ? "" : ".") + " Tell me more.";
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    private Optional<String> parameter(String name) {
        return request.parameter(name).filter(value -> !value.isBlank());
    }

    /** From the query of the handshake: {@code session_settings[audio][channels]=1}. Variables stay strings, as in Hume. */
    private JsonObject settings() {
        JsonObject settings = new JsonObject();
        request.parameters().forEach((name, values) -> {
            List<String> path = List.of(name.replace("]", "").split("\\["));
            String value = values.get(0);
            if (path.size() > 1 && path.get(0).equals("session_settings")) {
                boolean number = NUMBERS.contains(path.get(path.size() - 1)) && value.matches("\\d{1,9}")
                        && !path.get(1).equals("variables");
                JsonPointer.create().append(path.subList(1, path.size())).writeJson(settings,
                        number ? (Object) Integer.valueOf(value) : value, true);
            }
        });
        return settings;
    }
}

package io.quarkiverse.hume.emulator.voice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.quarkiverse.hume.emulator.socket.SocketReply;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;

/**
 * A voice chat (EVI) that repeats, aloud, what is written to it. What is said to it is not understood, so it is not answered.
 * Messages come from its own socket and, through the control plane, from other threads.
 */
final class ChatSession extends VoiceSession {

    private static final int LONGEST_ECHO = 200;
    /** By type of message, the strings that it needs. */
    private static final Map<String, List<String>> MESSAGES = Map.of("user_input", List.of("text"),
            "assistant_input", List.of("text"), "audio_input", List.of("data"), "tool_response",
            List.of("tool_call_id", "content"), "tool_error", List.of("tool_call_id", "error"), "session_settings", List.of(),
            "pause_assistant_message", List.of(), "resume_assistant_message", List.of());
    private static final Set<String> NUMBERS = Set.of("event_limit", "channels", "sample_rate");

    private final Chats chats;
    private final VersionedResources configs;
    private final ReceivedRequest request;
    /** The sockets that receive what this one receives, and control the chat. */
    final List<Consumer<SocketReply>> connected = new CopyOnWriteArrayList<>();
    private Consumer<SocketReply> own;
    private Chat chat;
    private String customSessionId;
    private boolean paused;
    private String unanswered;

    ChatSession(Chats chats, VersionedResources configs, ReceivedRequest request) {
        this.chats = chats;
        this.configs = configs;
        this.request = request;
    }

    @Override
    public synchronized SocketReply opened(Consumer<SocketReply> later) {
        own = later;
        Optional<String> group = parameter("resumed_chat_group_id");
        Optional<JsonObject> config = parameter("config_id").flatMap(id -> configs.find(request.account(), id,
                parameter("config_version").filter(text -> text.matches("\\d{1,9}")).map(Integer::valueOf).orElse(null)));
        if (group.isPresent() && chats.of(request.account()).noneMatch(earlier -> earlier.groupId().equals(group.get()))) {
            return error("E0708", "resume_failed", "resumed_chat_group_id: there is no such chat group")
                    .thenClose(SocketReply.NORMAL);
        }
        if (config.isEmpty() && parameter("config_id").isPresent()) {
            return error("E0101", "config_not_found", "config_id: there is no such configuration. Create it with"
                    + " POST /v0/evi/configs, or take one that GET /v0/evi/configs lists").thenClose(SocketReply.NORMAL);
        }
        chat = chats.begin(request.account(), group.orElseGet(() -> UUID.randomUUID().toString()),
                config.map(used -> JsonObject.of("id", used.getString("id"), "version", used.getInteger("version")))
                        .orElse(null),
                parameter("allow_connection").equals(Optional.of("true")), this);
        config.map(used -> used.getJsonObject("prompt"))
                .ifPresent(prompt -> chats.add(chat, "SYSTEM", "SYSTEM_PROMPT", prompt.getString("text")));
        JsonObject settings = settings();
        if (!settings.isEmpty()) {
            apply(JsonObject.of("type", "session_settings").mergeIn(settings));
        }
        List<JsonObject> frames = new ArrayList<>();
        frames.add(frame("chat_metadata").put("chat_id", chat.id()).put("chat_group_id", chat.groupId())
                .put("request_id", requestId));
        config.map(used -> used.getJsonObject("event_messages")).map(messages -> messages.getJsonObject("on_new_chat"))
                .filter(message -> Boolean.TRUE.equals(message.getValue("enabled")))
                .ifPresent(message -> frames.addAll(spoken(message.getString("text", ""), false)));
        return SocketReply.of(frames);
    }

    /** What this message leads to is also sent to the sockets that are connected. */
    @Override
    synchronized SocketReply message(JsonInput input) {
        String type = String.valueOf(input.toJson().getValue("type"));
        if (!MESSAGES.containsKey(type)) {
            throw RefusedRequest.unprocessable("There is no message of the type " + type, "body");
        }
        MESSAGES.get(type).forEach(input::required);
        SocketReply reply = SocketReply.of(apply(input.toJson()));
        connected.forEach(socket -> socket.accept(reply));
        return reply;
    }

    /** Sound, as in an audio_input. */
    @Override
    public SocketReply binary(Buffer message) {
        return SocketReply.of();
    }

    @Override
    public synchronized void closed() {
        if (chat != null) {
            chats.end(chat);
            connected.forEach(socket -> socket.accept(SocketReply.of().thenClose(SocketReply.NORMAL)));
        }
    }

    /**
     * A message of the control plane.
     *
     * @throws RefusedRequest if it is not valid
     */
    synchronized void control(JsonInput input) {
        if (input.toJson().getValue("type") instanceof String type && type.equals("audio_input")) {
            throw RefusedRequest.unprocessable("The control plane takes no audio_input", "body");
        }
        own.accept(message(input));
    }

    private List<JsonObject> apply(JsonObject input) {
        String text = input.getString("text");
        return switch (input.getString("type")) {
            case "user_input" -> userInput(text);
            case "assistant_input" -> spoken(text, true);
            case "pause_assistant_message" -> {
                paused = true;
                yield happened("SYSTEM", "PAUSE_ONSET", "");
            }
            case "resume_assistant_message" -> resume();
            case "session_settings" -> {
                customSessionId = input.getString("custom_session_id", customSessionId);
                yield happened("SYSTEM", "SESSION_SETTINGS", input.encode());
            }
            case "tool_response", "tool_error" -> happened("TOOL", "FUNCTION_CALL_RESPONSE", input.encode());
            default -> List.of();
        };
    }

    private List<JsonObject> happened(String role, String kind, String text) {
        chats.add(chat, role, kind, text);
        return List.of();
    }

    private List<JsonObject> userInput(String text) {
        chats.add(chat, "USER", "MESSAGE", text);
        List<JsonObject> frames = new ArrayList<>();
        frames.add(frame("user_message").put("from_text", true).put("interim", false)
                .put("message", JsonObject.of("role", "user", "content", text)).put("models", new JsonObject())
                .put("time", JsonObject.of("begin", 0, "end", 0)));
        if (paused) {
            unanswered = text;
        } else {
            frames.addAll(spoken(echo(text), false));
        }
        return frames;
    }

    /** Of what was said in the meantime, only the last is answered. */
    private List<JsonObject> resume() {
        paused = false;
        chats.add(chat, "SYSTEM", "RESUME_ONSET", "");
        String last = unanswered;
        unanswered = null;
        return last == null ? List.of() : spoken(echo(last), false);
    }

    private List<JsonObject> spoken(String text, boolean fromText) {
        chats.add(chat, "AGENT", "MESSAGE", text);
        String id = UUID.randomUUID().toString();
        List<JsonObject> frames = new ArrayList<>();
        frames.add(frame("assistant_message").put("id", id).put("from_text", fromText).put("is_quick_response", false)
                .put("message", JsonObject.of("role", "assistant", "content", text)).put("models", new JsonObject()));
        for (String sentence : Generation.sentences(shortened(text, 2 * LONGEST_ECHO))) {
            frames.add(frame("audio_output").put("id", id).put("index", frames.size() - 1)
                    .put("data", Generation.base64(ToneSpeech.speak(sentence).encode())));
        }
        frames.add(frame("assistant_end"));
        return frames;
    }

    private JsonObject frame(String type) {
        JsonObject frame = JsonObject.of("type", type);
        return customSessionId == null ? frame : frame.put("custom_session_id", customSessionId);
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

    /** Of the handshake: {@code session_settings[audio][channels]=1}. Variables stay strings, as Hume keeps them. */
    private JsonObject settings() {
        JsonObject settings = new JsonObject();
        for (Map.Entry<String, String> field : request.parameters()) {
            List<String> path = List.of(field.getKey().replace("]", "").split("\\["));
            if (path.size() > 1 && path.get(0).equals("session_settings")) {
                boolean number = NUMBERS.contains(path.get(path.size() - 1)) && field.getValue().matches("\\d{1,9}")
                        && !path.get(1).equals("variables");
                JsonPointer.create().append(path.subList(1, path.size())).writeJson(settings,
                        number ? (Object) Integer.valueOf(field.getValue()) : field.getValue(), true);
            }
        }
        return settings;
    }
}

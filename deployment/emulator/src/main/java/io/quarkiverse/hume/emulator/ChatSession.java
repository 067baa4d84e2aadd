package io.quarkiverse.hume.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.hume.emulator.ChatHistory.Chat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A voice chat (EVI): whoever writes is repeated, aloud. What is said to it is not understood, so it is not answered. */
final class ChatSession implements SocketSession {

    private static final int LONGEST_ECHO = 200;

    private final Chat chat;
    private final String requestId = UUID.randomUUID().toString();
    private boolean paused;
    private String unanswered;

    ChatSession(ChatHistory chats, ReceivedRequest request) {
        String groupId = request.parameter("resumed_chat_group_id").filter(group -> !group.isBlank())
                .orElseGet(() -> UUID.randomUUID().toString());
        this.chat = chats.begin(request.account(), groupId);
    }

    @Override
    public SocketReply opened() {
        return SocketReply.of(new JsonObject().put("type", "chat_metadata").put("chat_id", chat.id())
                .put("chat_group_id", chat.groupId()).put("request_id", requestId));
    }

    @Override
    public SocketReply text(String message) {
        Optional<JsonObject> object = SocketSession.object(message);
        if (object.isEmpty()) {
            return VoiceErrors.notJson(requestId);
        }
        JsonObject input = object.get();
        String type = String.valueOf(input.getValue("type"));
        return switch (type) {
            case "user_input" -> string(input, "text").map(this::userInput).orElseGet(() -> missing(type, "text"));
            case "assistant_input" -> string(input, "text").map(text -> SocketReply.of(spoken(text, true)))
                    .orElseGet(() -> missing(type, "text"));
            case "audio_input" -> string(input, "data").map(audio -> SocketReply.none())
                    .orElseGet(() -> missing(type, "data"));
            case "pause_assistant_message" -> pause();
            case "resume_assistant_message" -> resume();
            case "session_settings", "tool_response", "tool_error" -> SocketReply.none();
            default -> VoiceErrors.invalid("There is no message of the type " + type, requestId);
        };
    }

    /** Sound, as in an audio_input. */
    @Override
    public SocketReply binary(Buffer message) {
        return SocketReply.none();
    }

    @Override
    public void closed() {
        chat.ended();
    }

    private SocketReply userInput(String text) {
        chat.happened();
        List<JsonObject> frames = new ArrayList<>();
        frames.add(new JsonObject().put("type", "user_message").put("from_text", true).put("interim", false)
                .put("message", new JsonObject().put("role", "user").put("content", text)).put("models", new JsonObject())
                .put("time", new JsonObject().put("begin", 0).put("end", 0)));
        if (paused) {
            unanswered = text;
        } else {
            frames.addAll(spoken(answer(text), false));
        }
        return SocketReply.of(frames);
    }

    private SocketReply pause() {
        paused = true;
        return SocketReply.none();
    }

    /** Of what was said in the meantime, only the last is answered. */
    private SocketReply resume() {
        paused = false;
        String last = unanswered;
        unanswered = null;
        return last == null ? SocketReply.none() : SocketReply.of(spoken(answer(last), false));
    }

    private List<JsonObject> spoken(String text, boolean fromText) {
        chat.happened();
        String id = UUID.randomUUID().toString();
        List<JsonObject> frames = new ArrayList<>();
        frames.add(new JsonObject().put("type", "assistant_message").put("id", id).put("from_text", fromText)
                .put("is_quick_response", false)
                .put("message", new JsonObject().put("role", "assistant").put("content", text))
                .put("models", new JsonObject()));
        List<String> sentences = SpeechSession.sentences(shortened(text, 2 * LONGEST_ECHO));
        for (int i = 0; i < sentences.size(); i++) {
            frames.add(new JsonObject().put("type", "audio_output").put("id", id).put("index", i)
                    .put("data", ToneSpeech.speak(sentences.get(i)).base64()));
        }
        frames.add(new JsonObject().put("type", "assistant_end"));
        return frames;
    }

    private static String answer(String text) {
        String echo = shortened(text.strip(), LONGEST_ECHO);
        boolean complete = echo.endsWith(".") || echo.endsWith("!") || echo.endsWith("?");
        return "You said: " + echo + (complete ? "" : ".") + " Tell me more.";
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    private static Optional<String> string(JsonObject input, String field) {
        return input.getValue(field) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private SocketReply missing(String type, String field) {
        return VoiceErrors.invalid(type + " needs a " + field + " that is not blank", requestId);
    }
}

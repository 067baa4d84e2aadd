package io.quarkiverse.hume.emulator.voice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.quarkiverse.hume.emulator.socket.SocketReply;
import io.quarkiverse.hume.emulator.socket.SocketSession;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.voice.Generation.Utterance;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Speech synthesis of text that comes in pieces: it is spoken when that is asked for, or when it gets too long. */
final class SpeechSession implements SocketSession {

    private static final int LONGEST_TEXT = 5_000;
    // If it is a single sentence, its frame is nearly as large as a message may be.
    private static final int LONGEST_SOUND = 110 * ToneSpeech.SAMPLE_RATE;

    private final Voices voices;
    private final String account;
    private final SpeechForm form;
    private final String requestId = UUID.randomUUID().toString();
    private Utterance pending = new Utterance("", 1, 0);
    private int utterances;

    SpeechSession(Voices voices, ReceivedRequest request) {
        this.voices = voices;
        this.account = request.account();
        JsonObject options = new JsonObject().put("strip_headers", Page.flag(request, "strip_headers", false))
                .put("version", request.parameter("version").orElse(null))
                .put("include_timestamp_types", new JsonArray(request.parameters("include_timestamp_types").stream()
                        .flatMap(types -> Stream.of(types.split(","))).toList()));
        request.parameter("format_type").ifPresent(type -> options.put("format", new JsonObject().put("type", type)));
        this.form = SpeechForm.of(JsonInput.voice(options));
        // Hume's documentation asks for a voice here, but its own example sends none, and is spoken to.
        Page.flag(request, "instant_mode", false);
        request.parameter("context_generation_id").ifPresent(id -> voices.requireGeneration(account, id));
    }

    @Override
    public SocketReply opened(Consumer<SocketReply> later) {
        return SocketReply.of();
    }

    @Override
    public SocketReply text(String message) {
        Optional<JsonObject> object = JsonInput.parse(Buffer.buffer(message));
        if (object.isEmpty()) {
            return SocketReply.notJson(requestId);
        }
        try {
            return answer(JsonInput.voice(object.get()));
        } catch (RefusedRequest refused) {
            return SocketReply.invalid(refused.getMessage(), requestId);
        }
    }

    private SocketReply answer(JsonInput input) {
        String piece = input.text("text").orElse("");
        input.object("voice").ifPresent(voice -> voices.find(account, voice));
        if (piece.length() > LONGEST_TEXT) {
            throw input.invalid("text", "must have at most " + LONGEST_TEXT + " characters");
        }
        boolean close = input.flag("close", false);
        boolean flush = input.flag("flush", false) || close;
        Utterance next = Utterance.of(piece, input);
        List<JsonObject> frames = new ArrayList<>();
        if (pending.text().length() + piece.length() > LONGEST_TEXT) {
            frames.addAll(speak());
        }
        pending = piece.isBlank() ? new Utterance(pending.text() + piece, pending.speed(), pending.silence())
                : new Utterance(pending.text() + piece, next.speed(), next.silence());
        if (flush) {
            frames.addAll(speak());
        }
        return close ? SocketReply.of(frames).thenClose(SocketReply.NORMAL) : SocketReply.of(frames);
    }

    @Override
    public SocketReply binary(Buffer message) {
        return SocketReply.invalid("Only text messages are understood", requestId);
    }

    @Override
    public void closed() {
        pending = new Utterance("", 1, 0);
    }

    private List<JsonObject> speak() {
        Utterance spoken = pending;
        closed();
        return spoken.text().isBlank() ? List.of()
                : Generation.of(voices.newGeneration(account), form, List.of(spoken),
                        utterances++, true, 0, LONGEST_SOUND).frames(requestId).toList();
    }
}

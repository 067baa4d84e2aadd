package io.quarkiverse.hume.emulator.voice;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.socket.SocketReply;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.voice.Generation.Utterance;
import io.vertx.core.json.JsonObject;

/** Speech synthesis of text that comes in pieces: it is spoken when that is asked for, or when it gets too long. */
final class SpeechSession extends VoiceSession {

    private static final int LONGEST_TEXT = 5_000;
    // If it is a single sentence, its frame is nearly as large as a message may be.
    private static final int LONGEST_SOUND = 110 * ToneSpeech.SAMPLE_RATE;

    private final Voices voices;
    private final String account;
    private final Generation.Form form;
    private Utterance pending = Utterance.NONE;
    private int utterances;

    SpeechSession(Voices voices, ReceivedRequest request) {
        JsonInput options = JsonInput.query(request);
        this.voices = voices;
        this.account = request.account();
        this.form = Generation.Form.of(options);
        // Hume's documentation asks for a voice here, but its own example sends none, and is spoken to.
        options.flag("instant_mode", false);
        options.text("context_generation_id").ifPresent(id -> voices.requireGeneration(account, id));
    }

    @Override
    SocketReply message(JsonInput input) {
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
        Utterance options = piece.isBlank() ? pending : next;
        pending = new Utterance(pending.text() + piece, options.speed(), options.silence());
        if (flush) {
            frames.addAll(speak());
        }
        return close ? SocketReply.of(frames).thenClose(SocketReply.NORMAL) : SocketReply.of(frames);
    }

    private List<JsonObject> speak() {
        Utterance spoken = pending;
        pending = Utterance.NONE;
        return spoken.text().isBlank() ? List.of()
                : Generation.of(voices.newGeneration(account), form, List.of(spoken), utterances++, true, 0, LONGEST_SOUND)
                        .frames(requestId).toList();
    }
}

package io.quarkiverse.hume.emulator.voice;

import java.util.List;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.voice.Generation.Utterance;

/** Speech synthesis of text that arrives in parts. It is synthesized when the client requests it, or when it gets too long. */
final class SpeechSession extends VoiceSession {

    private static final int LONGEST_TEXT = 5_000;
    // The frame of a single sentence of this length is nearly as large as a message may be.
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
        // Hume's documentation requires a voice for it, but Hume's own example sends none and gets speech.
        options.flag("instant_mode", false);
        options.text("context_generation_id").ifPresent(id -> voices.requireGeneration(account, id));
    }

    @Override
    void message(JsonInput input) {
        String piece = input.text("text").orElse("");
        input.object("voice").ifPresent(voice -> voices.find(account, voice));
        if (piece.length() > LONGEST_TEXT) {
            throw input.invalid("text", "must have at most " + LONGEST_TEXT + " characters");
        }
        boolean close = input.flag("close", false);
        boolean flush = input.flag("flush", false) || close;
        Utterance next = Utterance.of(piece, input);
        if (pending.text().length() + piece.length() > LONGEST_TEXT) {
            speak();
        }
        Utterance options = piece.isBlank() ? pending : next;
        pending = new Utterance(pending.text() + piece, options.speed(), options.silence());
        if (flush) {
            speak();
        }
        if (close) {
            close(NORMAL);
        }
    }

    private void speak() {
        if (!pending.text().isBlank()) {
            Generation.of(voices.newGeneration(account), form, List.of(pending), utterances++, true, 0, LONGEST_SOUND)
                    .frames(requestId).forEach(this::send);
        }
        pending = Utterance.NONE;
    }
}

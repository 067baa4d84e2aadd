package io.quarkiverse.hume.emulator.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.quarkiverse.hume.emulator.platform.Generation.Snippet;
import io.quarkiverse.hume.emulator.platform.Generation.Utterance;
import io.quarkiverse.hume.emulator.platform.ReceivedRequest.Part;
import io.quarkiverse.hume.emulator.sound.ToneSpeech;
import io.quarkiverse.hume.emulator.sound.WaveAudio;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Speech synthesis, also over a socket, and voice conversion. */
record SpeechEndpoints(Voices voices) {

    private static final int LONGEST_TEXT = 5_000;
    private static final int MOST_GENERATIONS = 5;
    // Two and a half minutes, which need little memory. In base64, Jackson can just read it.
    static final int LONGEST_SOUND = 150 * ToneSpeech.SAMPLE_RATE;

    void register(RouteTable<Answer> routes) {
        routes.add("POST", "/v0/tts", "synthesizes speech; the response is JSON with base64 audio",
                request -> Answer.ok(JsonObject.of("request_id", UUID.randomUUID().toString(), "generations", new JsonArray(
                        speak(request, MOST_GENERATIONS, false).stream().map(Generation::toJson).toList()))))
                .add("POST", "/v0/tts/file", "synthesizes speech; the response is the audio",
                        request -> file(speak(request, 1, false)))
                .add("POST", "/v0/tts/stream/json", "synthesizes speech; the response has a line of JSON for each sentence",
                        request -> stream(speak(request, MOST_GENERATIONS, true)))
                .add("POST", "/v0/tts/stream/file", "synthesizes speech; the response is the audio",
                        request -> file(speak(request, 1, true)))
                .add("POST", "/v0/tts/voice_conversion/json",
                        "converts a recording to another voice; the response has the format of /v0/tts/stream/json",
                        request -> stream(convert(request)))
                .add("POST", "/v0/tts/voice_conversion/file",
                        "converts a recording to another voice; the response is the audio",
                        request -> file(convert(request)));
    }

    private static Answer file(List<Generation> generations) {
        Generation only = generations.get(0);
        return Answer.of(200, only.form().mediaType(), only.form().file(only.audio()));
    }

    private static Answer stream(List<Generation> generations) {
        String requestId = UUID.randomUUID().toString();
        return Answer.of(200, "application/x-ndjson", Buffer.buffer(generations.stream()
                .flatMap(generation -> generation.frames(requestId)).map(frame -> frame.encode() + "\n")
                .collect(Collectors.joining())));
    }

    private List<Generation> speak(ReceivedRequest request, int mostGenerations, boolean streamed) {
        String account = request.account();
        JsonInput input = JsonInput.voice(request.body());
        int count = input.whole("num_generations", 1, mostGenerations).orElse(1L).intValue();
        Generation.Form form = Generation.Form.of(input);
        List<Utterance> utterances = new ArrayList<>();
        // A voice applies to the utterances after it as well, so all utterances have a voice if the first one has.
        boolean voiced = false;
        int left = LONGEST_TEXT;
        for (Object entry : input.list("utterances")) {
            int index = utterances.size();
            JsonObject json = entry instanceof JsonObject object ? object : new JsonObject();
            String text = json.getValue("text") instanceof String given ? given : "";
            left -= text.length();
            if (text.isBlank() || left < 0) {
                throw RejectedRequest.unprocessable("A text that is not blank is required, and the emulator speaks at most "
                        + LONGEST_TEXT + " characters per request", "body", "utterances", index, "text");
            }
            JsonInput utterance = JsonInput.voice(json);
            utterance.object("voice").ifPresent(voice -> voices.find(account, voice));
            voiced |= index == 0 && utterance.has("voice");
            utterances.add(Utterance.of(text, utterance));
        }
        if (utterances.isEmpty()) {
            throw input.invalid("utterances", "at least one is required");
        }
        if (input.text("version").equals(Optional.of("2")) && !voiced) {
            throw input.invalid("version", "Octave 2 needs a voice");
        }
        if (input.flag("instant_mode", false) && (!streamed || !voiced || count > 1)) {
            throw input.invalid("instant_mode", "it is for streams, with a voice and a single generation");
        }
        input.number("temperature", 0, 0, 2);
        voices.requireContext(account, input);
        boolean split = input.flag("split_utterances", true);
        return IntStream.range(0, count).mapToObj(variant -> Generation.of(voices.newGeneration(account), form, utterances, 0,
                split, variant, LONGEST_SOUND / count)).toList();
    }

    /** The unchanged recording if it is a WAV file, otherwise a few tones. */
    private List<Generation> convert(ReceivedRequest request) {
        List<Part> parts = request.parts().orElseThrow(
                () -> RejectedRequest.unprocessable("The body must be complete multipart/form-data", "body"));
        JsonInput form = JsonInput.voice(parts);
        Buffer recording = Part.first(parts, "audio").map(Part::content).filter(content -> content.length() > 0)
                .orElseThrow(() -> form.invalid("audio", "is required"));
        voices.requireContext(request.account(), form);
        form.object("voice").ifPresent(voice -> voices.find(request.account(), voice));
        Generation.Form speechForm = Generation.Form.of(form);
        ToneSpeech tones = ToneSpeech.of("La la la.", 1, LONGEST_SOUND);
        WaveAudio audio = WaveAudio.decode(recording.getBytes()).orElseGet(() -> tones.audio(0));
        return List.of(new Generation(voices.newGeneration(request.account()), speechForm, List.of(new Snippet(
                UUID.randomUUID().toString(), 0, "La la la.", audio, speechForm.times(tones, 0)))));
    }

    /** Synthesizes text that arrives in parts, when the client requests it or when the text gets too long. */
    static final class Session extends VoiceSession {

        // In samples. The message with a single sentence of this length is nearly as large as a message may be.
        private static final int LONGEST_FRAME = 110 * ToneSpeech.SAMPLE_RATE;

        private final Voices voices;
        private final String account;
        private final Generation.Form form;
        private Utterance pending = Utterance.NONE;
        private int utterances;

        Session(Voices voices, ReceivedRequest request) {
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
                Generation.of(voices.newGeneration(account), form, List.of(pending), utterances++, true, 0, LONGEST_FRAME)
                        .frames(requestId).forEach(this::send);
            }
            pending = Utterance.NONE;
        }
    }
}

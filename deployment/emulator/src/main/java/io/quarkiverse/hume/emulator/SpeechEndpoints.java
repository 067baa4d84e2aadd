package io.quarkiverse.hume.emulator;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Speech synthesis. The sound is always WAV, whatever format was asked for. */
final class SpeechEndpoints {

    private static final int LONGEST_TEXT = 5_000;
    // Two and a half minutes: harmless for the memory of the build. In base64 just short enough for Jackson to read.
    private static final int LONGEST_SOUND = 150 * ToneSpeech.SAMPLE_RATE;

    private record Utterance(String text, WaveAudio audio) {
    }

    void register(RouteTable routes) {
        routes.add("POST", "/v0/tts", this::json).add("POST", "/v0/tts/file", this::file);
    }

    private Answer json(ReceivedRequest request) {
        List<Utterance> utterances = utterances(request);
        WaveAudio whole = join(utterances);
        Buffer file = whole.encode();
        String generationId = UUID.randomUUID().toString();
        JsonArray snippets = new JsonArray();
        for (int i = 0; i < utterances.size(); i++) {
            Utterance utterance = utterances.get(i);
            snippets.add(new JsonObject().put("id", UUID.randomUUID().toString()).put("generation_id", generationId)
                    .put("audio", base64(utterance.audio().encode())).put("text", utterance.text())
                    .put("utterance_index", i).put("timestamps", new JsonArray()));
        }
        JsonObject generation = new JsonObject().put("generation_id", generationId).put("audio", base64(file))
                .put("duration", whole.seconds()).put("file_size", file.length())
                .put("encoding", new JsonObject().put("format", "wav").put("sample_rate", whole.sampleRate()))
                .put("snippets", JsonArray.of(snippets));
        return Answer.json(200, new JsonObject().put("request_id", UUID.randomUUID().toString())
                .put("generations", JsonArray.of(generation)));
    }

    private Answer file(ReceivedRequest request) {
        return Answer.of(200, "audio/wav", join(utterances(request)).encode());
    }

    private static List<Utterance> utterances(ReceivedRequest request) {
        if (!(body(request).getValue("utterances") instanceof JsonArray entries) || entries.isEmpty()) {
            throw VoiceErrors.unprocessable("utterances: at least one is required", "missing", "body", "utterances");
        }
        List<Utterance> utterances = new ArrayList<>();
        int left = LONGEST_TEXT;
        int soundLeft = LONGEST_SOUND;
        for (int i = 0; i < entries.size(); i++) {
            if (!(entries.getValue(i) instanceof JsonObject entry) || !(entry.getValue("text") instanceof String text)
                    || text.isBlank()) {
                throw VoiceErrors.unprocessable("A text that is not blank is required", "missing",
                        "body", "utterances", i, "text");
            }
            left -= text.length();
            if (left < 0) {
                throw VoiceErrors.unprocessable("The emulator speaks at most " + LONGEST_TEXT + " characters per request",
                        "string_too_long", "body", "utterances", i, "text");
            }
            WaveAudio audio = ToneSpeech.speak(text, soundLeft);
            soundLeft -= audio.samples().length;
            utterances.add(new Utterance(text, audio));
        }
        return utterances;
    }

    private static JsonObject body(ReceivedRequest request) {
        try {
            return new JsonObject(request.body());
        } catch (DecodeException | ClassCastException notAnObject) {
            throw VoiceErrors.unprocessable("The body must be a JSON object", "json_invalid", "body");
        }
    }

    private static WaveAudio join(List<Utterance> utterances) {
        short[] all = new short[utterances.stream().mapToInt(utterance -> utterance.audio().samples().length).sum()];
        int position = 0;
        for (Utterance utterance : utterances) {
            short[] samples = utterance.audio().samples();
            System.arraycopy(samples, 0, all, position, samples.length);
            position += samples.length;
        }
        return new WaveAudio(ToneSpeech.SAMPLE_RATE, all);
    }

    private static String base64(Buffer bytes) {
        return Base64.getEncoder().encodeToString(bytes.getBytes());
    }
}

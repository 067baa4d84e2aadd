package io.quarkiverse.hume.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Speech synthesis of text that comes in pieces: it is spoken when that is asked for, or when it gets too long. */
final class SpeechSession implements SocketSession {

    private static final int LONGEST_TEXT = 5_000;
    // A sentence of that length is as large as a message may be.
    private static final int LONGEST_SOUND = 60 * ToneSpeech.SAMPLE_RATE;

    private final String requestId = UUID.randomUUID().toString();
    private final boolean wordTimestamps;
    private final StringBuilder pending = new StringBuilder();
    private int utterances;

    SpeechSession(ReceivedRequest request) {
        this.wordTimestamps = request.parameters("include_timestamp_types").stream()
                .flatMap(types -> Stream.of(types.split(","))).anyMatch("word"::equals);
    }

    static List<String> sentences(String text) {
        return Stream.of(text.strip().split("(?<=[.!?])\\s+")).filter(sentence -> !sentence.isBlank()).toList();
    }

    @Override
    public SocketReply opened() {
        return SocketReply.none();
    }

    @Override
    public SocketReply text(String message) {
        Optional<JsonObject> object = SocketSession.object(message);
        if (object.isEmpty()) {
            return VoiceErrors.notJson(requestId);
        }
        Object text = object.get().getValue("text", "");
        if (!(text instanceof String piece) || piece.length() > LONGEST_TEXT) {
            return VoiceErrors.invalid("text must be a string of at most " + LONGEST_TEXT + " characters", requestId);
        }
        boolean close = Boolean.TRUE.equals(object.get().getValue("close"));
        List<JsonObject> frames = new ArrayList<>();
        if (pending.length() + piece.length() > LONGEST_TEXT) {
            frames.addAll(speak());
        }
        pending.append(piece);
        if (close || Boolean.TRUE.equals(object.get().getValue("flush"))) {
            frames.addAll(speak());
        }
        return close ? SocketReply.of(frames).thenClose(SocketReply.NORMAL) : SocketReply.of(frames);
    }

    @Override
    public SocketReply binary(Buffer message) {
        return VoiceErrors.invalid("Only text messages are understood", requestId);
    }

    @Override
    public void closed() {
        pending.setLength(0);
    }

    private List<JsonObject> speak() {
        String generationId = UUID.randomUUID().toString();
        List<JsonObject> frames = new ArrayList<>();
        double start = 0;
        for (String sentence : sentences(pending.toString())) {
            String snippetId = UUID.randomUUID().toString();
            WaveAudio audio = ToneSpeech.speak(sentence, LONGEST_SOUND);
            frames.add(frame("audio", generationId, snippetId).put("text", sentence).put("chunk_index", 0)
                    .put("is_last_chunk", true).put("audio_format", "wav").put("utterance_index", utterances)
                    .put("audio", audio.base64()));
            if (wordTimestamps) {
                addTimestamps(frames, sentence, start, generationId, snippetId);
            }
            start += audio.seconds();
        }
        utterances += frames.isEmpty() ? 0 : 1;
        pending.setLength(0);
        return frames;
    }

    /** In milliseconds from the beginning of the generation. */
    private void addTimestamps(List<JsonObject> frames, String sentence, double start, String generationId, String snippetId) {
        double begin = start;
        for (String word : sentence.split("\\s+")) {
            double end = begin + ToneSpeech.speak(word, LONGEST_SOUND).seconds();
            JsonObject time = new JsonObject().put("begin", Math.round(begin * 1_000)).put("end", Math.round(end * 1_000));
            frames.add(frame("timestamp", generationId, snippetId).put("timestamp",
                    new JsonObject().put("type", "word").put("text", word).put("time", time)));
            begin = end;
        }
    }

    private JsonObject frame(String type, String generationId, String snippetId) {
        return new JsonObject().put("type", type).put("request_id", requestId).put("generation_id", generationId)
                .put("snippet_id", snippetId);
    }
}

package io.quarkiverse.hume.emulator.cloud;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import io.quarkiverse.hume.emulator.cloud.CloudRuns.Service;
import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.Multipart;
import io.quarkiverse.hume.emulator.http.Multipart.Part;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Audio Decisions: questions about a recording. */
public record DecisionEndpoints(CloudRuns runs) {

    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 300_000;
    private static final int TOKENS_PER_SECOND = 25;
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final String DURATION = "audio_duration_ms";

    public void register(RouteTable<Answer> routes) {
        routes.add("POST", "/v0/decisions/file", "answers questions about a recording", this::decide)
                .add("POST", "/v0/decisions/file/input_tokens", "estimates the cost of a request to /v0/decisions/file",
                        DecisionEndpoints::estimate)
                .add("GET", "/v0/decisions/run", "lists past runs", request -> runs.list(Service.DECISIONS, request))
                .add("GET", "/v0/decisions/run/{run_id}", "reads a run", request -> runs.one(Service.DECISIONS, request));
    }

    private Answer decide(ReceivedRequest request) {
        Instant started = runs.now();
        Multipart multipart = CloudRuns.upload(request, true);
        Part file = multipart.first("file").orElseThrow();
        Part asked = multipart.first("request").orElse(null);
        DecisionQuestions.require(asked != null, "message_invalid", "The part request is missing", "request");
        DecisionQuestions.require(multipart.parts().indexOf(asked) < multipart.parts().indexOf(file), "message_invalid",
                "The part request must come before the part file", "request");
        JsonObject decision = DecisionQuestions.read(asked.content(), "request");
        Recording recording = recording(file);
        JsonObject received = JsonObject.of("file_bytes", recording.size(), "input_tokens",
                tokens(decision, recording.seconds().orElse(0.0)));
        String id = UUID.randomUUID().toString();
        runs.add(id, Service.DECISIONS, request.account(), started, JsonObject.of("received", received, "request", decision),
                new JsonArray());
        return Answer.ok(JsonObject.of("run_id", id, "received", received, "answers",
                recording.answers(decision.getJsonObject("questions"))));
    }

    private static Recording recording(Part file) {
        Recording recording = new Recording(file.content());
        DecisionQuestions.require(recording.sound(), "audio_format_unsupported", "The file must be MP3 or WAV", "file");
        // Hume also refuses less than a second. The emulator's own speech is faster than a human's, so it does not.
        DecisionQuestions.require(recording.seconds().orElse(0.0) * 1_000 <= LONGEST_MILLIS, "audio_too_long",
                "The audio is longer than " + LONGEST_MILLIS + " ms", "file");
        return recording;
    }

    private static Answer estimate(ReceivedRequest request) {
        JsonObject decision = DecisionQuestions.read(request.body(), null, DURATION);
        double millis = decision.getValue(DURATION) instanceof Number number ? number.doubleValue() : Double.NaN;
        DecisionQuestions.require(millis % 1 == 0, "request_invalid", DURATION + " must be a whole number", "/" + DURATION);
        DecisionQuestions.require(millis >= SHORTEST_MILLIS, "audio_too_short",
                "The audio is shorter than " + SHORTEST_MILLIS + " ms", "/" + DURATION);
        DecisionQuestions.require(millis <= LONGEST_MILLIS, "audio_too_long",
                "The audio is longer than " + LONGEST_MILLIS + " ms", "/" + DURATION);
        return Answer.ok(JsonObject.of("input_tokens", tokens(decision, millis / 1_000)));
    }

    /** Grows with what Hume's count grows with; the numbers are made up. */
    private static long tokens(JsonObject decision, double seconds) {
        String text = decision.getJsonObject("questions").encode() + decision.getString("context", "");
        return (long) Math.ceil(seconds * TOKENS_PER_SECOND)
                + text.getBytes(StandardCharsets.UTF_8).length / CHARACTERS_PER_TOKEN;
    }
}

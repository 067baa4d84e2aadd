package io.quarkiverse.hume.emulator.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.platform.ReceivedRequest.Part;
import io.quarkiverse.hume.emulator.sound.Recording;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Audio decisions: questions about a recording. */
public record DecisionEndpoints(CloudRuns runs) {

    private static final String REQUEST_INVALID = "request_invalid";
    private static final String QUESTION_INVALID = "question_invalid";
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_CONTEXT = 1_000;
    private static final int MOST_SPANS = 5;
    private static final int MOST_OTHERS = 20;
    private static final int FEWEST_OPTIONS = 2;
    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 300_000;
    private static final int TOKENS_PER_SECOND = 25;
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final String DURATION = "audio_duration_ms";

    public DecisionEndpoints(InstantSource clock) {
        this(new CloudRuns(clock, Map.of("status", List.of("ended", "errored"))));
    }

    public void register(RouteTable<Answer> routes) {
        routes.add("POST", "/v0/decisions/file", "answers questions about a recording", this::decide)
                .add("POST", "/v0/decisions/file/input_tokens", "estimates the cost of a request to /v0/decisions/file",
                        DecisionEndpoints::estimate)
                .add("GET", "/v0/decisions/run", "lists past runs", runs::list)
                .add("GET", "/v0/decisions/run/{run_id}", "reads a run", runs::one);
    }

    private Answer decide(ReceivedRequest request) {
        Instant started = runs.now();
        List<Part> parts = CloudRuns.upload(request, true);
        Part file = Part.first(parts, "file").orElseThrow();
        Part asked = Part.first(parts, "request").orElse(null);
        require(asked != null, "message_invalid", "The part request is missing", "request");
        require(parts.indexOf(asked) < parts.indexOf(file), "message_invalid",
                "The part request must come before the part file", "request");
        JsonObject decision = read(asked.content(), "request");
        Recording recording = recording(file);
        JsonObject received = JsonObject.of("file_bytes", recording.size(), "input_tokens",
                tokens(decision, recording.seconds().orElse(0.0)));
        String id = UUID.randomUUID().toString();
        runs.add(id, request.account(), started, JsonObject.of("received", received, "request", decision), new JsonArray());
        return Answer.ok(JsonObject.of("run_id", id, "received", received, "answers",
                recording.answers(decision.getJsonObject("questions"))));
    }

    private static Recording recording(Part file) {
        Recording recording = new Recording(file.content());
        require(recording.sound(), "audio_format_unsupported", "The file must be MP3 or WAV", "file");
        // Hume also rejects less than a second. The emulator's own speech can be shorter, so the emulator does not.
        require(recording.seconds().orElse(0.0) * 1_000 <= LONGEST_MILLIS, "audio_too_long",
                "The audio is longer than " + LONGEST_MILLIS + " ms", "file");
        return recording;
    }

    private static Answer estimate(ReceivedRequest request) {
        JsonObject decision = read(request.body(), null, DURATION);
        double millis = decision.getValue(DURATION) instanceof Number number ? number.doubleValue() : Double.NaN;
        String pointer = "/" + DURATION;
        require(millis % 1 == 0, REQUEST_INVALID, DURATION + " must be a whole number", pointer);
        require(millis >= SHORTEST_MILLIS, "audio_too_short", "The audio is shorter than " + SHORTEST_MILLIS + " ms", pointer);
        require(millis <= LONGEST_MILLIS, "audio_too_long", "The audio is longer than " + LONGEST_MILLIS + " ms", pointer);
        return Answer.ok(JsonObject.of("input_tokens", tokens(decision, millis / 1_000)));
    }

    /** Depends on the same values as Hume's count, but the numbers are not Hume's. */
    private static long tokens(JsonObject decision, double seconds) {
        String text = decision.getJsonObject("questions").encode() + decision.getString("context", "");
        return (long) Math.ceil(seconds * TOKENS_PER_SECOND) + Buffer.buffer(text).length() / CHARACTERS_PER_TOKEN;
    }

    /** The parameter, which may be null, is for the error if the text is no object. More fields can be allowed. */
    static JsonObject read(Buffer text, String parameter, String... more) {
        JsonObject request = JsonInput.parse(text).orElse(null);
        require(request != null, REQUEST_INVALID, "A JSON object is required", parameter);
        requireKnown(request, Stream.concat(Stream.of("questions", "context"), Stream.of(more)).toList(), REQUEST_INVALID,
                parameter);
        Object given = request.getValue("context");
        require(given == null || given instanceof String context
                && context.codePointCount(0, context.length()) <= LONGEST_CONTEXT, REQUEST_INVALID,
                "context must be a string of at most " + LONGEST_CONTEXT + " characters", "/context");
        require(request.getValue("questions") instanceof JsonObject all && !all.isEmpty(), REQUEST_INVALID,
                "At least one question is required", "/questions");
        JsonObject questions = request.getJsonObject("questions");
        int spans = 0;
        for (String id : questions.fieldNames()) {
            String pointer = "/questions/" + id.replace("~", "~0").replace("/", "~1");
            require(!id.isEmpty() && id.length() <= LONGEST_ID, QUESTION_INVALID,
                    "A question ID has 1 to " + LONGEST_ID + " characters", pointer);
            require(questions.getValue(id) instanceof JsonObject, QUESTION_INVALID, "A question must be an object", pointer);
            check(questions.getJsonObject(id), pointer);
            spans += questions.getJsonObject(id).getString("type").equals("span") ? 1 : 0;
        }
        require(spans <= MOST_SPANS && questions.size() - spans <= MOST_OTHERS, REQUEST_INVALID, "At most " + MOST_SPANS
                + " span questions and " + MOST_OTHERS + " others are answered at once", "/questions");
        return request;
    }

    private static void check(JsonObject question, String pointer) {
        requireKnown(question, Set.of("type", "instructions", "criteria"), QUESTION_INVALID, pointer);
        require(question.getValue("instructions") instanceof String instructions && !instructions.isBlank(), QUESTION_INVALID,
                "instructions must be a string that is not blank", pointer);
        Object criteria = question.getValue("criteria");
        boolean valid = switch (String.valueOf(question.getValue("type"))) {
            case "noul" -> criteria == null || criteria instanceof JsonObject guidance
                    && Set.of("true", "false").containsAll(guidance.fieldNames()) && texts(guidance, false);
            case "choice" -> criteria instanceof JsonObject options && options.size() >= FEWEST_OPTIONS && texts(options, true);
            case "score" -> criteria instanceof JsonArray levels && levels.size() >= FEWEST_OPTIONS
                    && levels.stream().allMatch(String.class::isInstance);
            case "span" -> true;
            default -> throw RejectedRequest.cloud(QUESTION_INVALID, "The type must be noul, choice, score or span", pointer);
        };
        require(valid, QUESTION_INVALID, "noul takes texts for true and false, choice an object of at least " + FEWEST_OPTIONS
                + " options, score a list of at least " + FEWEST_OPTIONS + " levels", pointer + "/criteria");
    }

    private static boolean texts(JsonObject object, boolean orNull) {
        return object.stream().allMatch(entry -> entry.getValue() instanceof String || orNull && entry.getValue() == null);
    }

    private static void requireKnown(JsonObject object, Collection<String> known, String code, String parameter) {
        object.fieldNames().forEach(field -> require(known.contains(field), code, "Unknown field " + field, parameter));
    }

    static void require(boolean valid, String code, String message, String parameter) {
        if (!valid) {
            throw RejectedRequest.cloud(code, message, parameter);
        }
    }
}

package io.quarkiverse.hume.emulator.cloud;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Checks what is asked about a recording. */
final class DecisionQuestions {

    private static final String REQUEST = "request_invalid";
    private static final String QUESTION = "question_invalid";
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_CONTEXT = 1_000;
    private static final int MOST_SPANS = 5;
    private static final int MOST_OTHERS = 20;
    private static final int FEWEST_OPTIONS = 2;

    private DecisionQuestions() {
    }

    /** If the text is no object, the error names the parameter, unless it is null. Some questions have more fields. */
    static JsonObject read(Buffer text, String parameter, String... more) {
        JsonObject request = JsonInput.parse(text).orElse(null);
        require(request != null, REQUEST, "A JSON object is required", parameter);
        requireKnown(request, Stream.concat(Stream.of("questions", "context"), Stream.of(more)).toList(), REQUEST, parameter);
        Object given = request.getValue("context");
        require(given == null || given instanceof String context
                && context.codePointCount(0, context.length()) <= LONGEST_CONTEXT, REQUEST,
                "context must be a string of at most " + LONGEST_CONTEXT + " characters", "/context");
        require(request.getValue("questions") instanceof JsonObject all && !all.isEmpty(), REQUEST,
                "At least one question is required", "/questions");
        JsonObject questions = request.getJsonObject("questions");
        int spans = 0;
        for (String id : questions.fieldNames()) {
            String pointer = "/questions/" + id.replace("~", "~0").replace("/", "~1");
            require(!id.isEmpty() && id.length() <= LONGEST_ID, QUESTION,
                    "A question ID has 1 to " + LONGEST_ID + " characters", pointer);
            require(questions.getValue(id) instanceof JsonObject, QUESTION, "A question must be an object", pointer);
            check(questions.getJsonObject(id), pointer);
            spans += questions.getJsonObject(id).getString("type").equals("span") ? 1 : 0;
        }
        require(spans <= MOST_SPANS && questions.size() - spans <= MOST_OTHERS, REQUEST, "At most " + MOST_SPANS
                + " span questions and " + MOST_OTHERS + " others are answered at once", "/questions");
        return request;
    }

    private static void check(JsonObject question, String pointer) {
        requireKnown(question, Set.of("type", "instructions", "criteria"), QUESTION, pointer);
        require(question.getValue("instructions") instanceof String instructions && !instructions.isBlank(), QUESTION,
                "instructions must be a string that is not blank", pointer);
        Object criteria = question.getValue("criteria");
        boolean valid = switch (String.valueOf(question.getValue("type"))) {
            case "noul" -> criteria == null || criteria instanceof JsonObject guidance
                    && Set.of("true", "false").containsAll(guidance.fieldNames()) && texts(guidance, false);
            case "choice" -> criteria instanceof JsonObject options && options.size() >= FEWEST_OPTIONS && texts(options, true);
            case "score" -> criteria instanceof JsonArray levels && levels.size() >= FEWEST_OPTIONS
                    && levels.stream().allMatch(String.class::isInstance);
            case "span" -> true;
            default -> throw RefusedRequest.cloud(QUESTION, "The type must be noul, choice, score or span", pointer);
        };
        require(valid, QUESTION, "noul takes texts for true and false, choice an object of at least " + FEWEST_OPTIONS
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
            throw RefusedRequest.cloud(code, message, parameter);
        }
    }
}

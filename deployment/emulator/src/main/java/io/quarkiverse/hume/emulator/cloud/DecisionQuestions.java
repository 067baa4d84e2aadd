package io.quarkiverse.hume.emulator.cloud;

import java.util.HashSet;
import java.util.Set;

import io.quarkiverse.hume.emulator.http.JsonInput;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Checks what is asked about a recording. */
final class DecisionQuestions {

    private static final int LONGEST_ID = 256;
    private static final int LONGEST_CONTEXT = 1_000;
    private static final int MOST_SPANS = 5;
    private static final int MOST_OTHERS = 20;
    private static final int FEWEST_OPTIONS = 2;
    private static final Set<String> FIELDS = Set.of("type", "instructions", "criteria");

    private DecisionQuestions() {
    }

    /**
     * @param parameter what to name in the error when the text is no object; may be null
     * @param more the fields there may be next to questions and context
     */
    static JsonObject read(Buffer text, String parameter, String... more) {
        JsonObject request = JsonInput.parse(text).orElseThrow(
                () -> RefusedRequest.cloud(400, "request_invalid", "A JSON object is required", parameter));
        Set<String> known = new HashSet<>(Set.of(more));
        known.add("questions");
        known.add("context");
        requireKnown(request, known, "request_invalid", parameter);
        if (request.getValue("context") != null && !(request.getValue("context") instanceof String context
                && context.codePointCount(0, context.length()) <= LONGEST_CONTEXT)) {
            throw RefusedRequest.cloud(400, "request_invalid", "context must be a string of at most " + LONGEST_CONTEXT
                    + " characters", "/context");
        }
        if (!(request.getValue("questions") instanceof JsonObject questions) || questions.isEmpty()) {
            throw RefusedRequest.cloud(400, "request_invalid", "At least one question is required", "/questions");
        }
        check(questions);
        return request;
    }

    private static void check(JsonObject questions) {
        int spans = 0;
        for (String id : questions.fieldNames()) {
            String pointer = "/questions/" + id.replace("~", "~0").replace("/", "~1");
            if (id.isEmpty() || id.length() > LONGEST_ID) {
                throw RefusedRequest.cloud(400, "question_invalid", "A question ID has 1 to " + LONGEST_ID + " characters",
                        pointer);
            }
            if (!(questions.getValue(id) instanceof JsonObject question)) {
                throw RefusedRequest.cloud(400, "question_invalid", "A question must be an object", pointer);
            }
            check(question, pointer);
            spans += question.getString("type").equals("span") ? 1 : 0;
        }
        if (spans > MOST_SPANS || questions.size() - spans > MOST_OTHERS) {
            throw RefusedRequest.cloud(400, "request_invalid", "At most " + MOST_SPANS + " span questions and " + MOST_OTHERS
                    + " others are answered at once", "/questions");
        }
    }

    private static void check(JsonObject question, String pointer) {
        requireKnown(question, FIELDS, "question_invalid", pointer);
        if (!(question.getValue("instructions") instanceof String instructions) || instructions.isBlank()) {
            throw RefusedRequest.cloud(400, "question_invalid", "instructions must be a string that is not blank", pointer);
        }
        Object criteria = question.getValue("criteria");
        boolean valid = switch (String.valueOf(question.getValue("type"))) {
            case "noul" -> criteria == null || criteria instanceof JsonObject guidance
                    && Set.of("true", "false").containsAll(guidance.fieldNames()) && texts(guidance, false);
            case "choice" -> criteria instanceof JsonObject options && options.size() >= FEWEST_OPTIONS && texts(options, true);
            case "score" -> criteria instanceof JsonArray levels && levels.size() >= FEWEST_OPTIONS
                    && levels.stream().allMatch(String.class::isInstance);
            case "span" -> true;
            default ->
                throw RefusedRequest.cloud(400, "question_invalid", "The type must be noul, choice, score or span", pointer);
        };
        if (!valid) {
            throw RefusedRequest.cloud(400, "question_invalid",
                    "noul takes texts for true and false, choice an object of at least "
                            + FEWEST_OPTIONS + " options, score a list of at least " + FEWEST_OPTIONS + " levels",
                    pointer + "/criteria");
        }
    }

    private static boolean texts(JsonObject object, boolean orNull) {
        return object.stream().allMatch(entry -> entry.getValue() instanceof String || orNull && entry.getValue() == null);
    }

    private static void requireKnown(JsonObject object, Set<String> known, String code, String parameter) {
        for (String field : object.fieldNames()) {
            if (!known.contains(field)) {
                throw RefusedRequest.cloud(400, code, "Unknown field " + field, parameter);
            }
        }
    }
}

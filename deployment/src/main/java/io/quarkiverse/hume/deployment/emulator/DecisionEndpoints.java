package io.quarkiverse.hume.deployment.emulator;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import io.quarkiverse.hume.deployment.emulator.CloudRuns.Service;
import io.quarkiverse.hume.deployment.emulator.Multipart.Part;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Audio Decisions: questions about a recording. The answers mean nothing, but the same file always gets the same ones. */
final class DecisionEndpoints {

    private final CloudRuns runs;

    DecisionEndpoints(CloudRuns runs) {
        this.runs = runs;
    }

    void register(RouteTable routes) {
        routes.add("POST", "/v0/decisions/file", this::decide)
                .add("GET", "/v0/decisions/run", request -> runs.list(Service.DECISIONS, request))
                .add("GET", "/v0/decisions/run/{run_id}", request -> runs.one(Service.DECISIONS, request));
    }

    private Answer decide(ReceivedRequest request) {
        Multipart multipart = Multipart.of(request).orElseThrow(() -> refused("body_invalid",
                "The body must be complete multipart/form-data with the parts request and file", null));
        Part questions = multipart.first("request").orElseThrow(() -> missing("request"));
        Part file = multipart.first("file").orElseThrow(() -> missing("file"));
        if (multipart.parts().indexOf(questions) > multipart.parts().indexOf(file)) {
            throw refused("part_order_invalid", "The part request must come before the part file", "/request");
        }
        JsonObject answers = answers(questions(questions), new Recording(file.content()));
        return Answer.json(200, runs.add(Service.DECISIONS, request.account(), new JsonObject().put("answers", answers)));
    }

    private static JsonArray questions(Part part) {
        try {
            Object questions = new JsonObject(Buffer.buffer(part.content())).getValue("questions");
            if (questions instanceof JsonArray array && !array.isEmpty()) {
                return array;
            }
        } catch (DecodeException | ClassCastException notAnObject) {
            throw refused("request_invalid", "The part request must be a JSON object", "/request");
        }
        throw refused("questions_missing", "At least one question is required", "/questions");
    }

    private static JsonObject answers(JsonArray questions, Recording recording) {
        JsonObject answers = new JsonObject();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < questions.size(); i++) {
            String pointer = "/questions/" + i;
            if (!(questions.getValue(i) instanceof JsonObject question)) {
                throw refused("question_invalid", "A question must be an object", pointer);
            }
            String id = text(question, "id", pointer);
            if (!ids.add(id)) {
                throw refused("question_invalid", "Two questions have the id " + id, pointer + "/id");
            }
            double fraction = recording.fraction(text(question, "question", pointer));
            answers.put(id, new JsonObject().put("answer", answer(question, pointer, recording, fraction))
                    .put("confidence", rounded(0.6 + 0.39 * recording.fraction("confidence " + id))));
        }
        return answers;
    }

    private static Object answer(JsonObject question, String pointer, Recording recording, double fraction) {
        return switch (text(question, "type", pointer)) {
            case "yes_no" -> fraction < 0.5 ? "no" : "yes";
            case "choice" -> {
                if (!(question.getValue("choices") instanceof JsonArray choices) || choices.isEmpty()) {
                    throw refused("question_invalid", "A choice needs choices", pointer + "/choices");
                }
                yield choices.getValue((int) (fraction * choices.size()));
            }
            case "score" -> rounded(fraction);
            case "text" ->
                recording.seconds().map(seconds -> String.format(Locale.ROOT, "A recording of %.1f seconds.", seconds))
                        .orElse("A recording of " + recording.size() + " bytes.");
            default -> throw refused("question_invalid", "The type must be yes_no, choice, score or text", pointer + "/type");
        };
    }

    private static String text(JsonObject question, String field, String pointer) {
        if (question.getValue(field) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw refused("question_invalid", field + " must be a string that is not blank", pointer + "/" + field);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static RefusedRequest missing(String part) {
        return refused(part + "_missing", "The part " + part + " is missing", "/" + part);
    }

    private static RefusedRequest refused(String code, String message, String parameter) {
        return new RefusedRequest(Platform.serviceError(400, code, message, parameter));
    }
}

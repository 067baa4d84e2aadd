package io.quarkiverse.hume.emulator.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A JSON object that a client sends, read strictly: what is of the wrong type or out of range is a {@link RefusedRequest} that
 * names the field. A field that is null counts as absent.
 */
public final class JsonInput {

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    private final JsonObject json;
    private final boolean control;

    private JsonInput(JsonObject json, boolean control) {
        this.json = json;
        this.control = control;
    }

    /** @param fields the known ones, no others may be there; an empty body is an object without fields */
    public static JsonInput control(Buffer body, String... fields) {
        JsonObject json = body.toString().isBlank() ? new JsonObject()
                : parse(body).orElseThrow(
                        () -> RefusedRequest
                                .control("The body must be a JSON object with some of the fields " + List.of(fields)));
        for (String field : json.fieldNames()) {
            if (!List.of(fields).contains(field)) {
                throw RefusedRequest.control(field + ": unknown field, known are " + List.of(fields));
            }
        }
        return new JsonInput(json, true);
    }

    /** What a client sends to the voice platform. */
    public static JsonInput voice(Buffer body) {
        return voice(parse(body).orElseThrow(() -> RefusedRequest.unprocessable("The body must be a JSON object", "body")));
    }

    public static JsonInput voice(JsonObject json) {
        return new JsonInput(json, false);
    }

    /** Empty if the text is not a JSON object. */
    public static Optional<JsonObject> parse(Buffer text) {
        try {
            return Optional.of(new JsonObject(text)).filter(json -> json.getMap() != null);
        } catch (DecodeException | ClassCastException notAnObject) {
            return Optional.empty();
        }
    }

    public Optional<String> text(String field) {
        return value(field, String.class, text -> true, "a string");
    }

    /** A string, which must not be blank on the voice platform. */
    public String required(String field) {
        return text(field).filter(text -> control || !text.isBlank()).orElseThrow(() -> invalid(field, "is required"));
    }

    /** A string that can travel in a header. */
    public String headerValue(String field) {
        String value = required(field);
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw invalid(field, "must consist of ASCII characters");
        }
        return value;
    }

    public boolean flag(String field, boolean absent) {
        return value(field, Boolean.class, flag -> true, "true or false").orElse(absent);
    }

    public Optional<Long> whole(String field, long least, long most) {
        return value(field, Number.class, number -> (number instanceof Integer || number instanceof Long)
                && number.longValue() >= least && number.longValue() <= most,
                "a whole number from " + least + " to " + most).map(Number::longValue);
    }

    public double number(String field, double absent, double least, double most) {
        return value(field, Number.class, number -> number.doubleValue() >= least && number.doubleValue() <= most,
                "a number from " + least + " to " + most).map(Number::doubleValue).orElse(absent);
    }

    /** More than 0, at most 100. */
    public double percentage(String field, double absent) {
        return value(field, Number.class, number -> number.doubleValue() > 0 && number.doubleValue() <= 100,
                "a number above 0, up to 100").map(Number::doubleValue).orElse(absent);
    }

    public Optional<JsonObject> object(String field) {
        return value(field, JsonObject.class, object -> true, "an object");
    }

    public JsonArray list(String field) {
        return value(field, JsonArray.class, list -> true, "a list").orElseGet(JsonArray::new);
    }

    /** An object whose values are strings without control characters and whose names are legal header names. */
    public Map<String, String> headers(String field) {
        Map<String, String> headers = new LinkedHashMap<>();
        object(field).ifPresent(all -> all.forEach(header -> headers.put(header.getKey(), legalValue(field, header))));
        return headers;
    }

    public boolean has(String field) {
        return json.getValue(field) != null;
    }

    public void notTogether(String first, String... others) {
        for (String other : others) {
            if (has(first) && has(other)) {
                throw invalid(other, "cannot be combined with " + first);
            }
        }
    }

    public RefusedRequest invalid(String field, String problem) {
        return control ? RefusedRequest.control(field + ": " + problem)
                : RefusedRequest.unprocessable(field + ": " + problem, "body", field);
    }

    public JsonObject toJson() {
        return json.copy();
    }

    private <T> Optional<T> value(String field, Class<T> type, Predicate<T> valid, String expected) {
        Object value = json.getValue(field);
        if (value != null && !(type.isInstance(value) && valid.test(type.cast(value)))) {
            throw invalid(field, "must be " + expected);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private String legalValue(String field, Map.Entry<String, Object> header) {
        String name = header.getKey();
        if (!HEADER_NAME.matcher(name).matches()) {
            throw invalid(field + "." + name, "is not a legal header name");
        }
        // They frame the answer; a wrong value would break the connection in ways no fault was asked for.
        if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
            throw invalid(field + "." + name, "is set by the emulator itself");
        }
        if (!(header.getValue() instanceof String value) || !HEADER_VALUE.matcher(value).matches()) {
            throw invalid(field + "." + name, "must be a string of ASCII characters");
        }
        return value;
    }
}

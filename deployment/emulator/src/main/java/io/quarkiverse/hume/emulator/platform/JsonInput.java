package io.quarkiverse.hume.emulator.platform;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The fields that a client sends as JSON, as a form or in a query. A value of the wrong type or out of range causes a
 * {@link RejectedRequest} that names the field. A field that is null counts as absent.
 *
 * @param texts whether numbers, flags and lists are sent as text
 */
public record JsonInput(JsonObject json, boolean texts, BiFunction<String, String, RejectedRequest> rejection) {

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
    private static final BiFunction<String, String, RejectedRequest> CONTROL = (field, problem) -> RejectedRequest
            .control(field + ": " + problem);

    /** @param fields the known ones, others are rejected; an empty body is an object without fields */
    public static JsonInput control(Buffer body, String... fields) {
        List<String> known = List.of(fields);
        JsonObject json = body.toString().isBlank() ? new JsonObject()
                : parse(body).orElseThrow(() -> RejectedRequest
                        .control("The body must be a JSON object with some of the fields " + known));
        for (String field : json.fieldNames()) {
            if (!known.contains(field)) {
                throw RejectedRequest.control(field + ": unknown field, known are " + known);
            }
        }
        return new JsonInput(json, false, CONTROL);
    }

    public static JsonInput controlQuery(ReceivedRequest request) {
        return new JsonInput(query(request).json, true, CONTROL);
    }

    /** The body of a request to the voice platform. */
    static JsonInput voice(Buffer body) {
        return voice(parse(body).orElseThrow(() -> RejectedRequest.unprocessable("The body must be a JSON object", "body")));
    }

    static JsonInput voice(JsonObject json) {
        return new JsonInput(json, false, (field, why) -> RejectedRequest.unprocessable(field + ": " + why, "body", field));
    }

    /** A form, whose parts are texts or JSON objects. A name may have an index, as in {@code types[0]}. */
    static JsonInput voice(List<ReceivedRequest.Part> form) {
        Map<String, Object> fields = new HashMap<>(form.stream()
                .collect(Collectors.groupingBy(part -> part.name().replaceFirst("\\[.*", ""))));
        return new JsonInput(new JsonObject(fields), true, voice(new JsonObject()).rejection);
    }

    /** The query of a request to one of the platforms. If a name has several values, a field with one value has the first. */
    static JsonInput query(ReceivedRequest request) {
        JsonObject fields = new JsonObject(new HashMap<>(request.parameters()));
        return new JsonInput(fields, true, (field, problem) -> request.cloud()
                ? RejectedRequest.cloud(field + "_invalid", field + ": " + problem, field)
                : RejectedRequest.unprocessable(field + ": " + problem, "query", field));
    }

    /** Empty if the text is not a JSON object. */
    static Optional<JsonObject> parse(Buffer text) {
        try {
            return Optional.of(new JsonObject(text)).filter(json -> json.getMap() != null);
        } catch (DecodeException | ClassCastException notAnObject) {
            return Optional.empty();
        }
    }

    public Optional<String> text(String field) {
        return value(field, String.class, text -> true, "a string");
    }

    /** A string that is not blank. */
    public String required(String field) {
        String text = text(field).orElseThrow(() -> invalid(field, "is required"));
        if (text.isBlank()) {
            throw invalid(field, "must not be blank");
        }
        return text;
    }

    public Optional<String> oneOf(String field, Collection<String> values) {
        return value(field, String.class, values::contains, "one of " + values);
    }

    /** A string that can be the value of a header. */
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

    public Optional<Long> whole(String field, long min, long max) {
        return value(field, Number.class, number -> (number instanceof Integer || number instanceof Long)
                && number.longValue() >= min && number.longValue() <= max, "a whole number from " + min + " to " + max)
                .map(Number::longValue);
    }

    double number(String field, double absent, double min, double max) {
        return value(field, Number.class, number -> number.doubleValue() >= min && number.doubleValue() <= max,
                "a number from " + min + " to " + max).map(Number::doubleValue).orElse(absent);
    }

    /** More than 0, at most 100. */
    public double percentage(String field, double absent) {
        return value(field, Number.class, number -> number.doubleValue() > 0 && number.doubleValue() <= 100,
                "a number above 0, up to 100").map(Number::doubleValue).orElse(absent);
    }

    Optional<JsonObject> object(String field) {
        return value(field, JsonObject.class, object -> true, "an object");
    }

    JsonArray list(String field) {
        return value(field, JsonArray.class, list -> true, "a list").orElseGet(JsonArray::new);
    }

    /** An object whose values are strings without control characters and whose names are legal header names. */
    public Map<String, String> headers(String field) {
        Map<String, String> headers = new TreeMap<>();
        object(field).ifPresent(all -> all.forEach(header -> {
            String name = header.getKey();
            if (!HEADER_NAME.matcher(name).matches()) {
                throw invalid(field + "." + name, "is not a legal header name");
            }
            // A wrong value would break the connection, for which there are other faults.
            if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
                throw invalid(field + "." + name, "is set by the emulator itself");
            }
            if (!(header.getValue() instanceof String value) || !HEADER_VALUE.matcher(value).matches()) {
                throw invalid(field + "." + name, "must be a string of ASCII characters");
            }
            headers.put(name, value);
        }));
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

    public RejectedRequest invalid(String field, String problem) {
        return rejection.apply(field, problem);
    }

    private <T> Optional<T> value(String field, Class<T> type, Predicate<T> valid, String expected) {
        Object value = texts ? read(json.getJsonArray(field), type) : json.getValue(field);
        if (value != null && !(type.isInstance(value) && valid.test(type.cast(value)))) {
            throw invalid(field, "must be " + expected);
        }
        return Optional.ofNullable(type.cast(value));
    }

    /** Converts texts to the expected type. A text that cannot be converted is returned as it is. */
    private static Object read(JsonArray values, Class<?> type) {
        Object first = values == null ? null : decoded(values.getValue(0));
        if (first == null || type == String.class || type == JsonObject.class) {
            return first;
        }
        if (type == JsonArray.class) {
            return new JsonArray(values.stream().flatMap(value -> Stream.of(decoded(value).toString().split(","))).toList());
        }
        if (type == Boolean.class) {
            return first.equals("true") || first.equals("false") ? (Object) first.equals("true") : first;
        }
        return first.toString().matches("\\d{1,9}") ? (Object) Integer.valueOf(first.toString()) : first;
    }

    /** A part of a form is decoded only when it is read, so recordings are not decoded. */
    private static Object decoded(Object value) {
        return value instanceof ReceivedRequest.Part part ? parse(part.content()).<Object> map(object -> object)
                .orElseGet(part.content()::toString)
                : value;
    }
}

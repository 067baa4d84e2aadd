package io.quarkiverse.hume.emulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * The JSON object of a control call, read strictly: what is unknown, of the wrong type or out of range is an
 * {@link InvalidInputException} that names the field. A field that is null counts as absent.
 */
final class ControlInput {

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    private final JsonObject json;

    private ControlInput(JsonObject json) {
        this.json = json;
    }

    /** @param fields the known ones; an empty body is an object without fields */
    static ControlInput of(Buffer body, String... fields) {
        JsonObject json = new JsonObject();
        if (!body.toString().isBlank()) {
            try {
                json = new JsonObject(body);
            } catch (DecodeException | ClassCastException notAnObject) {
                throw new InvalidInputException("The body must be a JSON object with some of the fields " + List.of(fields));
            }
        }
        for (String field : json.fieldNames()) {
            if (!List.of(fields).contains(field)) {
                throw new InvalidInputException(field + ": unknown field, known are " + List.of(fields));
            }
        }
        return new ControlInput(json);
    }

    Optional<String> text(String field) {
        return value(field, String.class::isInstance, "a string").map(String.class::cast);
    }

    String required(String field) {
        return text(field).orElseThrow(() -> new InvalidInputException(field + ": is required"));
    }

    /** A string that can travel in a header. */
    String headerValue(String field) {
        String value = required(field);
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new InvalidInputException(field + ": must consist of ASCII characters");
        }
        return value;
    }

    Optional<Boolean> flag(String field) {
        return value(field, Boolean.class::isInstance, "true or false").map(Boolean.class::cast);
    }

    Optional<Long> whole(String field, long least, long most) {
        return value(field, value -> (value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least && ((Number) value).longValue() <= most,
                "a whole number from " + least + " to " + most).map(value -> ((Number) value).longValue());
    }

    /** More than 0, at most 100. */
    Optional<Double> percentage(String field) {
        return value(field, value -> value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= 100,
                "a number above 0, up to 100").map(value -> ((Number) value).doubleValue());
    }

    /** An object whose values are strings without control characters and whose names are legal header names. */
    Map<String, String> headers(String field) {
        Map<String, String> headers = new LinkedHashMap<>();
        value(field, JsonObject.class::isInstance, "an object").map(JsonObject.class::cast)
                .ifPresent(object -> object.forEach(header -> headers.put(header.getKey(), legalValue(field, header))));
        return headers;
    }

    boolean has(String field) {
        return json.getValue(field) != null;
    }

    void notTogether(String first, String... others) {
        for (String other : others) {
            if (has(first) && has(other)) {
                throw new InvalidInputException(other + ": cannot be combined with " + first);
            }
        }
    }

    JsonObject toJson() {
        return json.copy();
    }

    private Optional<Object> value(String field, Predicate<Object> valid, String expected) {
        Object value = json.getValue(field);
        if (value != null && !valid.test(value)) {
            throw new InvalidInputException(field + ": must be " + expected);
        }
        return Optional.ofNullable(value);
    }

    private static String legalValue(String field, Map.Entry<String, Object> header) {
        String name = header.getKey();
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new InvalidInputException(field + "." + name + ": is not a legal header name");
        }
        // They frame the answer; a wrong value would break the connection in ways no fault was asked for.
        if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
            throw new InvalidInputException(field + "." + name + ": is set by the emulator itself");
        }
        if (!(header.getValue() instanceof String value) || !HEADER_VALUE.matcher(value).matches()) {
            throw new InvalidInputException(field + "." + name + ": must be a string of ASCII characters");
        }
        return value;
    }
}

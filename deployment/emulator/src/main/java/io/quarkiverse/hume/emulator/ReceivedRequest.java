package io.quarkiverse.hume.emulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A request whose body is complete. Not modified once it is built.
 *
 * @param query null if there is none, else as it was sent
 * @param account in whose name the request was let in; null before
 * @param variables the parts of the path the route leaves open, by name
 */
record ReceivedRequest(String method, String path, String query, MultiMap headers, Buffer body, String account,
        Map<String, String> variables) {

    ReceivedRequest with(Buffer otherBody) {
        return new ReceivedRequest(method, path, query, headers, otherBody, account, variables);
    }

    ReceivedRequest with(Map<String, String> pathVariables) {
        return new ReceivedRequest(method, path, query, headers, body, account, pathVariables);
    }

    ReceivedRequest admittedAs(String owner) {
        return new ReceivedRequest(method, path, query, headers, body, owner, variables);
    }

    Optional<String> parameter(String name) {
        return formField(query == null ? "" : query, name);
    }

    /** All of that name, in their order. */
    List<String> parameters(String name) {
        return formFields(query == null ? "" : query, name);
    }

    /** In lower case and without parameters; empty if there is none. */
    String mediaType() {
        return Optional.ofNullable(headers.get("Content-Type")).orElse("").split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /** The first field of that name in url-encoded text. A broken escape is taken as it stands. */
    static Optional<String> formField(String encoded, String name) {
        return formFields(encoded, name).stream().findFirst();
    }

    private static List<String> formFields(String encoded, String name) {
        List<String> values = new ArrayList<>();
        for (String field : encoded.split("&")) {
            int equals = field.indexOf('=');
            if (decode(equals < 0 ? field : field.substring(0, equals)).equals(name)) {
                values.add(equals < 0 ? "" : decode(field.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}

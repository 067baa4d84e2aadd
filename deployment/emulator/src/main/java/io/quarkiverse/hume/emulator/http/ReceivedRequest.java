package io.quarkiverse.hume.emulator.http;

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
 * @param account that the request was accepted for; null before
 * @param variables the parts of the path that are open in the template of the route
 */
public record ReceivedRequest(String method, String path, String query, MultiMap headers, Buffer body, String account,
        List<String> variables) {

    public ReceivedRequest with(Buffer otherBody) {
        return new ReceivedRequest(method, path, query, headers, otherBody, account, variables);
    }

    public ReceivedRequest with(List<String> openParts) {
        return new ReceivedRequest(method, path, query, headers, body, account, openParts);
    }

    public ReceivedRequest acceptedFor(String owner) {
        return new ReceivedRequest(method, path, query, headers, body, owner, variables);
    }

    /** The first part of the path that is open. */
    public String id() {
        return variables.get(0);
    }

    public boolean below(String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    /** Whether the request is for the cloud platform; it is for the voice platform otherwise. */
    public boolean cloud() {
        return below("/v0/decisions") || below("/v1/expression");
    }

    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    /** All of that name, in their order. */
    public List<String> parameters(String name) {
        return parameters().stream().filter(field -> field.getKey().equals(name)).map(Map.Entry::getValue).toList();
    }

    public List<Map.Entry<String, String>> parameters() {
        return formFields(query == null ? "" : query);
    }

    /** In lower case and without parameters; empty if there is none. */
    public String mediaType() {
        return Optional.ofNullable(headers.get("Content-Type")).orElse("").split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /** The fields of url-encoded text. A broken escape is not decoded. */
    public static List<Map.Entry<String, String>> formFields(String encoded) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String field : encoded.split("&")) {
            String[] pair = field.split("=", 2);
            fields.add(Map.entry(decode(pair[0]), pair.length == 1 ? "" : decode(pair[1])));
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}

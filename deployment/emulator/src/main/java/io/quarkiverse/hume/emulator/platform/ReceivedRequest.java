package io.quarkiverse.hume.emulator.platform;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A request with its complete body. Immutable.
 *
 * @param query null if there is none, else as it was sent
 * @param account whose credential was accepted; null before the check
 * @param variables the values of the variables in the template of the route
 */
public record ReceivedRequest(String method, String path, String query, MultiMap headers, Buffer body, String account,
        List<String> variables) {

    private static final int MOST_FIELDS = 1_000;
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

    /** A part of a multipart/form-data body. */
    record Part(String name, Buffer content) {

        static Optional<Part> first(List<Part> parts, String name) {
            return parts.stream().filter(part -> part.name().equals(name)).findFirst();
        }
    }

    public ReceivedRequest with(Buffer otherBody) {
        return new ReceivedRequest(method, path, query, headers, otherBody, account, variables);
    }

    public ReceivedRequest with(List<String> pathVariables) {
        return new ReceivedRequest(method, path, query, headers, body, account, pathVariables);
    }

    public ReceivedRequest acceptedFor(String owner) {
        return new ReceivedRequest(method, path, query, headers, body, owner, variables);
    }

    /** The first variable of the path. */
    public String id() {
        return variables.get(0);
    }

    public boolean below(String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    /** Whether the request is for the cloud platform. Otherwise it is for the voice platform. */
    public boolean cloud() {
        return below("/v0/decisions") || below("/v1/expression");
    }

    Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    /** All parameters of that name, in their order. */
    public List<String> parameters(String name) {
        return parameters().getOrDefault(name, List.of());
    }

    public Map<String, List<String>> parameters() {
        return formFields(query == null ? "" : query);
    }

    private String contentType() {
        return Optional.ofNullable(headers.get("Content-Type")).orElse("");
    }

    /** In lower case and without parameters; empty if there is none. */
    public String mediaType() {
        return contentType().split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /** The parts of a form in their order, which matters to Hume. Empty if the body is no complete multipart/form-data. */
    Optional<List<Part>> parts() {
        Matcher boundary = BOUNDARY.matcher(contentType());
        if (!mediaType().equals("multipart/form-data") || !boundary.find()) {
            return Optional.empty();
        }
        String delimiter = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        // One character for each byte, so that positions in the text are positions in the body.
        String text = body.toString(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int position = text.startsWith(delimiter) ? delimiter.length() : text.length();
        while (!text.startsWith("--", position)) {
            int end = text.indexOf("\r\n" + delimiter, position);
            if (end < 0) {
                return Optional.empty();
            }
            int found = text.indexOf("\r\n\r\n", position);
            int headerEnd = found < 0 || found > end ? end : found;
            Matcher name = NAME.matcher(text.substring(position, headerEnd));
            parts.add(new Part(name.find() ? name.group(1) : "", body.slice(Math.min(headerEnd + 4, end), end)));
            position = end + 2 + delimiter.length();
        }
        return Optional.of(parts);
    }

    /** The fields of url-encoded text by name, in their order; none if the text has a broken escape. */
    public static Map<String, List<String>> formFields(String encoded) {
        try {
            return new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false, MOST_FIELDS, true).parameters();
        } catch (IllegalArgumentException brokenEscape) {
            return Map.of();
        }
    }
}

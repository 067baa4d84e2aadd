package io.quarkiverse.hume.emulator.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;

/** A multipart/form-data body, in memory and in its order, which matters to Hume. */
public record Multipart(List<Part> parts) {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final String HEADER_END = "\r\n\r\n";

    public record Part(String name, byte[] content) {

        public Buffer buffer() {
            return Buffer.buffer(content);
        }

        public String text() {
            return buffer().toString();
        }
    }

    /** Empty if the request is of another type or its body is broken. */
    public static Optional<Multipart> of(ReceivedRequest request) {
        String contentType = request.headers().get("Content-Type");
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!request.mediaType().equals("multipart/form-data") || !boundary.find()) {
            return Optional.empty();
        }
        // One character per byte, so that a position in the text is a position in the body.
        String text = request.body().toString(StandardCharsets.ISO_8859_1);
        String delimiter = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        return text.startsWith(delimiter) ? parse(text, delimiter, request.body()) : Optional.empty();
    }

    public Optional<Part> first(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static Optional<Multipart> parse(String text, String delimiter, Buffer body) {
        List<Part> parts = new ArrayList<>();
        int position = delimiter.length();
        while (!text.startsWith("--", position)) {
            int headerEnd = text.indexOf(HEADER_END, position);
            int end = text.indexOf("\r\n" + delimiter, headerEnd < 0 ? text.length() : headerEnd + 2);
            if (end < 0) {
                return Optional.empty();
            }
            Matcher name = NAME.matcher(text.substring(position, headerEnd));
            int start = Math.min(headerEnd + HEADER_END.length(), end);
            parts.add(new Part(name.find() ? name.group(1) : "", body.getBytes(start, end)));
            position = end + 2 + delimiter.length();
        }
        return Optional.of(new Multipart(parts));
    }
}

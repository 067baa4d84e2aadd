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

    public record Part(String name, Buffer content) {

        public String text() {
            return content.toString();
        }
    }

    /** Empty if the request is of another type or its body is broken. */
    public static Optional<Multipart> of(ReceivedRequest request) {
        String contentType = request.headers().get("Content-Type");
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!request.mediaType().equals("multipart/form-data") || !boundary.find()) {
            return Optional.empty();
        }
        String delimiter = "\r\n--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        // One character for each byte.
        String[] pieces = ("\r\n" + request.body().toString(StandardCharsets.ISO_8859_1)).split(Pattern.quote(delimiter), -1);
        List<Part> parts = new ArrayList<>();
        for (int i = 1; i < pieces.length && pieces[0].isEmpty(); i++) {
            if (pieces[i].startsWith("--")) {
                return Optional.of(new Multipart(parts));
            }
            parts.add(part(pieces[i]));
        }
        return Optional.empty();
    }

    public Optional<Part> first(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static Part part(String piece) {
        int headerEnd = piece.indexOf("\r\n\r\n");
        Matcher name = NAME.matcher(headerEnd < 0 ? piece : piece.substring(0, headerEnd));
        String content = headerEnd < 0 ? "" : piece.substring(headerEnd + 4);
        return new Part(name.find() ? name.group(1) : "", Buffer.buffer(content.getBytes(StandardCharsets.ISO_8859_1)));
    }
}

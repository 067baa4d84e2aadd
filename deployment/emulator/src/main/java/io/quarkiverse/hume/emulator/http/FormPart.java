package io.quarkiverse.hume.emulator.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;

/** A part of a multipart/form-data body. */
public record FormPart(String name, Buffer content) {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

    /** All parts in their order, which matters to Hume. Empty if the request has another type or its body is not complete. */
    public static Optional<List<FormPart>> of(ReceivedRequest request) {
        Matcher boundary = BOUNDARY.matcher(request.contentType());
        if (!request.mediaType().equals("multipart/form-data") || !boundary.find()) {
            return Optional.empty();
        }
        String delimiter = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        // One character for each byte, so that positions in the text are positions in the body.
        String text = request.body().toString(StandardCharsets.ISO_8859_1);
        List<FormPart> parts = new ArrayList<>();
        int position = text.startsWith(delimiter) ? delimiter.length() : text.length();
        while (!text.startsWith("--", position)) {
            int end = text.indexOf("\r\n" + delimiter, position);
            if (end < 0) {
                return Optional.empty();
            }
            int found = text.indexOf("\r\n\r\n", position);
            int headerEnd = found < 0 || found > end ? end : found;
            Matcher name = NAME.matcher(text.substring(position, headerEnd));
            parts.add(new FormPart(name.find() ? name.group(1) : "", request.body().slice(Math.min(headerEnd + 4, end), end)));
            position = end + 2 + delimiter.length();
        }
        return Optional.of(parts);
    }

    public static Optional<FormPart> first(List<FormPart> parts, String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }
}

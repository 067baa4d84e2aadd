package io.quarkiverse.hume.emulator.http;

/** Which paths a control call means: exactly one; with a {@code *} at the end, all that begin like this; empty for all. */
public record PathPattern(String pattern) {

    public static PathPattern of(String pattern) {
        if (!pattern.isEmpty() && !pattern.startsWith("/")) {
            throw RefusedRequest.control("path: must begin with /");
        }
        return new PathPattern(pattern.isEmpty() ? "*" : pattern);
    }

    public boolean matches(String path) {
        return pattern.endsWith("*") ? path.startsWith(pattern.substring(0, pattern.length() - 1)) : path.equals(pattern);
    }
}

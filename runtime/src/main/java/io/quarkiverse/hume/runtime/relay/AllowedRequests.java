package io.quarkiverse.hume.runtime.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The allow-list of the relay. An entry consists of a method and a path, such as {@code POST /v0/decisions/file}, with {@code
 * WS} as the method for WebSockets. The path segment {@code *} matches exactly one segment; {@code **} at the end matches one
 * or more. Requests that match no entry are not relayed.
 */
public final class AllowedRequests {

    /** Used instead of a method for WebSocket handshakes. */
    static final String SOCKET = "WS";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", SOCKET);
    private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~-]+");
    private static final String ANY = "*";
    private static final String REST = "**";

    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param text the entry as it is configured. It names the operation in metrics, spans and events, where the number of
     *        different names has to be limited
     */
    record Entry(String text, String method, List<String> segments) {

        private boolean matches(List<String> path) {
            boolean open = segments.get(segments.size() - 1).equals(REST);
            if (open ? path.size() < segments.size() : path.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < segments.size() - (open ? 1 : 0); i++) {
                if (!segments.get(i).equals(ANY) && !segments.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param patterns the configured entries, none of which has a {@link #violation} */
    AllowedRequests(List<String> patterns) {
        patterns.forEach(pattern -> entries.add(entry(pattern)));
    }

    private static Entry entry(String pattern) {
        String[] parts = pattern.strip().split("\\s+");
        return new Entry(parts[0] + " " + parts[1], parts[0], List.of(parts[1].substring(1).split("/")));
    }

    /** @return {@code null} if the pattern is valid, otherwise the violation as a clause */
    public static String violation(String pattern) {
        String[] parts = pattern.strip().split("\\s+");
        if (parts.length != 2 || !METHODS.contains(parts[0])) {
            return "must be a method and a path, such as POST /v0/decisions/file; the methods are "
                    + String.join(", ", new TreeSet<>(METHODS)) + ", where " + SOCKET + " is a WebSocket";
        }
        List<String> segments = Arrays.asList(parts[1].split("/", -1));
        for (int i = 1; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean placeholder = segment.equals(ANY) || segment.equals(REST) && i == segments.size() - 1;
            if (!placeholder && !SEGMENT.matcher(segment).matches()) {
                return "has the path segment \"" + segment + "\". Segments consist of letters, digits and . _ ~ -, or are *"
                        + " for any one segment; ** may be the last one, for all that follow";
            }
        }
        return segments.size() < 2 || !segments.get(0).isEmpty() ? "must have a path that begins with a slash" : null;
    }

    /** @return the entry that the request matches; {@code null} if it must not be relayed */
    Entry find(String method, List<String> path) {
        for (Entry entry : entries) {
            if (entry.method.equals(method) && entry.matches(path)) {
                return entry;
            }
        }
        return null;
    }

    /** The methods of all entries that match this path. */
    Set<String> methods(List<String> path) {
        Set<String> methods = new TreeSet<>();
        entries.stream().filter(entry -> entry.matches(path)).forEach(entry -> methods.add(entry.method));
        return methods;
    }

    /**
     * Returns the segments of a request's path. Apart from percent-encoded letters, a relayed path has only one spelling: paths
     * that servers may interpret differently, such as those with empty segments, dots, encoded slashes or semicolons, are
     * rejected.
     *
     * @param raw the received path after the path of the relay; begins with a slash
     * @return {@code null} if the path is rejected
     */
    static List<String> path(String raw) {
        List<String> segments = new ArrayList<>();
        for (String segment : raw.substring(1).split("/", -1)) {
            String decoded = decoded(segment);
            if (decoded == null || !SEGMENT.matcher(decoded).matches()) {
                return null;
            }
            segments.add(decoded);
        }
        return segments;
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < segment.length(); i++) {
            char character = segment.charAt(i);
            if (character != '%') {
                decoded.append(character);
                continue;
            }
            int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(segment.charAt(i + 2), 16);
            if (low < 0 || segment.charAt(i + 1) > 'f' || segment.charAt(i + 2) > 'f') {
                return null;
            }
            decoded.append((char) (high * 16 + low));
            i += 2;
        }
        return decoded.toString();
    }
}

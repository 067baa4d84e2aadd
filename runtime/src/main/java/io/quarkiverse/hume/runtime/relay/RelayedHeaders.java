package io.quarkiverse.hume.runtime.relay;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.core.MultiMap;

/**
 * What passes the relay besides bodies. Both ways it is what is listed here, so a header that nobody thought of stays where it
 * is: of a browser its cookies, credentials, origin and address, of Hume its cookies, CORS headers and challenges.
 */
final class RelayedHeaders {

    private static final List<String> TO_HUME = List.of("Accept", "Accept-Language", "Content-Type", "Content-Encoding",
            "Content-Language", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range",
            "X-Hume-Client-Name", "X-Hume-Client-Version");

    private static final List<String> TO_THE_BROWSER = List.of("Accept-Ranges", "Content-Disposition", "Content-Encoding",
            "Content-Language", "Content-Range", "Content-Type", "ETag", "Last-Modified", "RateLimit", "RateLimit-Limit",
            "RateLimit-Policy", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "X-RateLimit-Limit",
            "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id");

    /**
     * What Hume sends is shown under the application's own origin. No page comes from there, and nothing that is opened as one
     * may run.
     */
    private static final Map<String, String> CONTENT_ONLY = Map.of("X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; sandbox");

    /** Names of query parameters in which Hume, or an application, takes credentials; compared without case and underscores. */
    private static final Set<String> CREDENTIAL_PARAMETERS = Set.of("accesstoken", "apikey");

    private RelayedHeaders() {
    }

    static void toHume(MultiMap received, MultiMap sent) {
        TO_HUME.forEach(name -> copy(name, received.getAll(name), sent));
        sent.set("User-Agent", "quarkus-hume");
    }

    /** @param secret a value that never passes, whatever header it is in */
    static void toTheBrowser(MultiMap received, MultiMap sent, String secret) {
        String bare = secret.startsWith("Bearer ") ? secret.substring("Bearer ".length()) : secret;
        TO_THE_BROWSER.forEach(name -> copy(name,
                received.getAll(name).stream().filter(value -> !value.contains(bare)).toList(), sent));
        CONTENT_ONLY.forEach((name, value) -> sent.set(name, value));
    }

    private static void copy(String name, List<String> values, MultiMap sent) {
        if (!values.isEmpty()) {
            sent.set(name, values);
        }
    }

    /**
     * @param query as received, without the question mark; may be {@code null}
     * @return with the question mark, without parameters that carry a credential; empty if nothing is left
     */
    static String query(String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        String rest = Arrays.stream(query.split("&")).filter(parameter -> !isCredential(parameter))
                .collect(Collectors.joining("&"));
        return rest.isEmpty() ? "" : "?" + rest;
    }

    private static boolean isCredential(String parameter) {
        String name = parameter.split("=", 2)[0];
        try {
            return CREDENTIAL_PARAMETERS.contains(URLDecoder.decode(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)
                    .replaceAll("[_-]", "").strip());
        } catch (IllegalArgumentException e) {
            return true; // Not a name that anyone can read in one way only.
        }
    }
}

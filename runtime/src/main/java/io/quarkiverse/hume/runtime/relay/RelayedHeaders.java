package io.quarkiverse.hume.runtime.relay;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.core.MultiMap;

/**
 * The headers and query parameters that the relay forwards. In both directions, only the listed headers are forwarded, so an
 * unknown header is never disclosed: cookies, credentials, origin and address of the browser do not reach Hume, and cookies,
 * CORS headers and challenges of Hume do not reach the browser.
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
     * Hume's responses have the application's own origin. The relay serves no pages, so these headers keep a browser from
     * executing a response that is opened as a page.
     */
    private static final Map<String, String> CONTENT_ONLY = Map.of("X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; sandbox");

    /** Query parameters that Hume or an application accepts as credentials; case and underscores are ignored. */
    private static final Set<String> CREDENTIAL_PARAMETERS = Set.of("accesstoken", "apikey");

    /** Printable ASCII characters that a query cannot have. */
    private static final String NOT_IN_URI = "\"<>\\^`{|}#";

    private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

    private RelayedHeaders() {
    }

    static void toHume(MultiMap received, MultiMap sent) {
        TO_HUME.forEach(name -> copy(name, received.getAll(name), sent));
        sent.set("User-Agent", "quarkus-hume");
    }

    /** @param secret the credential; header values that contain it are not forwarded */
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
     * @param query the received query, without the question mark; may be {@code null}
     * @return the query with the question mark and without parameters that carry a credential; empty if no parameter is left.
     *         Characters that a URI (RFC 3986, section 2) cannot have are encoded. Of these, Quarkus accepts only some, such as
     *         those beyond ASCII, unless its check is switched off
     */
    static String query(String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        String rest = Arrays.stream(query.split("&")).filter(parameter -> !isCredential(parameter))
                .collect(Collectors.joining("&"));
        return rest.isEmpty() ? "" : "?" + encoded(rest);
    }

    private static String encoded(String query) {
        StringBuilder encoded = new StringBuilder(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%' ? isEncoding(query, i) : c > ' ' && c < 0x7f && NOT_IN_URI.indexOf(c) < 0) {
                encoded.append(c);
            } else {
                // The server decodes the request line byte by byte, so a character is a byte
                encoded.append('%').append(HEXADECIMAL.toHexDigits((byte) c));
            }
        }
        return encoded.toString();
    }

    private static boolean isEncoding(String query, int at) {
        return at + 2 < query.length() && HexFormat.isHexDigit(query.charAt(at + 1))
                && HexFormat.isHexDigit(query.charAt(at + 2));
    }

    private static boolean isCredential(String parameter) {
        String name = parameter.split("=", 2)[0];
        try {
            return CREDENTIAL_PARAMETERS.contains(URLDecoder.decode(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)
                    .replaceAll("[_-]", "").strip());
        } catch (IllegalArgumentException e) {
            return true; // Servers may interpret an invalid encoding differently.
        }
    }
}

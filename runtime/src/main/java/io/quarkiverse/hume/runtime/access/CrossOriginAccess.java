package io.quarkiverse.hume.runtime.access;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.cors.CORSConfig;
import io.quarkus.vertx.http.runtime.cors.CORSFilter;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/**
 * The CORS settings of the application, and their effect on an endpoint: which pages may send requests to it, and whether every
 * page on the web can read its responses to a signed-in user.
 *
 * @param origins the value of {@code quarkus.http.cors.origins}
 * @param credentials the value of {@code quarkus.http.cors.access-control-allow-credentials}
 */
public record CrossOriginAccess(boolean enabled, Optional<List<String>> origins, Optional<Boolean> credentials) {

    /**
     * Origins that no application lists, with and without TLS and port. If one of them is allowed, a pattern allows too much.
     * The last one is the origin of a sandboxed frame.
     */
    private static final List<String> UNLISTED_ORIGINS = List.of("https://hume-cors-check.invalid",
            "http://hume-cors-check.invalid",
            "https://hume-cors-check.invalid:8443", "http://hume-cors-check.invalid:8080", "null");

    /** The entries that the CORS filter of Quarkus interprets as all origins, provided that there is no other entry. */
    private static final List<String> WILDCARDS = List.of("*", "/.*/");

    private static final Pattern ORIGIN = Pattern.compile("(https?)://(\\[[0-9A-Fa-f:.]+]|[^:/\\[\\]@?#]+)(?::(\\d{1,5}))?");

    /** Reads the settings from the current configuration. */
    public static CrossOriginAccess configured() {
        CORSConfig cors = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(VertxHttpConfig.class)
                .cors();
        return new CrossOriginAccess(cors.enabled(), cors.origins(), cors.accessControlAllowCredentials());
    }

    /** Whether every page can read the responses to a signed-in user. */
    public boolean isOpenToEveryPage() {
        // If the property is not set, the filter allows credentials for origins that are listed or match a pattern, but not for
        // the wildcard.
        return admitsEveryPage() && credentials.orElse(!isWildcard());
    }

    /** Whether every page can read responses for which no user has to be signed in. */
    public boolean admitsEveryPage() {
        return enabled && origins.isPresent() && (isWildcard() || UNLISTED_ORIGINS.stream().anyMatch(this::admits));
    }

    private boolean isWildcard() {
        return origins.get().size() == 1 && WILDCARDS.contains(origins.get().get(0));
    }

    /**
     * Whether a page of this origin may send requests to the endpoint. Pages of the application itself and pages of origins
     * that the CORS settings allow may do so. If the settings allow all origins, also with a pattern, they must also allow
     * credentials, because
     * browsers send cookies with WebSocket handshakes and form submissions even if CORS does not allow credentials.
     */
    public boolean allowsPage(HttpServerRequest request, String origin) {
        if (isOwn(request, origin)) {
            return true;
        }
        if (!enabled || origins.isEmpty()) {
            return false;
        }
        if (isWildcard()) {
            return credentials.orElse(false);
        }
        return admits(origin) && (credentials.orElse(true) || !admitsEveryPage());
    }

    /**
     * Whether the page has the origin of the application. If a proxy terminates TLS, the application receives plain http
     * although the page was loaded by https, so a page with https is accepted for a request by http. A page with http is not
     * accepted for a request by https.
     */
    private static boolean isOwn(HttpServerRequest request, String origin) {
        HostAndPort own = request.authority();
        Matcher page = ORIGIN.matcher(origin);
        if (own == null || !page.matches()) {
            return false;
        }
        boolean secure = page.group(1).equals("https");
        int standard = secure ? 443 : 80;
        int port = page.group(3) == null ? standard : Integer.parseInt(page.group(3));
        return (secure || "http".equals(request.scheme())) && page.group(2).equalsIgnoreCase(own.host())
                && port == (own.port() <= 0 ? standard : own.port());
    }

    private boolean admits(String origin) {
        List<Pattern> patterns = CORSFilter.parseAllowedOriginsRegex(origins);
        return origins.get().contains(origin) || CORSFilter.isOriginAllowedByRegex(patterns, origin);
    }
}

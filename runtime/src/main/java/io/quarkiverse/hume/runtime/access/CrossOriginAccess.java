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
 * What an application's CORS settings mean for an endpoint: whether every page on the web may read what it answers to a
 * user who is signed in.
 *
 * @param origins as {@code quarkus.http.cors.origins} has them
 * @param credentials as {@code quarkus.http.cors.access-control-allow-credentials} has it
 */
public record CrossOriginAccess(boolean enabled, Optional<List<String>> origins, Optional<Boolean> credentials) {

    /** Origins that no application lists, in the forms that patterns distinguish; the last is that of a sandboxed frame. */
    private static final List<String> STRANGERS = List.of("https://hume-cors-check.invalid", "http://hume-cors-check.invalid",
            "https://hume-cors-check.invalid:8443", "http://hume-cors-check.invalid:8080", "null");

    /** The two that the filter takes for all origins, and only if there is no other entry. */
    private static final List<String> WILDCARDS = List.of("*", "/.*/");

    private static final Pattern ORIGIN = Pattern.compile("(https?)://(\\[[0-9A-Fa-f:.]+]|[^:/\\[\\]@?#]+)(?::(\\d{1,5}))?");

    /** The application's settings. */
    public static CrossOriginAccess configured() {
        CORSConfig cors = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(VertxHttpConfig.class)
                .cors();
        return new CrossOriginAccess(cors.enabled(), cors.origins(), cors.accessControlAllowCredentials());
    }

    public boolean isOpenToEveryPage() {
        if (!enabled || origins.isEmpty()) {
            return false;
        }
        boolean wildcard = origins.get().size() == 1 && WILDCARDS.contains(origins.get().get(0));
        // Without the property, the filter allows credentials to origins that are listed or match, and not with the wildcard.
        return credentials.orElse(!wildcard) && (wildcard || STRANGERS.stream().anyMatch(this::admits));
    }

    /**
     * Whether a page of this origin may send requests to the endpoint: one of the application itself, or one that the CORS
     * settings allow. Where they allow every page, it may only if they allow credentials, since browsers send cookies with
     * handshakes and forms without being asked.
     */
    public boolean allowsPage(HttpServerRequest request, String origin) {
        if (isOwn(request, origin)) {
            return true;
        }
        if (!enabled || origins.isEmpty()) {
            return false;
        }
        boolean wildcard = origins.get().size() == 1 && WILDCARDS.contains(origins.get().get(0));
        return wildcard ? credentials.orElse(false) : admits(origin);
    }

    /**
     * Where TLS ends before the application, it sees plain http; a page that came in plain http is never taken for one that
     * came by TLS.
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

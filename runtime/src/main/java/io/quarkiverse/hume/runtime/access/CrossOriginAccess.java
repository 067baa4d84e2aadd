package io.quarkiverse.hume.runtime.access;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.cors.CORSConfig;
import io.quarkus.vertx.http.runtime.cors.CORSFilter;
import io.smallrye.config.SmallRyeConfig;

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

    private boolean admits(String origin) {
        List<Pattern> patterns = CORSFilter.parseAllowedOriginsRegex(origins);
        return origins.get().contains(origin) || CORSFilter.isOriginAllowedByRegex(patterns, origin);
    }
}

package io.quarkiverse.hume.it;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;

/** Logs the address and the users of the page, and warns if a password of the demonstration protects a real account. */
public class Welcome {

    private static final Logger LOG = Logger.getLogger(Welcome.class);
    private static final List<String> USERS = List.of("guest", "operator");

    void onStart(@Observes StartupEvent event, EmulatedHume hume, Config config) {
        if (!hume.isPresent() && USERS.stream().anyMatch(name -> hasKnownPassword(config, name))) {
            LOG.warn("A user still has the password of the demonstration, which everybody knows, and whoever signs in spends"
                    + " your quota at Hume. Set VOICE_SERVICE_GUEST_PASSWORD and VOICE_SERVICE_OPERATOR_PASSWORD");
        }
    }

    /** Observed when the server accepts connections, so that the page can be opened. */
    void onServerStart(@ObservesAsync HttpServerStart event, Config config) {
        String users = USERS.stream().map(name -> hasKnownPassword(config, name) ? name + " (password: " + name + ")" : name)
                .collect(Collectors.joining(" or "));
        LOG.infof("Open http://localhost:%d/ and sign in as %s", event.options().getPort(), users);
    }

    private static boolean hasKnownPassword(Config config, String name) {
        return config.getOptionalValue("quarkus.security.users.embedded.users." + name, String.class).filter(name::equals)
                .isPresent();
    }
}

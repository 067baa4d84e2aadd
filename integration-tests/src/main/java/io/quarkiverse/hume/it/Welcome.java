package io.quarkiverse.hume.it;

import java.util.List;

import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;

/** Says where to look, and what to look after. */
public class Welcome {

    private static final Logger LOG = Logger.getLogger(Welcome.class);

    void onStart(@Observes StartupEvent event, @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port,
            EmulatedHume hume, Config config) {
        LOG.infof("Open http://localhost:%d/ to talk, listen and ask; http://localhost:%d/status tells how it authenticates",
                port, port);
        if (!hume.isPresent() && hasKnownPassword(config)) {
            LOG.warn("A user still has the password of the demonstration, which everybody knows, and whoever signs in spends"
                    + " your quota at Hume. Set VOICE_SERVICE_GUEST_PASSWORD and VOICE_SERVICE_OPERATOR_PASSWORD");
        }
    }

    private static boolean hasKnownPassword(Config config) {
        return List.of("guest", "operator").stream().anyMatch(name -> config
                .getOptionalValue("quarkus.security.users.embedded.users." + name, String.class).filter(name::equals)
                .isPresent());
    }
}

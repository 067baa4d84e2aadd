package io.quarkiverse.hume.it;

import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;

/** Says where to look. */
public class Welcome {

    private static final Logger LOG = Logger.getLogger(Welcome.class);

    void onStart(@Observes StartupEvent event, @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        LOG.infof("Open http://localhost:%d/ to speak, listen and ask; http://localhost:%d/status tells how it authenticates",
                port, port);
    }
}

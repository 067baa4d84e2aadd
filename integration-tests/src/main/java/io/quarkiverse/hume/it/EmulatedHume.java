package io.quarkiverse.hume.it;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Knows whether the emulator replaces Hume, and provides its control API. */
@ApplicationScoped
public class EmulatedHume {

    private final EmulatorControl control;
    private final boolean present;

    public EmulatedHume(@RestClient EmulatorControl control,
            @ConfigProperty(name = "hume.emulator.url") Optional<String> url) {
        this.control = control;
        this.present = url.isPresent();
    }

    public boolean isPresent() {
        return present;
    }

    /** @throws NotFoundException if the application calls Hume itself, which has no control API */
    public EmulatorControl control() {
        if (!present) {
            throw new NotFoundException("There is no emulator: this application talks to Hume itself");
        }
        return control;
    }
}

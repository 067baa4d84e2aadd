package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** The state that several instances of the application share. */
@ConfigGroup
public interface SharedStateRuntimeConfig {

    /**
     * How long a request waits for Redis, from 10 milliseconds to 10 seconds. After that, this instance decides alone until
     * Redis answers again.
     */
    @WithDefault("500MS")
    Duration timeout();
}

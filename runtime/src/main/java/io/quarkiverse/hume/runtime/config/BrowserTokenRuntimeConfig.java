package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** The endpoint that gives access tokens to browsers. */
@ConfigGroup
public interface BrowserTokenRuntimeConfig {

    /**
     * The minimum remaining lifetime of a token that a browser gets. If the current one expires earlier, a new one is requested
     * first. A token whose whole lifetime is not longer than this is used during the first half of it. From 0 to 1 hour.
     */
    @WithDefault("2M")
    Duration minValidity();

    /**
     * The number of tokens that a user, or with public access a remote address, gets within any 60 seconds. IPv6 addresses
     * with the same first 64 bits count as one. Further requests are answered with 429. From 1 to 1000.
     */
    @WithDefault("10")
    int limitPerMinute();
}

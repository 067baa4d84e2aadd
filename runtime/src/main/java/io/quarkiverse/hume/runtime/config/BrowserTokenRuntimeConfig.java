package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** The endpoint that gives access tokens to browsers. */
@ConfigGroup
public interface BrowserTokenRuntimeConfig {

    /**
     * The minimum remaining lifetime of a token that a browser gets, from 0 to 1 hour. If the current token expires earlier, a
     * new one is requested first. A token whose whole lifetime is not longer than this is returned during the first half of its
     * lifetime.
     */
    @WithDefault("2M")
    Duration minValidity();

    /**
     * The number of tokens that a user gets within any 60 seconds, from 1 to 1000. With public access, the limit applies to
     * each remote address. Further requests are answered with 429.
     */
    @WithDefault("10")
    int limitPerMinute();
}

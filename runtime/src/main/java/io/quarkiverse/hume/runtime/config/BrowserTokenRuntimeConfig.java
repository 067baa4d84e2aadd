package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** The endpoint that gives access tokens to browsers. */
@ConfigGroup
public interface BrowserTokenRuntimeConfig {

    /**
     * How long a token is still valid when a browser gets it; if the current one is not for that long, a new one is requested
     * first. A token whose whole life is no longer than this serves for the first half of it. From 0 to 1 hour.
     */
    @WithDefault("2M")
    Duration minValidity();

    /**
     * How many tokens a user gets within any 60 seconds; with public access, how many a remote address gets, where IPv6
     * addresses with the same first 64 bits count as one. More are answered with 429. From 1 to 1000.
     */
    @WithDefault("10")
    int limitPerMinute();
}

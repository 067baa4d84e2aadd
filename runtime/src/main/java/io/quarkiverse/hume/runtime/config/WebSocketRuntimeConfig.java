package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** How WebSocket connections of an account are authenticated. */
@ConfigGroup
public interface WebSocketRuntimeConfig {

    /**
     * Where the credential goes: `query`, `header`, or `auto` for what the platform documents. That is the query for voice
     * and a header for cloud, by the host of the base URL; for any other host, the query for paths below `/v0/` and a header
     * for the others.
     */
    @WithDefault("auto")
    Placement credential();

    /**
     * The remaining lifetime that an access token must have when a connection is opened with it.
     */
    @WithDefault("1M")
    Duration minTokenValidity();

    /** Where the credential goes. */
    enum Placement {
        AUTO,
        QUERY,
        HEADER
    }
}

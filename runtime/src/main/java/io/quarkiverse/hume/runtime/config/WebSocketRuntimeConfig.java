package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** How WebSocket connections of an account are authenticated. */
@ConfigGroup
public interface WebSocketRuntimeConfig {

    /**
     * The part of the handshake that carries the credential: `query`, `header`, or `auto` for the one that the platform
     * documents. By the host of the base URL, that is the query for voice and a header for cloud. For any other host, it is the
     * query for paths below `/v0/` and a header for all other paths.
     */
    @WithDefault("auto")
    Placement credential();

    /**
     * If the current access token is valid for less than this, a new one is requested before a connection is opened. If no new
     * token can be obtained, the connection is opened with the current one, if that is still valid.
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

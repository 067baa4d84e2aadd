package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** How WebSocket connections of an account are authenticated. */
@ConfigGroup
public interface WebSocketRuntimeConfig {

    /**
     * The part of the handshake that carries the credential: `query`, `header` or `auto`. With `auto`, it is the query for the
     * voice platform and a header for the cloud platform. If the base URL has another host, it is the query for paths below
     * `/v0/`, and a header for all other paths. Client classes always use a header.
     */
    @WithDefault("auto")
    Placement credential();

    /**
     * The minimum remaining lifetime of an access token when a connection is opened. If the current token expires earlier, a
     * new one is requested first. If no new token can be obtained, the connection is opened with the current token while it is
     * valid.
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

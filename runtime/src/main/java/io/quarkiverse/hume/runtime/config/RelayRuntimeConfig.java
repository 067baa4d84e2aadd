package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** The relay for browsers. */
@ConfigGroup
public interface RelayRuntimeConfig {

    /**
     * The number of requests of a user that are relayed within any 60 seconds, including WebSocket handshakes, from 1 to 10000.
     * With public access, the limit applies to each remote address. Further requests are answered with 429.
     */
    @WithDefault("60")
    int requestsPerMinute();

    /**
     * The number of WebSockets that a user may have open at the same time, from 1 to 1000. With public access, the limit
     * applies to each remote address. Further handshakes are answered with 429.
     */
    @WithDefault("3")
    int socketsPerUser();

    /**
     * How long a WebSocket stays open without a message in either direction, from a second to a day. It is then closed with the
     * code 1008.
     */
    @WithDefault("2M")
    Duration socketIdleTimeout();

    /**
     * The maximum duration of a WebSocket, from a second to a day. It is then closed with the code 1008. It is also closed when
     * the sign-in of its user ends, if the authentication mechanism states when that is.
     */
    @WithDefault("30M")
    Duration maxSocketDuration();

    /**
     * The maximum size of the body of a request, from 1K to 1G. Larger bodies are answered with 413. For requests to the relay,
     * this property replaces `quarkus.http.limits.max-body-size`.
     */
    @WithDefault("26M")
    MemorySize maxBodySize();

    /**
     * The maximum size of a WebSocket frame in either direction, from 1K to 16M. A larger frame closes the WebSocket with the
     * code 1009. If the HTTP server's limits of frame and message size are lower, they are raised to this value, also for other
     * WebSockets of the application.
     */
    @WithDefault("1M")
    MemorySize maxFrameSize();

    /**
     * How long a request may wait for a connection, or for the next part of its body or response, from 100 milliseconds to an
     * hour. After this time, it is answered with 408 if the browser is too slow, or with 504 if Hume is. A
     * response that has already begun is broken off. The value must be longer than `rate-limit.max-wait` of the account, if the
     * account has a limit of requests.
     */
    @WithDefault("60S")
    Duration timeout();
}

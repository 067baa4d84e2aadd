package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** The relay for browsers. */
@ConfigGroup
public interface RelayRuntimeConfig {

    /**
     * The number of requests that are relayed for a user, or with public access for a remote address, within any 60 seconds,
     * including WebSocket handshakes. IPv6 addresses with the same first 64 bits count as one. Further requests are answered
     * with 429. From 1 to 10000.
     */
    @WithDefault("60")
    int requestsPerMinute();

    /**
     * The number of sockets that a user, or with public access a remote address, may have open at the same time. Further
     * handshakes are answered with 429. From 1 to 1000.
     */
    @WithDefault("3")
    int socketsPerUser();

    /**
     * How long a socket stays open without a message in either direction. It is then closed with the code 1008. From a second
     * to a day.
     */
    @WithDefault("2M")
    Duration socketIdleTimeout();

    /**
     * The maximum duration of a socket. It is then closed with the code 1008, and also when the session of its user expires.
     * From a second to a day.
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
     * The maximum size of a WebSocket frame in either direction, from 1K to 16M. A larger frame closes the socket with the code
     * 1009. The HTTP server's limits of the frame size (`quarkus.http.websocket-server.max-frame-size`) and of the message size
     * are raised to this value if they are lower, also for other WebSockets of the application.
     */
    @WithDefault("1M")
    MemorySize maxFrameSize();

    /**
     * How long a request may wait for progress, that is, for a connection or for a part of its body or response. It is then
     * answered with 408 or 504. From 100 milliseconds to an hour.
     */
    @WithDefault("60S")
    Duration timeout();
}

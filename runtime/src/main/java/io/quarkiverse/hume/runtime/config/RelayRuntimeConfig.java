package io.quarkiverse.hume.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** The relay for browsers. */
@ConfigGroup
public interface RelayRuntimeConfig {

    /**
     * How many requests of a user are relayed within any 60 seconds, handshakes of sockets included; with public access, how
     * many of a remote address, where IPv6 addresses with the same first 64 bits count as one. More are answered with 429.
     * From 1 to 10000.
     */
    @WithDefault("60")
    int requestsPerMinute();

    /**
     * How many sockets a user has open at once; with public access, a remote address. Handshakes of more are answered with
     * 429. From 1 to 1000.
     */
    @WithDefault("3")
    int socketsPerUser();

    /**
     * How long a socket stays open without a message in either direction. Then it is closed with the code 1008. From a second
     * to a day.
     */
    @WithDefault("2M")
    Duration socketIdleTimeout();

    /**
     * How long a socket stays open at most. Then it is closed with the code 1008; so it is when the sign-in of its user
     * expires. From a second to a day.
     */
    @WithDefault("30M")
    Duration maxSocketDuration();

    /**
     * The largest body of a request, from 1K to 1G. Larger ones are answered with 413. For requests to the relay this takes the
     * place of `quarkus.http.limits.max-body-size`.
     */
    @WithDefault("26M")
    MemorySize maxBodySize();

    /**
     * The largest WebSocket frame in either direction, from 1K to 16M. Larger ones close the socket with the code 1009.
     * `quarkus.http.websocket-server.max-frame-size` and the like are raised to it if they are less.
     */
    @WithDefault("1M")
    MemorySize maxFrameSize();

    /**
     * How long a request waits for progress: a connection, a piece of its body or of the answer. Then it is answered with 408
     * or 504. From 100 milliseconds to an hour.
     */
    @WithDefault("60S")
    Duration timeout();
}

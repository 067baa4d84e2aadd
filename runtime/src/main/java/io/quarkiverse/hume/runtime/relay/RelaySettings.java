package io.quarkiverse.hume.runtime.relay;

import java.time.Duration;

import io.quarkiverse.hume.runtime.config.RelayRuntimeConfig;

/**
 * Limits of the relay.
 *
 * @param maxBodySize the maximum size of the body of a request, in bytes
 * @param maxFrameSize the maximum size of a WebSocket frame in either direction, in bytes
 * @param timeout the time after which an exchange without progress ends
 * @param socketIdleTimeout the time after which a socket without messages is closed
 * @param maxSocketDuration the time after which a socket is closed
 */
record RelaySettings(long maxBodySize, int maxFrameSize, Duration timeout, Duration socketIdleTimeout,
        Duration maxSocketDuration) {

    static RelaySettings of(RelayRuntimeConfig config) {
        return new RelaySettings(config.maxBodySize().asLongValue(), (int) config.maxFrameSize().asLongValue(),
                config.timeout(), config.socketIdleTimeout(), config.maxSocketDuration());
    }
}

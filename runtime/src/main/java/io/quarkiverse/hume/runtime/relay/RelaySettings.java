package io.quarkiverse.hume.runtime.relay;

import java.time.Duration;

import io.quarkiverse.hume.runtime.config.RelayRuntimeConfig;

/**
 * Limits of the relay.
 *
 * @param maxBodySize of a request, in bytes
 * @param maxFrameSize of a WebSocket frame either way, in bytes
 * @param timeout after which an exchange without progress ends
 * @param socketIdleTimeout after which a socket without messages ends
 * @param maxSocketDuration after which a socket ends
 */
record RelaySettings(long maxBodySize, int maxFrameSize, Duration timeout, Duration socketIdleTimeout,
        Duration maxSocketDuration) {

    static RelaySettings of(RelayRuntimeConfig config) {
        return new RelaySettings(config.maxBodySize().asLongValue(), (int) config.maxFrameSize().asLongValue(),
                config.timeout(), config.socketIdleTimeout(), config.maxSocketDuration());
    }
}

package io.quarkiverse.hume.runtime.transport;

import java.util.Optional;

import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;

/**
 * The TLS configuration and the proxy configuration of an account's connections. It was checked at startup that configurations
 * with these names exist.
 *
 * @param tlsConfigurationName the name in the TLS registry
 * @param proxyConfigurationName the name in the proxy registry
 */
public record TransportSettings(Optional<String> tlsConfigurationName, Optional<String> proxyConfigurationName) {

    public static TransportSettings of(AccountRuntimeConfig config) {
        return new TransportSettings(config.tlsConfigurationName(), config.proxyConfigurationName());
    }
}

package io.quarkiverse.hume.runtime.transport;

import java.util.Optional;

import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;

/**
 * How an account's connections are secured and routed. Both names were found to be those of something when the application
 * started.
 *
 * @param tlsConfigurationName of the TLS registry
 * @param proxyConfigurationName of the proxy registry
 */
public record TransportSettings(Optional<String> tlsConfigurationName, Optional<String> proxyConfigurationName) {

    public static TransportSettings of(AccountRuntimeConfig config) {
        return new TransportSettings(config.tlsConfigurationName(), config.proxyConfigurationName());
    }
}

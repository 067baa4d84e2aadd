package io.quarkiverse.hume.test;

import java.util.Map;

import io.smallrye.config.EnvConfigSource;

/** Environment variables that are set only for the application that registers this class as a configuration source. */
public final class VariablesOfATest extends EnvConfigSource {

    private static final long serialVersionUID = 1L;

    public VariablesOfATest() {
        super(Map.of("HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY", "key-of-customer-care",
                "HUME_ACCOUNTS_CUSTOMER_CARE_BASE_URL", "${server}/care",
                "HUME_ACCOUNTS__CUSTOMER_CARE__STRATEGY", "api-key",
                "HUME_ACCOUNTS_EU_API_KEY", "key-of-eu",
                "HUME_ACCOUNTS__EU__BASE_URL", "${server}/eu",
                "HUME_ACCOUNTS_EU_WEST_REST_CLIENTS", "west",
                "HUME_ACCOUNTS__CLOUD__API_KEY", "key-of-cloud",
                "HUME_ACCOUNTS__CLOUD__TOKEN_TIMEOUT", "7S"), EnvConfigSource.ORDINAL);
    }
}

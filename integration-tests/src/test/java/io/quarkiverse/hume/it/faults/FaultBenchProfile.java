package io.quarkiverse.hume.it.faults;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Time limits and back-off short enough for a bench of a minute and a half. */
public class FaultBenchProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("hume.token.timeout", "2S", "hume.token.refresh-before", "2S", "hume.token.retry.max-delay", "1S",

                "quarkus.rest-client.evi.connection-pool-size", "200");
    }
}

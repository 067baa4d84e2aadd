package io.quarkiverse.hume.it.faults;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Time limits and a back-off that are short enough for a bench of a few minutes. */
public class FaultBenchProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("hume.token.timeout", "2S", "hume.token.refresh-before", "2S", "hume.token.retry.max-delay", "1S",
                // Hume's limit. 50 more calls a minute wait 5 seconds longer with each minute.
                "hume.accounts.\"cloud\".rate-limit.requests-per-minute", "600",
                "quarkus.rest-client.evi.connection-pool-size", "200");
    }
}

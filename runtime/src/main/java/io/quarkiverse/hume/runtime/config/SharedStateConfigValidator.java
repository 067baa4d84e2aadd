package io.quarkiverse.hume.runtime.config;

import java.time.Duration;
import java.util.List;

/** Finds all violations in the runtime configuration of the shared state. */
public final class SharedStateConfigValidator {

    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofSeconds(10);

    private SharedStateConfigValidator() {
    }

    /** @return a sentence for each violation, naming the property */
    public static List<String> violations(SharedStateRuntimeConfig config) {
        return config.timeout().compareTo(LEAST) < 0 || config.timeout().compareTo(MOST) > 0
                ? List.of("hume.shared-state.timeout must be from 10 milliseconds to 10 seconds")
                : List.of();
    }
}

package io.quarkiverse.hume.deployment.message;

import java.util.List;
import java.util.Set;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Fails the build with all violations, so that one build shows every mistake. */
public final class Violations {

    private Violations() {
    }

    /**
     * @param summary a clause without a full stop
     * @param violations a sentence for each violation, which names the place and the remedy
     * @param properties the related properties, which Quarkus shows with their sources
     * @throws ConfigurationException if there is any violation
     */
    public static void fail(String summary, List<String> violations, String... properties) {
        if (!violations.isEmpty()) {
            throw new ConfigurationException(summary + ":\n - " + String.join("\n - ", violations), Set.of(properties));
        }
    }
}

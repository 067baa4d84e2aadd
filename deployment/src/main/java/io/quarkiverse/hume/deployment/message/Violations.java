package io.quarkiverse.hume.deployment.message;

import java.util.List;
import java.util.Set;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Fails the build with all that is wrong, so that one build shows every mistake. */
public final class Violations {

    private Violations() {
    }

    /**
     * @param summary a clause without a full stop
     * @param violations a sentence for each place, naming it and what to do
     * @param properties that have to do with it, which Quarkus shows with where they are set
     * @throws ConfigurationException if there is any violation
     */
    public static void fail(String summary, List<String> violations, String... properties) {
        if (!violations.isEmpty()) {
            throw new ConfigurationException(summary + ":\n - " + String.join("\n - ", violations), Set.of(properties));
        }
    }
}

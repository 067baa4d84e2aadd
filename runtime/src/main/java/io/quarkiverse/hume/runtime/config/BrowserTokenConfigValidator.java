package io.quarkiverse.hume.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds all violations in the runtime configuration of the browser token endpoint. */
public final class BrowserTokenConfigValidator {

    private static final Duration MAX_MIN_VALIDITY = Duration.ofHours(1);
    private static final int MAX_LIMIT = 1000;

    private BrowserTokenConfigValidator() {
    }

    /** @return a sentence for each violation, naming the property */
    public static List<String> violations(BrowserTokenRuntimeConfig config) {
        List<String> violations = new ArrayList<>();
        if (config.minValidity().isNegative() || config.minValidity().compareTo(MAX_MIN_VALIDITY) > 0) {
            violations.add("hume.browser-token.min-validity must be from 0 to 1 hour");
        }
        if (config.limitPerMinute() < 1 || config.limitPerMinute() > MAX_LIMIT) {
            violations.add("hume.browser-token.limit-per-minute must be from 1 to " + MAX_LIMIT);
        }
        return violations;
    }
}

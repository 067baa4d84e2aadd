package io.quarkiverse.hume.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;

/** Finds all violations in the runtime configuration of the relay. */
public final class RelayConfigValidator {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MOST_TIMEOUT = Duration.ofHours(1);

    private final List<String> violations = new ArrayList<>();

    private RelayConfigValidator() {
    }

    /** @return a sentence for each violation, naming the property */
    public static List<String> violations(RelayRuntimeConfig config) {
        RelayConfigValidator validator = new RelayConfigValidator();
        validator.number("requests-per-minute", config.requestsPerMinute(), 10_000);
        validator.number("sockets-per-user", config.socketsPerUser(), 1_000);
        validator.duration("socket-idle-timeout", config.socketIdleTimeout(), SECOND, DAY, "a second to a day");
        validator.duration("max-socket-duration", config.maxSocketDuration(), SECOND, DAY, "a second to a day");
        validator.size("max-body-size", config.maxBodySize(), 1L << 30, "1K to 1G");
        validator.size("max-frame-size", config.maxFrameSize(), 16L << 20, "1K to 16M");
        validator.duration("timeout", config.timeout(), LEAST_TIMEOUT, MOST_TIMEOUT, "100 milliseconds to an hour");
        return validator.violations;
    }

    /**
     * @param prefix the prefix of the properties of the relay's account, with the final dot
     * @param limit the limit of requests of that account
     * @return a sentence, if a request may wait for the limit until the relay ends it
     */
    public static Optional<String> waitViolation(RelayRuntimeConfig config, String prefix, RateLimitRuntimeConfig limit) {
        if (limit.requestsPerMinute().isEmpty() || limit.maxWait().compareTo(config.timeout()) < 0) {
            return Optional.empty();
        }
        return Optional.of(prefix + "rate-limit.max-wait (" + limit.maxWait() + ") must be shorter than hume.relay.timeout ("
                + config.timeout() + "), because a relayed request ends after that time, also while it waits for the limit");
    }

    private void number(String key, int number, int most) {
        if (number < 1 || number > most) {
            violation(key, "1 to " + most);
        }
    }

    private void duration(String key, Duration duration, Duration least, Duration most, String range) {
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            violation(key, range);
        }
    }

    private void size(String key, MemorySize size, long most, String range) {
        if (size.asLongValue() < 1024 || size.asLongValue() > most) {
            violation(key, range);
        }
    }

    private void violation(String key, String range) {
        violations.add("hume.relay." + key + " must be from " + range);
    }
}

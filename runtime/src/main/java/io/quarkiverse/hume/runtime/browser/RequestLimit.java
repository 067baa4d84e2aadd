package io.quarkiverse.hume.runtime.browser;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.faulttolerance.api.RateLimitType;

/**
 * At most so many requests of one origin within a minute, which begins with its first request. Of too many origins, those
 * that have been silent for longest are forgotten, so memory is bounded.
 */
final class RequestLimit {

    private final Supplier<Guard> limits;
    private final Map<String, Guard> origins;

    /**
     * @param limits makes the limit of one origin
     * @param maxOrigins how many origins are remembered
     */
    RequestLimit(Supplier<Guard> limits, int maxOrigins) {
        this.limits = limits;
        this.origins = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Guard> eldest) {
                return size() > maxOrigins;
            }
        };
    }

    static RequestLimit perMinute(int limit, int maxOrigins) {
        // One description for all of them, since metrics have it as a tag. Windows that do not roll: in a rolling one, what is
        // refused counts as well, and whoever comes back too early would never be admitted again.
        return new RequestLimit(() -> Guard.create().withDescription("hume-browser-token")
                .withRateLimit().limit(limit).window(1, ChronoUnit.MINUTES).type(RateLimitType.FIXED).done()
                .build(), maxOrigins);
    }

    /**
     * Admits a request, or says how long the origin has to wait. Never blocks.
     *
     * @return zero if the request is admitted
     */
    Duration admit(String origin) {
        try {
            return limit(origin).get(() -> Duration.ZERO, Duration.class);
        } catch (RateLimitException e) {
            return Duration.ofMillis(Math.max(1, e.getRetryAfterMillis()));
        }
    }

    private synchronized Guard limit(String origin) {
        return origins.computeIfAbsent(origin, unknown -> limits.get());
    }

    /** How many origins are remembered. */
    synchronized int origins() {
        return origins.size();
    }
}

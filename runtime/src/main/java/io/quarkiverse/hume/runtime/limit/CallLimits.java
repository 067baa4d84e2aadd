package io.quarkiverse.hume.runtime.limit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import io.quarkiverse.hume.runtime.config.RateLimitRuntimeConfig;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenTiming;

/** Creates the limits of the accounts. Several accounts may share one limit. Not thread-safe. */
public final class CallLimits {

    /**
     * The length of the window. It is longer than Hume's minute, because the time that requests take to arrive varies, so they
     * can arrive at shorter intervals than they were sent.
     */
    static final Duration WINDOW = Duration.ofMinutes(1).plusMillis(500);

    /** The first of the accounts that share a limit, and its number of permits. */
    private record Sharing(String account, int permits) {
    }

    private final TokenClock clock;
    private final TokenTiming.Scheduler scheduler;
    private final UnaryOperator<CompletionStage<Void>> callers;
    private final Map<String, RateLimit> shared = new HashMap<>();
    private final Map<String, Sharing> sharing = new HashMap<>();

    /** @param callers lets callers continue on their own contexts when a stage completes */
    public CallLimits(TokenClock clock, TokenTiming.Scheduler scheduler, UnaryOperator<CompletionStage<Void>> callers) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.callers = callers;
    }

    /** @return {@code null} if the account has no limit */
    public CallLimit limit(String account, RateLimitRuntimeConfig config, AccountListener listener) {
        if (config.requestsPerMinute().isEmpty()) {
            return null;
        }
        int permits = config.requestsPerMinute().getAsInt();
        RateLimit limit = config.name().map(name -> shared.computeIfAbsent(name, added -> new RateLimit(permits, WINDOW)))
                .orElseGet(() -> new RateLimit(permits, WINDOW));
        listener.rateLimitConfigured();
        return new CallLimit(account, limit, config.maxWait(), clock, scheduler, callers, listener);
    }

    /** @return the violation as a sentence, if another account has a different limit under the same name */
    public List<String> violations(String account, RateLimitRuntimeConfig config) {
        if (config.requestsPerMinute().isEmpty() || config.name().isEmpty()) {
            return List.of();
        }
        int permits = config.requestsPerMinute().getAsInt();
        String name = config.name().get();
        Sharing first = sharing.computeIfAbsent(name, added -> new Sharing(account, permits));
        return first.permits == permits ? List.of()
                : List.of(AccountName.property(account, "rate-limit.requests-per-minute") + " is " + permits + ", but "
                        + AccountName.describe(first.account) + ", which shares the limit \"" + name + "\", has "
                        + first.permits + ". Set both to what the organization has at Hume, or use another rate-limit.name");
    }
}

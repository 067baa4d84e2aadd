package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Time and chance, as the engine sees them.
 *
 * @param random in [0, 1), for jitter
 */
public record TokenTiming(TokenClock clock, Scheduler scheduler, DoubleSupplier random) {

    /** Runs a task later, on any thread that it may not block. */
    @FunctionalInterface
    public interface Scheduler {

        /** @return cancels the task if it has not run yet; harmless afterwards */
        Runnable schedule(Duration delay, Runnable task);
    }
}

package io.quarkiverse.hume.runtime.token;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The clock, the scheduler and the random numbers of the engine.
 *
 * @param random supplies random numbers in [0, 1) for jitter
 */
public record TokenTiming(TokenClock clock, Scheduler scheduler, DoubleSupplier random) {

    /** Runs a task later, on any thread. The task must not block. */
    @FunctionalInterface
    public interface Scheduler {

        /** @return cancels the task if it has not run yet, and has no effect afterwards */
        Runnable schedule(Duration delay, Runnable task);
    }
}

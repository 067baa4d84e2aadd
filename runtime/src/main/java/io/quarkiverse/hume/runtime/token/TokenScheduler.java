package io.quarkiverse.hume.runtime.token;

import java.time.Duration;

/** Runs a task later, on any thread that it may not block. */
@FunctionalInterface
public interface TokenScheduler {

    /** @return cancels the task if it has not run yet; harmless afterwards */
    Runnable schedule(Duration delay, Runnable task);
}

package io.quarkiverse.hume.runtime.token;

import java.time.Instant;

/**
 * The time, twice: a monotonic one, by which tokens age, and the wall clock, in which others state expiry and read ours.
 */
public interface TokenClock {

    /** As {@link System#nanoTime()}: differences mean something, values do not. */
    long nanoTime();

    Instant now();

    TokenClock SYSTEM = new TokenClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    };
}

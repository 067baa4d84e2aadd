package io.quarkiverse.hume.runtime.token;

import java.time.Instant;

/**
 * A monotonic clock, which measures the age of tokens, and the wall clock, which is used for times that come from or go to
 * others, such as the expiry of a token.
 */
public interface TokenClock {

    /** The monotonic time in nanoseconds, as with {@link System#nanoTime()}: only differences between values have a meaning. */
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

package io.quarkiverse.hume.runtime.devui;

import java.time.Duration;

import io.quarkiverse.hume.HumeAuthenticationException;

/**
 * The result of a request that the developer started.
 *
 * @param status the status of the response; {@code null} if there was none or it is not relevant
 * @param message the message for the developer; never contains a key or token
 * @param retryAt when the next attempt is due, in milliseconds since 1970; {@code null} if it is not known
 */
public record Outcome(boolean success, Integer status, String message, long millis, Long retryAt) {

    static Outcome success(String message, Duration took) {
        return new Outcome(true, null, message, took.toMillis(), null);
    }

    static Outcome answer(int status, String message, Duration took) {
        return new Outcome(status / 100 == 2, status, message, took.toMillis(), null);
    }

    /** Only the extension's own exceptions are known to contain no secrets. Others are described by {@link Causes}. */
    static Outcome failure(Throwable failure, Duration took) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HumeAuthenticationException) {
                return new Outcome(false, null, cause.getMessage(), took.toMillis(),
                        AccountView.millis(((HumeAuthenticationException) cause).retryAt()));
            }
        }
        return new Outcome(false, null, "No answer: " + Causes.describe(failure), took.toMillis(), null);
    }
}

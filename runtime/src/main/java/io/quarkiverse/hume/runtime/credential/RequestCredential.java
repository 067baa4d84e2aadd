package io.quarkiverse.hume.runtime.credential;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The header with which a strategy authenticates a request. Never blocks.
 */
public interface RequestCredential {

    String API_KEY_HEADER = "X-Hume-Api-Key";
    String AUTHORIZATION_HEADER = "Authorization";

    String headerName();

    /**
     * The value of the header, if it is available now. Allocates nothing.
     *
     * @return {@code null} if no value is available now
     */
    String current();

    /** The value of the header, as soon as it is available; fails with a {@code HumeAuthenticationException}. */
    CompletionStage<String> get();

    /**
     * Like {@link #get()}, but if the current token is valid for less than the given time, requests a new one. The result may
     * still be valid for less if no better token can be obtained.
     */
    default CompletionStage<String> lasting(Duration validity) {
        return get();
    }

    /**
     * Reports that Hume answered a request with this value with a status other than 401. Allocates nothing if this was reported
     * before.
     */
    void accepted(String value);

    /**
     * Reports that Hume answered 401 to a request with this value.
     *
     * @return another value for the retry of the request; {@code null} if there is none, so the caller gets the 401; fails with
     *         a {@code HumeAuthenticationException} if another value was requested and could not be obtained
     */
    CompletionStage<String> rejected(String value);

    /**
     * Reports that Hume answered 403 to a handshake with this value, which does not invalidate it.
     *
     * @return another value for the retry of the handshake; {@code null} if there is none; never fails
     */
    CompletionStage<String> forbidden(String value);

    /** Reports that a call that was rejected with another value succeeded when it was retried with this one. */
    default void recovered(String value) {
    }

    /**
     * The message that replaces "Unauthorized" if the caller gets the 401. It is true whether the call was retried or not, and
     * says what to do if other calls are rejected as well.
     */
    String rejection();
}

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

    /** The value of the header, if it is available now. Allocates nothing. @return {@code null} if it is not */
    String current();

    /** The value of the header, now or later; fails with a {@code HumeAuthenticationException}. */
    CompletionStage<String> get();

    /**
     * As {@link #get()}, with a value that is valid for at least this long, if possible: a new token is requested if the
     * current one expires earlier.
     */
    default CompletionStage<String> lasting(Duration validity) {
        return get();
    }

    /** Reports that Hume answered something else than 401 to this value. Allocates nothing if it was reported before. */
    void accepted(String value);

    /**
     * Reports that Hume answered 401 to this value.
     *
     * @return another value to send the request with once more; {@code null} if there is none, so that the 401 is the answer;
     *         fails with a {@code HumeAuthenticationException} if another one was requested and could not be obtained
     */
    CompletionStage<String> rejected(String value);

    /**
     * Reports that Hume answered 403 to a handshake with this value, which does not invalidate it.
     *
     * @return another value to try the handshake with once more; {@code null} if there is none; never fails
     */
    CompletionStage<String> forbidden(String value);

    /** Reports that a call that was rejected with another value succeeded when it was retried with this one. */
    default void recovered(String value) {
    }

    /** The message that replaces "Unauthorized" if Hume rejected the value and there is no other. */
    String rejection();
}

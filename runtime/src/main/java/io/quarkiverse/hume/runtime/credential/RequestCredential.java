package io.quarkiverse.hume.runtime.credential;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What a strategy puts on a request: one header. Never blocks.
 */
public interface RequestCredential {

    String API_KEY_HEADER = "X-Hume-Api-Key";
    String AUTHORIZATION_HEADER = "Authorization";

    String headerName();

    /** The value of the header, if it is at hand. Allocates nothing. @return {@code null} if it is not */
    String current();

    /** The value of the header, now or later; fails with a {@code HumeAuthenticationException}. */
    CompletionStage<String> get();

    /**
     * As {@link #get()}, with a value that stays good for at least so long, if such can be had: a new token is requested if
     * the current one expires earlier.
     */
    default CompletionStage<String> lasting(Duration validity) {
        return get();
    }

    /** Says that Hume answered something else than 401 to this value. */
    void accepted(String value);

    /**
     * Says that Hume answered 401 to this value.
     *
     * @return whether sending the request once more with the value of {@link #get()} makes sense
     */
    CompletionStage<Boolean> rejected(String value);

    /** What the caller reads in place of "Unauthorized" if Hume rejected the value and there is no other. */
    String rejection();
}

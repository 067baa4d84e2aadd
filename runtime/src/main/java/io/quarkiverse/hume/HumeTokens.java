package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * The access tokens of one account, for code that calls Hume without a REST client. Inject this bean, with
 * {@link HumeAccount} for a named account. All users of an account share one token.
 * <p>
 * A valid token is returned at once, also while a newer one is being requested. Without a valid token, all callers wait for
 * the same request, at most {@code hume.token.timeout}. If a request has just failed and the next one is due within
 * {@code hume.token.retry.max-wait}, callers wait for the next one as well. All methods are thread-safe.
 */
public interface HumeTokens {

    /**
     * A token that is valid now. Never blocks, so it may be used on an event loop. Each subscription obtains the current token:
     * subscribe again instead of keeping the token.
     *
     * @return never {@code null}; fails with a {@link HumeAuthenticationException} if no token can be obtained
     */
    Uni<AccessToken> get();

    /**
     * A token that is valid now, for callers that may block: a worker or a virtual thread.
     *
     * @return never {@code null}
     * @throws HumeAuthenticationException if no token can be obtained
     * @throws IllegalStateException on an event loop, if it would have to wait there
     */
    AccessToken await();

    /**
     * Reports that Hume answered 401 to this token. If there is a newer one already, nothing happens. Otherwise the next
     * caller of {@link #get()} or {@link #await()} gets a newer token, with one exception: the replacement of a token that
     * Hume has accepted before is rate-limited, since the API may be one that accepts no tokens. Within an interval that grows
     * from a second to a minute, such a token stays in use.
     *
     * @param token the token that was sent
     */
    void reject(AccessToken token);

    /**
     * Reports that Hume accepted this token, so that other calls keep using it after a later {@link #reject}. REST clients and
     * WebSockets of the extension report this automatically. Call it if your code calls {@link #reject}.
     *
     * @param token the token that was sent
     */
    default void accept(AccessToken token) {
    }
}

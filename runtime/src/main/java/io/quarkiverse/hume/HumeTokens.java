package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * The access tokens of one account, for code that talks to Hume by other means than a REST client. Inject it; with
 * {@link HumeAccount} for a named account. All users of an account share one token.
 * <p>
 * A valid token is handed out at once, also while a newer one is on its way; only without a valid token does a caller wait,
 * and then all callers wait for the same request, at most {@code hume.token.timeout}. All methods may be called by any
 * thread.
 */
public interface HumeTokens {

    /**
     * A token that is valid now. Never blocks, so it may be used on an event loop. Each subscription asks anew: subscribe
     * again, rather than keep the token.
     *
     * @return never {@code null}; fails with a {@link HumeAuthenticationException} if no token can be had
     */
    Uni<AccessToken> get();

    /**
     * A token that is valid now, for callers that may block: a worker or a virtual thread.
     *
     * @return never {@code null}
     * @throws HumeAuthenticationException if no token can be had
     * @throws IllegalStateException on an event loop, if it would have to wait there
     */
    AccessToken await();

    /**
     * Says that Hume answered 401 to this token. Only this very token is dropped: if a newer one is already there, nothing
     * happens. The next caller gets a new token.
     *
     * @param token the token that was sent
     */
    void reject(AccessToken token);
}

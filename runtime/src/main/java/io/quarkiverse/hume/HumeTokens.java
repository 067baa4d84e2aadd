package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * The access tokens of one account, for code that talks to Hume by other means than a REST client. Inject it; with
 * {@link HumeAccount} for a named account. All users of an account share one token.
 * <p>
 * A valid token is returned at once, also while a newer one is on its way; only without a valid token does a caller wait,
 * and then all callers wait for the same request, at most {@code hume.token.timeout}. If a request failed a moment ago and
 * the next one is due within {@code hume.token.retry.max-wait}, callers wait for that, too. All methods may be called by any
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
     * Reports that Hume answered 401 to this token. If a newer one is already there, nothing happens. Otherwise the next
     * caller of {@link #get()} or {@link #await()} gets a newer token, with one exception: a token that Hume has accepted
     * before is not replaced without limit, since it may be the API that refuses it; within an interval that begins with a
     * second and grows to a minute, it is kept. In the meantime other calls use it.
     *
     * @param token the token that was sent
     */
    void reject(AccessToken token);

    /**
     * Reports that Hume accepted this token, so that a later {@link #reject} does not take it from other calls at once. REST
     * clients and WebSockets of the extension do so by themselves; worth calling if you report rejections.
     *
     * @param token the token that was sent
     */
    default void accept(AccessToken token) {
    }
}

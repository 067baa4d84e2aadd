package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * The access tokens of one account, for code that calls Hume without a REST client. Inject this bean; use {@link HumeAccount}
 * as the qualifier for a named account. All users of an account share one token.
 * <p>
 * A valid token is returned at once, even while a newer token is being requested. There are two exceptions: in the last seconds
 * before the expiry, and after {@link #reject}, callers wait for a newer token. If there is no valid token, all callers wait
 * for the same request, at most {@code hume.token.timeout}. If the last request failed and the next request is due within
 * {@code hume.token.retry.max-wait}, callers also wait until that request is due. All methods are thread-safe.
 */
public interface HumeTokens {

    /**
     * Returns a token that is valid now. Never blocks, so it may be called on an event loop. Each subscription obtains the
     * current token: subscribe again instead of storing the token.
     *
     * @return never {@code null}; fails with a {@link HumeAuthenticationException} if no token can be obtained
     */
    Uni<AccessToken> get();

    /**
     * Returns a token that is valid now. May block, so call it on a worker thread or a virtual thread.
     *
     * @return never {@code null}
     * @throws HumeAuthenticationException if no token can be obtained
     * @throws IllegalStateException if it is called on an event loop and would have to wait for a token
     */
    AccessToken await();

    /**
     * Reports that Hume answered 401 to a request with this token. Never blocks. If the account already has a newer token,
     * nothing happens. Otherwise the next caller of {@link #get()} or {@link #await()} gets a newer token, with two
     * exceptions. A token that Hume has accepted before is replaced at most once within an interval that grows, by default from
     * a second to a minute, and stays in use during that interval. If Hume has accepted no token yet, and rejects two in
     * a row soon after they arrive, the second one stays in use until the back-off ends. The reason for the exceptions is that
     * some
     * APIs of Hume accept no tokens and answer 401 to all of them.
     *
     * @param token the token that was sent
     */
    void reject(AccessToken token);

    /**
     * Reports that Hume accepted this token, so that other calls keep using it after a later {@link #reject}. Never blocks.
     * REST clients and WebSockets of the extension report this automatically. Call this method if your code calls {@link
     * #reject}.
     *
     * @param token the token that was sent
     */
    default void accept(AccessToken token) {
    }
}

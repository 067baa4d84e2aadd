package io.quarkiverse.hume;

import java.time.Instant;

/**
 * A call was not sent, because the limit of requests to Hume ({@code hume.rate-limit.requests-per-minute}) was reached, and the
 * call would have had to wait for longer than {@code hume.rate-limit.max-wait}.
 */
public class HumeRateLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String account;
    private final Instant retryAt;

    /**
     * @param account the account concerned
     * @param retryAt when the limit would have allowed the call; never {@code null}
     */
    public HumeRateLimitException(String account, Instant retryAt, String message) {
        super(message);
        this.account = account;
        this.retryAt = retryAt;
    }

    /** The account concerned, {@link HumeAccount#DEFAULT} for the default one. */
    public String account() {
        return account;
    }

    /** When the limit would have allowed the call; never {@code null}. */
    public Instant retryAt() {
        return retryAt;
    }
}

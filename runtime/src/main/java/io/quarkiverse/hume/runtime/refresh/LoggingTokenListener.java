package io.quarkiverse.hume.runtime.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.TokenListener;

/**
 * Logs one message when an account starts to fail and one when it recovers; failures in between are only counted by the
 * metrics.
 */
final class LoggingTokenListener implements TokenListener {

    private final String account;
    private final String properties;
    private final AtomicBoolean shortLived = new AtomicBoolean();

    LoggingTokenListener(String account) {
        this.account = AccountName.describe(account);
        this.properties = AccountName.property(account, "base-url") + " and " + AccountName.property(account, "token.path");
    }

    @Override
    public void failed(HumeAuthenticationException failure, int failures, Instant retryAt, Instant validUntil, Duration took) {
        if (failures == 1) {
            HumeLog.LOG.tokenFailing(account, failure.getMessage(), failures, retryAt == null ? "at once" : "at " + retryAt,
                    validUntil == null ? "there is no valid token, so calls fail until a token request succeeds"
                            : "the current token stays in use until " + validUntil);
        } else {
            HumeLog.LOG.tokenStillFailing(account, failure.getMessage(), failures, retryAt);
        }
    }

    @Override
    public void recovered(int failures) {
        HumeLog.LOG.tokenRecovered(account, failures);
    }

    @Override
    public void refreshed(Instant expiresAt, Instant refreshAt, Duration took) {
        HumeLog.LOG.tokenRefreshed(account, took.toMillis(), expiresAt, refreshAt);
    }

    /** Logged only once, because a source that states such a lifetime states it for every token. */
    @Override
    public void shortLived(Duration lifetime) {
        if (shortLived.compareAndSet(false, true)) {
            HumeLog.LOG.tokenShortLived(account, lifetime.toMillis(), properties);
        }
    }

    @Override
    public void rejected() {
        HumeLog.LOG.tokenRejected(account);
    }

    @Override
    public void rejectionsPersist(Instant nextRenewal) {
        HumeLog.LOG.rejectionsPersist(account, nextRenewal);
    }

    @Override
    public void broken(Throwable cause) {
        HumeLog.LOG.listenerFailed(cause);
    }
}

package io.quarkiverse.hume.runtime.relay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.hume.runtime.log.HumeLog;

/**
 * Warns the application's operator of requests that fail for a reason that only the operator can remove, once a minute for each
 * reason.
 */
final class Warnings {

    private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    private final AtomicReference<Long> lastRejection = new AtomicReference<>();
    private final AtomicReference<Long> lastUnreadHeader = new AtomicReference<>();
    private final AtomicReference<Long> lastUnsupported = new AtomicReference<>();

    /** @param status the status of Hume's response to a request with this account's credential */
    void rejected(String account, int status, String advice) {
        if (isDue(lastRejection)) {
            HumeLog.LOG.relayRejected(account, status, advice);
        }
    }

    /** A handshake without a signed-in user contained a header in a sub-protocol, which Quarkus did not read. */
    void unreadHeader() {
        if (isDue(lastUnreadHeader)) {
            HumeLog.LOG.relaySubProtocolHeaderUnread();
        }
    }

    /** A socket was opened, but the response named none of the sub-protocols that the browser offered. */
    void unsupportedSubProtocols() {
        if (isDue(lastUnsupported)) {
            HumeLog.LOG.relaySubProtocolUnsupported();
        }
    }

    private static boolean isDue(AtomicReference<Long> latest) {
        Long last = latest.get();
        long now = System.nanoTime();
        return (last == null || now - last >= PERIOD) && latest.compareAndSet(last, now);
    }
}

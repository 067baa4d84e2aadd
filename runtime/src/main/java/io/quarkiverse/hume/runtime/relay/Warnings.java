package io.quarkiverse.hume.runtime.relay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.hume.runtime.log.HumeLog;

/**
 * Warns the application's operator of a mistake in the application or its configuration that a request reveals, once a minute
 * for each mistake.
 */
final class Warnings {

    private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    private final AtomicReference<Long> lastRejection = new AtomicReference<>();
    private final AtomicReference<Long> lastUnreadHeader = new AtomicReference<>();
    private final AtomicReference<Long> lastUnsupported = new AtomicReference<>();
    private final AtomicReference<Long> lastReadBefore = new AtomicReference<>();

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

    /** A body handler read the body of a request before the relay, and kept it. */
    void bodyReadBefore() {
        if (isDue(lastReadBefore)) {
            HumeLog.LOG.relayedBodyReadBefore();
        }
    }

    private static boolean isDue(AtomicReference<Long> latest) {
        Long last = latest.get();
        long now = System.nanoTime();
        return (last == null || now - last >= PERIOD) && latest.compareAndSet(last, now);
    }
}

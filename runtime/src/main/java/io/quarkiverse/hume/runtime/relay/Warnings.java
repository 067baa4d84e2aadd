package io.quarkiverse.hume.runtime.relay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.hume.runtime.log.HumeLog;

/** Warns the application's operator of rejected requests, once a minute for any number of requests. */
final class Warnings {

    private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    private final AtomicReference<Long> lastRejection = new AtomicReference<>();

    /** @param status of the answer to a request with this account's credential */
    void rejected(String account, int status, String advice) {
        Long last = lastRejection.get();
        long now = System.nanoTime();
        if ((last == null || now - last >= PERIOD) && lastRejection.compareAndSet(last, now)) {
            HumeLog.LOG.relayRejected(account, status, advice);
        }
    }
}

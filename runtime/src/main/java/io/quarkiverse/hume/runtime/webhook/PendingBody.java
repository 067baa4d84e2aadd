package io.quarkiverse.hume.runtime.webhook;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * The bytes of a webhook, until it is verified, rejected or cancelled. One thread adds bytes; all other methods may be called
 * on any thread.
 */
final class PendingBody implements UnverifiedBodies.Holder {

    /** What a request takes without its body, so that a great many requests with tiny bodies count, too. */
    static final int REQUEST_BYTES = 8 * 1024;

    private static final byte[] NOTHING = {};
    private static final int FIRST_BYTES = 4 * 1024;

    private final int limit;
    private final UnverifiedBodies room;
    private final Runnable whenComplete;
    private final Consumer<WebhookOutcome> whenRejected;
    private final AtomicBoolean decided = new AtomicBoolean();
    private byte[] bytes = NOTHING;
    private int length;
    private volatile boolean complete;

    /**
     * @param limit in bytes
     * @param whenComplete called once all bytes are there, unless it is decided already
     * @param whenRejected called with {@link WebhookOutcome#TOO_LARGE}, {@link WebhookOutcome#TIMED_OUT} or
     *        {@link WebhookOutcome#NO_ROOM}, once, on any thread, after which nothing else is called
     */
    PendingBody(int limit, UnverifiedBodies room, Runnable whenComplete, Consumer<WebhookOutcome> whenRejected) {
        this.limit = limit;
        this.room = room;
        this.whenComplete = whenComplete;
        this.whenRejected = whenRejected;
    }

    /** Before anything else. */
    void begin() {
        if (!room.enter(this, REQUEST_BYTES)) {
            reject(WebhookOutcome.NO_ROOM);
        }
    }

    /** @return whether more is wanted */
    boolean add(ByteBuffer part) {
        int more = part.remaining();
        if (decided.get()) {
            drop();
            return false;
        }
        if (length + (long) more > limit) {
            reject(WebhookOutcome.TOO_LARGE);
            return false;
        }
        if (length + more > bytes.length) {
            int larger = (int) Math.min(limit, Math.max(length + more, Math.max(FIRST_BYTES, 2L * bytes.length)));
            if (!room.take(this, larger - bytes.length)) {
                reject(WebhookOutcome.NO_ROOM);
                return false;
            }
            bytes = Arrays.copyOf(bytes, larger);
        }
        part.get(bytes, length, more);
        length += more;
        return true;
    }

    /** All bytes are there. */
    void done() {
        if (decided.get()) {
            drop();
        } else {
            complete = true;
            whenComplete.run();
        }
    }

    /** It took too long, unless all bytes are there. */
    void late() {
        if (!complete) {
            reject(WebhookOutcome.TIMED_OUT);
        }
    }

    @Override
    public void displaced() {
        reject(WebhookOutcome.NO_ROOM);
    }

    /**
     * Decides what becomes of it, and frees its share.
     *
     * @return whether it was not decided before, so that the caller has to act
     */
    boolean decide() {
        boolean first = decided.compareAndSet(false, true);
        if (first) {
            room.leave(this);
        }
        return first;
    }

    boolean isDecided() {
        return decided.get();
    }

    /** Not larger than the body; call it only when that is complete. */
    byte[] bytes() {
        if (bytes.length != length) {
            bytes = Arrays.copyOf(bytes, length);
        }
        return bytes;
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, length);
    }

    private void reject(WebhookOutcome outcome) {
        if (decide()) {
            whenRejected.accept(outcome);
        }
    }

    /** By the thread that adds: the connection may stay open for a while, and with it this object. */
    private void drop() {
        bytes = NOTHING;
        length = 0;
    }
}

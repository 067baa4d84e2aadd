package io.quarkiverse.hume.runtime.webhook;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.quarkiverse.hume.runtime.event.AccountListener.WebhookOutcome;

/**
 * The body of a webhook until the webhook is verified, rejected or cancelled. One thread adds bytes; all other methods may be
 * called on any thread.
 */
final class PendingBody implements UnverifiedBodies.Holder {

    /**
     * The memory that a request takes in addition to its body. It is counted, because a great number of requests with tiny
     * bodies takes much memory, too.
     */
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
     * @param limit the maximum size of the body in bytes
     * @param whenComplete called when the whole body was received, unless the webhook has been decided already
     * @param whenRejected called with {@link WebhookOutcome#TOO_LARGE}, {@link WebhookOutcome#TIMED_OUT} or {@link
     *        WebhookOutcome#NO_ROOM}, once, on any thread; after that, nothing else is called
     */
    PendingBody(int limit, UnverifiedBodies room, Runnable whenComplete, Consumer<WebhookOutcome> whenRejected) {
        this.limit = limit;
        this.room = room;
        this.whenComplete = whenComplete;
        this.whenRejected = whenRejected;
    }

    /** Reserves the memory of the request. Must be called first. */
    void begin() {
        if (!room.enter(this, REQUEST_BYTES)) {
            reject(WebhookOutcome.NO_ROOM);
        }
    }

    /** @return {@code false} if the webhook has been decided, so that no further part is needed */
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

    /** The whole body was received. */
    void done() {
        if (decided.get()) {
            drop();
        } else {
            complete = true;
            whenComplete.run();
        }
    }

    /** The time limit has passed. Rejects the webhook if its body is not complete. */
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
     * Marks the webhook as decided, and releases its memory in {@link UnverifiedBodies}.
     *
     * @return {@code true} for the first call, whose caller has to continue or answer the request
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

    /** The whole body. Must be called only when it is complete. */
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

    /**
     * Frees the bytes, because the connection may stay open for a while and references this object. Called by the thread that
     * adds bytes.
     */
    private void drop() {
        bytes = NOTHING;
        length = 0;
    }
}

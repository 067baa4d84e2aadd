package io.quarkiverse.hume.runtime.relay;

import java.time.Duration;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Ends an exchange when there was no activity for the given time. Uses a single timer, regardless of how often there is
 * activity. Runs on one context.
 */
final class Inactivity {

    private final Vertx vertx;
    private final long limit;
    private final Runnable ended;
    private long last;
    private long timer;
    private boolean stopped;

    /**
     * @param ended called once, on the context on which this object is created, when the limit is exceeded; not called after
     *        {@link #stop}
     */
    Inactivity(Context context, Duration limit, Runnable ended) {
        this.vertx = context.owner();
        this.limit = limit.toMillis();
        this.ended = ended;
        this.last = System.nanoTime();
        look(this.limit);
    }

    void seen() {
        last = System.nanoTime();
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void look(long millis) {
        timer = vertx.setTimer(Math.max(1, millis), fired -> {
            long rest = limit - (System.nanoTime() - last) / 1_000_000;
            if (stopped) {
                return;
            }
            if (rest > 0) {
                look(rest);
            } else {
                stopped = true;
                ended.run();
            }
        });
    }
}

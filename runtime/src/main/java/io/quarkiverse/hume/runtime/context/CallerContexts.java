package io.quarkiverse.hume.runtime.context;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.quarkiverse.hume.runtime.token.Failures;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The Vert.x contexts of shared work. A token request, for instance, serves all callers that wait for its token: it runs on a
 * separate context, without the request scope, MDC or trace of the caller that started it, and each caller continues on its
 * own context, whatever the outcome. Thread-safe; only the method that is documented as blocking blocks.
 */
public final class CallerContexts {

    private final Context root;

    /** The number of waiting callers; guarded by this object, which is notified when it reaches zero. */
    private int waiting;

    /** @param root the context of an event loop */
    public CallerContexts(Context root) {
        this.root = root;
    }

    /**
     * The same outcome, which callers may share, for the calling thread: what depends on the result runs on the context that
     * the thread is on now, or, if it is on none, on a new one that nothing else runs on. If the outcome is known already,
     * nothing waits and nothing changes threads. Cancelling the result cancels the stage that was given.
     */
    public <T> CompletionStage<T> onOwnContext(CompletionStage<T> shared) {
        if (shared.toCompletableFuture().isDone()) {
            return shared;
        }
        Context current = Vertx.currentContext();
        Context own = current != null ? current : separate();
        CompletableFuture<T> result = new CompletableFuture<>();
        count(1);
        shared.whenComplete((value, failure) -> run(own, () -> {
            try {
                complete(result, value, failure);
            } finally {
                count(-1);
            }
        }));
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                shared.toCompletableFuture().cancel(true);
            }
        });
        return result;
    }

    private synchronized void count(int callers) {
        waiting += callers;
        if (waiting == 0) {
            notifyAll();
        }
    }

    /**
     * Runs what callers share on a new context.
     *
     * @param work is called on an event loop, and must not block
     * @return completes on that event loop or wherever the work ends; cancelling it cancels the work
     */
    public <T> CompletableFuture<T> separately(Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        separate().runOnContext(ignored -> {
            if (result.isDone()) {
                return; // Cancelled before it began.
            }
            try {
                CompletableFuture<T> started = work.get();
                started.whenComplete((value, failure) -> complete(result, value, failure));
                result.whenComplete((value, failure) -> started.cancel(true));
            } catch (Throwable e) { // Errors too: otherwise all callers would wait for ever.
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /**
     * Runs the task later, on a new context.
     *
     * @return cancels the task if it has not run yet
     * @throws RejectedExecutionException if Vert.x is closed
     */
    public Runnable later(Duration delay, Runnable task) {
        Timer timer = new Timer(delay, task);
        separate().runOnContext(ignored -> timer.start());
        return timer::cancel;
    }

    /** Whether callers wait at this moment. */
    public synchronized boolean hasCallers() {
        return waiting > 0;
    }

    /** Blocks until all waiting callers have continued, at most this long. */
    public synchronized void awaitCallers(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toMillis(); waiting > 0 && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Context separate() {
        return VertxContext.createNewDuplicatedContext(root);
    }

    private static void run(Context context, Runnable task) {
        try {
            context.runOnContext(ignored -> task.run());
        } catch (RejectedExecutionException e) {
            task.run(); // The event loop has been shut down. The outcome on another thread is better than none.
        }
    }

    private static <T> void complete(CompletableFuture<T> result, T value, Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(Failures.cause(failure));
        }
    }

    /** Started on its context a moment later than made, and cancelled by any thread before or after that. */
    private final class Timer {

        private final Duration delay;
        private final Runnable task;
        private Long id;
        private boolean over;

        private Timer(Duration delay, Runnable task) {
            this.delay = delay;
            this.task = task;
        }

        private synchronized void start() {
            if (!over) {
                id = root.owner().setTimer(Math.max(1, delay.toMillis()), fired -> run());
            }
        }

        private void run() {
            if (end()) {
                task.run();
            }
        }

        private synchronized boolean end() {
            boolean first = !over;
            over = true;
            return first;
        }

        private synchronized void cancel() {
            over = true;
            if (id != null) {
                root.owner().cancelTimer(id);
            }
        }
    }
}

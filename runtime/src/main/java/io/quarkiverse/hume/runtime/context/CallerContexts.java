package io.quarkiverse.hume.runtime.context;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.quarkiverse.hume.runtime.token.Failures;
import io.quarkiverse.hume.runtime.token.TokenTiming;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The Vert.x contexts of shared work. A token request, for instance, serves all callers that wait for its token: it runs on a
 * separate context, without the request scope, MDC or trace of the caller that started it, and each caller continues on its
 * own context, whatever the outcome. Thread-safe; only the method that is documented as blocking blocks.
 */
public final class CallerContexts implements TokenTiming.Scheduler {

    private final Context root;

    /** The number of waiting callers; guarded by this object, which is notified when it reaches zero. */
    private int waiting;

    /** @param root the context of an event loop */
    public CallerContexts(Context root) {
        this.root = root;
    }

    /**
     * Returns a stage with the same outcome that completes on the context of the calling thread, or on a new context if the
     * thread has none. If the given stage is already complete, it is returned unchanged, and no thread is changed. Cancelling
     * the returned stage cancels the given stage. Never blocks.
     *
     * @param shared a stage that several callers may wait for
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
     * Runs work whose result several callers share on a new context.
     *
     * @param work is called on an event loop, and must not block
     * @return completes on that event loop or on the thread that completes the work; cancelling it cancels the work
     */
    public <T> CompletableFuture<T> separately(Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        separate().runOnContext(ignored -> {
            if (result.isDone()) {
                return; // The caller cancelled it before it started.
            }
            try {
                CompletableFuture<T> started = work.get();
                started.whenComplete((value, failure) -> complete(result, value, failure));
                result.whenComplete((value, failure) -> started.cancel(true));
            } catch (Throwable e) { // Errors are caught as well: otherwise all callers would wait forever.
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /**
     * Runs the task later, on a new context.
     *
     * @throws RejectedExecutionException if Vert.x is closed
     */
    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        Timer timer = new Timer(delay, task);
        root.runOnContext(ignored -> timer.start());
        return timer::cancel;
    }

    /** Whether any caller is waiting now. */
    public synchronized boolean hasCallers() {
        return waiting > 0;
    }

    /** Blocks until all waiting callers have continued or the limit has passed. */
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
            // The event loop has been shut down. The caller must get the outcome anyway, even if it is on another thread.
            task.run();
        }
    }

    private static <T> void complete(CompletableFuture<T> result, T value, Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(Failures.cause(failure));
        }
    }

    /**
     * A timer that is started on the event loop after it was created, and can be cancelled on any thread before or after the
     * start. The context of the task is created when the timer fires, so that a timer that is created at the start of the
     * application does not slow it down.
     */
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
                id = root.owner().setTimer(Math.max(1, delay.toMillis()),
                        fired -> CallerContexts.run(separate(), this::run));
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

package io.quarkiverse.hume.runtime.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One token request, which is due or in progress, and the callers that wait for it. */
final class PendingRequest {

    /** The generation of the credentials for which it was started. */
    final int generation;

    /** When the request is sent; later than now while it waits for the end of the back-off. */
    final long startsAt;

    /** When callers stop waiting. A request that replaces this one because of newer credentials has the same deadline. */
    final long deadline;

    final RequestCause cause;

    /** The waiting callers. A request that replaces this one has the same callers. */
    final Waiters waiters;

    /** The number of earlier requests with other credentials that this request replaces. */
    final int successions;

    private List<Runnable> ending = new ArrayList<>(3);
    private boolean claimed;

    PendingRequest(int generation, long startsAt, long deadline, RequestCause cause) {
        this(generation, startsAt, deadline, cause, new Waiters(), 0);
    }

    private PendingRequest(int generation, long startsAt, long deadline, RequestCause cause, Waiters waiters,
            int successions) {
        this.generation = generation;
        this.startsAt = startsAt;
        this.deadline = deadline;
        this.cause = cause;
        this.waiters = waiters;
        this.successions = successions;
    }

    PendingRequest successor(int newGeneration, long now) {
        return new PendingRequest(newGeneration, now, deadline, RequestCause.NEED, waiters, successions + 1);
    }

    boolean underWay(long now) {
        return now - startsAt >= 0;
    }

    /**
     * Claims the right to send the request. The timer that sends the request and a change of credentials that replaces the
     * request can occur at the same moment, and only one of them may send a request.
     *
     * @return whether the caller is the first one, which is the only one that may continue
     */
    synchronized boolean claim() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    /**
     * @param task a timer or request to cancel when the request ends; if it has ended already, it is cancelled here
     * @return whether the request continues
     */
    boolean whenEnded(Runnable task) {
        synchronized (this) {
            if (ending != null) {
                ending.add(task);
                return true;
            }
        }
        task.run();
        return false;
    }

    /**
     * Cancels all tasks of the request. This happens outside of the lock, because cancelling may run code of the application.
     */
    void end(Consumer<Throwable> problems) {
        List<Runnable> tasks;
        synchronized (this) {
            tasks = ending == null ? List.of() : ending;
            ending = null;
        }
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (Throwable e) {
                problems.accept(e);
            }
        }
    }
}

package io.quarkiverse.hume.runtime.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One token request, due or under way, and the callers who wait for it. */
final class Flight {

    /** The generation of credentials it was started for. */
    final int generation;

    /** When the request is sent; later than now while it waits for the gate to open. */
    final long startsAt;

    /** When callers stop waiting; a flight that replaces this one for newer credentials takes it over. */
    final long deadline;

    /** Whether it replaces a token that Hume rejected. */
    final boolean afterRejection;

    /** Taken over, too. */
    final Waiters waiters;

    /** How many flights for other credentials it replaces. */
    final int successions;

    private List<Runnable> ending = new ArrayList<>(3);
    private boolean claimed;

    Flight(int generation, long startsAt, long deadline, boolean afterRejection) {
        this(generation, startsAt, deadline, afterRejection, new Waiters(), 0);
    }

    private Flight(int generation, long startsAt, long deadline, boolean afterRejection, Waiters waiters, int successions) {
        this.generation = generation;
        this.startsAt = startsAt;
        this.deadline = deadline;
        this.afterRejection = afterRejection;
        this.waiters = waiters;
        this.successions = successions;
    }

    Flight successor(int newGeneration, long now) {
        return new Flight(newGeneration, now, deadline, false, waiters, successions + 1);
    }

    boolean underWay(long now) {
        return now - startsAt >= 0;
    }

    /**
     * Decides between the timer that sends the request and new credentials that replace it unsent: both may come at the same
     * moment, and must not send a request each.
     *
     * @return whether the caller is the first, and so the only one, to decide
     */
    synchronized boolean claim() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    /**
     * @param task a timer or request to cancel when the flight ends; if it has ended already, it is cancelled here
     * @return whether the flight continues
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

    /** Cancels what is still to come, outside of the lock: cancelling runs foreign code. */
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

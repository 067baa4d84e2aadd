package io.quarkiverse.hume.emulator.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/** A list that keeps the newest entries only. All entries are numbered, beginning with 1. Thread-safe. */
public final class BoundedHistory<T> {

    private final int capacity;
    private final Deque<T> entries = new ArrayDeque<>();
    private long sequence;

    public BoundedHistory(int capacity) {
        this.capacity = capacity;
    }

    /** @param entry creates the entry from its number */
    public synchronized T add(LongFunction<T> entry) {
        T added = entry.apply(++sequence);
        entries.addLast(added);
        if (entries.size() > capacity) {
            entries.removeFirst();
        }
        return added;
    }

    /** Oldest first. */
    public synchronized List<T> all() {
        return List.copyOf(entries);
    }

    public synchronized int size() {
        return entries.size();
    }

    /** @return how many entries there were; the numbers continue */
    public synchronized int clear() {
        int cleared = entries.size();
        entries.clear();
        return cleared;
    }
}

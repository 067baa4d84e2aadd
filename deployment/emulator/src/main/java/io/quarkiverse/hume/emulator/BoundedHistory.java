package io.quarkiverse.hume.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/** The newest entries of something, numbered from 1. Thread-safe. */
final class BoundedHistory<T> {

    private final int capacity;
    private final Deque<T> entries = new ArrayDeque<>();
    private long sequence;

    BoundedHistory(int capacity) {
        this.capacity = capacity;
    }

    /** @param entry makes the entry from its number */
    synchronized T add(LongFunction<T> entry) {
        T added = entry.apply(++sequence);
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        entries.addLast(added);
        return added;
    }

    /** Oldest first. */
    synchronized List<T> all() {
        return List.copyOf(entries);
    }

    synchronized int size() {
        return entries.size();
    }

    /** @return how many entries there were; the numbers go on */
    synchronized int clear() {
        int cleared = entries.size();
        entries.clear();
        return cleared;
    }

    /** Forgets the entries and counts from 1 again. */
    synchronized void restart() {
        entries.clear();
        sequence = 0;
    }
}

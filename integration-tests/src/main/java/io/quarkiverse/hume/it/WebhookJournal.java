package io.quarkiverse.hume.it;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.websockets.next.OpenConnections;

/** Stores the latest webhooks, and notifies subscribers of further ones. */
@ApplicationScoped
public class WebhookJournal {

    private static final int REMEMBERED = 50;

    private final OpenConnections connections;
    private final InstantSource clock = InstantSource.system();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long number;

    public WebhookJournal(OpenConnections connections) {
        this.connections = connections;
    }

    /**
     * @param status the status of the response
     * @param event the name of the event; like {@code chat}, {@code null} for a rejected webhook, whose content cannot be
     *        trusted
     */
    public record Entry(long number, Instant at, boolean verified, int status, String event, String chat) {
    }

    void verified(HumeEvents.Event event) {
        add(true, 204, event.name(), event.chat());
    }

    void refused(int status) {
        add(false, status, null, null);
    }

    /** The stored webhooks, oldest first. */
    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    private void add(boolean verified, int status, String event, String chat) {
        Entry entry = remember(verified, status, event, chat);
        connections.findByEndpointId(WebhookFeed.ID)
                .forEach(watcher -> watcher.sendText(List.of(entry)).subscribe().with(sent -> {
                }, gone -> watcher.close().subscribe().with(closed -> {
                })));
    }

    private synchronized Entry remember(boolean verified, int status, String event, String chat) {
        Entry entry = new Entry(++number, clock.instant(), verified, status, event, chat);
        entries.addLast(entry);
        if (entries.size() > REMEMBERED) {
            entries.removeFirst();
        }
        return entry;
    }
}

package io.quarkiverse.hume.it;

import java.util.List;

import io.quarkus.security.Authenticated;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;

/** Sends the webhooks that have arrived so far, and then each further webhook when it arrives. */
@WebSocket(path = "/webhooks/live", endpointId = WebhookFeed.ID)
@Authenticated
public class WebhookFeed {

    static final String ID = "webhooks";

    private final WebhookJournal journal;

    public WebhookFeed(WebhookJournal journal) {
        this.journal = journal;
    }

    @OnOpen
    List<WebhookJournal.Entry> before() {
        return journal.entries();
    }
}

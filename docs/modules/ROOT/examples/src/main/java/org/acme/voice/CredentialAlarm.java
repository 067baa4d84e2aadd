package org.acme.voice;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

import io.quarkiverse.hume.HumeEvent;

// tag::alarm[]
@ApplicationScoped
public class CredentialAlarm {

    private final Queue<String> alarms = new ConcurrentLinkedQueue<>();

    void failing(@ObservesAsync HumeEvent.TokenRefreshFailing event) {
        alarms.add("No new tokens for " + event.account() + ": " + event.reason());
    }

    void rejected(@ObservesAsync HumeEvent.CredentialRejected event) {
        alarms.add("Hume rejected the credential of " + event.account() + ": " + event.credential());
    }

    public Queue<String> alarms() {
        return alarms;
    }
}
// end::alarm[]

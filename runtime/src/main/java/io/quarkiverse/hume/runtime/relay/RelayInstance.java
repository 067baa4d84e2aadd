package io.quarkiverse.hume.runtime.relay;

import java.util.function.Supplier;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.tls.CertificateUpdatedEvent;

/** Supplies the relay of the application. It is created by the first request, because the accounts exist only then. */
@Singleton
public class RelayInstance implements Supplier<Relay> {

    private Supplier<Relay> maker;
    private Relay relay;

    synchronized void makeWith(Supplier<Relay> supplier) {
        maker = supplier;
    }

    @Override
    public synchronized Relay get() {
        if (relay == null) {
            relay = maker.get();
        }
        return relay;
    }

    synchronized void certificatesReplaced(@Observes CertificateUpdatedEvent event) {
        if (relay != null) {
            relay.connections().certificatesReplaced();
        }
    }

    synchronized void close() {
        if (relay != null) {
            relay.close();
        }
    }
}

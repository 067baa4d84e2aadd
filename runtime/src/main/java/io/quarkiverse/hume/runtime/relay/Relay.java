package io.quarkiverse.hume.runtime.relay;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.access.SocketLimit;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.event.RelayTracer;
import io.quarkiverse.hume.runtime.handshake.Handshakes;

/** Relays requests and sockets that were admitted. Thread-safe; no method blocks. */
final class Relay {

    private final Account account;
    private final Handshakes handshakes;
    private final HumeConnections connections;
    private final RelaySettings settings;
    private final SocketLimit socketLimit;
    private final RelayUsage usage;
    private final RelayTracer tracer;
    private final Warnings warnings;
    private final Set<SocketPair> open = ConcurrentHashMap.newKeySet();

    Relay(Account account, Handshakes handshakes, HumeConnections connections, RelaySettings settings, SocketLimit socketLimit,
            RelayUsage usage, RelayTracer tracer, Warnings warnings) {
        this.account = account;
        this.handshakes = handshakes;
        this.connections = connections;
        this.settings = settings;
        this.socketLimit = socketLimit;
        this.usage = usage;
        this.tracer = tracer;
        this.warnings = warnings;
    }

    void request(RelayedCall call) {
        new RelayedRequest(this, call).start();
    }

    void socket(RelayedCall call) {
        new RelayedSocket(this, call).start();
    }

    Account account() {
        return account;
    }

    AccountListener listener() {
        return account.listener();
    }

    /** @throws io.quarkiverse.hume.HumeAuthenticationException if the account does not support the strategy */
    RequestCredential credential() {
        return account.credential(HumeStrategy.AUTO);
    }

    Handshakes handshakes() {
        return handshakes;
    }

    HumeConnections connections() {
        return connections;
    }

    RelaySettings settings() {
        return settings;
    }

    SocketLimit socketLimit() {
        return socketLimit;
    }

    RelayUsage usage() {
        return usage;
    }

    RelayTracer tracer() {
        return tracer;
    }

    Warnings warnings() {
        return warnings;
    }

    void opened(SocketPair pair) {
        open.add(pair);
        listener().relaySocketOpened();
    }

    void closed(SocketPair pair, AccountListener.RelaySocketEnd end) {
        if (open.remove(pair)) {
            listener().relaySocketClosed(end);
        }
    }

    /** Closes all sockets and connections. Called when the application is being stopped. */
    void close() {
        List.copyOf(open).forEach(SocketPair::shutdown);
        connections.close();
    }
}

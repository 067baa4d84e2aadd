package io.quarkiverse.hume.runtime.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.hume.HumeRelayUsage;
import io.quarkiverse.hume.runtime.access.Caller;
import io.quarkiverse.hume.runtime.event.AccountListener;

/** Adds up the tokens that Hume bills for the requests of each user. Thread-safe. */
final class RelayUsage {

    private static final int MAX_CALLERS = 10_000;

    private final String account;
    private final AccountListener listener;
    private final Consumer<HumeRelayUsage> event;

    private final Map<Caller, Long> totals = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Caller, Long> eldest) {
            return size() > MAX_CALLERS;
        }
    };

    /** @param event receives the event for each billed request; must neither block nor throw */
    RelayUsage(String account, AccountListener listener, Consumer<HumeRelayUsage> event) {
        this.account = account;
        this.listener = listener;
        this.event = event;
    }

    void used(Caller caller, String operation, long inputTokens) {
        if (inputTokens <= 0) {
            return;
        }
        listener.relayTokens(inputTokens);
        long total;
        synchronized (totals) {
            total = totals.merge(caller, inputTokens, Long::sum);
        }
        event.accept(new HumeRelayUsage(account, caller.signedIn() ? Optional.of(caller.name()) : Optional.empty(), operation,
                inputTokens, total));
    }
}

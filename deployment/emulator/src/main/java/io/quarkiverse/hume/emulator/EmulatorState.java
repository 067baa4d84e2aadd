package io.quarkiverse.hume.emulator;

import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;

/** Everything the emulator remembers between two requests. Every part is safe to use from several threads. */
final class EmulatorState {

    private static final int REMEMBERED_REQUESTS = 10_000;

    final InstantSource clock;
    final EmulatorAccounts accounts;
    final TokenLedger tokens;
    final AtomicReference<TokenSettings> tokenSettings = new AtomicReference<>(TokenSettings.INITIAL);
    final FaultSwitch tokenFault = new FaultSwitch();
    final FaultSwitch apiFault = new FaultSwitch();
    final BoundedHistory<RecordedRequest> requests = new BoundedHistory<>(REMEMBERED_REQUESTS);
    final CloudRuns runs;
    final ChatHistory chats;
    final OpenSockets sockets = new OpenSockets();

    EmulatorState(InstantSource clock, Collection<String> accountNames) {
        this.clock = clock;
        this.accounts = new EmulatorAccounts(clock, accountNames);
        this.tokens = new TokenLedger(clock, accounts);
        this.runs = new CloudRuns(clock);
        this.chats = new ChatHistory(clock);
    }

    /** Back to how it started; accounts that were added since stay, with their first keys. */
    void reset() {
        tokenFault.clear();
        apiFault.clear();
        tokenSettings.set(TokenSettings.INITIAL);
        accounts.reset();
        tokens.forget();
        sockets.discardAll();
        runs.forget();
        chats.forget();
        requests.restart();
    }
}

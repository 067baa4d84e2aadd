package io.quarkiverse.hume.runtime.devui;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Instance;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.devui.keys.AccountKeys;
import io.quarkiverse.hume.runtime.transport.ClientRoute;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.annotations.DevMCPEnableByDefault;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * The methods of the Dev UI that run in the application. No answer contains a token, or more of a key than its last four
 * characters.
 */
public class HumeJsonRpcService {

    // Instances are resolved late, because the Dev UI creates this object before the accounts exist.
    private final Instance<HumeAccounts> accounts;
    private final Instance<AccountRegistry> registry;
    private final Instance<AccountKeys> keys;
    private final Instance<TlsConfigurationRegistry> tls;
    private final Instance<ProxyConfigurationRegistry> proxies;

    public HumeJsonRpcService(Instance<HumeAccounts> accounts, Instance<AccountRegistry> registry,
            Instance<AccountKeys> keys, Instance<TlsConfigurationRegistry> tls,
            Instance<ProxyConfigurationRegistry> proxies) {
        this.accounts = accounts;
        this.registry = registry;
        this.keys = keys;
        this.tls = tls;
        this.proxies = proxies;
    }

    /** @param now the time by the clock of the application, in milliseconds since 1970 */
    public record State(long now, List<AccountView> accounts, Set<String> programmaticClients) {
    }

    /** The strategies in use, for the card. */
    @JsonRpcDescription("The strategies with which this application authenticates with Hume: token, api-key or both")
    public String strategies() {
        Set<String> strategies = new TreeSet<>();
        accounts.get().all().forEach(account -> strategies.add(AccountView.of(account).strategy()));
        return String.join(", ", strategies);
    }

    @JsonRpcDescription("The Hume accounts of this application: strategy and why, base URL, state of the access token with"
            + " its times, the number of consecutive failures and the last error. Contains no secret")
    @DevMCPEnableByDefault
    public State state() {
        return new State(System.currentTimeMillis(), accounts.get().all().stream().map(AccountView::of).toList(),
                ProgrammaticClients.built());
    }

    @JsonRpcDescription("The Hume keys of each account, masked, and their sources")
    public Uni<Map<String, AccountKeys.Masked>> keys() {
        return onWorker(() -> Uni.join().all(accounts.get().all().stream()
                .map(account -> Uni.createFrom().completionStage(() -> keys.get().of(account.account()))
                        .map(masked -> Map.entry(account.account(), masked)))
                .toList()).andFailFast().map(entries -> {
                    Map<String, AccountKeys.Masked> byAccount = new LinkedHashMap<>();
                    entries.forEach(entry -> byAccount.put(entry.getKey(), entry.getValue()));
                    return byAccount;
                }));
    }

    @JsonRpcDescription("Requests a new access token for an account, unless the back-off after a failure is not over")
    public Uni<Outcome> refresh(@JsonRpcDescription("The name of the account, <default> for the default one") String account) {
        long start = System.nanoTime();
        return Uni.createFrom().completionStage(() -> registry.get().get(account).renewToken())
                .map(done -> Outcome.success("There is a new access token", since(start)))
                .onFailure().recoverWithItem(failure -> Outcome.failure(failure, since(start)));
    }

    @JsonRpcDescription("Makes a real call to Hume with an account's credential, and reports the status and the duration")
    public Uni<Outcome> test(@JsonRpcDescription("The name of the account, <default> for the default one") String account) {
        long start = System.nanoTime();
        return onWorker(() -> {
            HumeAccountStatus status = accounts.get().get(account);
            return new TestCall(status, registry.get().get(account).transport(), new ClientRoute(tls.get(), proxies.get()))
                    .run();
        }).onFailure().recoverWithItem(failure -> Outcome.failure(failure, since(start)));
    }

    private static <T> Uni<T> onWorker(Supplier<Uni<? extends T>> blocking) {
        return Uni.createFrom().<T> deferred(blocking).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

package io.quarkiverse.hume.runtime.devui.keys;

import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.keys.ConfiguredCredentials;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.Failures;
import io.quarkus.arc.ClientProxy;

/** The keys of the accounts, masked. A bean of this type exists only in dev mode. */
public class AccountKeys {

    private final AccountRegistry accounts;
    private final HumeCredentialsProvider provider;

    public AccountKeys(AccountRegistry accounts, HumeCredentialsProvider provider) {
        this.accounts = accounts;
        this.provider = provider;
    }

    /**
     * @param secretKey {@code null} if the account has none
     * @param problem why there are no keys; {@code null} if there are
     */
    public record Masked(MaskedKey apiKey, MaskedKey secretKey, String problem) {
    }

    /**
     * The current keys. Calls the provider if the keys have not been read before, and looks up their source in the
     * configuration, so it must not be called on an event loop.
     *
     * @return never fails
     * @throws io.quarkiverse.hume.HumeAuthenticationException if nothing is configured for the account
     */
    public CompletionStage<Masked> of(String account) {
        return accounts.get(account).authentication().keys().get()
                .handle((keys, failure) -> failure == null ? masked(account, keys)
                        : new Masked(null, null, Failures.cause(failure).getMessage()));
    }

    private Masked masked(String account, HumeCredentials keys) {
        return new Masked(MaskedKey.of(keys.apiKey(), source(account, "api-key")),
                keys.secretKey().map(key -> MaskedKey.of(key, source(account, "secret-key"))).orElse(null), null);
    }

    private String source(String account, String key) {
        HumeCredentialsProvider unwrapped = ClientProxy.unwrap(provider);
        return unwrapped instanceof ConfiguredCredentials configured
                ? configured.source(AccountName.property(account, key))
                : "the application's " + unwrapped.getClass().getSimpleName().replace("_Subclass", "");
    }
}

package io.quarkiverse.hume.runtime.account;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.name.AccountName;

/** The accounts of the application. Immutable. A bean of this type exists as soon as the application has started. */
public class AccountRegistry {

    private final Map<String, Account> accounts;

    public AccountRegistry(Map<String, Account> accounts) {
        this.accounts = Collections.unmodifiableMap(accounts);
    }

    /** @throws HumeAuthenticationException if nothing is configured for the account */
    public Account get(String name) {
        Account account = accounts.get(name);
        if (account == null) {
            throw new HumeAuthenticationException(Reason.UNKNOWN_ACCOUNT, name, "There is no "
                    + AccountName.describe(name).replaceFirst("^the ", "") + ". Configure "
                    + AccountName.property(name, "api-key") + ", or use one of " + new TreeSet<>(accounts.keySet()));
        }
        return account;
    }

    /** @return empty if nothing is configured for the account */
    public Optional<Account> find(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    public Collection<Account> all() {
        return accounts.values();
    }

    /** Returns whether at least one account uses access tokens. */
    public boolean hasTokens() {
        for (Account account : accounts.values()) {
            if (account.authentication().hasTokens()) {
                return true;
            }
        }
        return false;
    }

    /** The accounts for which a token is requested before any caller needs one. */
    public Collection<String> acquiringAtStartup() {
        return accounts.values().stream().map(Account::profile).filter(AccountProfile::acquiresAtStartup)
                .map(AccountProfile::name).toList();
    }

    public void close() {
        for (Account account : accounts.values()) {
            if (account.authentication().hasTokens()) {
                account.authentication().keeper().close();
            }
        }
    }
}

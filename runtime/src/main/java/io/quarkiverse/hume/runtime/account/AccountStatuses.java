package io.quarkiverse.hume.runtime.account;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.token.TokenStatus;

/** The public view of the accounts. */
public final class AccountStatuses implements HumeAccounts {

    private final AccountRegistry registry;

    public AccountStatuses(AccountRegistry registry) {
        this.registry = registry;
    }

    @Override
    public List<HumeAccountStatus> all() {
        return registry.all().stream().map(AccountStatuses::status).toList();
    }

    @Override
    public HumeAccountStatus get(String account) {
        return status(registry.get(account));
    }

    private static HumeAccountStatus status(Account account) {
        AccountProfile profile = account.profile();
        AccountAuthentication authentication = account.authentication();
        return new HumeAccountStatus(profile.name(), profile.strategy(), profile.reason(), profile.baseUrl(),
                authentication.hasTokens() ? Optional.of(token(authentication.keeper().status())) : Optional.empty(),
                authentication.keyExpiresAt());
    }

    private static HumeAccountStatus.Token token(TokenStatus status) {
        return new HumeAccountStatus.Token(status.present(), Optional.ofNullable(status.receivedAt()),
                Optional.ofNullable(status.refreshAt()), Optional.ofNullable(status.expiresAt()), status.refreshing(),
                status.failures(), Optional.ofNullable(status.lastFailure()).map(Throwable::getMessage),
                Optional.ofNullable(status.retryAt()),
                Optional.ofNullable(status.lastFailure()).map(HumeAuthenticationException::reason),
                Optional.ofNullable(status.failingSince()));
    }
}

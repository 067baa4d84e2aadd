package io.quarkiverse.hume.runtime.devui;

import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.runtime.name.StrategyName;

/**
 * The data of an account on the Dev UI page. Times are in milliseconds since 1970.
 *
 * @param name {@link HumeAccount#DEFAULT} for the default one
 * @param strategy "token" or "api-key"
 * @param token {@code null} if the account has none
 * @param apiKeyExpiresAt {@code null} if it is not known
 */
public record AccountView(String name, boolean isDefault, String strategy, String reason, String baseUrl, Token token,
        Long apiKeyExpiresAt) {

    /** The state of the access token; absent values are {@code null}. */
    public record Token(boolean valid, Long receivedAt, Long refreshAt, Long expiresAt, boolean refreshing, int failures,
            String lastFailure, Long retryAt) {
    }

    static AccountView of(HumeAccountStatus status) {
        return new AccountView(status.account(), status.account().equals(HumeAccount.DEFAULT),
                StrategyName.of(status.strategy()), status.reason(), status.baseUrl().toString(),
                status.token().map(AccountView::token).orElse(null), millis(status.apiKeyExpiresAt()));
    }

    private static Token token(HumeAccountStatus.Token token) {
        return new Token(token.valid(), millis(token.receivedAt()), millis(token.refreshAt()), millis(token.expiresAt()),
                token.refreshing(), token.failures(), token.lastFailure().orElse(null), millis(token.retryAt()));
    }

    static Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }
}

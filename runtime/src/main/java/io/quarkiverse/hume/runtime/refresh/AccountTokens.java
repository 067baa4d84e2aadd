package io.quarkiverse.hume.runtime.refresh;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.token.Failures;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkus.runtime.BlockingOperationControl;
import io.smallrye.mutiny.Uni;

/** Implements the public API for an account with its token keeper. Each caller continues on its own context. */
final class AccountTokens implements HumeTokens {

    private final Supplier<Account> account;

    /** The token that was last passed to {@link #reject}. The next caller must get a newer token. */
    private volatile AccessToken rejected;

    AccountTokens(Supplier<Account> account) {
        this.account = account;
    }

    @Override
    public Uni<AccessToken> get() {
        return Uni.createFrom().deferred(() -> {
            AccessToken token = current();
            return token != null ? Uni.createFrom().item(token)
                    : Uni.createFrom().completionStage(account.get().authentication().contexts().onOwnContext(next()));
        });
    }

    @Override
    public AccessToken await() {
        AccessToken token = current();
        if (token != null) {
            return token;
        }
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new IllegalStateException("HumeTokens.await() would block an event loop until the token is there. Use"
                    + " HumeTokens.get() here, or annotate the caller with @Blocking or @RunOnVirtualThread");
        }
        try {
            return next().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HumeAuthenticationException) {
                // A new exception has the stack trace of this caller.
                throw Failures.forOneCaller((HumeAuthenticationException) e.getCause());
            }
            throw e;
        }
    }

    @Override
    public void reject(AccessToken token) {
        keeper().reject(token);
        rejected = token;
    }

    @Override
    public void accept(AccessToken token) {
        TokenKeeper keeper = keeper();
        keeper.accepted(token);
        AccessToken before = rejected;
        if (before != null && !before.equals(token)) {
            keeper.recovered(token.authorization());
        }
    }

    /** @return the current token; {@code null} if there is none, or if it was rejected and a newer one is being requested */
    private AccessToken current() {
        TokenKeeper keeper = keeper();
        AccessToken token = keeper.current();
        return token != null && token.equals(rejected) && keeper.renewing() ? null : token;
    }

    private CompletionStage<AccessToken> next() {
        TokenKeeper keeper = keeper();
        AccessToken token = keeper.current();
        return token != null && token.equals(rejected) ? keeper.next() : keeper.get();
    }

    private TokenKeeper keeper() {
        return account.get().authentication().keeper();
    }
}

package io.quarkiverse.hume.runtime.account;

import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.runtime.token.TokenKeeper;
import io.quarkus.runtime.BlockingOperationControl;
import io.smallrye.mutiny.Uni;

/** The public face of an account's keeper. */
final class AccountTokens implements HumeTokens {

    private final Supplier<TokenKeeper> keeper;

    AccountTokens(Supplier<TokenKeeper> keeper) {
        this.keeper = keeper;
    }

    @Override
    public Uni<AccessToken> get() {
        return Uni.createFrom().deferred(() -> {
            AccessToken token = keeper.get().current();
            return token != null ? Uni.createFrom().item(token) : Uni.createFrom().completionStage(keeper.get().get());
        });
    }

    @Override
    public AccessToken await() {
        AccessToken token = keeper.get().current();
        if (token != null) {
            return token;
        }
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new IllegalStateException("HumeTokens.await() would block an event loop until the token is there. Use"
                    + " HumeTokens.get() here, or annotate the caller with @Blocking or @RunOnVirtualThread");
        }
        try {
            return keeper.get().get().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException ? (RuntimeException) e.getCause() : e;
        }
    }

    @Override
    public void reject(AccessToken token) {
        keeper.get().reject(token);
    }
}

package io.quarkiverse.hume.runtime.credential;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.runtime.token.TokenKeeper;

/** The token strategy. */
public final class TokenCredential implements RequestCredential {

    private final TokenKeeper keeper;

    public TokenCredential(TokenKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public String headerName() {
        return AUTHORIZATION_HEADER;
    }

    @Override
    public String current() {
        AccessToken token = keeper.current();
        return token == null ? null : token.authorization();
    }

    @Override
    public CompletionStage<String> get() {
        return keeper.get().thenApply(AccessToken::authorization);
    }

    /** A token that lives shorter is better than none: the server says if it is not good enough. */
    @Override
    public CompletionStage<String> lasting(Duration validity) {
        AccessToken current = keeper.current();
        return keeper.get(validity).handle((token, failure) -> {
            if (token == null && current == null) {
                throw failure instanceof CompletionException ? (CompletionException) failure
                        : new CompletionException(failure);
            }
            return (token != null ? token : current).authorization();
        });
    }

    @Override
    public void accepted(String value) {
        AccessToken token = keeper.current();
        if (token != null && token.authorization().equals(value)) {
            keeper.accepted(token);
        }
    }

    @Override
    public CompletionStage<Boolean> rejected(String value) {
        AccessToken token = keeper.current();
        if (token != null && token.authorization().equals(value)) {
            keeper.reject(token);
        }
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public String rejection() {
        return "Unauthorized: Hume rejected the access token";
    }
}

package io.quarkiverse.hume.runtime.token;

import java.util.concurrent.CompletableFuture;

import io.quarkiverse.hume.AccessToken;

/** Where the engine gets a token from: one account's credentials and endpoint. */
@FunctionalInterface
public interface TokenSource {

    /**
     * Requests one token. Does not block. Cancelling the future abandons the request. The engine calls this only while no
     * earlier request is under way.
     */
    CompletableFuture<AccessToken> requestToken();
}

package io.quarkiverse.hume.runtime.credential;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.runtime.token.Cancellation;
import io.quarkiverse.hume.runtime.token.TokenKeeper;

/** The credential of the token strategy. */
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
        return authorization(keeper.get());
    }

    /**
     * If no token with this validity can be obtained, the current token is used: the server rejects it if that is not
     * sufficient.
     */
    @Override
    public CompletionStage<String> lasting(Duration validity) {
        return authorization(keeper.preferLasting(validity));
    }

    @Override
    public void accepted(String value) {
        keeper.accepted(value);
    }

    @Override
    public void recovered(String value) {
        keeper.recovered(value);
    }

    @Override
    public CompletionStage<String> rejected(String value) {
        return authorization(keeper.replacement(value));
    }

    @Override
    public CompletionStage<String> forbidden(String value) {
        return authorization(keeper.newer(value));
    }

    @Override
    public String rejection() {
        return "Unauthorized: Hume rejected the access token. If this API accepts API keys only, use"
                + " @HumeAuthenticated(strategy = API_KEY)";
    }

    private static CompletionStage<String> authorization(CompletionStage<AccessToken> token) {
        return Cancellation.passedOn(token.thenApply(obtained -> obtained == null ? null : obtained.authorization()), token);
    }
}

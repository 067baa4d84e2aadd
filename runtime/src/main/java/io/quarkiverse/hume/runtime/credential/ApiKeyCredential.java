package io.quarkiverse.hume.runtime.credential;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.quarkiverse.hume.HumeCredentials;

/** The credential of the API key strategy. */
public final class ApiKeyCredential implements RequestCredential {

    private final AccountCredentials credentials;

    public ApiKeyCredential(AccountCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public String headerName() {
        return API_KEY_HEADER;
    }

    @Override
    public String current() {
        HumeCredentials known = credentials.current();
        return known == null ? null : known.apiKey();
    }

    @Override
    public CompletionStage<String> get() {
        return credentials.get().thenApply(HumeCredentials::apiKey);
    }

    @Override
    public void accepted(String value) {
        // There is nothing to do: after a rejection, the key stays in use until the provider returns another one.
    }

    /** If the provider fails, there is no other key, so the caller gets the 401 and not the failure of the provider. */
    @Override
    public CompletionStage<String> rejected(String value) {
        return other(value, credentials::rejected);
    }

    /** A 403 can mean that the key is not valid or that it does not permit the request. */
    @Override
    public CompletionStage<String> forbidden(String value) {
        return other(value, credentials::replaced);
    }

    private CompletionStage<String> other(String value, Function<HumeCredentials, CompletionStage<Boolean>> report) {
        HumeCredentials known = credentials.current();
        if (known == null) {
            return get();
        }
        if (!known.apiKey().equals(value)) {
            return CompletableFuture.completedFuture(known.apiKey());
        }
        return report.apply(known).handle((changed, failure) -> {
            String latest = current();
            return value.equals(latest) ? null : latest;
        });
    }

    @Override
    public String rejection() {
        return "Unauthorized: Hume rejected the API key " + credentials.origin().rejected()
                + ". If further calls are rejected, replace this key";
    }
}

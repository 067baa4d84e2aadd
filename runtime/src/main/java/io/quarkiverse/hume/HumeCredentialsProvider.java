package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * Where the keys of an account come from. The default reads {@code hume.api-key} and {@code hume.secret-key} (or
 * {@code hume.accounts."name".*}); an application replaces it with a CDI bean of this type, for instance to read from a
 * vault. One bean serves all accounts.
 * <p>
 * It is asked at startup and again when Hume rejects the keys, so a rotated key is found without a restart; and for each
 * webhook that the API key has to verify, since no signing key is configured. Concurrent questions for one account are merged
 * into one.
 */
public interface HumeCredentialsProvider {

    /**
     * The current keys of the account.
     * <p>
     * May be called on an event loop: an implementation that blocks shifts its work to a worker
     * ({@code Uni.createFrom().item(...).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())}). A failure is reported
     * to the callers that wait for a credential and is tried again by later calls.
     *
     * @param account the name of the account, {@link HumeAccount#DEFAULT} for the default one
     * @return the keys; never {@code null}, and never the item {@code null}
     */
    Uni<HumeCredentials> getCredentials(String account);
}

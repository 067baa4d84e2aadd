package io.quarkiverse.hume;

import io.smallrye.mutiny.Uni;

/**
 * Provides the keys of an account. The default implementation reads {@code hume.api-key} and {@code hume.secret-key} (or {@code
 * hume.accounts."name".*}). An application replaces it with a CDI bean of this type, for instance to read from a vault. One
 * bean serves all accounts.
 * <p>
 * The provider is called when keys are first needed, when they expire, and when Hume rejects them, so a rotated key is used
 * without a restart. With the strategy {@code auto}, it may be called when the application starts. It is also called before a
 * warning that the keys expire, and, at most once in 5 seconds, to verify webhooks of an account for which no signing key is
 * configured. The extension never calls the provider for an account while an earlier call for the same account is in progress.
 */
public interface HumeCredentialsProvider {

    /**
     * The current keys of the account.
     * <p>
     * May be called on an event loop: an implementation that blocks has to run on a worker thread
     * ({@code Uni.createFrom().item(...).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())}). A failure is reported
     * to the callers that wait for a credential, and later calls call the provider again.
     *
     * @param account the name of the account, {@link HumeAccount#DEFAULT} for the default one
     * @return the keys; never {@code null}, and never the item {@code null}
     */
    Uni<HumeCredentials> getCredentials(String account);
}

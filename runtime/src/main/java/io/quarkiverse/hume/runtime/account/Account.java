package io.quarkiverse.hume.runtime.account;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.transport.TransportSettings;

/** One account at run time: the credentials of its requests, its trusted hosts and its transport settings. */
public final class Account {

    private final AccountProfile profile;
    private final AccountAuthentication authentication;
    private final TrustedHosts trustedHosts;
    private final TransportSettings transport;
    private final AccountListener listener;
    private final Supplier<Optional<Instant>> keyExpiry;

    public Account(AccountProfile profile, AccountAuthentication authentication, TrustedHosts trustedHosts,
            TransportSettings transport, AccountListener listener, Supplier<Optional<Instant>> keyExpiry) {
        this.profile = profile;
        this.authentication = authentication;
        this.trustedHosts = trustedHosts;
        this.transport = transport;
        this.listener = listener;
        this.keyExpiry = keyExpiry;
    }

    public AccountProfile profile() {
        return profile;
    }

    public String name() {
        return profile.name();
    }

    public URI baseUrl() {
        return profile.baseUrl();
    }

    public AccountAuthentication authentication() {
        return authentication;
    }

    /** @see AccountAuthentication#credential */
    public RequestCredential credential(HumeStrategy requested) {
        return authentication.credential(requested);
    }

    /** @see AccountAuthentication#tokenLasting */
    public CompletionStage<AccessToken> tokenLasting(Duration minimum) {
        return authentication.tokenLasting(minimum);
    }

    /** @see AccountAuthentication#renewToken */
    public CompletionStage<Void> renewToken() {
        return authentication.renewToken();
    }

    public TrustedHosts trustedHosts() {
        return trustedHosts;
    }

    public TransportSettings transport() {
        return transport;
    }

    /** When the API key expires; empty if it is not known. */
    public Optional<Instant> keyExpiresAt() {
        return keyExpiry.get();
    }

    /** Notified of what happens to the account's requests. */
    public AccountListener listener() {
        return listener;
    }
}

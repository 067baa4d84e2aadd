package io.quarkiverse.hume.runtime.account;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.credential.TrustedHosts;
import io.quarkiverse.hume.runtime.event.AccountListener;
import io.quarkiverse.hume.runtime.limit.CallLimit;
import io.quarkiverse.hume.runtime.transport.TransportSettings;

/** One account at run time: the credentials of its requests, its trusted hosts and its transport settings. */
public final class Account {

    private final AccountProfile profile;
    private final AccountAuthentication authentication;
    private final TrustedHosts trustedHosts;
    private final TransportSettings transport;
    private final AccountListener listener;
    private final CallLimit limit;

    /** @param limit the limit of the account's calls; {@code null} if there is none */
    public Account(AccountProfile profile, AccountAuthentication authentication, TrustedHosts trustedHosts,
            TransportSettings transport, AccountListener listener, CallLimit limit) {
        this.profile = profile;
        this.authentication = authentication;
        this.trustedHosts = trustedHosts;
        this.transport = transport;
        this.listener = listener;
        this.limit = limit;
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

    /** Whether the emulator replaces Hume for the account. */
    public boolean isEmulated() {
        return trustedHosts.isEmulated();
    }

    public TrustedHosts trustedHosts() {
        return trustedHosts;
    }

    public TransportSettings transport() {
        return transport;
    }

    /** The limit of the account's calls; {@code null} if there is none. */
    public CallLimit limit() {
        return limit;
    }

    /** The listener that is notified of events of the account's requests. */
    public AccountListener listener() {
        return listener;
    }
}

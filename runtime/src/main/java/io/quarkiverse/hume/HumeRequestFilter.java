package io.quarkiverse.hume;

import java.io.IOException;
import java.util.Objects;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/**
 * Adds the credential of a Hume account to the requests of a REST client. Register it with {@code @RegisterProvider} on the
 * interface or with {@code QuarkusRestClientBuilder.register}. Prefer {@link HumeAuthenticated} where it can be used.
 * <p>
 * On a client with {@code @HumeAuthenticated}, a filter without an account authenticates the calls that the annotation does not
 * cover. A filter that was constructed with the name of an account (even {@link HumeAccount#DEFAULT}) and registered with a
 * builder authenticates all calls of the client that is built, and takes precedence over the annotation.
 * <p>
 * If the account is not configured or does not support the strategy, each call fails with a {@link
 * HumeAuthenticationException}; the constructor does not.
 * <p>
 * Works on every kind of caller thread and never blocks. It runs after the application's own request filters, so that it checks
 * the destination as these filters have set it.
 */
@Priority(HumeRequestFilter.PRIORITY)
public final class HumeRequestFilter implements ClientRequestFilter {

    /** The priority of this filter. Request filters run in ascending order of priority, so this filter runs last. */
    public static final int PRIORITY = Integer.MAX_VALUE;

    private final String account;
    private final HumeStrategy strategy;
    private final boolean namesAccount;
    private volatile ClientRequestFilter delegate;

    /** Authenticates with the default account and its configured strategy. */
    public HumeRequestFilter() {
        this(HumeAccount.DEFAULT, HumeStrategy.AUTO, false);
    }

    /** Authenticates with the given account and its configured strategy. */
    public HumeRequestFilter(String account) {
        this(account, HumeStrategy.AUTO, true);
    }

    /** Authenticates with the given account, and with the given strategy instead of the configured one. */
    public HumeRequestFilter(String account, HumeStrategy strategy) {
        this(account, strategy, true);
    }

    private HumeRequestFilter(String account, HumeStrategy strategy, boolean namesAccount) {
        this.namesAccount = namesAccount;
        this.account = Objects.requireNonNull(account, "account");
        this.strategy = Objects.requireNonNull(strategy, "strategy");
    }

    /** The account whose credential requests carry, {@link HumeAccount#DEFAULT} for the default one. */
    public String account() {
        return account;
    }

    /** Whether an account was passed to the constructor. Such a filter takes precedence over annotations. */
    public boolean namesAccount() {
        return namesAccount;
    }

    /** The strategy; {@link HumeStrategy#AUTO} for the one that the account is configured with. */
    public HumeStrategy strategy() {
        return strategy;
    }

    @Override
    public void filter(ClientRequestContext context) throws IOException {
        ClientRequestFilter filter = delegate;
        if (filter == null) {
            // If two threads get here at the same time, each creates a delegate. The delegates are equal, so either can be
            // kept.
            filter = CDI.current().select(Factory.class).get().create(account, strategy);
            delegate = filter;
        }
        filter.filter(context);
    }

    /** Implemented by the extension. Not for applications. */
    public interface Factory {
        ClientRequestFilter create(String account, HumeStrategy strategy);
    }
}

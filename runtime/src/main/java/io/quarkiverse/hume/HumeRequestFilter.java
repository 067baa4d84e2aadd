package io.quarkiverse.hume;

import java.io.IOException;
import java.util.Objects;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/**
 * Puts the credential of a Hume account on the requests of a REST client: with {@code @RegisterProvider} on the interface or
 * {@code QuarkusRestClientBuilder.register}. Where {@link HumeAuthenticated} can be used, it is the better choice.
 * <p>
 * On a client with {@code @HumeAuthenticated}, a filter for the default account authenticates the calls that the annotation
 * leaves out. A filter that names another account or a strategy and is registered with a builder authenticates all calls of
 * the client that is built, whatever the annotation says.
 * <p>
 * An account that is not configured, or a strategy that it does not have, fails each call with a
 * {@link HumeAuthenticationException}, not the creation of the filter.
 * <p>
 * Works on every kind of caller thread and never blocks it. Runs after the application's own request filters, so that the
 * destination it checks is the final one.
 */
@Priority(HumeRequestFilter.PRIORITY)
public final class HumeRequestFilter implements ClientRequestFilter {

    /** Request filters run in ascending order of priority; this one runs as late as possible. */
    public static final int PRIORITY = Integer.MAX_VALUE;

    private final String account;
    private final HumeStrategy strategy;
    private volatile ClientRequestFilter delegate;

    /** The default account and its strategy. */
    public HumeRequestFilter() {
        this(HumeAccount.DEFAULT, HumeStrategy.AUTO);
    }

    /** The given account and its strategy. */
    public HumeRequestFilter(String account) {
        this(account, HumeStrategy.AUTO);
    }

    /** The given account, with the given strategy instead of its own. */
    public HumeRequestFilter(String account, HumeStrategy strategy) {
        this.account = Objects.requireNonNull(account, "account");
        this.strategy = Objects.requireNonNull(strategy, "strategy");
    }

    /** The account whose credential requests carry, {@link HumeAccount#DEFAULT} for the default one. */
    public String account() {
        return account;
    }

    /** {@link HumeStrategy#AUTO} for the account's own. */
    public HumeStrategy strategy() {
        return strategy;
    }

    @Override
    public void filter(ClientRequestContext context) throws IOException {
        ClientRequestFilter filter = delegate;
        if (filter == null) {
            // A race creates the delegate twice, and both are the same in all but identity.
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

package io.quarkiverse.hume.runtime.rest.call;

import java.util.concurrent.CompletionStage;

import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.limit.CallLimit;
import io.quarkiverse.hume.runtime.token.Failures;

/** Adds one credential to a request, or fails it before anything is sent. Runs on any thread and never blocks. */
public final class RequestAuthentication {

    private final Account account;
    private final RequestCredential credential;
    private final HeaderPrecedence precedence;

    /** {@code null} if it is switched off. */
    private final UnauthorizedRetry retry;

    /** {@code null} without a limit, like the next one. */
    private final CallLimit limit;
    private final RateLimitRetry limitRetry;

    // The value changes rarely, so most requests share one object.
    private volatile CarriedCredential lastCarried;

    /** @param retryOnUnauthorized whether a call is repeated once after a 401, with another credential */
    public RequestAuthentication(Account account, RequestCredential credential, boolean retryOnUnauthorized) {
        this.account = account;
        this.credential = credential;
        this.precedence = new HeaderPrecedence(account);
        this.retry = retryOnUnauthorized ? new UnauthorizedRetry(account, credential) : null;
        this.limit = account.limit();
        this.limitRetry = limit == null ? null : new RateLimitRetry(limit);
    }

    public void authenticate(ResteasyReactiveClientRequestContext context) {
        RestClientRequestContext request = ((ClientRequestContextImpl) context).getRestClientRequestContext();
        authenticate(context, request, HttpClientGuard.of(request));
    }

    /** @param client that sends the request */
    void authenticate(ResteasyReactiveClientRequestContext context, RestClientRequestContext request, HttpClientGuard client) {
        // Also for a credential of the application's own, which is not to follow a redirect elsewhere either.
        client.guard(request);
        EmulatedDestination.apply(context, request, account);
        if (!precedence.admits(context, request)) {
            return;
        }
        HumeAuthenticationException violation = account.trustedHosts().violation(context.getUri());
        if (violation != null) {
            fail(context, violation);
            return;
        }
        if (limitRetry != null) {
            limitRetry.install(context);
        }
        if (retry != null) {
            retry.install(context);
        }
        CompletionStage<Void> permit = limit == null ? CallLimit.GRANTED : limit.permit();
        String value = permit == CallLimit.GRANTED ? credential.current() : null;
        if (value != null) {
            put(value, request);
            return;
        }
        // After the wait: a token from before could have expired by then.
        CompletionStage<String> coming = permit == CallLimit.GRANTED ? credential.get()
                : permit.thenCompose(granted -> credential.get());
        context.suspend();
        coming.whenComplete((obtained, failure) -> {
            Throwable problem = failure == null ? null : Failures.cause(failure);
            try {
                if (problem == null) {
                    put(obtained, request);
                }
            } catch (Throwable e) {
                problem = e; // Thrown in here, it would be lost, and the call would never end.
            }
            if (problem == null) {
                context.resume();
            } else {
                context.resume(problem);
            }
        });
    }

    private void put(String value, RestClientRequestContext request) {
        CarriedCredential carried = lastCarried;
        if (carried == null || !carried.value().equals(value)) {
            carried = new CarriedCredential(credential.headerName(), value, account.trustedHosts());
            lastCarried = carried;
        }
        carried.putOn(request);
    }

    /** Resuming with the failure rather than throwing it: callers get this exception itself, not one around it. */
    public static void fail(ResteasyReactiveClientRequestContext context, HumeAuthenticationException failure) {
        context.suspend();
        context.resume(failure);
    }
}

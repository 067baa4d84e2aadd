package io.quarkiverse.hume.runtime.rest.call;

import java.net.URI;
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
    private final UnauthorizedRetry retry;

    /** {@code null} if the account has no limit of requests, like the next field. */
    private final CallLimit limit;
    private final RateLimitRetry limitRetry;

    // The last object is reused, because the value rarely changes.
    private volatile CarriedCredential lastCarried;

    /** @param retryOnUnauthorized whether a call is repeated once after a 401, with another credential */
    public RequestAuthentication(Account account, RequestCredential credential, boolean retryOnUnauthorized) {
        this.account = account;
        this.credential = credential;
        this.precedence = new HeaderPrecedence(account);
        this.retry = new UnauthorizedRetry(account, credential, retryOnUnauthorized);
        this.limit = account.limit();
        this.limitRetry = limit == null ? null : new RateLimitRetry(limit);
    }

    public void authenticate(ResteasyReactiveClientRequestContext context) {
        RestClientRequestContext request = ((ClientRequestContextImpl) context).getRestClientRequestContext();
        authenticate(context, request, HttpClientGuard.of(request));
    }

    /** @param client the guard of the client that sends the request */
    void authenticate(ResteasyReactiveClientRequestContext context, RestClientRequestContext request, HttpClientGuard client) {
        // This also applies to a credential that the application sets, which must not follow a redirect to another origin
        // either.
        client.guard(request);
        URI requested = context.getUri();
        EmulatedDestination.apply(context, request, account);
        if (!precedence.admits(context, request)) {
            request.getProperties().put(DestinationGuard.OWN_CREDENTIAL, account.trustedHosts());
            return;
        }
        HumeAuthenticationException violation = account.trustedHosts().violation(requested, context.getUri());
        if (violation != null) {
            fail(context, violation);
            return;
        }
        if (limitRetry != null) {
            limitRetry.install(context);
        }
        retry.install(context);
        CompletionStage<Void> permit = limit == null ? CallLimit.GRANTED : limit.permit();
        String value = permit == CallLimit.GRANTED ? credential.current() : null;
        if (value != null) {
            put(value, request);
            return;
        }
        // The credential is requested after the wait, because a token that was obtained before could expire during the wait.
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
                problem = e; // An exception that is thrown in this callback would be lost, and the call would never end.
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

    /**
     * Fails the request. The failure is passed to resume and not thrown, so that callers get this exception and not one that
     * wraps it.
     */
    public static void fail(ResteasyReactiveClientRequestContext context, HumeAuthenticationException failure) {
        context.suspend();
        context.resume(failure);
    }
}

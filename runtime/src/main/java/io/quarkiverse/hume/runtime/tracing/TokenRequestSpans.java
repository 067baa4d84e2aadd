package io.quarkiverse.hume.runtime.tracing;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.event.TokenRequestTracer;
import io.quarkiverse.hume.runtime.token.Failures;

/**
 * Creates a span for each token request, and a child span for each attempt. The span of the request is a root span, because the
 * request serves all waiting calls, not only the one that started it. The spans are created here and not by the instrumentation
 * of the HTTP client, which can be configured to record headers, and would send the trace id to Hume.
 */
@Singleton
public class TokenRequestSpans implements TokenRequestTracer {

    static final String NAME = "hume token request";
    static final AttributeKey<String> ACCOUNT = AttributeKey.stringKey("hume.account");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("hume.token.outcome");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** The attributes of the semantic conventions for HTTP. */
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

    private final Tracer tracer;

    public TokenRequestSpans(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("io.quarkiverse.hume");
    }

    @Override
    public Consumer<Throwable> started(String account) {
        Span span = tracer.spanBuilder(NAME).setNoParent().setAttribute(ACCOUNT, account).startSpan();
        Scope scope = span.makeCurrent();
        return failure -> {
            scope.close();
            if (failure == null) {
                span.setAttribute(OUTCOME, "success");
            } else {
                String outcome = outcome(failure);
                // The exception is not recorded, because its message may come from the application's token source and contain
                // secrets.
                span.setAttribute(OUTCOME, outcome).setAttribute(ERROR_TYPE, outcome).setStatus(StatusCode.ERROR);
            }
            span.end();
        };
    }

    @Override
    public Attempt attempt(URI endpoint) {
        Span span = tracer.spanBuilder("POST").setSpanKind(SpanKind.CLIENT).setAttribute(METHOD, "POST")
                .setAttribute(URL, endpoint.toString()).setAttribute(SERVER, endpoint.getHost())
                .setAttribute(PORT, (long) port(endpoint)).startSpan();
        return (status, failure) -> {
            if (status != 0) {
                span.setAttribute(STATUS, (long) status);
            }
            if (status == 0 || status >= 400) {
                span.setAttribute(ERROR_TYPE, status == 0 ? Failures.cause(failure).getClass().getName()
                        : String.valueOf(status)).setStatus(StatusCode.ERROR);
            }
            span.end();
        };
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() >= 0 ? endpoint.getPort() : endpoint.getScheme().equals("https") ? 443 : 80;
    }

    private static String outcome(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        if (cause instanceof CancellationException) {
            // The request was cancelled because of the time limit of all attempts, new keys, or the shutdown.
            return "abandoned";
        }
        // The token keeper treats exceptions that are not the extension's own in the same way.
        Reason reason = cause instanceof HumeAuthenticationException known ? known.reason()
                : Reason.TOKEN_ENDPOINT_UNAVAILABLE;
        return reason.name().toLowerCase(Locale.ROOT);
    }
}

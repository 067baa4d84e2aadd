package io.quarkiverse.hume.runtime.tracing;

import java.util.Locale;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkiverse.hume.runtime.event.RelayTracer;

/**
 * Creates a span for each relayed request, as a child of the span of the browser's request; for a socket, the span covers the
 * handshake. The span contains the entry of the allow-list, but neither address nor headers. The trace id is not sent to Hume.
 */
@Singleton
public class RelaySpans implements RelayTracer {

    static final String NAME = "hume relay";
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("hume.relay.operation");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("hume.relay.outcome");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final Tracer tracer;

    public RelaySpans(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("io.quarkiverse.hume");
    }

    @Override
    public Consumer<RelayOutcome> started(String account, String operation) {
        Span span = tracer.spanBuilder(NAME).setSpanKind(SpanKind.CLIENT).setAttribute(TokenRequestSpans.ACCOUNT, account)
                .setAttribute(OPERATION, operation).startSpan();
        return outcome -> {
            String value = outcome.name().toLowerCase(Locale.ROOT);
            span.setAttribute(OUTCOME, value);
            if (outcome != RelayOutcome.RELAYED) {
                span.setAttribute(ERROR_TYPE, value).setStatus(StatusCode.ERROR);
            }
            span.end();
        };
    }
}

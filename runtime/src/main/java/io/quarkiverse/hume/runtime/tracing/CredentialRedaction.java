package io.quarkiverse.hume.runtime.tracing;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Redacts the query parameters for Hume's credentials in the URLs of spans when a span starts, so that exporters see no
 * credential.
 */
@Singleton
public class CredentialRedaction implements SpanProcessor {

    /** The replacement that the semantic conventions specify for {@code url.full}. */
    private static final String REDACTED = "REDACTED";

    /** The current names of the attributes, and those that older instrumentation uses. */
    private static final List<AttributeKey<String>> ADDRESSES = List.of(AttributeKey.stringKey("url.full"),
            AttributeKey.stringKey("url.query"), AttributeKey.stringKey("http.url"), AttributeKey.stringKey("http.target"));

    private static final Pattern CREDENTIAL = Pattern.compile("(?<![A-Za-z0-9_])((?:access_?token|api_?key)=)[^&#\\s]+",
            Pattern.CASE_INSENSITIVE);

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : ADDRESSES) {
            String address = span.getAttribute(key);
            if (address != null) {
                String redacted = redact(address);
                if (redacted != address) {
                    span.setAttribute(key, redacted);
                }
            }
        }
    }

    /** @return the same object if there is nothing to redact */
    static String redact(String address) {
        if (address.indexOf('=') < 0) {
            return address;
        }
        Matcher credentials = CREDENTIAL.matcher(address);
        return credentials.find() ? credentials.replaceAll("$1" + REDACTED) : address;
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // Attributes cannot be changed after the span has ended, so there is nothing to do.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}

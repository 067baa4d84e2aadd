package io.quarkiverse.hume.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.netty.handler.proxy.HttpProxyHandler;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.HumeCredentials;

class TokenRequestFailuresTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final TokenRequestFailures failures = new TokenRequestFailures(HumeAccount.DEFAULT,
            "hume.api-key and hume.secret-key",
            URI.create("https://api.hume.ai/oauth2-cc/token"),
            new TokenResponseReader(HumeAccount.DEFAULT, Duration.ofMinutes(30)));

    @Test
    void basic_demoKeys_isTheKnownHeader() {
        assertThat(TokenEndpoint.basic(HumeCredentials.of("demo-api-key", "demo-secret-key")))
                .isEqualTo("Basic ZGVtby1hcGkta2V5OmRlbW8tc2VjcmV0LWtleQ==");
    }

    @ParameterizedTest
    @CsvSource({ "0,0", "1,1", "120,120", "' 120 ',120", "0060,60", "999999999,999999999" })
    void retryAt_seconds_countsFromNow(String header, long seconds) {
        assertThat(TokenRequestFailures.retryAt(header, NOW)).isEqualTo(NOW.plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "Sun, 01 Mar 2026 00:01:00 GMT|2026-03-01T00:01:00Z",
            "Sat, 28 Feb 2026 00:00:00 GMT|2026-02-28T00:00:00Z", "Sun, 1 Mar 2026 00:01:00 GMT|2026-03-01T00:01:00Z" })
    void retryAt_date_isThatDate(String header, Instant expected) {
        assertThat(TokenRequestFailures.retryAt(header, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "-1", "1.5", "soon", "10s", "9999999999", "0x10", "2026-03-01T00:01:00Z",
            "Mon, 01 Mar 2026 00:01:00 GMT", "Sun, 99 Mar 2026 00:01:00 GMT", "\u0661" })
    void retryAt_neither_isIgnored(String header) {
        assertThat(TokenRequestFailures.retryAt(header, NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "400,CREDENTIALS_REJECTED", "401,CREDENTIALS_REJECTED", "403,CREDENTIALS_REJECTED",
            "429,TOKEN_ENDPOINT_RATE_LIMITED", "408,TOKEN_ENDPOINT_UNAVAILABLE", "425,TOKEN_ENDPOINT_UNAVAILABLE",
            "500,TOKEN_ENDPOINT_UNAVAILABLE", "503,TOKEN_ENDPOINT_UNAVAILABLE", "301,INVALID_TOKEN_RESPONSE",
            "302,INVALID_TOKEN_RESPONSE", "404,INVALID_TOKEN_RESPONSE", "405,INVALID_TOKEN_RESPONSE" })
    void explain_status_hasItsReason(int status, Reason reason) {
        HumeAuthenticationException explained = failures.explain(new TokenConnection.Refused(status, null), NOW);
        assertThat(explained.reason()).isEqualTo(reason);
        assertThat(explained).hasMessageContaining("answered " + status);
        assertThat(explained.retryAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "429,true", "503,true", "500,true", "401,false", "404,false" })
    void explain_retryAfter_isReportedForStatusesWithThatMeaning(int status, boolean passedOn) {
        HumeAuthenticationException explained = failures.explain(new TokenConnection.Refused(status, "60"), NOW);
        assertThat(explained.retryAt().isPresent()).isEqualTo(passedOn);
        explained.retryAt().ifPresent(retryAt -> assertThat(retryAt).isEqualTo(NOW.plusSeconds(60)));
    }

    @Test
    void explain_wrapped_findsTheRejection() {
        Throwable wrapped = new CompletionException(new RuntimeException(new TokenConnection.Refused(401, null)));
        assertThat(failures.explain(wrapped, NOW).reason()).isEqualTo(Reason.CREDENTIALS_REJECTED);
    }

    @Test
    void explain_handshakeFailure_namesTheTlsConfiguration() {
        for (Throwable failure : List.of(new RuntimeException(new SSLHandshakeException("no path")),
                // What is left of an alert that comes after the client's part of the handshake.
                new RuntimeException(new IOException("javax.net.ssl.SSLHandshakeException: bad_certificate")))) {
            HumeAuthenticationException explained = failures.explain(failure, NOW);
            assertThat(explained.reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
            assertThat(explained).hasMessageContainingAll("The TLS handshake", "tls-configuration-name");
        }
        assertThat(failures.explain(new IOException("reset"), NOW)).hasMessageNotContaining("TLS");
    }

    @Test
    void explain_typed_isPassedOn() {
        HumeAuthenticationException typed = new HumeAuthenticationException(Reason.CLOSED, "x", "message");
        assertThat(failures.explain(typed, NOW)).isSameAs(typed);
    }

    /** The words of these come from the answer, or may; the last is what a proxy said. */
    static List<Throwable> thoseThatQuote() {
        String sent = "ZGVtby1hcGkta2V5OmRlbW8tc2VjcmV0LWtleQ==";
        Throwable suppressing = new IOException("harmless");
        suppressing.addSuppressed(new IOException(sent));
        return List.of(new IllegalArgumentException("invalid version format: " + sent), new NumberFormatException(sent),
                new IOException("Connection reset by peer " + sent), new SSLHandshakeException("No name matching " + sent),
                new SSLException("not an SSL/TLS record: 485454502f " + sent), new RuntimeException(sent, new Error(sent)),
                new ConnectException(sent) {
                    private static final long serialVersionUID = 1L;
                }, new CompletionException("a: " + sent, new IOException(sent)), suppressing,
                new HttpProxyHandler.HttpProxyConnectException("http, status: 407 " + sent, null));
    }

    @ParameterizedTest
    @MethodSource("thoseThatQuote")
    void explain_foreignWords_areNotRepeatedAnywhere(Throwable failure) {
        StringWriter everything = new StringWriter();
        failures.explain(failure, NOW).printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("ZGVtby1hcGkta2V5").doesNotContain("485454502f");
    }

    @Test
    void explain_knownWords_areKept() {
        assertThat(failures.explain(new UnknownHostException("api.hume.ai"), NOW))
                .hasMessageContaining("UnknownHostException: api.hume.ai");
        assertThat(failures.explain(new SSLHandshakeException("PKIX path building failed: x: unable to find valid"
                + " certification path to requested target"), NOW))
                .hasMessageContaining("SSLHandshakeException: unable to find valid certification path");
        assertThat(failures.explain(new SSLHandshakeException("Received fatal alert: bad_certificate"), NOW))
                .hasMessageContaining("alert bad_certificate");
        assertThat(failures.explain(new IOException("Connection reset by peer"), NOW))
                .hasMessageContaining("IOException: Connection reset)");
        assertThat(failures.explain(new HttpProxyHandler.HttpProxyConnectException("http, status: 407 Go away", null), NOW))
                .hasMessageContaining("the proxy answered 407");
    }

    @Test
    void explain_unknown_namesItsClassAndKeepsTheCause() {
        Throwable failure = new CompletionException(new UnsupportedOperationException("words"));
        HumeAuthenticationException explained = failures.explain(failure, NOW);
        assertThat(explained).hasMessageContaining("(UnsupportedOperationException)");
        assertThat(explained.getCause()).hasMessage("UnsupportedOperationException").hasNoCause();
        assertThat(explained.getCause().getStackTrace()).isEqualTo(failure.getCause().getStackTrace());
    }

    @Test
    void explain_timeout_isATimeout() {
        assertThat(failures.explain(new TimeoutException("x"), NOW).reason()).isEqualTo(Reason.TOKEN_ENDPOINT_TIMEOUT);
        assertThat(failures.explain(new RuntimeException(new java.util.concurrent.TimeoutException()), NOW).reason())
                .isEqualTo(Reason.TOKEN_ENDPOINT_TIMEOUT);
    }

    @Test
    void explain_connectionRefused_isUnavailableWithTheRootCause() {
        HumeAuthenticationException explained = failures
                .explain(new RuntimeException(new ConnectException("Connection refused")), NOW);
        assertThat(explained.reason()).isEqualTo(Reason.TOKEN_ENDPOINT_UNAVAILABLE);
        assertThat(explained).hasMessageContaining("ConnectException: Connection refused")
                .hasMessageContaining("hume.base-url");
    }

    @Test
    void explain_endlessBody_isAnInvalidResponse() {
        TokenConnection.BoundedBody body = new TokenConnection.BoundedBody();
        assertThat(body.append(new byte[TokenConnection.BoundedBody.LIMIT])).isTrue();
        assertThat(body.append(new byte[1])).isFalse();
        assertThat(body.bytes()).hasSize(TokenConnection.BoundedBody.LIMIT);
        assertThat(failures.explain(new CompletionException(new TokenConnection.BoundedBody.TooLarge()), NOW).reason())
                .isEqualTo(Reason.INVALID_TOKEN_RESPONSE);
    }

    @Test
    void transientFailure_brief_isRetried() {
        assertThat(transientFailure(500, null)).isTrue();
        assertThat(transientFailure(503, "60")).as("the server says when").isFalse();
        assertThat(transientFailure(401, null)).isFalse();
        assertThat(transientFailure(429, null)).isFalse();
        assertThat(transientFailure(404, null)).isFalse();
        assertThat(TokenRequestFailures.transientFailure(new IllegalStateException())).isFalse();
        assertThat(TokenRequestFailures.transientFailure(failures.explain(new ConnectException(), NOW))).isTrue();
    }

    private boolean transientFailure(int status, String retryAfter) {
        return TokenRequestFailures.transientFailure(failures.explain(new TokenConnection.Refused(status, retryAfter), NOW));
    }
}

package io.quarkiverse.hume.runtime.endpoint;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import javax.net.ssl.SSLException;

import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeAuthenticationException.Reason;
import io.quarkiverse.hume.runtime.name.AccountName;

/** Describes failed token requests and their remedies. */
final class TokenRequestFailures {

    private final String account;
    private final String keys;
    private final URI endpoint;
    private final TokenResponseReader reader;

    /** @param keys the properties that contain the account's keys or specify their source, for messages */
    TokenRequestFailures(String account, String keys, URI endpoint, TokenResponseReader reader) {
        this.account = account;
        this.keys = keys;
        this.endpoint = endpoint;
        this.reader = reader;
    }

    HumeAuthenticationException explain(Throwable failure, Instant now) {
        if (failure instanceof HumeAuthenticationException) {
            return (HumeAuthenticationException) failure;
        }
        TokenConnection.Refused refused = find(failure, TokenConnection.Refused.class);
        if (refused != null) {
            return refused(refused, now);
        }
        TokenConnection.BoundedBody.TooLarge tooLarge = find(failure, TokenConnection.BoundedBody.TooLarge.class);
        if (tooLarge != null) {
            return reader.invalid("is too large: " + tooLarge.getMessage());
        }
        if (failure instanceof TimeoutException || find(failure, java.util.concurrent.TimeoutException.class) != null) {
            return new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_TIMEOUT, account, "The token endpoint " + endpoint
                    + " did not answer for " + AccountName.describe(account) + " in time. If the network needs longer, raise "
                    + AccountName.property(account, "token.timeout"));
        }
        String what = NetworkFailure.describe(failure);
        Throwable cause = NetworkFailure.withoutReceivedText(failure);
        if (isHandshakeFailure(failure)) {
            return new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_UNAVAILABLE, account, "The TLS handshake with the"
                    + " token endpoint " + endpoint + " of " + AccountName.describe(account) + " failed (" + what + "). Check "
                    + AccountName.property(account, "tls-configuration-name") + ": the trust store of that TLS configuration"
                    + " must trust the server's certificate, and its key store must contain the client's certificate if"
                    + " the server requires one", cause);
        }
        return new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_UNAVAILABLE, account, "The token endpoint " + endpoint
                + " of " + AccountName.describe(account) + " cannot be reached (" + what + "). Check "
                + AccountName.property(account, "base-url") + " and the network", cause);
    }

    /**
     * Whether the TLS handshake failed. If a server rejects the certificate of the client, it does so after the client has
     * completed the handshake, so only the text of the exception shows it.
     */
    private static boolean isHandshakeFailure(Throwable failure) {
        Throwable root = root(failure);
        return find(failure, SSLException.class) != null
                || root.getMessage() != null && root.getMessage().startsWith(SSLException.class.getPackageName() + ".");
    }

    /**
     * Whether this is a brief fault after which the request is retried while the callers wait. A response with {@code
     * Retry-After} is no such fault, because the next request has to be later.
     */
    static boolean transientFailure(Throwable failure) {
        if (!(failure instanceof HumeAuthenticationException)) {
            return false;
        }
        HumeAuthenticationException known = (HumeAuthenticationException) failure;
        return known.reason() == Reason.TOKEN_ENDPOINT_UNAVAILABLE && known.retryAt().isEmpty();
    }

    private HumeAuthenticationException refused(TokenConnection.Refused refused, Instant now) {
        String answered = "The token endpoint " + endpoint + " answered " + refused.status + " for "
                + AccountName.describe(account);
        switch (refused.status) {
            case 400:
            case 401:
            case 403:
                return new HumeAuthenticationException(Reason.CREDENTIALS_REJECTED, account, answered
                        + ": it does not accept the keys. Check " + keys + "; regenerating a key ends the old one at once");
            case 429:
                return new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_RATE_LIMITED, account, answered
                        + ": too many requests. Check whether other applications share the keys", null,
                        retryAt(refused.retryAfter, now));
            default:
                if (refused.status >= 500 || refused.status == 408 || refused.status == 425) {
                    return new HumeAuthenticationException(Reason.TOKEN_ENDPOINT_UNAVAILABLE, account, answered
                            + ". Hume, or a proxy in front of it, has a problem", null, retryAt(refused.retryAfter, now));
                }
                return new HumeAuthenticationException(Reason.INVALID_TOKEN_RESPONSE, account, answered + ". Check "
                        + AccountName.property(account, "base-url") + " and "
                        + AccountName.property(account, "token.path"));
        }
    }

    /**
     * Parses {@code Retry-After}, which has a number of seconds or a date (RFC 9110 section 10.2.3). Other values are ignored.
     */
    static Instant retryAt(String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        String text = retryAfter.trim();
        if (text.matches("\\d{1,9}")) {
            return now.plusSeconds(Long.parseLong(text));
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

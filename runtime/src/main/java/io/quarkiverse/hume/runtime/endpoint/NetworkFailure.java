package io.quarkiverse.hume.runtime.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Describes the exception of a failed token request without secrets. Most messages quote received data, such as a status line
 * that cannot be parsed, a header or the hex dump of a record. Received data may repeat the keys that were sent. Therefore only
 * known phrases, messages of exceptions that occur before anything is received, and class names are used.
 */
final class NetworkFailure {

    /**
     * The exceptions that occur before anything is received, so that their messages are safe. Subclasses are excluded, because
     * one of them quotes the response of a proxy.
     */
    private static final Set<String> SAFE_EXCEPTIONS = Set.of("java.net.UnknownHostException",
            "java.net.ConnectException", "java.net.NoRouteToHostException", "java.net.BindException",
            "io.netty.channel.ConnectTimeoutException", "io.netty.channel.AbstractChannel$AnnotatedConnectException",
            "io.netty.channel.AbstractChannel$AnnotatedNoRouteToHostException",
            "io.netty.channel.AbstractChannel$AnnotatedSocketException");

    /** Phrases to search for, and the descriptions to use. The first match applies. */
    private static final Map<Pattern, String> KNOWN = new LinkedHashMap<>();

    static {
        known("unable to find valid certification path", "unable to find valid certification path to requested target");
        known("No subject alternative|No name matching", "the server's certificate is for another host");
        known("CertificateExpiredException|NotAfter:", "the server's certificate has expired");
        known("CertificateNotYetValidException|NotBefore:", "the server's certificate is not valid yet");
        known("not an SSL/TLS record|Unsupported or unrecognized SSL message", "the server does not use TLS");
        for (String alert : new String[] { "bad_certificate", "certificate_required", "certificate_unknown",
                "certificate_expired", "certificate_revoked", "unsupported_certificate", "unknown_ca", "access_denied",
                "handshake_failure", "protocol_version", "insufficient_security", "unrecognized_name", "decrypt_error",
                "internal_error" }) {
            known("\\b" + alert + "\\b", "alert " + alert); // RFC 8446 section 6
        }
        known("status: 407\\b", "the proxy answered 407: it requires a user name and a password");
        known("status: 403\\b", "the proxy answered 403");
        known("status: 502\\b", "the proxy answered 502");
        known("status: 503\\b", "the proxy answered 503");
        known("status: 504\\b", "the proxy answered 504");
        known("Connection reset", "Connection reset");
        known("Broken pipe", "Broken pipe");
        known("Connection was closed|Stream was closed|terminated the handshake|closed connection",
                "the connection was closed");
    }

    private NetworkFailure() {
    }

    private static void known(String pattern, String safeText) {
        KNOWN.put(Pattern.compile(pattern), safeText);
    }

    /** The class of the innermost cause and, if it is known to be safe, its message. */
    static String describe(Throwable failure) {
        Deque<Throwable> causes = new ArrayDeque<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.push(cause);
        }
        for (Throwable cause : causes) {
            String safeText = safeText(cause);
            if (safeText != null) {
                return cause.getClass().getSimpleName() + ": " + safeText;
            }
        }
        return causes.getFirst().getClass().getSimpleName();
    }

    private static String safeText(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return null;
        }
        if (SAFE_EXCEPTIONS.contains(failure.getClass().getName())) {
            return message;
        }
        for (Map.Entry<Pattern, String> known : KNOWN.entrySet()) {
            if (known.getKey().matcher(message).find()) {
                return known.getValue();
            }
        }
        return null;
    }

    /**
     * Returns an exception that can be the cause of another one instead of this failure. It has the same stack trace, and a
     * message without secrets.
     */
    static Throwable withoutReceivedText(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new DescribedFailure(describe(failure), root.getStackTrace());
    }

    /**
     * Replaces an exception whose message may contain secrets. Its message contains the class of that exception and a safe
     * description.
     */
    private static final class DescribedFailure extends Exception {

        private static final long serialVersionUID = 1L;

        DescribedFailure(String description, StackTraceElement[] stackTrace) {
            super(description, null, false, true);
            setStackTrace(stackTrace);
        }
    }
}

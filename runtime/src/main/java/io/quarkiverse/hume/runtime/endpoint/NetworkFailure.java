package io.quarkiverse.hume.runtime.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be repeated of an exception that a token request failed with. The words of most come from what was received: a
 * status line that cannot be parsed, a header, the hex dump of a record. And what is received may repeat what was sent, the
 * keys. So nothing is repeated but words that are known beforehand, those of exceptions that come up before anything is
 * received, and the names of classes.
 */
final class NetworkFailure {

    /** Exactly these classes: one of their subclasses quotes the answer of a proxy. */
    private static final Set<String> SPEAK_OF_THIS_MACHINE = Set.of("java.net.UnknownHostException",
            "java.net.ConnectException", "java.net.NoRouteToHostException", "java.net.BindException",
            "io.netty.channel.ConnectTimeoutException", "io.netty.channel.AbstractChannel$AnnotatedConnectException",
            "io.netty.channel.AbstractChannel$AnnotatedNoRouteToHostException",
            "io.netty.channel.AbstractChannel$AnnotatedSocketException");

    /** What to look for, and what to say then. The first that is found counts. */
    private static final Map<Pattern, String> KNOWN = new LinkedHashMap<>();

    static {
        known("unable to find valid certification path", "unable to find valid certification path to requested target");
        known("No subject alternative|No name matching", "the server's certificate is for another host");
        known("CertificateExpiredException|NotAfter:", "the server's certificate has expired");
        known("CertificateNotYetValidException|NotBefore:", "the server's certificate is not valid yet");
        known("not an SSL/TLS record|Unsupported or unrecognized SSL message", "the server does not speak TLS");
        for (String alert : new String[] { "bad_certificate", "certificate_required", "certificate_unknown",
                "certificate_expired", "certificate_revoked", "unsupported_certificate", "unknown_ca", "access_denied",
                "handshake_failure", "protocol_version", "insufficient_security", "unrecognized_name", "decrypt_error",
                "internal_error" }) {
            known("\\b" + alert + "\\b", "alert " + alert); // RFC 8446 section 6
        }
        known("status: 407\\b", "the proxy answered 407: it wants a user name and a password");
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

    private static void known(String pattern, String words) {
        KNOWN.put(Pattern.compile(pattern), words);
    }

    /** The class of the failure and, as far as it may be repeated, what it says. The innermost cause knows best. */
    static String describe(Throwable failure) {
        Deque<Throwable> causes = new ArrayDeque<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.push(cause);
        }
        for (Throwable cause : causes) {
            String words = words(cause);
            if (words != null) {
                return cause.getClass().getSimpleName() + ": " + words;
            }
        }
        return causes.getFirst().getClass().getSimpleName();
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return null;
        }
        if (SPEAK_OF_THIS_MACHINE.contains(failure.getClass().getName())) {
            return message;
        }
        for (Map.Entry<Pattern, String> known : KNOWN.entrySet()) {
            if (known.getKey().matcher(message).find()) {
                return known.getValue();
            }
        }
        return null;
    }

    /** A stand-in for the failure as a cause of another: where it came from, and of what it says as much as may be repeated. */
    static Throwable withoutForeignWords(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new Reduced(describe(failure), root.getStackTrace());
    }

    /** Says of which class the original was; that has the words of others and is not passed on. */
    private static final class Reduced extends Exception {

        private static final long serialVersionUID = 1L;

        Reduced(String description, StackTraceElement[] stackTrace) {
            super(description, null, false, true);
            setStackTrace(stackTrace);
        }
    }
}

package io.quarkiverse.hume.runtime.websocket;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.quarkiverse.hume.HumeHandshake;
import io.quarkiverse.hume.runtime.handshake.Handshakes;
import io.quarkus.websockets.next.WebSocketClientException;

/**
 * Removes credentials from the failures of connection attempts. Libraries quote addresses in their messages, and the address of
 * a handshake may contain the credential in its query.
 */
final class ConnectFailures {

    private static final String BEARER = "Bearer ";

    private ConnectFailures() {
    }

    /**
     * @return the failure itself; if it or one of its causes contains the handshake's credential, a new exception without it
     */
    static Throwable withoutCredential(Throwable failure, HumeHandshake handshake) {
        List<String> secrets = secrets(handshake);
        for (Throwable part : parts(failure)) {
            String text = part.toString();
            if (secrets.stream().anyMatch(text::contains)) {
                URI uri = handshake.uri();
                return new WebSocketClientException("The WebSocket connection to " + uri.getScheme() + "://" + uri.getHost()
                        + uri.getRawPath() + " failed with " + failure.getClass().getName()
                        + ", of which the message is left out because it contains the credential");
            }
        }
        return failure;
    }

    private static List<String> secrets(HumeHandshake handshake) {
        List<String> secrets = new ArrayList<>();
        for (String header : handshake.headers().values()) {
            secrets.add(header.startsWith(BEARER) ? header.substring(BEARER.length()) : header);
        }
        Handshakes.credentialParameters(handshake.uri()).map(parameter -> parameter.split("=", 2))
                .filter(parameter -> parameter.length == 2 && !parameter[1].isEmpty()).forEach(parameter -> {
                    secrets.add(parameter[1]);
                    secrets.add(URLDecoder.decode(parameter[1], StandardCharsets.UTF_8));
                    // This is the form in which a connector gets the query, which it decodes once.
                    secrets.add(parameter[1].replace("%", "%25"));
                });
        return secrets;
    }

    /**
     * Returns the failure, its causes and their suppressed exceptions. Each one is visited once, because causes may form a
     * cycle.
     */
    private static Set<Throwable> parts(Throwable failure) {
        Set<Throwable> parts = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        while (!open.isEmpty()) {
            Throwable part = open.pop();
            if (parts.add(part)) {
                if (part.getCause() != null) {
                    open.push(part.getCause());
                }
                open.addAll(List.of(part.getSuppressed()));
            }
        }
        return parts;
    }
}

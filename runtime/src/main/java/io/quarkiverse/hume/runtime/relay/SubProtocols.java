package io.quarkiverse.hume.runtime.relay;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.hume.runtime.access.Problem;
import io.vertx.core.MultiMap;

/**
 * The sub-protocols that a WebSocket handshake offers. A page cannot set the headers of a handshake. Quarkus therefore accepts
 * headers in sub-protocols of the form {@code quarkus-http-upgrade#name#value}, percent-encoded. If {@code
 * quarkus.websockets-next.server.propagate-subprotocol-headers} is set, a filter of Quarkus converts them to headers of the
 * request and removes them from the list.
 */
final class SubProtocols {

    private static final String HEADER = "Sec-WebSocket-Protocol";
    private static final String WITH_HEADER = "quarkus-http-upgrade";

    private SubProtocols() {
    }

    /** Returns all offered sub-protocols as they were received, in the same order. */
    private static List<String> offered(MultiMap headers) {
        List<String> offered = new ArrayList<>();
        for (String line : headers.getAll(HEADER)) {
            for (String name : line.split(",")) {
                if (!name.isBlank()) {
                    offered.add(name.strip());
                }
            }
        }
        return offered;
    }

    private static boolean isWithHeader(String offered) {
        return offered.startsWith(WITH_HEADER);
    }

    static boolean areOffered(MultiMap headers) {
        return !offered(headers).isEmpty();
    }

    /** Whether one of the sub-protocols still contains a header, because no filter has converted it. */
    static boolean containHeader(MultiMap headers) {
        return offered(headers).stream().anyMatch(SubProtocols::isWithHeader);
    }

    /**
     * Checks that the sub-protocols contain no header except {@code Authorization}. With other headers, a page of another
     * origin could claim the origin of the application, or the identity of a user whom a proxy has authenticated.
     *
     * @return the response to a handshake that must be rejected; {@code null} if the handshake is allowed
     */
    static Problem rejection(MultiMap headers) {
        List<String> offered = offered(headers);
        List<String> withHeader = offered.stream().filter(SubProtocols::isWithHeader).toList();
        if (withHeader.isEmpty()) {
            return null;
        }
        for (String name : withHeader) {
            String[] parts = decoded(name).split("#");
            if (parts.length != 3 || !parts[0].equals(WITH_HEADER)) {
                return RelayAnswers.MALFORMED_SUB_PROTOCOL;
            }
            if (!parts[1].equalsIgnoreCase("Authorization")) {
                return RelayAnswers.HEADER_IN_SUB_PROTOCOL;
            }
        }
        return withHeader.size() == offered.size() ? RelayAnswers.NO_OTHER_SUB_PROTOCOL : null;
    }

    /** Decodes the name; empty if it is not encoded correctly. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Removes the sub-protocols that contain a header, so that the server neither selects nor logs them. */
    static void removeHeaders(MultiMap headers) {
        if (!containHeader(headers)) {
            return;
        }
        String others = String.join(",", offered(headers).stream().filter(name -> !isWithHeader(name)).toList());
        headers.remove(HEADER);
        if (!others.isEmpty()) {
            headers.set(HEADER, others);
        }
    }
}

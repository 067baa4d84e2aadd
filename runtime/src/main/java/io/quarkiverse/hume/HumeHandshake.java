package io.quarkiverse.hume;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

import io.smallrye.mutiny.Uni;

/**
 * What a WebSocket client needs to open one authenticated connection: an address and headers, of which one carries the
 * credential. Good for one handshake; ask for another one for each further connection. Immutable and safe for any thread.
 */
public final class HumeHandshake {

    private final URI uri;
    private final Map<String, String> headers;
    private final Outcome outcome;

    /** Made by the extension. */
    public HumeHandshake(URI uri, Map<String, String> headers, Outcome outcome) {
        this.uri = Objects.requireNonNull(uri);
        this.headers = Map.copyOf(headers);
        this.outcome = Objects.requireNonNull(outcome);
    }

    /**
     * The address to connect to. Its query may contain the credential, encoded so that a server that decodes it once gets
     * the value unchanged. Keep it out of logs.
     */
    public URI uri() {
        return uri;
    }

    /** The headers to send besides the client's own; empty if the credential is in the query. Keep them out of logs. */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Says that the server refused this handshake with 401 or 403. Does not block.
     *
     * @return whether connecting once more, with another handshake, makes sense
     */
    public Uni<Boolean> rejected() {
        return outcome.rejected();
    }

    /**
     * Says that the connection was opened. Worth saying after {@link #rejected()}: then the credential is no longer doubted.
     */
    public void accepted() {
        outcome.accepted();
    }

    /** What is told of the handshake's end. Implemented by the extension. */
    public interface Outcome {
        Uni<Boolean> rejected();

        void accepted();
    }

    /** Without query and header values. */
    @Override
    public String toString() {
        return "HumeHandshake[" + uri.getScheme() + "://" + uri.getHost() + uri.getRawPath() + ", credential in the "
                + (headers.isEmpty() ? "query" : "headers") + "]";
    }
}

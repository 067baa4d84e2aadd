package io.quarkiverse.hume;

import java.net.URI;
import java.util.Map;
import java.util.Objects;

import io.smallrye.mutiny.Uni;

/**
 * The address and headers with which a WebSocket client opens one authenticated connection. Either the address or a header
 * carries the credential. Use an instance for one handshake, and request another instance for each further connection.
 * Immutable and thread-safe.
 */
public final class HumeHandshake {

    private final URI uri;
    private final Map<String, String> headers;
    private final Outcome outcome;

    /** Created by the extension. */
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

    /**
     * The headers to send in addition to those of the client; empty if the credential is in the query. Keep them out of logs.
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Reports that the server rejected this handshake with 401. Does not block. The next handshake is created with another
     * credential, if there is one.
     *
     * @return whether to connect again with another handshake; never {@code null}; fails with a {@link
     *         HumeAuthenticationException} if another credential was requested and could not be obtained
     */
    public Uni<Boolean> rejected() {
        return rejected(401);
    }

    /**
     * Reports that the server rejected this handshake. Does not block. After a 403, the credential stays in use for other
     * connections, and a newer credential is requested if a request is allowed now.
     *
     * @param status 401 or 403; any other status does not affect the credential
     * @return as for {@link #rejected()}
     */
    public Uni<Boolean> rejected(int status) {
        return outcome.rejected(status);
    }

    /** Reports that the connection was opened, which means that Hume accepted the credential. Does not block. */
    public void accepted() {
        outcome.accepted();
    }

    /**
     * Reports that the connection was opened after the server had rejected an earlier handshake for it. Call this instead of
     * {@link #accepted()}. If the earlier status was 401, this shows that the earlier credential was invalid, and the interval
     * between token requests after rejections does not grow. Does not block.
     *
     * @param status the status with which the earlier handshake was rejected
     */
    public void recovered(int status) {
        outcome.recovered(status);
    }

    /** Notified of the result of the handshake. Implemented by the extension. */
    public interface Outcome {
        Uni<Boolean> rejected();

        default Uni<Boolean> rejected(int status) {
            return rejected();
        }

        void accepted();

        default void recovered(int status) {
            accepted();
        }
    }

    /** Contains neither the query nor the values of headers. */
    @Override
    public String toString() {
        return "HumeHandshake[" + uri.getScheme() + "://" + uri.getHost() + uri.getRawPath() + ", credential in the "
                + (headers.isEmpty() ? "query" : "headers") + "]";
    }
}

package io.quarkiverse.hume.test;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.json.JsonObject;

/**
 * Controls the emulator that replaces Hume for an application under test. Tests obtain it with {@link ConnectHumeEmulator}.
 * <p>
 * This class is thread-safe, and so are the objects that it returns. Their methods block until the emulator has answered, so
 * they must not be called on an event loop. If the emulator rejects a call, for instance because it does not know the name of
 * an account, the method throws an {@link IllegalArgumentException} with the reason. If the emulator does not answer, it throws
 * an {@link java.io.UncheckedIOException}. Parameters and results are never {@code null}, unless stated otherwise.
 */
public final class HumeEmulator {

    /** The name of the default account, which an application uses if it names no account. */
    public static final String DEFAULT_ACCOUNT = "<default>";

    private static final String ADDRESS = "hume.emulator.url";

    private final ControlApi control;

    private HumeEmulator(ControlApi control) {
        this.control = control;
    }

    /**
     * Connects to the emulator of the application whose configuration is the current one. Use it in tests in which {@link
     * ConnectHumeEmulator} has no effect.
     *
     * @throws IllegalStateException if no emulator is configured
     */
    public static HumeEmulator connect() {
        return at(URI.create(ConfigProvider.getConfig().getOptionalValue(ADDRESS, String.class)
                .orElseThrow(
                        () -> new IllegalStateException("No emulator of Hume runs: " + ADDRESS + " is not set. It starts in"
                                + " test mode for accounts that have neither an API key, nor keys or tokens from a bean or a"
                                + " credential store, nor a base URL of another server, unless hume.devservices.enabled or"
                                + " quarkus.devservices.enabled is false"))));
    }

    /**
     * Connects to the emulator at an address such as {@code http://127.0.0.1:18080}. This method does not call the emulator.
     */
    public static HumeEmulator at(URI address) {
        return new HumeEmulator(new ControlApi(address));
    }

    /** The address of the emulator, without a slash at its end. */
    public URI uri() {
        return control.address();
    }

    /**
     * The address of a WebSocket of the emulator.
     *
     * @param pathAndQuery the path, which begins with a slash, and the query, if there is one
     */
    public URI socketUri(String pathAndQuery) {
        return URI.create(uri().toString().replaceFirst("^http", "ws") + pathAndQuery);
    }

    /**
     * Restores the initial state: ends all faults, restores the initial settings and keys, deletes everything that clients have
     * created and all recorded requests, and closes open sockets. All tokens that have not expired become valid again,
     * including revoked ones and those of replaced keys, so that the application does not have to request a new token.
     */
    public void reset() {
        control.post("/reset", new JsonObject().put("keep_tokens", true));
    }

    /**
     * Restores the initial state like {@link #reset()}, but makes all tokens invalid: the next calls of the application with
     * its tokens are answered with 401.
     */
    public void resetWithTokens() {
        control.post("/reset", new JsonObject());
    }

    /** Ends all faults. Nothing else changes. */
    public void recover() {
        tokenEndpoint().recover();
        api().recover();
    }

    /** A snapshot of the latest 10,000 requests that were received, except calls of the control API. */
    public RecordedRequests requests() {
        return requests("*");
    }

    /**
     * A snapshot of the requests to a path, including WebSocket handshakes.
     *
     * @param path the exact path, such as {@code /v0/tts}, or a prefix of the path followed by {@code *}
     */
    public RecordedRequests requests(String path) {
        String query = path.equals("*") ? "" : "?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
        return new RecordedRequests(path, control.get("/requests" + query).getJsonArray("requests").stream()
                .map(JsonObject.class::cast).map(RecordedRequest::new).toList());
    }

    /** A snapshot of the requests for access tokens. */
    public RecordedRequests tokenRequests() {
        return requests("/oauth2-cc/token");
    }

    /** Deletes the recorded requests. */
    public void forgetRequests() {
        control.delete("/requests");
    }

    /** The token endpoint of the emulator, for faults and settings. */
    public TokenEndpoint tokenEndpoint() {
        return new TokenEndpoint(control);
    }

    /** The API of the emulator, for faults and limits of all other requests and of WebSocket handshakes. */
    public Api api() {
        return new Api(control);
    }

    /** The default account, which an application uses if it names no account. */
    public EmulatedAccount defaultAccount() {
        return account(DEFAULT_ACCOUNT);
    }

    /** An account of the application. This method does not call the emulator. */
    public EmulatedAccount account(String name) {
        return new EmulatedAccount(control, name);
    }

    /** The names of all accounts. */
    public List<String> accounts() {
        return EmulatedAccount.all(control).stream().map(account -> account.getString("account")).toList();
    }

    /**
     * Revokes the tokens of all accounts: calls with them are answered with 401.
     *
     * @return the number of revoked tokens
     */
    public int revokeTokens() {
        return control.post("/tokens/revoke", new JsonObject()).getInteger("revoked");
    }

    /**
     * The number of access tokens that the emulator has issued since it was started or since the last {@link
     * #resetWithTokens()}.
     */
    public int tokensIssued() {
        return counts().getInteger("tokens_issued");
    }

    /** The number of access tokens that are valid now. */
    public int tokensLive() {
        return counts().getInteger("tokens_live");
    }

    /** A snapshot of the open sockets, in the order in which they were opened. */
    public List<OpenSocket> sockets() {
        return control.get("/sockets").getJsonArray("sockets").stream().map(JsonObject.class::cast)
                .map(socket -> new OpenSocket(socket.getString("path"), socket.getString("account"),
                        CredentialKind.of(socket.getString("credential")), Instant.parse(socket.getString("opened_at"))))
                .toList();
    }

    /**
     * Closes all sockets with the code 1001.
     *
     * @return the number of closed sockets
     */
    public int closeSockets() {
        return control.delete("/sockets").getInteger("closed");
    }

    /**
     * Creates a webhook that the emulator can send, with a signature like that of Hume. This method does not call the emulator.
     *
     * @param event {@code chat_started}, {@code chat_ended} or {@code tool_call}
     */
    public WebhookDelivery webhook(String event) {
        return new WebhookDelivery(control, event);
    }

    private JsonObject counts() {
        return control.get("").getJsonObject("counts");
    }

    /**
     * A WebSocket that a client has opened.
     *
     * @param path the path, without the query
     * @param account the name of the account whose credential the handshake carried
     */
    public record OpenSocket(String path, String account, CredentialKind credential, Instant openedAt) {
    }
}

package io.quarkiverse.hume.test;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.json.JsonObject;

/**
 * The emulator of Hume that an application under test talks to, and what a test can do to it. Get it with
 * {@link ConnectHumeEmulator}.
 * <p>
 * All methods may be called from any thread, and block until the emulator has obeyed, so not from an event loop. What the
 * emulator refuses, such as the name of an account that it does not know, is an {@link IllegalArgumentException} with its
 * reason. No parameter and no result is {@code null} unless it says so.
 */
public final class HumeEmulator {

    /** The name of the account that an application uses without naming one. */
    public static final String DEFAULT_ACCOUNT = "<default>";

    private static final String ADDRESS = "hume.emulator.url";

    private final ControlApi control;

    private HumeEmulator(ControlApi control) {
        this.control = control;
    }

    /**
     * The emulator of the application whose configuration is the current one, for tests that {@link ConnectHumeEmulator} does
     * not reach.
     *
     * @throws IllegalStateException if there is none
     */
    public static HumeEmulator connect() {
        return at(URI.create(ConfigProvider.getConfig().getOptionalValue(ADDRESS, String.class)
                .orElseThrow(
                        () -> new IllegalStateException("No emulator of Hume runs: " + ADDRESS + " is not set. It starts in"
                                + " test mode for accounts without an API key, unless hume.devservices.enabled or"
                                + " quarkus.devservices.enabled is false"))));
    }

    /** The emulator at an address such as {@code http://127.0.0.1:18080}, which is not called yet. */
    public static HumeEmulator at(URI address) {
        return new HumeEmulator(new ControlApi(address));
    }

    /** Its address, without a slash at the end. */
    public URI uri() {
        return control.address();
    }

    /**
     * The address of one of its sockets.
     *
     * @param pathAndQuery with a slash at the beginning
     */
    public URI socketUri(String pathAndQuery) {
        return URI.create(uri().toString().replaceFirst("^http", "ws") + pathAndQuery);
    }

    /**
     * As at the beginning: without faults, with the first settings and keys, without what clients have created and without
     * recorded requests; open sockets are closed. Tokens that have not expired are good again, also revoked ones and those of
     * keys that were replaced, so that the application need not request any.
     */
    public void reset() {
        control.post("/reset", new JsonObject().put("keep_tokens", true));
    }

    /** The same, and no token is known any more: the application's next calls with its tokens are answered 401. */
    public void resetWithTokens() {
        control.post("/reset", new JsonObject());
    }

    /** Ends the faults there may be; everything else stays. */
    public void recover() {
        tokenEndpoint().recover();
        api().recover();
    }

    /** All requests that were received, except those of tests to the control API. A snapshot. */
    public RecordedRequests requests() {
        return requests("*");
    }

    /**
     * The requests to a path, handshakes of sockets included. A snapshot.
     *
     * @param path exact, such as {@code /v0/tts}; with a {@code *} at its end, all paths that begin like this
     */
    public RecordedRequests requests(String path) {
        String query = path.equals("*") ? "" : "?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
        return new RecordedRequests(path, control.get("/requests" + query).getJsonArray("requests").stream()
                .map(JsonObject.class::cast).map(RecordedRequest::new).toList());
    }

    /** The requests for access tokens. A snapshot. */
    public RecordedRequests tokenRequests() {
        return requests("/oauth2-cc/token");
    }

    /** Forgets what was received so far. */
    public void forgetRequests() {
        control.delete("/requests");
    }

    /** How it answers requests for access tokens. */
    public TokenEndpoint tokenEndpoint() {
        return new TokenEndpoint(control);
    }

    /** How it answers all other requests, and handshakes of sockets. */
    public Api api() {
        return new Api(control);
    }

    /** The account that an application uses without naming one. */
    public EmulatedAccount defaultAccount() {
        return account(DEFAULT_ACCOUNT);
    }

    /** One of the accounts of the application. */
    public EmulatedAccount account(String name) {
        return new EmulatedAccount(control, name);
    }

    /** The names of all accounts. */
    public List<String> accounts() {
        return EmulatedAccount.all(control).stream().map(account -> account.getString("account")).toList();
    }

    /**
     * Ends the tokens of all accounts: calls with them are answered 401.
     *
     * @return how many there were
     */
    public int revokeTokens() {
        return control.post("/tokens/revoke", new JsonObject()).getInteger("revoked");
    }

    /** How many access tokens it has issued since it was started or last reset together with its tokens. */
    public int tokensIssued() {
        return counts().getInteger("tokens_issued");
    }

    /** How many access tokens are good now. */
    public int tokensLive() {
        return counts().getInteger("tokens_live");
    }

    /** The sockets that are open, in the order they were opened. A snapshot. */
    public List<OpenSocket> sockets() {
        return control.get("/sockets").getJsonArray("sockets").stream().map(JsonObject.class::cast)
                .map(socket -> new OpenSocket(socket.getString("path"), socket.getString("account"),
                        CredentialKind.of(socket.getString("credential")), Instant.parse(socket.getString("opened_at"))))
                .toList();
    }

    /**
     * Closes all sockets, with the code 1001.
     *
     * @return how many there were
     */
    public int closeSockets() {
        return control.delete("/sockets").getInteger("closed");
    }

    /**
     * A webhook that it can send, as Hume signs it.
     *
     * @param event {@code chat_started}, {@code chat_ended} or {@code tool_call}
     */
    public WebhookDelivery webhook(String event) {
        return new WebhookDelivery(control, event);
    }

    private JsonObject counts() {
        return control.get("").getJsonObject("counts");
    }

    /** @param path without the query */
    public record OpenSocket(String path, String account, CredentialKind credential, Instant openedAt) {
    }
}

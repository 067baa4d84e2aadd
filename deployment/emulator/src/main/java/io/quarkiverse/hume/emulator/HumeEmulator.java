package io.quarkiverse.hume.emulator;

import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;

/**
 * A server that behaves like both of Hume's platforms, on a port of the loopback interface. Calls below {@code /emulator}
 * control it and cause failures. It needs no container and no network, and its threads are daemons. All methods may be called
 * from any thread, but {@link #start} and {@link #close} not from an event loop, because they block.
 */
public final class HumeEmulator implements AutoCloseable {

    /** The name of the account that an application uses without naming one. */
    public static final String DEFAULT_ACCOUNT = "<default>";

    private static final String HOST = "127.0.0.1";
    /** The limit of frames and messages is that of the clients of Hume's voice platform. */
    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final Vertx vertx;
    private final EmulatorAccounts accounts;
    private final ControlPlane controlPlane;
    private final int port;

    /** @param clock decides when tokens and keys expire; delays take real time */
    HumeEmulator(int port, Collection<String> accountNames, InstantSource clock) {
        this.accounts = new EmulatorAccounts(clock, accountNames);
        this.vertx = Vertx.vertx(options());
        this.controlPlane = new ControlPlane(vertx, new EmulatorState(clock, accounts));
        this.port = listen(port);
    }

    /**
     * @param port 0 for any free port
     * @param accounts their keys are the same at every start
     * @throws IllegalStateException if the port cannot be used
     * @throws IllegalArgumentException if an account has a blank name
     */
    public static HumeEmulator start(int port, Collection<String> accounts) {
        return new HumeEmulator(port, accounts, InstantSource.system());
    }

    public URI baseUri() {
        return URI.create("http://" + HOST + ":" + port);
    }

    public int port() {
        return port;
    }

    /** @throws IllegalArgumentException if there is no such account */
    public EmulatorKeys keys(String account) {
        return accounts.keys(account);
    }

    /** Adds the account if there is no account of that name, with the same keys as if it had been there at the start. */
    public void ensureAccount(String name) {
        accounts.ensure(name);
    }

    /** A copy of the answer to {@code GET /emulator}: accounts, keys, settings, counts. */
    public JsonObject overview() {
        return controlPlane.overview();
    }

    /** Sets the lifetime of tokens that are issued from now on. */
    public void tokenLifetime(Duration lifetime) {
        JsonObject settings = JsonObject.of("lifetime_millis", lifetime.toMillis());
        controlPlane.state().tokenEndpoint.updateAndGet(endpoint -> endpoint.update(settings.toBuffer()));
    }

    /** Revokes the account's tokens, and returns how many of them were accepted until now. */
    public int revokeTokens(String account) {
        return accounts.revokeTokens(account);
    }

    /** Creates new keys for the account. The old keys, and the tokens issued for them, are rejected at once. */
    public EmulatorKeys regenerateKeys(String account) {
        return accounts.regenerate(account, Duration.ZERO, false);
    }

    /**
     * Sets the fault of the token endpoint, as with {@code PUT /emulator/token/fault}.
     *
     * @param fault {@code null} for no fault
     * @throws IllegalArgumentException if there is no such fault
     */
    public void tokenFault(JsonObject fault) {
        controlPlane.state().tokenFault.set(fault == null ? null : Fault.ofTokenEndpoint(fault.toBuffer()));
    }

    /** Sets the fault of all other endpoints, as with {@code PUT /emulator/api/fault}. */
    public void apiFault(JsonObject fault) {
        controlPlane.state().apiFault.set(fault == null ? null : Fault.ofApi(fault.toBuffer()));
    }

    /** Everything is as after the start, but accounts that were added since remain, with their first keys. */
    public void reset() {
        controlPlane.reset(false);
    }

    /** Stops the server and all its threads; open connections are closed. Further calls do nothing. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private int listen(int requestedPort) {
        HttpServerOptions options = new HttpServerOptions().setHost(HOST).setPort(requestedPort)
                .setHandle100ContinueAutomatically(true).setMaxWebSocketFrameSize(LARGEST_MESSAGE)
                .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
                // A fault that closes the connection must affect one request only.
                .setHttp2ClearTextEnabled(false);
        try {
            return await(vertx.createHttpServer(options)
                    .requestHandler(request -> new Exchange(vertx, controlPlane, request).handle()).listen()).actualPort();
        } catch (IllegalStateException failure) {
            close();
            String reason = failure.getCause() instanceof BindException
                    ? "the port is taken; stop what uses it, or choose another or 0 (any free one)"
                    : String.valueOf(failure.getCause());
            throw new IllegalStateException("The Hume emulator cannot listen on " + HOST + ":" + requestedPort
                    + " (hume.devservices.port): " + reason, failure.getCause());
        }
    }

    private static VertxOptions options() {
        return new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4).setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                // No cache directory and no search in the class path, because the emulator runs inside a build.
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}

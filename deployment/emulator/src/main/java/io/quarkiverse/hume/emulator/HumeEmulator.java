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
 * A server that behaves like both of Hume's platforms, on a port of the loopback interface, with calls below
 * {@code /emulator} that make it misbehave. It needs no container and no network, and its threads are daemons. All methods
 * may be called from any thread; {@link #start} and {@link #close} block, so not from an event loop.
 */
public final class HumeEmulator implements AutoCloseable {

    /** The name of the account that an application uses without naming one. */
    public static final String DEFAULT_ACCOUNT = EmulatorAccounts.DEFAULT;

    private static final String HOST = "127.0.0.1";
    /** Of frames and messages: what the clients of Hume's voice platform allow. */
    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final Vertx vertx;
    private final EmulatorState state;
    private final ControlPlane controlPlane;
    private final int port;

    private HumeEmulator(HttpServerOptions options, EmulatorState state) {
        this.vertx = Vertx.vertx(options());
        this.state = state;
        this.controlPlane = new ControlPlane(vertx, state);
        this.port = listen(options);
    }

    /**
     * @param port 0 for any that is free
     * @param accounts their keys are the same at every start
     * @throws IllegalStateException if the port cannot be used
     * @throws IllegalArgumentException if an account has a blank name
     */
    public static HumeEmulator start(int port, Collection<String> accounts) {
        return start(port, accounts, InstantSource.system());
    }

    /** @param clock decides when tokens and keys expire; delays take real time */
    static HumeEmulator start(int port, Collection<String> accounts, InstantSource clock) {
        HttpServerOptions options = new HttpServerOptions().setHost(HOST).setPort(port)
                .setHandle100ContinueAutomatically(true).setMaxWebSocketFrameSize(LARGEST_MESSAGE)
                .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
                // Closing "the connection" must hit one request, not all that share it.
                .setHttp2ClearTextEnabled(false);
        return new HumeEmulator(options, new EmulatorState(clock, accounts));
    }

    public URI baseUri() {
        return URI.create("http://" + HOST + ":" + port);
    }

    public int port() {
        return port;
    }

    /** @throws IllegalArgumentException if there is no such account */
    public EmulatorKeys keys(String account) {
        return state.accounts.keys(account);
    }

    /** Adds the account if there is none of that name; its keys are those it would have had at the start. */
    public void ensureAccount(String name) {
        state.accounts.ensure(name);
    }

    /** The same as {@code GET /emulator}: accounts, keys, settings, counts. A copy. */
    public JsonObject overview() {
        return controlPlane.overview();
    }

    /** The lifetime of tokens that are issued from now on. */
    public void tokenLifetime(Duration lifetime) {
        JsonObject settings = JsonObject.of("lifetime_millis", lifetime.toMillis());
        state.tokenEndpoint.updateAndGet(endpoint -> endpoint.update(settings.toBuffer()));
    }

    /** Revokes the account's tokens, and returns how many of them were accepted until now. */
    public int revokeTokens(String account) {
        return state.accounts.revokeTokens(account);
    }

    /** Gives the account new keys. The old ones, and the tokens bought with them, are rejected at once. */
    public EmulatorKeys regenerateKeys(String account) {
        return state.accounts.regenerate(account, Duration.ZERO, false);
    }

    /**
     * What the token endpoint does instead of its regular answer, as with {@code PUT /emulator/token/fault}.
     *
     * @param fault {@code null} for none
     * @throws IllegalArgumentException if there is no such fault
     */
    public void tokenFault(JsonObject fault) {
        state.tokenFault.set(fault == null ? null : Fault.ofTokenEndpoint(fault.toBuffer()));
    }

    /** The same for all other endpoints, as with {@code PUT /emulator/api/fault}. */
    public void apiFault(JsonObject fault) {
        state.apiFault.set(fault == null ? null : Fault.ofApi(fault.toBuffer()));
    }

    /** As after the start, except that accounts which were added since stay, with their first keys. */
    public void reset() {
        state.reset(false);
    }

    /** Stops the server and all its threads; open connections are closed. Further calls do nothing. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private int listen(HttpServerOptions options) {
        try {
            RequestDispatcher dispatcher = new RequestDispatcher(vertx, state, controlPlane);
            return await(vertx.createHttpServer(options).requestHandler(dispatcher::handle).listen()).actualPort();
        } catch (IllegalStateException failure) {
            close();
            String reason = failure.getCause() instanceof BindException
                    ? "the port is taken; stop what uses it, or choose another or 0 (any free one)"
                    : String.valueOf(failure.getCause());
            throw new IllegalStateException("The Hume emulator cannot listen on " + HOST + ":" + options.getPort()
                    + " (hume.devservices.port): " + reason, failure.getCause());
        }
    }

    private static VertxOptions options() {
        return new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4).setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                // No cache directory and no look into the class path: this runs inside of a build.
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

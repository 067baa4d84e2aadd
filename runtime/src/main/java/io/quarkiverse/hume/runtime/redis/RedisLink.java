package io.quarkiverse.hume.runtime.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.quarkiverse.hume.runtime.log.HumeLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * Runs scripts in Redis, and waits for each result no longer than the timeout. After a failure, all calls fail at once, so that
 * callers do not wait for the timeout one after the other. This ends when a probe, which runs the same scripts, has succeeded.
 * <p>
 * All state is accessed on one Vert.x context. All scripts share one connection: there can be many concurrent calls, and the
 * pool rejects calls if too many of them wait for a connection.
 */
final class RedisLink {

    static final Duration FIRST_PROBE = Duration.ofSeconds(1);
    private static final long LAST_PROBE_MILLIS = 30_000;

    /**
     * How long the first attempt to connect may take. The client never ends it if Redis has too many clients, for instance. If
     * there is no connection, the time doubles with each attempt: attempts to a server that never answers keep places in the
     * pool, which the application shares.
     */
    private static final long FIRST_CONNECT_MILLIS = 10_000;
    private static final long LAST_CONNECT_MILLIS = 300_000;
    private static final long STABLE_NANOS = Duration.ofMinutes(1).toNanos();

    /**
     * The maximum number of connections that are kept because a response on them is missing. They are not returned to the pool,
     * because the probe could get one of them: if packets are lost, such a connection stays open for many minutes. The number
     * is limited, because the application shares the pool.
     */
    private static final int MAX_STUCK = 2;

    private final Vertx vertx;
    private final Redis redis;
    private final String client;
    private final List<Probe> probes;
    private final long timeout;
    private final Context home;
    private final Set<Promise<Response>> pending = new HashSet<>();
    private final Deque<RedisConnection> stuck = new ArrayDeque<>();
    private RedisConnection connection;
    private Future<RedisConnection> connecting;
    private boolean down;
    private long upSince;
    private long delay = FIRST_PROBE.toMillis();
    private long connectMillis = FIRST_CONNECT_MILLIS;
    private volatile boolean closed;

    /** A script that is run as a probe, on a separate key. */
    record Probe(Script script, String key, Object... arguments) {
    }

    /** Redis did not answer in time, or nothing was sent because Redis is known not to work. */
    private static final class Unavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Unavailable(String message) {
            super(message, null, false, false);
        }
    }

    /** @param client the name of the Redis client in messages */
    RedisLink(Vertx vertx, Redis redis, String client, Duration timeout, List<Probe> probes) {
        this.vertx = vertx;
        this.redis = redis;
        this.client = client;
        this.probes = probes;
        this.timeout = timeout.toMillis();
        this.home = vertx.getOrCreateContext();
        this.upSince = System.nanoTime();
        // The connection is opened now, so that the first request does not wait for it.
        home.runOnContext(start -> connection());
    }

    /** @return the result; fails within the timeout, or at once while Redis is known not to work */
    Future<Response> run(Script script, String key, Object... arguments) {
        Promise<Response> answer = Promise.promise();
        home.runOnContext(ignored -> {
            if (down || closed) {
                answer.fail(new Unavailable("Redis is not available"));
            } else {
                start(request(script, key, arguments), answer);
            }
        });
        return answer.future();
    }

    /** Runs the task periodically on the context of this link. */
    void every(Duration period, Runnable task) {
        home.runOnContext(ignored -> vertx.setPeriodic(period.toMillis(), timer -> {
            if (closed) {
                vertx.cancelTimer(timer);
            } else {
                task.run();
            }
        }));
    }

    void close() {
        closed = true;
    }

    private void start(Request request, Promise<Response> answer) {
        pending.add(answer);
        long timer = vertx.setTimer(timeout, late -> {
            if (pending.contains(answer)) {
                fail(silent(), true);
            }
        });
        connection().compose(open -> open.send(request)).onComplete(sent -> home.runOnContext(ignored -> {
            vertx.cancelTimer(timer);
            // If Redis has failed in the meantime, the request is not pending any more, and this may be a late response.
            if (pending.contains(answer)) {
                if (sent.succeeded()) {
                    pending.remove(answer);
                    answer.complete(sent.result());
                } else {
                    fail(sent.cause(), false);
                }
            }
        }));
    }

    private Unavailable silent() {
        return new Unavailable("there was no answer within " + timeout + " ms");
    }

    /** Returns the current connection, or opens one. Makes no second attempt before the first one ends or takes too long. */
    private Future<RedisConnection> connection() {
        if (connection != null) {
            return Future.succeededFuture(connection);
        }
        if (connecting == null) {
            Promise<RedisConnection> attempt = Promise.promise();
            connecting = attempt.future();
            long limit = connectMillis;
            long timer = vertx.setTimer(limit, late -> {
                connecting = null;
                connectMillis = Math.min(LAST_CONNECT_MILLIS, 2 * limit);
                Unavailable cause = new Unavailable("there was no connection within " + limit + " ms");
                attempt.fail(cause);
                fail(cause, false);
            });
            connect().onComplete(made -> home.runOnContext(ignored -> {
                if (!vertx.cancelTimer(timer)) {
                    made.map(RedisConnection::close); // It came too late, and there may be another one.
                    return;
                }
                connecting = null;
                if (made.succeeded()) {
                    connectMillis = FIRST_CONNECT_MILLIS;
                    connection = made.result();
                    watch(connection);
                    attempt.complete(connection);
                } else {
                    attempt.fail(made.cause());
                    fail(made.cause(), false);
                }
            }));
        }
        return connecting;
    }

    /** Turns an exception into a failed future. Otherwise the attempt would never end. */
    private Future<RedisConnection> connect() {
        try {
            return redis.connect();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void watch(RedisConnection open) {
        open.exceptionHandler(failure -> home.runOnContext(ignored -> lost(open)));
        open.endHandler(end -> home.runOnContext(ignored -> lost(open)));
    }

    private void lost(RedisConnection open) {
        stuck.remove(open);
        if (connection == open) {
            connection = null;
            if (!down && !closed) {
                // Redis may close an idle connection, which is no failure. If a new connection cannot be opened, Redis has
                // failed.
                connection();
            }
        }
    }

    /** @param silent whether there was no response, so that the connection may be unusable */
    private void fail(Throwable cause, boolean silent) {
        if (silent && connection != null) {
            stuck.add(connection);
            connection = null;
            if (stuck.size() > MAX_STUCK) {
                stuck.remove().close();
            }
        }
        if (down || closed) {
            return;
        }
        down = true;
        HumeLog.LOG.sharedStateLost(client, reason(cause));
        Set<Promise<Response>> waiting = Set.copyOf(pending);
        pending.clear();
        if (System.nanoTime() - upSince > STABLE_NANOS) {
            delay = FIRST_PROBE.toMillis();
        }
        probeLater();
        waiting.forEach(answer -> answer.fail(cause));
    }

    private void probeLater() {
        vertx.setTimer(delay, ignored -> probe());
        delay = Math.min(LAST_PROBE_MILLIS, 2 * delay);
    }

    private void probe() {
        if (closed) {
            return;
        }
        Promise<Void> result = Promise.promise();
        long timer = vertx.setTimer(timeout, late -> {
            if (result.tryFail(silent())) {
                fail(silent(), true);
            }
        });
        Future<RedisConnection> ready = connection();
        for (Probe probe : probes) {
            ready = ready.compose(open -> open.send(request(probe.script(), probe.key(), probe.arguments())).map(open));
        }
        ready.onComplete(done -> home.runOnContext(ignored -> {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
                result.tryComplete();
            } else {
                result.tryFail(done.cause());
            }
        }));
        result.future().onComplete(probed -> home.runOnContext(ignored -> {
            if (probed.succeeded()) {
                up();
            } else {
                probeLater();
            }
        }));
    }

    private void up() {
        down = false;
        upSince = System.nanoTime();
        stuck.forEach(RedisConnection::close);
        stuck.clear();
        HumeLog.LOG.sharedStateBack(client);
    }

    private static Request request(Script script, String key, Object... arguments) {
        Request request = Request.cmd(Command.EVAL).arg(script.source()).arg(1).arg(key);
        for (Object argument : arguments) {
            request.arg(String.valueOf(argument));
        }
        return request;
    }

    /**
     * Describes the failure: an error of Redis by its code, such as READONLY, and any other failure by its class, because its
     * message may contain an address.
     */
    private static String reason(Throwable failure) {
        if (failure instanceof Unavailable) {
            return failure.getMessage();
        }
        return failure instanceof Response answer && answer.type() == ResponseType.ERROR
                ? "it answered " + failure.getMessage().split(" ", 2)[0]
                : failure.getClass().getName();
    }
}

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
 * Runs scripts in Redis, none of them for longer than the timeout. After a failure none is tried, so that callers do not wait
 * one after the other, until a probe that does what the scripts do has succeeded.
 * <p>
 * All state belongs to one Vert.x context. One connection carries everything: the pool refuses callers when more wait for a
 * connection than it allows, and this is where many come at once.
 */
final class RedisLink {

    static final Duration FIRST_PROBE = Duration.ofSeconds(1);
    private static final long LAST_PROBE_MILLIS = 30_000;
    private static final long STABLE_NANOS = Duration.ofMinutes(1).toNanos();

    /**
     * Connections without an answer are not given back to the pool, or the probe would get one of them: with packets lost on
     * the way, such a connection stays open for many minutes. No more than this are kept, since the pool is shared.
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
    private volatile boolean closed;

    /** A script that the probe runs, on a key of its own. */
    record Probe(Script script, String key, Object... arguments) {
    }

    /** Nothing was sent, because Redis is known not to work. */
    private static final class Unavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Unavailable(String message) {
            super(message, null, false, false);
        }
    }

    /** @param client its name in messages */
    RedisLink(Vertx vertx, Redis redis, String client, Duration timeout, List<Probe> probes) {
        this.vertx = vertx;
        this.redis = redis;
        this.client = client;
        this.probes = probes;
        this.timeout = timeout.toMillis();
        this.home = vertx.getOrCreateContext();
        this.upSince = System.nanoTime();
        // Begins before the first request, which would wait for it.
        home.runOnContext(start -> connection());
    }

    /** @return fails within the timeout, and at once while Redis does not work */
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

    /** Runs something on the context of this link, again and again. */
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
            // Not pending any more if Redis has failed in the meantime: this may be a late answer.
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

    /** The one there is, or a new one; never two attempts at a time. */
    private Future<RedisConnection> connection() {
        if (connection != null) {
            return Future.succeededFuture(connection);
        }
        if (connecting == null) {
            Promise<RedisConnection> attempt = Promise.promise();
            connecting = attempt.future();
            connect().onComplete(made -> home.runOnContext(ignored -> {
                connecting = null;
                if (made.succeeded()) {
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

    /** What is thrown is a failure like any other: nothing would end the attempt otherwise. */
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
                // Redis may close idle connections; if it does not let another one in, that is a failure.
                connection();
            }
        }
    }

    /** @param silent whether the connection is suspected to be of no use */
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

    /** Of Redis' own errors the code, such as READONLY; of others the class, since a message may quote an address. */
    private static String reason(Throwable failure) {
        if (failure instanceof Unavailable) {
            return failure.getMessage();
        }
        return failure instanceof Response answer && answer.type() == ResponseType.ERROR
                ? "it answered " + failure.getMessage().split(" ", 2)[0]
                : failure.getClass().getName();
    }
}

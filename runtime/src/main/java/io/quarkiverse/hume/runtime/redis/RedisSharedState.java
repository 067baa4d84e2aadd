package io.quarkiverse.hume.runtime.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.runtime.access.RequestLimit;
import io.quarkiverse.hume.runtime.access.SharedLimits;
import io.quarkiverse.hume.runtime.access.SocketLimit;
import io.quarkiverse.hume.runtime.webhook.SharedReplays;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.InactiveBeanException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** The state that the instances of an application share in Redis. Thread-safe; no method blocks. */
public final class RedisSharedState implements SharedLimits, SharedReplays {

    private static final long PROBE_MILLIS = 1000;

    private final String instance = UUID.randomUUID().toString();
    private final Keys keys;
    private final RedisLink redis;
    private final Duration lease;

    /**
     * @param client the name of the Redis client in messages
     * @param application the name of the application, which all its instances share
     * @param timeout the maximum time that a caller waits
     * @param lease the time after which the sockets of an instance that has ended no longer count
     */
    RedisSharedState(Vertx vertx, Redis redis, String client, String application, Duration timeout, Duration lease) {
        this.keys = new Keys(application);
        this.lease = lease;
        this.redis = new RedisLink(vertx, redis, client, timeout, List.of(
                new RedisLink.Probe(Script.CLAIM, keys.probe(Script.CLAIM), "probe", PROBE_MILLIS),
                new RedisLink.Probe(Script.REQUEST, keys.probe(Script.REQUEST), 1_000, PROBE_MILLIS * 1000),
                new RedisLink.Probe(Script.ENTER, keys.probe(Script.ENTER), 1_000, "probe", PROBE_MILLIS)));
    }

    /**
     * Fails the start if the Redis client is inactive. Quarkus makes a client without an address inactive, and reports this
     * only when the client is used.
     *
     * @param client the name of the client; {@code null} for the default one
     */
    static void requireActive(Redis redis, String client) {
        try {
            ClientProxy.unwrap(redis);
        } catch (InactiveBeanException e) {
            String hosts = client == null ? "quarkus.redis.hosts" : "quarkus.redis.\"" + client + "\".hosts";
            String problem = "The instances of this application share state in Redis (hume.shared-state=redis), but its Redis"
                    + " client is not active. Set " + hosts + " to the address of Redis, or build the application without"
                    + " hume.shared-state";
            throw new ConfigurationException(problem, e, Set.of(hosts));
        }
    }

    @Override
    public RequestLimit requests(String endpoint, int perMinute, RequestLimit local) {
        return new RedisRequestLimit(redis, keys, endpoint, perMinute, local);
    }

    @Override
    public SocketLimit sockets(String endpoint, int limit, SocketLimit local) {
        return new RedisSocketLimit(redis, keys, endpoint, limit, lease, local);
    }

    @Override
    public CompletionStage<Boolean> claim(String account, String signature, Duration lifetime) {
        return redis.run(Script.CLAIM, replay(account, signature), instance, Math.max(1, lifetime.toMillis()))
                .map(answer -> answer.toInteger() == 1)
                // Without Redis, this instance decides alone, and its own replay cache has already accepted the webhook.
                .otherwise(true)
                .toCompletionStage();
    }

    @Override
    public void release(String account, String signature) {
        redis.run(Script.RELEASE, replay(account, signature), instance);
    }

    @Override
    public void releaseUnanswered(String account, String signature, int limit) {
        redis.run(Script.RELEASE_UNANSWERED, replay(account, signature), instance, limit);
    }

    private String replay(String account, String signature) {
        return keys.of("webhook", account, signature);
    }

    void close() {
        redis.close();
    }
}

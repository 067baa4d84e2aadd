package io.quarkiverse.hume.runtime.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.hume.runtime.access.Caller;
import io.quarkiverse.hume.runtime.access.SocketLimit;
import io.vertx.core.Future;

/**
 * Limits the number of sockets that a caller has open at the same time at all instances. Each socket has a lease that is
 * renewed regularly, so the leases of an instance that ended without releasing them expire. The local limit is checked first,
 * so it has counted all sockets of this instance when Redis fails.
 */
final class RedisSocketLimit implements SocketLimit {

    static final Duration LEASE = Duration.ofMinutes(1);

    private final RedisLink redis;
    private final Keys keys;
    private final String endpoint;
    private final int limit;
    private final Duration lease;
    private final SocketLimit local;
    private final Map<String, Set<String>> open = new ConcurrentHashMap<>();

    RedisSocketLimit(RedisLink redis, Keys keys, String endpoint, int limit, Duration lease, SocketLimit local) {
        this.redis = redis;
        this.keys = keys;
        this.endpoint = endpoint;
        this.limit = limit;
        this.lease = lease;
        this.local = local;
        redis.every(lease.dividedBy(3), this::renew);
    }

    @Override
    public CompletionStage<Permit> enter(Caller caller) {
        return local.enter(caller).thenCompose(permit -> permit == null
                ? Future.<Permit> succeededFuture().toCompletionStage()
                : enter(keys.of("sockets", endpoint, caller), permit).toCompletionStage());
    }

    private Future<Permit> enter(String key, Permit permit) {
        String id = UUID.randomUUID().toString();
        return redis.run(Script.ENTER, key, limit, id, lease.toMillis())
                .map(answer -> answer.toInteger() == 1)
                // If Redis does not work, the socket still gets a lease, and the next renewal adds it to Redis.
                .otherwise(true)
                .map(entered -> {
                    if (!entered) {
                        permit.release();
                        return null;
                    }
                    open.computeIfAbsent(key, unknown -> ConcurrentHashMap.newKeySet()).add(id);
                    return () -> leave(key, id, permit);
                });
    }

    private void leave(String key, String id, Permit permit) {
        permit.release();
        open.computeIfPresent(key, (known, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
        redis.run(Script.LEAVE, key, id);
    }

    private void renew() {
        open.forEach((key, ids) -> {
            List<Object> arguments = new ArrayList<>();
            arguments.add(lease.toMillis());
            arguments.addAll(ids);
            redis.run(Script.RENEW, key, arguments.toArray());
        });
    }
}

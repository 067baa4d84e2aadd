package io.quarkiverse.hume.runtime.redis;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.runtime.access.Caller;
import io.quarkiverse.hume.runtime.access.RequestLimit;
import io.vertx.core.Future;

/**
 * Limits the admitted requests of a caller at all instances within any minute. Requests that Redis admits are also counted by
 * the local limit, so that the local limit knows them when Redis fails or has lost its data.
 */
final class RedisRequestLimit implements RequestLimit {

    private static final long PERIOD_MICROS = Duration.ofMinutes(1).toMillis() * 1000;

    private final RedisLink redis;
    private final Keys keys;
    private final String endpoint;
    private final int limit;
    private final RequestLimit local;

    RedisRequestLimit(RedisLink redis, Keys keys, String endpoint, int limit, RequestLimit local) {
        this.redis = redis;
        this.keys = keys;
        this.endpoint = endpoint;
        this.limit = limit;
        this.local = local;
    }

    @Override
    public CompletionStage<Duration> admit(Caller caller) {
        return redis.run(Script.REQUEST, keys.of("requests", endpoint, caller), limit, PERIOD_MICROS)
                .map(answer -> Duration.of(answer.toLong(), ChronoUnit.MICROS))
                .otherwise(Duration.ZERO)
                .compose(wait -> wait.isZero() ? Future.fromCompletionStage(local.admit(caller))
                        : Future.succeededFuture(wait))
                .toCompletionStage();
    }
}

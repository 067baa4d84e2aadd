package io.quarkiverse.hume.runtime.redis;

import java.util.function.Function;

import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

/** Creates the shared state when the application starts. */
@Recorder
public class SharedStateRecorder {

    private final RuntimeValue<HumeRuntimeConfig> config;

    public SharedStateRecorder(RuntimeValue<HumeRuntimeConfig> config) {
        this.config = config;
    }

    /**
     * @param client the name of the Redis client; {@code null} for the default one
     * @param application the name of the application
     */
    public Function<SyntheticCreationalContext<RedisSharedState>, RedisSharedState> sharedState(String client,
            String application, ShutdownContext shutdown) {
        return beans -> {
            Redis redis = client == null ? beans.getInjectedReference(Redis.class)
                    : beans.getInjectedReference(Redis.class, RedisClientName.Literal.of(client));
            RedisSharedState.requireActive(redis, client);
            RedisSharedState state = new RedisSharedState(beans.getInjectedReference(Vertx.class), redis,
                    client == null ? "default client" : "client " + client, application,
                    config.getValue().sharedState().timeout(), RedisSocketLimit.LEASE);
            shutdown.addShutdownTask(state::close);
            return state;
        };
    }
}

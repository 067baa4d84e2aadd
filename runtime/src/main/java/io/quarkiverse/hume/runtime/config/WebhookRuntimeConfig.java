package io.quarkiverse.hume.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** How webhooks for an account are verified. */
@ConfigGroup
public interface WebhookRuntimeConfig {

    /**
     * The key that webhooks are signed with. While a key is being replaced, configure both, separated by a comma. A comma
     * within a key needs a backslash before it. Without a signing key, `api-key` is used.
     */
    @ConfigDocDefault("the API key")
    Optional<List<String>> signingKey();

    /**
     * The maximum age of a webhook, from 1 second to 1 hour.
     */
    @WithDefault("180S")
    Duration tolerance();

    /**
     * How far the timestamp of a webhook may be ahead of this machine's clock, from 0 to 1 hour.
     */
    @WithDefault("30S")
    Duration clockSkew();

    /**
     * The number of accepted webhooks that are remembered to recognize replays, from 1 to 10 million. Each takes about 200
     * bytes. When there are more within the tolerance, the oldest are evicted. From then on, webhooks with the same timestamp
     * as an evicted webhook, or an earlier one, are rejected.
     */
    @WithDefault("10000")
    int replayLimit();

    /**
     * The maximum size of the body of a webhook, from 1K to 64M. `quarkus.http.limits.max-body-size` applies in addition.
     */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /**
     * The time within which the body of a webhook has to be complete, from 100 milliseconds to 10 minutes. Otherwise the
     * webhook is answered with 408.
     */
    @WithDefault("10S")
    Duration bodyTimeout();
}

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
     * The keys that webhooks may be signed with: one, or several separated by commas while keys are exchanged. A comma within
     * a key needs a backslash before it.
     * Without any, it is the API key. The credentials provider is asked for it at most once in 5 seconds.
     */
    @ConfigDocDefault("the API key")
    Optional<List<String>> signingKey();

    /**
     * How old a webhook may be, from 1 second to 1 hour.
     */
    @WithDefault("180S")
    Duration tolerance();

    /**
     * How far the time of a webhook may be ahead of this machine's clock, from 0 to 1 hour.
     */
    @WithDefault("30S")
    Duration clockSkew();

    /**
     * How many accepted webhooks are remembered, so that a second delivery is recognized, from 1 to 10 million; each takes
     * about 200 bytes. When there are more within the tolerance, the oldest are forgotten, and webhooks that are not younger
     * than those are refused from then on.
     */
    @WithDefault("10000")
    int replayLimit();

    /**
     * How large the body of a webhook may be, from 1K to 64M. It is read before the signature can be verified, so do not allow
     * more than your events need. `quarkus.http.limits.max-body-size` applies in addition.
     */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /**
     * How long a webhook may take to arrive, from 100 milliseconds to 10 minutes. One that is not complete by then is answered
     * with 408.
     */
    @WithDefault("10S")
    Duration bodyTimeout();
}

package io.quarkiverse.hume.runtime.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Hume's limit of requests for an organization. */
@ConfigGroup
public interface RateLimitRuntimeConfig {

    /**
     * The number of requests that REST clients and the relay send with the account in any minute, from 1 to 100000. Set it to
     * the limit of the account's organization at Hume, less the requests of its other applications and instances. Calls beyond
     * the limit wait without blocking a thread. A call that Hume answers with 429 is retried once, if its body can be sent
     * again and the wait is not longer than {@code rate-limit.max-wait}.
     */
    @ConfigDocDefault("no limit, and 429 goes to the caller")
    OptionalInt requestsPerMinute();

    /**
     * The name of the limit. Accounts with the same name share one limit, because they belong to one organization.
     */
    @ConfigDocDefault("a limit of the account's own")
    Optional<String> name();

    /**
     * How long a call may wait for the limit, from zero to ten minutes. Calls that would have to wait longer fail at once with
     * a `HumeRateLimitException`, which says when they could have been sent.
     */
    @WithDefault("10S")
    Duration maxWait();
}

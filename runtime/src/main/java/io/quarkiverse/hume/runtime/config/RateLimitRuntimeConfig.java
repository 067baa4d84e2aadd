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
     * the limit of your organization at Hume, less the requests of other applications and instances. Calls beyond the limit
     * wait for at most `rate-limit.max-wait`. With this property, a call that Hume answers with 429 is retried once, if its
     * body can be sent again and the wait is not longer than `rate-limit.max-wait`.
     */
    @ConfigDocDefault("no limit, and 429 goes to the caller")
    OptionalInt requestsPerMinute();

    /**
     * The name of the limit. Accounts with the same value share one limit. Use it for accounts of one organization, for example
     * `my-organization`. Each of them has to
     * set the same `rate-limit.requests-per-minute`.
     */
    @ConfigDocDefault("a limit for this account alone")
    Optional<String> name();

    /**
     * How long a call may wait for the limit, from zero to ten minutes. A call that would have to wait longer fails at once
     * with a `HumeRateLimitException`. For the account of the relay, it must be shorter than `hume.relay.timeout`.
     */
    @WithDefault("10S")
    Duration maxWait();
}

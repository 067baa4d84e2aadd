package io.quarkiverse.hume.runtime.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** The limit of requests that Hume has for an organization. */
@ConfigGroup
public interface RateLimitRuntimeConfig {

    /**
     * How many requests REST clients send with the account in any minute, from 1 to 100000: what the account's organization
     * has at Hume, less what its other applications and instances use. Calls beyond it wait, without a thread, and a call
     * that Hume answers with 429 is sent again once, if its body can be sent again.
     */
    @ConfigDocDefault("no limit, and 429 goes to the caller")
    OptionalInt requestsPerMinute();

    /**
     * Accounts with the same name here share one limit, because they belong to one organization.
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

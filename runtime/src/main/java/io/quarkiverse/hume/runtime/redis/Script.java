package io.quarkiverse.hume.runtime.redis;

/**
 * The scripts, each of which Redis executes atomically. Each script uses a single key, so that it also works in a cluster.
 * Times are those of Redis, so that differences between the clocks of the instances have no effect.
 */
enum Script {

    /**
     * Claims a webhook for an instance. Arguments: the instance, the lifetime in milliseconds. Returns 0 if another instance
     * has accepted the webhook, otherwise 1.
     */
    CLAIM("""
            local by = redis.call('HGET', KEYS[1], 'by')
            if by and by ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'by', ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1
            """),

    /** Releases a webhook that an instance has accepted but not processed. Argument: the instance. */
    RELEASE("""
            if redis.call('HGET', KEYS[1], 'by') == ARGV[1] then redis.call('HDEL', KEYS[1], 'by') end
            return 1
            """),

    /**
     * Releases a webhook whose sender got no response. Arguments: the instance, the number of times that a webhook may be
     * released for this reason.
     */
    RELEASE_UNANSWERED("""
            if redis.call('HGET', KEYS[1], 'by') == ARGV[1]
                and redis.call('HINCRBY', KEYS[1], 'unanswered', 1) <= tonumber(ARGV[2]) then
              redis.call('HDEL', KEYS[1], 'by')
            end
            return 1
            """),

    /**
     * Decides about a request, and counts it if it is admitted. Arguments: the limit, the period in microseconds. Returns 0 if
     * the request is admitted, otherwise the time in microseconds until a request will be admitted. Stored times that are in
     * the future are removed, because they were stored before the clock was set back.
     */
    REQUEST("""
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
            local period = tonumber(ARGV[2])
            local oldest = tonumber(redis.call('LINDEX', KEYS[1], 0))
            while oldest and (now - oldest >= period or oldest > now) do
              redis.call('LPOP', KEYS[1])
              oldest = tonumber(redis.call('LINDEX', KEYS[1], 0))
            end
            if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[1]) then return period - (now - oldest) end
            redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
            redis.call('PEXPIRE', KEYS[1], math.ceil(period / 1000))
            return 0
            """),

    /**
     * Adds a lease for a socket. Arguments: the limit, the lease, its duration in milliseconds. Returns 0 if the limit is
     * reached, otherwise 1.
     */
    ENTER("""
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
            redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return 1
            """),

    /**
     * Renews leases, and restores those that are missing because Redis has lost its data. Arguments: the duration of the leases
     * in milliseconds, the leases.
     */
    RENEW("""
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[i]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """),

    /** Removes a lease. Argument: the lease. */
    LEAVE("return redis.call('ZREM', KEYS[1], ARGV[1])");

    private final String source;

    Script(String source) {
        this.source = source;
    }

    String source() {
        return source;
    }
}

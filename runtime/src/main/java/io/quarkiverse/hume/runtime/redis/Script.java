package io.quarkiverse.hume.runtime.redis;

/**
 * What Redis runs as one step. Each script has one key, so that it runs in a cluster as well, and reads Redis' clock, so that
 * the clocks of the instances do not count.
 */
enum Script {

    /** Arguments: the instance, the lifetime in ms. Answers 0 if another instance has accepted the webhook, else 1. */
    CLAIM("""
            local by = redis.call('HGET', KEYS[1], 'by')
            if by and by ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'by', ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1
            """),

    /** Argument: the instance, which has accepted the webhook and gives it back. */
    RELEASE("""
            if redis.call('HGET', KEYS[1], 'by') == ARGV[1] then redis.call('HDEL', KEYS[1], 'by') end
            return 1
            """),

    /** Arguments: the instance, how often a webhook may be given back for want of an answer. */
    RELEASE_UNANSWERED("""
            if redis.call('HGET', KEYS[1], 'by') == ARGV[1]
                and redis.call('HINCRBY', KEYS[1], 'unanswered', 1) <= tonumber(ARGV[2]) then
              redis.call('HDEL', KEYS[1], 'by')
            end
            return 1
            """),

    /**
     * Arguments: the limit, the period in microseconds. Answers 0 if the request is admitted, which is counted, else the
     * microseconds until one would be. A time in the future is one from before the clock was set back.
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

    /** Arguments: the limit, the lease, its length in ms. Answers 0 if there are as many sockets as may be, else 1. */
    ENTER("""
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
            redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return 1
            """),

    /** Arguments: the length of leases in ms, the leases; one that is gone, because Redis was emptied, is made again. */
    RENEW("""
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[i]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """),

    /** Argument: the lease. */
    LEAVE("return redis.call('ZREM', KEYS[1], ARGV[1])");

    private final String source;

    Script(String source) {
        this.source = source;
    }

    String source() {
        return source;
    }
}

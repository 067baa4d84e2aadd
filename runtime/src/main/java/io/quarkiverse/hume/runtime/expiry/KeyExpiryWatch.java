package io.quarkiverse.hume.runtime.expiry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.token.TokenClock;
import io.quarkiverse.hume.runtime.token.TokenTiming.Scheduler;

/** Reports, once a day, API keys that expire soon or have expired. */
public final class KeyExpiryWatch {

    /** The interval of the checks, and the maximum delay until a changed date in a mounted file is used. */
    static final Duration INTERVAL = Duration.ofMinutes(10);

    private static final Duration DAY = Duration.ofDays(1);

    private final List<Watched> accounts;
    private final TokenClock clock;
    private final Scheduler scheduler;
    private final Executor workers;
    private Runnable cancellation = () -> {
    };
    private boolean closed;

    /**
     * @param scheduler schedules the checks
     * @param workers run the checks, which may read files and wait for the provider of a key
     */
    public KeyExpiryWatch(List<Watched> accounts, TokenClock clock, Scheduler scheduler, Executor workers) {
        this.accounts = accounts;
        this.clock = clock;
        this.scheduler = scheduler;
        this.workers = workers;
    }

    /** An account with the expiry that was reported last and the time of that report. */
    public static final class Watched {

        private final String account;
        private final String origin;
        private final String originOfExpiry;
        private final KeyExpiry expiry;
        private final Duration warning;
        private final Consumer<Instant> observers;
        private Instant reportedDate;
        private Instant reportedAt;

        /**
         * @param origin where the API key comes from
         * @param originOfExpiry where the expiry is that comes with the key
         * @param warning how long before the expiry the reports begin
         * @param observers receive the date whenever it is logged
         */
        public Watched(String account, String origin, String originOfExpiry, KeyExpiry expiry, Duration warning,
                Consumer<Instant> observers) {
            this.account = account;
            this.origin = origin;
            this.originOfExpiry = originOfExpiry;
            this.expiry = expiry;
            this.warning = warning;
            this.observers = observers;
        }

        private void check(Instant now) {
            expiry.refresh();
            if (isReportDue(expiry.expiresAt(), now)) {
                expiry.refreshProvided();
                Optional<Instant> date = expiry.expiresAt();
                if (isReportDue(date, now)) {
                    reportedDate = date.get();
                    reportedAt = now;
                    report(date.get(), Duration.between(now, date.get()));
                }
            }
        }

        private boolean isReportDue(Optional<Instant> date, Instant now) {
            return date.isPresent() && !now.isBefore(date.get().minus(warning))
                    && !(date.get().equals(reportedDate) && now.isBefore(reportedAt.plus(DAY)));
        }

        private void report(Instant expiresAt, Duration left) {
            String name = AccountName.describe(account);
            String date = expiry.isConfigured() ? AccountName.property(account, "api-key-expires-at") : originOfExpiry;
            if (left.isNegative() || left.isZero()) {
                HumeLog.LOG.keyExpired(name, expiresAt, origin, date);
            } else {
                HumeLog.LOG.keyExpires(name, expiresAt, left.toDays(), origin, date);
            }
            observers.accept(expiresAt);
        }
    }

    /** Checks at once, on a worker thread, and from then on at intervals. */
    public void start() {
        try {
            workers.execute(this::check);
        } catch (RejectedExecutionException e) {
            close(); // The application is being stopped.
        }
    }

    private void check() {
        try {
            for (Watched account : accounts) {
                account.check(clock.now());
            }
        } finally {
            later();
        }
    }

    private synchronized void later() {
        if (!closed) {
            try {
                cancellation = scheduler.schedule(INTERVAL, this::start);
            } catch (RejectedExecutionException e) {
                closed = true; // The application is being stopped.
            }
        }
    }

    public synchronized void close() {
        closed = true;
        cancellation.run();
    }
}

package io.quarkiverse.hume.runtime.refresh;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountProfile;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.AccountSettings;
import io.quarkiverse.hume.runtime.context.CallerContexts;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkus.runtime.StartupEvent;

/**
 * Checks regularly whether a token has to be requested, so that no caller has to wait: with a job of the application's
 * scheduler or, if the scheduler does not run, with a timer. A bean of this type exists only in applications that use tokens.
 */
@Singleton
public class TokenRenewal {

    private static final long TOLERANCE = Duration.ofMillis(500).toNanos();

    /** After this many intervals without the job, the timer takes over. */
    private static final int MISSED_JOBS = 5;

    private final AccountRegistry registry;
    private final AccountSettings settings;
    private final CallerContexts contexts;
    private final boolean jobExists;

    /** The times of the last checks by account, in monotonic nanoseconds. */
    private final Map<String, Long> lastChecks = new ConcurrentHashMap<>();

    private final AtomicInteger missedJobs = new AtomicInteger();
    private volatile boolean timed;

    /** Cancels the timer; {@code null} if there is none. Guarded by this object. */
    private Runnable cancelTimer;

    /** Guarded by this object. */
    private boolean stopped;

    public TokenRenewal(AccountRegistry registry, AccountSettings settings, CallerContexts contexts,
            Instance<TokenRefresher> job) {
        this.registry = registry;
        this.settings = settings;
        this.contexts = contexts;
        this.jobExists = !job.isUnsatisfied();
    }

    /** The first check runs after the application has started, and requests the first tokens, so the start is not delayed. */
    void started(@Observes StartupEvent event) {
        if (!registry.hasTokens()) {
            return;
        }
        Optional<String> whyNoJob = whyNoJob(jobExists, ConfigProvider.getConfig());
        if (whyNoJob.isPresent()) {
            useTimer(whyNoJob.get());
        }
        schedule(timed ? Duration.ofMillis(1) : interval());
    }

    /** Why the application's scheduler will not run the job; empty if it will, as far as is known. */
    static Optional<String> whyNoJob(boolean jobExists, Config config) {
        if (!jobExists) {
            return Optional.of("with quarkus-quartz, jobs may be kept in a store that other instances share");
        }
        if (!config.getOptionalValue("quarkus.scheduler.enabled", Boolean.class).orElse(true)) {
            return Optional.of("quarkus.scheduler.enabled is false");
        }
        if ("halted".equalsIgnoreCase(config.getOptionalValue("quarkus.scheduler.start-mode", String.class).orElse(""))) {
            return Optional.of("quarkus.scheduler.start-mode is halted");
        }
        return Optional.empty();
    }

    /** Called each time the scheduler runs the job. */
    void job() {
        missedJobs.set(0);
        if (timed) {
            timed = false;
            HumeLog.LOG.tokensRenewedByJob();
        }
        look(System.nanoTime());
    }

    private void timer() {
        if (!timed && missedJobs.incrementAndGet() >= MISSED_JOBS) {
            useTimer("the scheduler has not run the job " + TokenRefresher.JOB + " lately; it is paused or overloaded");
        }
        if (timed) {
            look(System.nanoTime());
        }
        schedule(interval());
    }

    private void useTimer(String reason) {
        timed = true;
        HumeLog.LOG.tokensRenewedByTimer(reason);
    }

    /** Schedules one check at a time. A periodic timer would make up for missed checks after the process was suspended. */
    private synchronized void schedule(Duration delay) {
        if (!stopped) {
            cancelTimer = contexts.schedule(delay, this::timer);
        }
    }

    private Duration interval() {
        return settings.token(HumeAccount.DEFAULT).checkEvery();
    }

    void look(long now) {
        for (Account account : registry.all()) {
            AccountProfile profile = account.profile();
            if (account.authentication().hasTokens() && due(profile.name(), now)) {
                boolean first = lastChecks.put(profile.name(), now) == null;
                if (first && profile.acquiresAtStartup()) {
                    account.authentication().keeper().acquire();
                } else {
                    account.authentication().keeper().tick();
                }
            }
        }
    }

    /** Whether the check of an account is due. There is a tolerance, because timers may fire a little early or late. */
    private boolean due(String account, long now) {
        Long last = lastChecks.get(account);
        long every = settings.token(account).checkEvery().toNanos();
        return last == null || now - last >= every - Math.min(every / 2, TOLERANCE);
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        if (cancelTimer != null) {
            cancelTimer.run();
        }
    }
}

package io.quarkiverse.hume.benchmark;

import java.util.concurrent.CountDownLatch;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.oidc.client.reactive.filter.OidcClientRequestReactiveFilter;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** The application that the benchmarks measure. It runs in the process of the benchmarks. */
public final class RunningApplication implements QuarkusApplication {

    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static volatile RunningApplication running;
    private static LocalHume hume;

    @Inject
    @RestClient
    public Clients.Plain plain;
    @Inject
    @RestClient
    public Clients.StaticHeader staticHeader;
    @Inject
    @RestClient
    public Clients.Alternative alternative;
    @Inject
    @RestClient
    public Clients.Ours ours;
    @Inject
    @RestClient
    public Clients.AlternativeForEmpty alternativeForEmpty;
    @Inject
    @RestClient
    public Clients.AlternativeForHanging alternativeForHanging;
    @Inject
    public HumeTokens tokens;
    @Inject
    public AccountRegistry accounts;
    @Inject
    public OidcClientRequestReactiveFilter alternativeFilter;

    /** Starts the application once per process, and waits until a token is available. */
    public static synchronized RunningApplication get() throws InterruptedException {
        if (running == null) {
            hume = LocalHume.start();
            Thread main = new Thread(() -> Quarkus.run(RunningApplication.class), "application");
            main.setDaemon(true);
            main.start();
            STARTED.await();
            running.tokens.await();
            running.alternative.get();
        }
        return running;
    }

    static LocalHume hume() {
        return hume;
    }

    @Override
    public int run(String... arguments) {
        running = this;
        STARTED.countDown();
        Quarkus.waitForExit();
        return 0;
    }
}

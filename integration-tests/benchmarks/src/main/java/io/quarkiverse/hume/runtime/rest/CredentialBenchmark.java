package io.quarkiverse.hume.runtime.rest;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.benchmark.RunningApplication;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.credential.RequestCredential;
import io.quarkiverse.hume.runtime.rest.call.RequestAuthentication;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

/**
 * Measures the cost of a credential while the token is valid. {@code lookup*} obtains the value of the header. {@code put*}
 * adds it to a request that the REST client has created, and removes it again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CredentialBenchmark {

    private final AtomicReference<String> floor = new AtomicReference<>("Bearer token-0");
    private RunningApplication application;
    private RequestCredential credential;
    private RequestAuthentication authentication;
    private ResteasyReactiveClientRequestContext request;
    private MultivaluedMap<String, Object> headers;
    private long started;

    /** A client whose request is kept for the benchmark. */
    @Path("/v0/evi/configs")
    public interface Kept {
        @GET
        String get();
    }

    @Setup
    public void start() throws InterruptedException {
        application = RunningApplication.get();
        Account account = application.accounts.get(HumeAccount.DEFAULT);
        credential = account.credential(HumeStrategy.AUTO);
        authentication = new RequestAuthentication(account, credential, true);
        ClientRequestFilter keep = context -> request = (ResteasyReactiveClientRequestContext) context;
        QuarkusRestClientBuilder.newBuilder().baseUri(URI.create(System.getProperty("benchmark.url"))).register(keep)
                .build(Kept.class).get();
        headers = request.getHeaders();
        headers.remove(credential.headerName());
        started = System.nanoTime();
    }

    /** One volatile read and one read of the clock, which is the minimum to determine whether a token is still valid. */
    @Benchmark
    public String lookupFloor() {
        String value = floor.get();
        return System.nanoTime() - started > Long.MAX_VALUE / 2 ? null : value;
    }

    @Benchmark
    public String lookupOurs() {
        return credential.current();
    }

    @Benchmark
    public void lookupAlternative(Blackhole sink) {
        application.alternativeFilter.getTokens().subscribe()
                .with(tokens -> sink.consume("Bearer " + tokens.getAccessToken()));
    }

    @Benchmark
    public Object putFloor() {
        headers.putSingle(RequestCredential.AUTHORIZATION_HEADER, floor.get());
        return headers.remove(RequestCredential.AUTHORIZATION_HEADER);
    }

    /** The minimum for a filter, which has to determine whether the token is still valid. */
    @Benchmark
    public Object putFloorWithClock() {
        headers.putSingle(RequestCredential.AUTHORIZATION_HEADER, lookupFloor());
        return headers.remove(RequestCredential.AUTHORIZATION_HEADER);
    }

    @Benchmark
    public Object putOurs() {
        authentication.authenticate(request);
        return headers.remove(RequestCredential.AUTHORIZATION_HEADER);
    }
}

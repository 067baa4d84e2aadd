package io.quarkiverse.hume.test;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

import io.quarkus.credentials.CredentialsProvider;
import io.vertx.core.Context;

/** A credential store that blocks, whose contents the test sets. */
@ApplicationScoped
@Named("test-store")
public class CredentialStore implements CredentialsProvider {

    static final Map<String, String> FIRST = Map.of("api-key", "emulator-api-key-default-1", "secret-key",
            "emulator-secret-key-default-1");

    private static final AtomicInteger QUESTIONS = new AtomicInteger();
    private static volatile Map<String, String> contents = FIRST;
    private static volatile RuntimeException failure;
    private static volatile CountDownLatch gate = new CountDownLatch(0);
    private static volatile boolean onEventLoop;

    /** What the store has from now on, and that it works. */
    static void hold(Map<String, String> keys) {
        contents = new TreeMap<>(keys);
        failure = null;
        gate.countDown();
    }

    static void fail(RuntimeException with) {
        failure = with;
    }

    /** Does not answer before it {@linkplain #hold holds} something else. */
    static void hang() {
        gate = new CountDownLatch(1);
    }

    static int questions() {
        return QUESTIONS.get();
    }

    static boolean wasAskedOnAnEventLoop() {
        return onEventLoop;
    }

    @Override
    public Map<String, String> getCredentials(String name) {
        QUESTIONS.incrementAndGet();
        onEventLoop |= Context.isOnEventLoopThread();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw failure;
        }
        if (!name.equals("hume")) {
            throw new IllegalStateException("The store knows nothing of " + name);
        }
        return contents;
    }
}

package io.quarkiverse.hume.runtime.credential;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.HumeCredentials;

/** A credentials provider whose results the test determines. */
final class AskedProvider implements Supplier<CompletionStage<HumeCredentials>> {

    private final List<CompletableFuture<HumeCredentials>> questions = new ArrayList<>();

    @Override
    public synchronized CompletionStage<HumeCredentials> get() {
        CompletableFuture<HumeCredentials> question = new CompletableFuture<>();
        questions.add(question);
        return question;
    }

    synchronized int questions() {
        return questions.size();
    }

    void answer(HumeCredentials credentials) {
        last().complete(credentials);
    }

    void fail(Throwable failure) {
        last().completeExceptionally(failure);
    }

    private synchronized CompletableFuture<HumeCredentials> last() {
        return questions.get(questions.size() - 1);
    }

    static <T> T value(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (!future.isDone()) {
            throw new AssertionError("not done");
        }
        return future.join();
    }

    static HumeAuthenticationException failure(CompletionStage<?> stage) {
        try {
            throw new AssertionError("no failure but " + value(stage));
        } catch (CompletionException e) {
            return (HumeAuthenticationException) e.getCause();
        }
    }
}

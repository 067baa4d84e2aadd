package io.quarkiverse.hume.runtime.context;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.hume.runtime.credential.RequestCredential;

/** A credential whose callers each continue on their own context, even though they wait for the same one. */
public final class ContextualCredential implements RequestCredential {

    private final RequestCredential shared;
    private final CallerContexts contexts;

    public ContextualCredential(RequestCredential shared, CallerContexts contexts) {
        this.shared = shared;
        this.contexts = contexts;
    }

    @Override
    public String headerName() {
        return shared.headerName();
    }

    @Override
    public String current() {
        return shared.current();
    }

    @Override
    public CompletionStage<String> get() {
        return contexts.onOwnContext(shared.get());
    }

    @Override
    public CompletionStage<String> lasting(Duration validity) {
        return contexts.onOwnContext(shared.lasting(validity));
    }

    @Override
    public void accepted(String value) {
        shared.accepted(value);
    }

    @Override
    public void recovered(String value) {
        shared.recovered(value);
    }

    @Override
    public CompletionStage<String> rejected(String value) {
        return contexts.onOwnContext(shared.rejected(value));
    }

    @Override
    public CompletionStage<String> forbidden(String value) {
        return contexts.onOwnContext(shared.forbidden(value));
    }

    @Override
    public String rejection() {
        return shared.rejection();
    }
}

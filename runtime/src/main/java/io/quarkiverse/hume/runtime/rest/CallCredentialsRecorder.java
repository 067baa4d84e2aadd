package io.quarkiverse.hume.runtime.rest;

import java.util.function.Supplier;

import io.quarkus.runtime.annotations.Recorder;

/** Carries what the build found out about credentials of the application's own into the running application. */
@Recorder
public class CallCredentialsRecorder {

    public Supplier<CallCredentials> callCredentials(DeclaredCredentials declared) {
        return () -> new CallCredentials(declared);
    }
}

package io.quarkiverse.hume.runtime.rest;

import java.util.Set;
import java.util.function.Supplier;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.Recorder;

/** Carries what the build found out about REST clients into the running application. */
@Recorder
public class RestClientRecorder {

    public void use(ClientAuthentications authentications) {
        clients().use(authentications);
    }

    public void requireOneBaseUrl(String client, Set<String> accounts) {
        clients().requireOneBaseUrl(client, accounts);
    }

    public Supplier<CallCredentials> callCredentials(DeclaredCredentials declared) {
        return () -> new CallCredentials(declared);
    }

    private static RestClients clients() {
        return Arc.container().instance(RestClients.class).get();
    }
}

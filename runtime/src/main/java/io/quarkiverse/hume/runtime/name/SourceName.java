package io.quarkiverse.hume.runtime.name;

/** The names of the configuration sources that this extension adds. */
public final class SourceName {

    /** The files in the {@code secrets-directory} of an account. */
    public static final String SECRETS_DIRECTORY = "Hume secrets directory";

    /** The service bindings of the type {@code hume}. */
    public static final String SERVICE_BINDING = "hume-k8s-service-binding-source";

    private SourceName() {
    }
}

package io.quarkiverse.hume.deployment.rest;

import java.util.Set;
import java.util.function.BooleanSupplier;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Rejects the REST client of RESTEasy Classic, whose clients the extension does not see. This is a condition and not a build
 * step, because with both REST clients Quarkus fails before it runs any build step, with a message that names neither of them.
 */
final class ClassicRestClientAbsent implements BooleanSupplier {

    @Override
    public boolean getAsBoolean() {
        if (QuarkusClassLoader.isClassPresentAtRuntime("io.quarkus.restclient.runtime.RestClientBase")) {
            throw new ConfigurationException("This application has quarkus-resteasy-client (RESTEasy Classic) beside"
                    + " quarkus-rest-client, which quarkus-hume brings along. Quarkus does not support the two together, and"
                    + " clients of RESTEasy Classic cannot be authenticated with Hume. Replace quarkus-resteasy-client by"
                    + " quarkus-rest-client, and quarkus-resteasy-client-jackson by quarkus-rest-client-jackson; if another"
                    + " dependency brings it along, exclude it there. Interfaces of clients, their annotations and their"
                    + " configuration stay as they are", Set.of());
        }
        return true;
    }
}

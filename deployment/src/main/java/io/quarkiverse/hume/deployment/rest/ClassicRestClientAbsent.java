package io.quarkiverse.hume.deployment.rest;

import java.util.Set;
import java.util.function.BooleanSupplier;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Refuses the REST client of RESTEasy Classic, whose clients the extension does not see. A condition rather than a build step:
 * beside its own REST client, Quarkus cannot even put the build steps together, and says so in words that name neither of the
 * two.
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

package io.quarkiverse.hume.deployment.rest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.hume.runtime.rest.ClientAuthentications;
import io.quarkus.builder.item.SimpleBuildItem;

/** Which calls of which REST clients are authenticated, and how. */
public final class HumeRestClientsBuildItem extends SimpleBuildItem {

    private final ClientResolver resolver;

    HumeRestClientsBuildItem(ClientResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * The clients of which at least one call is authenticated, sorted by name: beans, and interfaces of which the application
     * may build clients itself.
     */
    public Collection<AuthenticatedClient> clients() {
        return resolver.clients().values();
    }

    /** @return {@code null} if no call of the client is authenticated */
    public AuthenticatedClient client(String name) {
        return resolver.clients().get(name);
    }

    /** Whether {@code @HumeAuthenticated} on the type says something about a call of a client. */
    public boolean reaches(ClassInfo type) {
        return resolver.reaches(type);
    }

    /** Whether {@code @HumeAuthenticated} on the method says something about a call of a client. */
    public boolean reaches(MethodInfo method) {
        return resolver.reaches(method);
    }

    /** What the running application looks up. */
    ClientAuthentications lookup() {
        Map<String, ClientAuthentications.Client> clients = new LinkedHashMap<>();
        resolver.clients().forEach((name, client) -> clients.put(name, client.lookup()));
        return new ClientAuthentications(clients);
    }
}

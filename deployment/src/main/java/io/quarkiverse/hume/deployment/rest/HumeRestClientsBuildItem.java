package io.quarkiverse.hume.deployment.rest;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.hume.runtime.rest.ClientAuthentications;
import io.quarkus.builder.item.SimpleBuildItem;

/** Which calls of which REST clients are authenticated, and how. */
public final class HumeRestClientsBuildItem extends SimpleBuildItem {

    private final SortedMap<String, AuthenticatedClient> clients;
    private final Set<String> reached;

    /**
     * @param clients the clients by name
     * @param reached the names of types and the keys of methods whose annotation applies to a call
     */
    HumeRestClientsBuildItem(Map<String, AuthenticatedClient> clients, Set<String> reached) {
        this.clients = Collections.unmodifiableSortedMap(new TreeMap<>(clients));
        this.reached = Set.copyOf(reached);
    }

    /**
     * The clients of which at least one call is authenticated, sorted by name: beans, and interfaces of which the application
     * may build clients itself.
     */
    public Collection<AuthenticatedClient> clients() {
        return clients.values();
    }

    /** @return {@code null} if no call of the client is authenticated */
    public AuthenticatedClient client(String name) {
        return clients.get(name);
    }

    /** Whether {@code @HumeAuthenticated} on the type applies to a call of a client. */
    public boolean reaches(ClassInfo type) {
        return reached.contains(type.name().toString());
    }

    /** Whether {@code @HumeAuthenticated} on the method applies to a call of a client. */
    public boolean reaches(MethodInfo method) {
        return reached.contains(AuthenticatedClient.key(method));
    }

    /** The data for the running application. */
    ClientAuthentications lookup() {
        Map<String, ClientAuthentications.Client> lookup = new LinkedHashMap<>();
        clients.forEach((name, client) -> lookup.put(name, client.lookup()));
        return new ClientAuthentications(lookup);
    }
}

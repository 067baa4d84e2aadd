package io.quarkiverse.hume.deployment.rest.credential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient;
import io.quarkiverse.hume.runtime.rest.DeclaredCredentials;

/** Finds the methods of REST clients whose calls set {@code Authorization} or {@code X-Hume-Api-Key} themselves. */
final class CallCredentialDeclarations {

    private final ClientIndex index;
    private final HeaderParameters headers;

    private final Set<String> authenticated;
    private final Set<String> clients = new TreeSet<>();
    private final Map<String, Map<String, String>> parameters = new TreeMap<>();
    private final Map<String, List<String>> ambiguities = new TreeMap<>();
    private final Map<String, Set<String>> objects = new TreeMap<>();

    /**
     * The path of methods that return an interface, and the credential header that the calls of this interface inherit from
     * them.
     *
     * @param header the header that a parameter of one of these methods declares; {@code null} if none does
     * @param path the methods, for messages
     */
    private record Way(String header, String path) {
    }

    /** @param authenticated the names of the authenticated client interfaces */
    CallCredentialDeclarations(ClientIndex index, Set<String> authenticated) {
        this.index = index;
        this.headers = new HeaderParameters(index);
        this.authenticated = authenticated;
        Set<DotName> types = new TreeSet<>(index.clients());
        authenticated.forEach(name -> types.add(DotName.createSimple(name)));
        types.stream().map(index::type).filter(Objects::nonNull).forEach(client -> new Client(client).examine());
    }

    /** @param writers whether a provider that writes bodies sets such a header */
    DeclaredCredentials declared(boolean writers) {
        return new DeclaredCredentials(new HashSet<>(authenticated), new HashSet<>(clients), new HashMap<>(parameters),
                writers);
    }

    /**
     * @return a sentence for each authenticated call that can be made by several paths, of which only some declare a credential
     */
    List<String> ambiguities() {
        return ambiguities.entrySet().stream().filter(client -> authenticated.contains(client.getKey()))
                .flatMap(client -> client.getValue().stream()).toList();
    }

    /** @return for each authenticated client the parameters that the REST client sends as the text of an object */
    Map<String, Set<String>> sentAsObjects() {
        return objects;
    }

    /** The calls of one client. */
    private final class Client {

        private final ClassInfo client;
        private final Map<String, Way> ways = new HashMap<>();
        private final Map<String, String> declared = new TreeMap<>();

        Client(ClassInfo client) {
            this.client = client;
        }

        void examine() {
            examine(client, new Way(null, ""), new HashSet<>());
            if (!declared.isEmpty()) {
                parameters.put(client.name().toString(), new HashMap<>(declared));
                clients.add(client.name().toString());
            }
        }

        private void examine(ClassInfo type, Way way, Set<DotName> under) {
            if (!under.add(type.name())) {
                return;
            }
            for (ClassInfo declaring : hierarchy(type, new LinkedHashSet<>())) {
                if (headers.annotated(declaring.declaredAnnotations())) {
                    clients.add(client.name().toString());
                }
                declaring.methods().forEach(method -> examine(method, way, under));
            }
            under.remove(type.name());
        }

        private void examine(MethodInfo method, Way way, Set<DotName> under) {
            if (headers.annotated(method.declaredAnnotations()) || headers.open(method)) {
                clients.add(client.name().toString());
            }
            HeaderParameters.Declared own = headers.declared(method);
            Way here = new Way(own != null ? own.header() : way.header, way.path + method.name() + "()");
            if (own != null && own.isSentAsObject() && authenticated.contains(client.name().toString())) {
                objects.computeIfAbsent(client.name().toString(), name -> new TreeSet<>())
                        .add("a parameter of " + here.path + " sets the header " + own.header() + " with a value of the type "
                                + own.type());
            }
            if (index.isRequest(method)) {
                found(AuthenticatedClient.key(method), here);
            } else if (index.isLocator(method)) {
                ClassInfo part = index.type(method.returnType().name());
                if (part != null && part.isInterface()) {
                    examine(part, new Way(here.header, here.path + "."), under);
                }
            }
        }

        private void found(String key, Way way) {
            Way other = ways.putIfAbsent(key, way);
            if (way.header != null) {
                declared.put(key, way.header);
            }
            if (other != null && (other.header == null) != (way.header == null)) {
                Way with = way.header == null ? other : way;
                Way without = way.header == null ? way : other;
                ambiguities.computeIfAbsent(client.name().toString(), name -> new ArrayList<>())
                        .add("The REST client " + client.name() + ": a parameter of " + with.path + " declares the header "
                                + with.header + ", and " + without.path + " makes the same request without one. At run time, it"
                                + " cannot be seen which of the two is called. Return another interface from one of them");
            }
        }
    }

    private Set<ClassInfo> hierarchy(ClassInfo type, Set<ClassInfo> types) {
        if (type != null && types.add(type)) {
            type.interfaceNames().forEach(parent -> hierarchy(index.type(parent), types));
        }
        return types;
    }
}

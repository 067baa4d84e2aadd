package io.quarkiverse.hume.deployment.rest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.quarkiverse.hume.runtime.rest.ClientAuthentications;

/**
 * A REST client of which at least one call is authenticated.
 *
 * @param registered whether it is a bean; otherwise the application builds it itself
 * @param onType the declaration that applies to the client as a whole; {@code null} if only single calls are authenticated
 * @param calls all calls that the client can make, including those of its sub-resources
 * @param conflicts why some calls cannot be authenticated, a sentence for each reason; usually empty
 */
public record AuthenticatedClient(ClassInfo type, boolean registered, Declaration onType, List<Call> calls,
        List<String> conflicts) {

    /**
     * The client itself, or a sub-resource on the way to a call.
     *
     * @param types the interface and the interfaces that it extends at any depth, nearer ones first
     * @param methods the declarations of the called method in all types; the declaration that is called is the first one
     */
    public record Level(List<ClassInfo> types, List<MethodInfo> methods) {

        public boolean has(ClassInfo type) {
            return types.stream().anyMatch(own -> own.name().equals(type.name()));
        }
    }

    /**
     * A request that the client can make.
     *
     * @param name the name of the method, preceded by the calls that return its sub-resource: {@code configs} or {@code
     *        evi().configs}
     * @param levels the client first, then the sub-resources that lead to the call, if any
     * @param declaration {@code null} if the call carries no credential
     */
    public record Call(String name, List<Level> levels, Declaration declaration) {

        /** The declarations of the method in all types; the declaration that is called is the first one. */
        public List<MethodInfo> declared() {
            return levels.get(levels.size() - 1).methods();
        }

        public MethodInfo method() {
            return declared().get(0);
        }

        public ClientAuthentication authentication() {
            return declaration == null ? null : declaration.authentication();
        }
    }

    public String name() {
        return type.name().toString();
    }

    /** The accounts of the calls, sorted. */
    public Set<String> accounts() {
        Set<String> accounts = new TreeSet<>();
        calls.stream().filter(call -> call.declaration() != null)
                .forEach(call -> accounts.add(call.authentication().account()));
        return accounts;
    }

    /** The account from which the client takes its URL, TLS configuration and proxy, unless it has its own. */
    public String account() {
        Set<String> accounts = accounts();
        return onType != null && accounts.contains(onType.authentication().account()) ? onType.authentication().account()
                : accounts.iterator().next();
    }

    /** The data for the running application. */
    ClientAuthentications.Client lookup() {
        Map<String, ClientAuthentication> authenticated = new HashMap<>();
        Set<String> others = new HashSet<>();
        for (Call call : calls) {
            for (MethodInfo method : call.declared()) {
                if (call.declaration() == null) {
                    others.add(key(method));
                } else {
                    authenticated.put(key(method), call.authentication());
                }
            }
        }
        return new ClientAuthentications.Client(authenticated, others, String.join(". ", conflicts));
    }

    /** The key of the method. The running application computes the same key from the invoked method. */
    public static String key(MethodInfo method) {
        StringJoiner key = new StringJoiner(",", method.declaringClass().name() + "#" + method.name() + "(", ")");
        for (Type type : method.parameterTypes()) {
            key.add(type.name().toString());
        }
        return key.toString();
    }
}

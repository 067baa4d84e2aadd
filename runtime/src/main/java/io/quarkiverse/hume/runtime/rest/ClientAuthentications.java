package io.quarkiverse.hume.runtime.rest;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.hume.runtime.rest.call.MethodKey;

/**
 * The calls of REST clients that are authenticated, as determined by the build.
 *
 * @param clients the clients with at least one authenticated call, by the name of their interface
 */
public record ClientAuthentications(Map<String, Client> clients) {

    public static final ClientAuthentications NONE = new ClientAuthentications(Map.of());

    /**
     * The calls of one client and of its sub-resources, by {@link MethodKey}.
     *
     * @param authenticated the authenticated calls, and how they are authenticated
     * @param others the calls that carry no credential
     * @param conflict why the client cannot be used, as sentences; empty if it can
     */
    public record Client(Map<String, ClientAuthentication> authenticated, Set<String> others, String conflict) {

        /**
         * @param method the method; {@code null} if the request does not specify it
         * @return {@code null} if the call carries no credential
         * @throws IllegalStateException if the call is not known to the build
         */
        ClientAuthentication of(Method method) {
            ClientAuthentication found = method == null ? only() : authenticated.get(MethodKey.of(method));
            if (found == null && (method == null || !others.contains(MethodKey.of(method)))) {
                throw new IllegalStateException("The build did not see that this client can call "
                        + (method == null ? "without a method" : method) + ", so that it is not known whether the call is to be"
                        + " authenticated with Hume. It is not sent");
            }
            return found;
        }

        private ClientAuthentication only() {
            Set<ClientAuthentication> distinct = new HashSet<>(authenticated.values());
            return distinct.size() == 1 && others.isEmpty() ? distinct.iterator().next() : null;
        }
    }
}

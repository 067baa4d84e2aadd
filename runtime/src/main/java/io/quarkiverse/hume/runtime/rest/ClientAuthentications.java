package io.quarkiverse.hume.runtime.rest;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Which REST clients and methods are authenticated, as the build found out.
 *
 * @param interfaces by the name of the interface, whether a client or a super-interface of one
 * @param methods by {@link #key(Method)}; stands before the interface
 * @param clients the names of the client interfaces of which at least one method is authenticated
 * @param masked the names of other client interfaces whose logs have to hide our headers
 */
public record ClientAuthentications(Map<String, ClientAuthentication> interfaces, Map<String, ClientAuthentication> methods,
        Set<String> clients, Set<String> masked) {

    public static final ClientAuthentications NONE = new ClientAuthentications(Map.of(), Map.of(), Set.of(), Set.of());

    /** @return {@code null} if calls of the method carry no credential */
    ClientAuthentication of(String client, Method method) {
        ClientAuthentication onMethod = method == null ? null : methods.get(key(method));
        if (onMethod != null) {
            return onMethod;
        }
        ClientAuthentication onClient = interfaces.get(client);
        if (onClient != null || method == null) {
            return onClient;
        }
        return interfaces.get(method.getDeclaringClass().getName());
    }

    static String key(Method method) {
        StringJoiner key = new StringJoiner(",", method.getDeclaringClass().getName() + "#" + method.getName() + "(", ")");
        for (Class<?> type : method.getParameterTypes()) {
            key.add(type.getName());
        }
        return key.toString();
    }
}

package io.quarkiverse.hume.runtime.rest;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Which calls of REST clients set {@code Authorization} or {@code X-Hume-Api-Key} themselves, as the build found out.
 *
 * @param authenticated the names of the client interfaces that the build knows to be authenticated
 * @param clients the names of the interfaces, authenticated or not, of which a call can set such a header
 * @param parameters by the name of the interface and by {@link #key(Method)}, the header that a parameter of the method
 *        declares
 */
public record DeclaredCredentials(Set<String> authenticated, Set<String> clients,
        Map<String, Map<String, String>> parameters) {

    static String key(Method method) {
        StringJoiner key = new StringJoiner(",", method.getDeclaringClass().getName() + "#" + method.getName() + "(", ")");
        for (Class<?> type : method.getParameterTypes()) {
            key.add(type.getName());
        }
        return key.toString();
    }
}

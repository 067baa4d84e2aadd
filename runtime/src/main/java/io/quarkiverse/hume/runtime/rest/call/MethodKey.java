package io.quarkiverse.hume.runtime.rest.call;

import java.lang.reflect.Method;
import java.util.StringJoiner;

/** Identifies a method of a REST client in the results of the build. */
public final class MethodKey {

    private MethodKey() {
    }

    /**
     * The key of a method, which consists of the declaring class, the method and its parameters, such as {@code
     * org.acme.Voice#say(java.lang.String,int)}.
     */
    public static String of(Method method) {
        StringJoiner key = new StringJoiner(",", method.getDeclaringClass().getName() + "#" + method.getName() + "(", ")");
        for (Class<?> type : method.getParameterTypes()) {
            key.add(type.getName());
        }
        return key.toString();
    }
}

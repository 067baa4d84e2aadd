package io.quarkiverse.hume.runtime.rest.call;

import java.lang.reflect.Method;
import java.util.StringJoiner;

/** Names a method of a REST client in what the build found out. */
public final class MethodKey {

    private MethodKey() {
    }

    /** Such as {@code org.acme.Voice#say(java.lang.String,int)}: the declaring class, the method and its parameters. */
    public static String of(Method method) {
        StringJoiner key = new StringJoiner(",", method.getDeclaringClass().getName() + "#" + method.getName() + "(", ")");
        for (Class<?> type : method.getParameterTypes()) {
            key.add(type.getName());
        }
        return key.toString();
    }
}

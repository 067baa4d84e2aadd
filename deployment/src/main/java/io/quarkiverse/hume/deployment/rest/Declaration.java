package io.quarkiverse.hume.deployment.rest;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;

/**
 * A place in the application that determines how calls are authenticated.
 *
 * @param type the type that has the annotation or declares the annotated method, or that the property names
 * @param method {@code null} if the declaration applies to the whole type
 * @param source the annotation as it is written, or the property
 */
public record Declaration(ClientAuthentication authentication, ClassInfo type, MethodInfo method, String source) {

    public static final String ANNOTATION = "@HumeAuthenticated";
    public static final String FILTER = "@RegisterProvider(HumeRequestFilter.class)";

    public boolean onMethod() {
        return method != null;
    }

    /** The place of the declaration, for messages. */
    public String place() {
        return source.startsWith("@") ? source + " on " + type.name() + (method == null ? "" : "#" + method.name())
                : source + ", which names " + type.name();
    }

    /** Describes the authentication for messages. */
    public static String describe(ClientAuthentication authentication) {
        return AccountName.describe(authentication.account())
                + (authentication.strategy() == HumeStrategy.AUTO ? ""
                        : authentication.strategy() == HumeStrategy.TOKEN ? " with tokens" : " with its API key");
    }
}

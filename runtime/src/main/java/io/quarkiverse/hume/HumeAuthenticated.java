package io.quarkiverse.hume;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Authenticates the calls of a REST client, or the connections of a WebSocket client, with Hume.
 * <p>
 * On an interface, every call of a client is authenticated that the interface or one that extends it makes, whichever of them
 * declares the method. On a method, that one is, in every client that inherits or overrides it. The nearest annotation
 * applies as a whole: one on a method before one on an interface, and one on an interface before those on the interfaces that
 * it extends. An interface that a sub-resource method returns comes before the method, and the method before its interface.
 * Calls without any of these carry no credential. Annotations that contradict each other and are equally near fail the build.
 * <p>
 * A client without a URL or base URI of its own calls the {@code hume.base-url} of the account that is found. If that is more
 * than one account, and their base URLs differ, the build fails.
 * <p>
 * On a WebSocket client class, or on a class or interface that it inherits from, every connection is authenticated.
 * <p>
 * A call fails with a {@link HumeAuthenticationException} before anything is sent if no credential can be had or the
 * destination is not trusted. A header {@code Authorization} or {@code X-Hume-Api-Key} that the application sets itself is
 * left alone, and no second credential is added to it. Another annotation on the client that sets one for every request fails
 * the build.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface HumeAuthenticated {

    /**
     * The account whose credentials are used: {@code "cloud"} for the keys in {@code hume.accounts."cloud".*}. An account
     * that nobody configured fails the startup.
     */
    String account() default HumeAccount.DEFAULT;

    /**
     * The strategy, where it differs from the account's. Not every Hume API takes access tokens.
     */
    HumeStrategy strategy() default HumeStrategy.AUTO;
}

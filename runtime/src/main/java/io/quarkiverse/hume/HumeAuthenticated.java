package io.quarkiverse.hume;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Authenticates the calls of a REST client, or the connections of a WebSocket client, with Hume.
 * <p>
 * On an interface, the annotation applies to every call of a client of this interface or of an interface that extends it,
 * including inherited methods. On a method, it applies to that method in every client that inherits or overrides it. Only the
 * nearest annotation applies, with all its members: an annotation on a method takes precedence over an annotation on its
 * interface, and an annotation on an interface takes precedence over those on the interfaces that it extends. For
 * sub-resources, the interface that a method returns takes precedence over the method, and the method takes precedence over the
 * interface that declares it. Calls to which no annotation applies carry no credential. Contradictory annotations on the same
 * level fail the build.
 * <p>
 * A client without a URL or base URI of its own calls the {@code hume.base-url} of its account. If its calls use several
 * accounts with different base URLs, the build fails.
 * <p>
 * On a WebSocket client class, or on a class or interface that it inherits from, every connection is authenticated.
 * <p>
 * A call fails with a {@link HumeAuthenticationException} before anything is sent if no credential is available or the
 * destination is not trusted. If a parameter of the call, the headers in the configuration of the client, or its builder set
 * {@code Authorization} or {@code X-Hume-Api-Key}, that header is kept, and no second credential is added. A header that a
 * request filter or a headers factory sets is replaced.
 * Another annotation on the client that sets one of these headers for every request fails the build.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface HumeAuthenticated {

    /**
     * The account whose credentials are used: {@code "cloud"} for the keys in {@code hume.accounts."cloud".*}. If the account
     * is not configured, the application does not start; in test mode, it starts, and the calls fail.
     */
    String account() default HumeAccount.DEFAULT;

    /**
     * The strategy, if it differs from the account's. Not every Hume API accepts access tokens.
     */
    HumeStrategy strategy() default HumeStrategy.AUTO;
}

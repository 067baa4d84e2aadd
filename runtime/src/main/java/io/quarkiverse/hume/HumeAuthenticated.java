package io.quarkiverse.hume;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Authenticates the calls of a REST client with Hume.
 * <p>
 * On an interface, every method is authenticated; an annotation on a method replaces the one on the interface as a whole.
 * On methods only, the methods without it carry no credential. If neither a URL nor a base URI is configured for the
 * client, the account's {@code hume.base-url} is used.
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

package io.quarkiverse.hume.runtime.access;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;

/** Determines when the sign-in of a request's user ends. */
public final class SignIn {

    /**
     * The attribute in which authentication mechanisms of Quarkus store the time at which the identity expires, in seconds
     * since the epoch.
     */
    private static final String EXPIRES = "quarkus.identity.expire-time";

    /** The claim of a JSON Web Token with the same content. */
    private static final String EXPIRY_CLAIM = "exp";

    /** Whether the application has the API of MicroProfile JWT. */
    private static final boolean TOKENS_POSSIBLE = isTokenApiPresent();

    private SignIn() {
    }

    /**
     * @param context the context of a request that was admitted
     * @return when the sign-in ends; empty if the identity does not state it
     */
    public static Optional<Instant> ends(RoutingContext context) {
        if (context.user() instanceof QuarkusHttpUser user) {
            SecurityIdentity identity = user.getSecurityIdentity();
            return ends(identity.getAttribute(EXPIRES), identity.getPrincipal());
        }
        return Optional.empty();
    }

    /** @param attribute the attribute with the expiry; {@code null} if the identity does not have it */
    static Optional<Instant> ends(Object attribute, Principal principal) {
        Object expires = attribute;
        if (expires == null && TOKENS_POSSIBLE) {
            expires = TokenPrincipal.expires(principal);
        }
        // The principal of SmallRye JWT returns 0 for a token without an expiry.
        return expires instanceof Number seconds && seconds.longValue() > 0
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    private static boolean isTokenApiPresent() {
        try {
            Class.forName("org.eclipse.microprofile.jwt.JsonWebToken", false, SignIn.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** Separate, because not every application has the API of MicroProfile JWT. */
    private static final class TokenPrincipal {

        /** Mechanisms such as the one of quarkus-smallrye-jwt set no attribute. */
        private static Object expires(Principal principal) {
            return principal instanceof JsonWebToken token ? token.getClaim(EXPIRY_CLAIM) : null;
        }
    }
}

package io.quarkiverse.hume.runtime.access;

import java.time.Instant;
import java.util.Optional;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;

/** Determines when the sign-in of a request's user ends. */
public final class SignIn {

    /**
     * The attribute in which authentication mechanisms of Quarkus store the time at which the identity expires, in seconds
     * since the epoch.
     */
    private static final String EXPIRES = "quarkus.identity.expire-time";

    private SignIn() {
    }

    /**
     * @param context the context of a request that was admitted
     * @return when the sign-in ends; empty if the identity does not state it
     */
    public static Optional<Instant> ends(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                && user.getSecurityIdentity().getAttribute(EXPIRES) instanceof Number seconds
                        ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                        : Optional.empty();
    }
}

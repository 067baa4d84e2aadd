package io.quarkiverse.hume.runtime.access;

import java.time.Instant;
import java.util.Optional;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;

/** How long the user of a request is signed in. */
public final class SignIn {

    /** Where authentication mechanisms of Quarkus leave when the identity expires, in seconds of the epoch. */
    private static final String EXPIRES = "quarkus.identity.expire-time";

    private SignIn() {
    }

    /** @param context of a request that was admitted; empty if nothing says when the sign-in ends */
    public static Optional<Instant> ends(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                && user.getSecurityIdentity().getAttribute(EXPIRES) instanceof Number seconds
                        ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                        : Optional.empty();
    }
}

package io.quarkiverse.hume.runtime.browser;

import io.quarkus.arc.Arc;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy.AuthorizationRequestContext;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy.CheckResult;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Stands inside the route, not in front of its path: whatever spelling of a path led here, nobody passes unchecked.
 */
final class TokenGuard {

    /** Blocking policies run where those of the HTTP layer do. */
    private static final AuthorizationRequestContext BLOCKING = (context, identity, check) -> identity
            .chain(known -> Arc.container().instance(BlockingSecurityExecutor.class).get()
                    .executeBlocking(() -> check.apply(context, known)));

    private final HttpSecurityPolicy policy;

    /** @param policy {@code null} to let everyone pass */
    TokenGuard(HttpSecurityPolicy policy) {
        this.policy = policy;
    }

    /**
     * The user who may have a token; {@code null} if everyone may. Fails with an {@link UnauthorizedException} for somebody
     * who is not signed in and with a {@link ForbiddenException} for a user who may not.
     */
    Uni<SecurityIdentity> admit(RoutingContext context) {
        if (policy == null) {
            return Uni.createFrom().nullItem();
        }
        Uni<SecurityIdentity> identity = QuarkusHttpUser.getSecurityIdentity(context, null)
                .onItem().ifNull().failWith(UnauthorizedException::new);
        return Uni.createFrom().deferred(() -> policy.checkPermission(context, identity, BLOCKING))
                .chain(result -> verdict(result, identity));
    }

    private static Uni<SecurityIdentity> verdict(CheckResult result, Uni<SecurityIdentity> identity) {
        Uni<SecurityIdentity> user = result.getAugmentedIdentity() == null ? identity : result.getAugmentedIdentityAsUni();
        return result.isPermitted() ? user
                : user.onItem().failWith(denied -> denied.isAnonymous() ? new UnauthorizedException()
                        : new ForbiddenException());
    }
}

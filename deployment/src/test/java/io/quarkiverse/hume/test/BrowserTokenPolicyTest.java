package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** A security policy of the application decides, on a worker thread, with lazy authentication. */
class BrowserTokenPolicyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrowserTokenUsers.application(OnTheList.class)
            .overrideConfigKey("quarkus.http.auth.proactive", "false")
            .overrideConfigKey("hume.browser-token.policy", "on-the-list");

    @ApplicationScoped
    public static class OnTheList implements HttpSecurityPolicy {

        @Override
        public Uni<CheckResult> checkPermission(RoutingContext request, Uni<SecurityIdentity> identity,
                AuthorizationRequestContext requestContext) {
            return requestContext.runBlocking(request, identity, (context, user) -> new CheckResult(
                    !io.vertx.core.Context.isOnEventLoopThread() && "bob".equals(user.getPrincipal().getName())));
        }

        @Override
        public String name() {
            return "on-the-list";
        }
    }

    @Test
    void userWhomThePolicyAdmits_getsAToken() {
        assertThat(BrowserCall.as("bob").get("/hume/token").token()).isNotBlank();
    }

    @Test
    void userRejectedByThePolicy_isForbidden() {
        assertThat(BrowserCall.as("alice").get("/hume/token").status()).isEqualTo(403);
    }

    @Test
    void anonymous_isUnauthorized() {
        assertThat(BrowserCall.anonymous().get("/hume/token").status()).isEqualTo(401);
    }

    @Test
    void wrongPassword_isUnauthorized() {
        BrowserCall.Answer answer = BrowserCall.anonymous().header("Authorization", "Basic Ym9iOmFsaWNl").get("/hume/token");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("access_token");
    }
}

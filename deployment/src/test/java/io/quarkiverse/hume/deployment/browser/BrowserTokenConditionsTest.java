package io.quarkiverse.hume.deployment.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;
import io.quarkiverse.hume.runtime.access.AccessPlan;
import io.quarkiverse.hume.runtime.browser.BrowserTokenPlan;

class BrowserTokenConditionsTest {

    private static final StrategyDecision TOKEN = new StrategyDecision(HumeStrategy.TOKEN, "there is a secret key");
    private static final StrategyDecision API_KEY = new StrategyDecision(HumeStrategy.API_KEY, "there is only a key");
    private static final BrowserTokenConditions MET = new BrowserTokenConditions(true, true, TOKEN, true);
    private static final BrowserTokenPlan PLAN = plan("/hume/token", false, List.of(), null);

    private static BrowserTokenPlan plan(String path, boolean publicAccess, List<String> roles, String policy) {
        return new BrowserTokenPlan(path, HumeAccount.DEFAULT, new AccessPlan(publicAccess, roles, policy));
    }

    @Test
    void allMet_noViolations() {
        assertThat(MET.violations(PLAN)).isEmpty();
        assertThat(MET.violations(plan("/a", false, List.of("voice"), null))).isEmpty();
        assertThat(MET.violations(plan("/a", false, List.of(), "mine"))).isEmpty();
    }

    @Test
    void noSecurityExtension_isAViolationUnlessPublic() {
        BrowserTokenConditions insecure = new BrowserTokenConditions(true, false, TOKEN, true);
        assertThat(insecure.violations(PLAN)).singleElement().asString()
                .contains("no security extension", "quarkus-oidc", "hume.browser-token.public-access=true");
        assertThat(insecure.violations(plan("/hume/token", true, List.of(), null))).isEmpty();
    }

    @Test
    void noSecurityExtension_isAViolationWhateverThePolicy() {
        BrowserTokenConditions insecure = new BrowserTokenConditions(true, false, TOKEN, true);
        assertThat(insecure.violations(plan("/a", false, List.of("voice"), null))).hasSize(1);
        assertThat(insecure.violations(plan("/a", false, List.of(), "mine"))).hasSize(1);
    }

    @Test
    void noHttpServer_isAViolation() {
        assertThat(new BrowserTokenConditions(false, true, TOKEN, true).violations(PLAN)).singleElement().asString()
                .contains("needs an HTTP server", "quarkus-rest");
    }

    @Test
    void apiKeyStrategy_isAViolationUnlessThereIsASecretKey() {
        assertThat(new BrowserTokenConditions(true, true, API_KEY, false).violations(PLAN)).singleElement().asString()
                .contains("there is only a key", "hume.secret-key", "hume.strategy=token");
        assertThat(new BrowserTokenConditions(true, true, API_KEY, true).violations(PLAN)).isEmpty();
    }

    @Test
    void undecidedStrategy_isLeftToTheStart() {
        assertThat(new BrowserTokenConditions(true, true, new StrategyDecision(HumeStrategy.AUTO, ""), false)
                .violations(PLAN)).isEmpty();
    }

    @Test
    void contradictions_areViolations() {
        assertThat(MET.violations(plan("/a", true, List.of("voice"), null))).singleElement().asString()
                .contains("public-access", "roles-allowed");
        assertThat(MET.violations(plan("/a", true, List.of(), "mine"))).singleElement().asString()
                .contains("public-access", "policy");
        assertThat(MET.violations(plan("/a", false, List.of("voice"), "mine"))).singleElement().asString()
                .contains("exclude each other");
    }

    @Test
    void policyThatProtectsNothing_isAViolation() {
        assertThat(MET.violations(plan("/a", false, List.of(), "permit"))).singleElement().asString()
                .contains("public-access=true instead");
    }

    @Test
    void allViolations_areNamedAtOnce() {
        assertThat(new BrowserTokenConditions(false, false, API_KEY, false)
                .violations(plan("nowhere", false, List.of("a"), "permit"))).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/", "token", "/a/", "//a", "/a//b", "/a/../b", "/./a", "/..", "/a;b", "/a%20b", "/a b", "/*",
            "/a/:id", "/a?b", "/ä" })
    void path_notPlain_isAViolation(String path) {
        assertThat(MET.violations(plan(path, false, List.of(), null))).singleElement().asString()
                .contains("hume.browser-token.path");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/a", "/a/b", "/hume/token", "/.well-known/hume", "/a.b/c_d/e-f~", "/..." })
    void path_thatIsPlain_isFine(String path) {
        assertThat(MET.violations(plan(path, false, List.of(), null))).isEmpty();
    }
}

package io.quarkiverse.hume.deployment.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.runtime.access.AccessPlan;
import io.quarkiverse.hume.runtime.relay.RelayPlan;

class RelayConditionsTest {

    private static final List<String> ALLOW = List.of("POST /v0/decisions/file");

    private static List<String> violations(RelayPlan plan) {
        return RelayConditions.violations(plan, true, true);
    }

    private static RelayPlan plan(String path, boolean publicAccess, List<String> roles, String policy, List<String> allow) {
        return new RelayPlan(path, HumeAccount.DEFAULT, new AccessPlan(publicAccess, roles, policy), allow);
    }

    @Test
    void allMet_noViolations() {
        assertThat(violations(plan("/hume/relay", false, List.of(), null, ALLOW))).isEmpty();
        assertThat(violations(plan("/a", false, List.of("voice"), null, ALLOW))).isEmpty();
        assertThat(RelayConditions.violations(plan("/a", true, List.of(), null, ALLOW), true, false)).isEmpty();
    }

    @Test
    void withoutAList_nothingIsRelayed() {
        assertThat(violations(plan("/a", false, List.of(), null, List.of()))).singleElement().asString()
                .contains("hume.relay.allow", "POST /v0/decisions/file");
    }

    @Test
    void entries_areCheckedAllAtOnce() {
        assertThat(violations(plan("/a", false, List.of(), null, List.of("POST /a/../b", "GET", "GET /a"))))
                .satisfiesExactlyInAnyOrder(entry -> assertThat(entry).contains("\"POST /a/../b\""),
                        entry -> assertThat(entry).contains("\"GET\""));
    }

    @Test
    void protection_isThatOfTheEndpointForTokens() {
        RelayPlan plan = plan("/a", false, List.of(), null, ALLOW);
        assertThat(RelayConditions.violations(plan, true, false)).singleElement().asString()
                .contains("no security extension", "hume.relay.public-access=true", "with your credential");
        assertThat(RelayConditions.violations(plan, false, true)).singleElement().asString().contains("HTTP server");
        assertThat(violations(plan("/a", true, List.of("voice"), null, ALLOW))).hasSize(1);
        assertThat(violations(plan("/a", false, List.of("voice"), "mine", ALLOW))).hasSize(1);
        assertThat(violations(plan("/a", false, List.of(), "permit", ALLOW))).hasSize(1);
        assertThat(violations(plan("/a/..", false, List.of(), null, ALLOW))).hasSize(1);
    }
}

package io.quarkiverse.hume.deployment.relay;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.hume.deployment.access.AccessConditions;
import io.quarkiverse.hume.runtime.relay.AllowedRequests;
import io.quarkiverse.hume.runtime.relay.RelayPlan;

/** The conditions under which an application relays requests of browsers. */
final class RelayConditions {

    static final String PREFIX = "hume.relay.";

    private RelayConditions() {
    }

    /** @return a sentence for each condition that is not met */
    static List<String> violations(RelayPlan plan, boolean httpServer, boolean security) {
        List<String> violations = new ArrayList<>(new AccessConditions(PREFIX,
                "would let everyone send requests with your credential", httpServer, security)
                .violations(plan.path(), plan.access()));
        if (plan.allow().isEmpty()) {
            violations.add(PREFIX + "enabled=true needs " + PREFIX + "allow, which names what is relayed, such as POST"
                    + " /v0/decisions/file,WS /v1/expression/audio/realtime. Nothing is relayed that is not in it");
        }
        for (String entry : plan.allow()) {
            String violation = AllowedRequests.violation(entry);
            if (violation != null) {
                violations.add(PREFIX + "allow has the entry \"" + entry + "\", which " + violation);
            }
        }
        return violations;
    }
}

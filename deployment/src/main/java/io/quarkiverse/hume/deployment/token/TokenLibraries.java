package io.quarkiverse.hume.deployment.token;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The libraries that only access tokens need. An application that uses only API keys may exclude them. */
final class TokenLibraries {

    /** The artifacts by a class that only this artifact contains. */
    static final Map<String, String> ARTIFACTS = Map.of(
            "io.quarkus.scheduler.Scheduled", "io.quarkus:quarkus-scheduler",
            "io.smallrye.faulttolerance.standalone.StandaloneSpi", "io.smallrye:smallrye-fault-tolerance-standalone",
            "io.smallrye.faulttolerance.mutiny.impl.UniSupport", "io.smallrye:smallrye-fault-tolerance-mutiny");

    private TokenLibraries() {
    }

    /**
     * @param present whether the running application contains a class
     * @throws ConfigurationException if the application uses access tokens, but a library that they need is missing
     */
    static void require(HumePlanBuildItem plan, Predicate<String> present) {
        if (!plan.tokens()) {
            return;
        }
        TreeSet<String> missing = new TreeSet<>();
        ARTIFACTS.forEach((type, artifact) -> {
            if (!present.test(type)) {
                missing.add(artifact);
            }
        });
        if (missing.isEmpty()) {
            return;
        }
        Map<String, String> reasons = new TreeMap<>();
        plan.decisions().forEach((account, decision) -> {
            if (decision.strategy() != HumeStrategy.API_KEY) {
                reasons.put(AccountName.property(account, "strategy"), decision.reason());
            }
        });
        throw new ConfigurationException("This application may need Hume access tokens" + because(reasons) + ", but "
                + String.join(", ", missing) + (missing.size() == 1 ? " is" : " are") + " excluded from its dependencies."
                + " Set " + (reasons.isEmpty() ? "strategy = API_KEY on its @HumeAuthenticated clients"
                        : String.join("=api-key and ", reasons.keySet()) + "=api-key")
                + ", or remove the exclusions", Set.copyOf(reasons.keySet()));
    }

    /** @param reasons the reason of each strategy, by the property that sets the strategy */
    private static String because(Map<String, String> reasons) {
        return reasons.isEmpty() ? ""
                : reasons.entrySet().stream().map(reason -> reason.getKey() + ": " + reason.getValue())
                        .collect(Collectors.joining("; ", " (", ")"));
    }
}

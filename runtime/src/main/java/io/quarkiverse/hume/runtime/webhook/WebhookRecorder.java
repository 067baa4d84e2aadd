package io.quarkiverse.hume.runtime.webhook;

import java.util.Map;
import java.util.TreeSet;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Checks, when the application starts, that its webhooks can be verified. */
@Recorder
public class WebhookRecorder {

    /**
     * @param resources by account, a resource that receives its webhooks
     * @throws ConfigurationException naming every account without a key
     */
    public void check(Map<String, String> resources) {
        WebhookVerifications verifications = Arc.container().instance(WebhookVerifications.class).get();
        TreeSet<String> problems = new TreeSet<>();
        resources.forEach((account, resource) -> {
            try {
                verifications.of(account).settings().problem()
                        .ifPresent(problem -> problems.add(problem + " (@HumeWebhook at " + resource + ")"));
            } catch (HumeAuthenticationException e) {
                problems.add(e.getMessage() + " (@HumeWebhook at " + resource + ")");
            }
        });
        if (!problems.isEmpty()) {
            throw new ConfigurationException("Hume cannot be used with this configuration:\n - "
                    + String.join("\n - ", problems));
        }
    }
}

package io.quarkiverse.hume.runtime.webhook;

import java.util.Map;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAuthenticationException;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.SmallRyeConfig;

/** Checks when the application starts that its webhooks can be verified, and prepares the verification. */
@Recorder
public class WebhookRecorder {

    private static final String MAX_UNVERIFIED = "hume.unverified-webhooks.max-size";
    private static final long LEAST_UNVERIFIED = 64 * 1024;
    private static final long MOST_UNVERIFIED = 1L << 30;

    private final RuntimeValue<HumeRuntimeConfig> config;

    public WebhookRecorder(RuntimeValue<HumeRuntimeConfig> config) {
        this.config = config;
    }

    /**
     * @param resources a resource that receives the webhooks of an account, by account
     * @param keysOptional whether an account may have no key, which is the case in test mode. Such an account is reported in
     *        the log, and its webhooks are rejected
     * @throws ConfigurationException naming every account without a key
     */
    public void check(Map<String, String> resources, boolean keysOptional) {
        Webhooks webhooks = Arc.container().instance(Webhooks.class).get();
        InstanceHandle<SharedReplays> shared = Arc.container().instance(SharedReplays.class);
        webhooks.start(config.getValue(), shared.isAvailable() ? shared.get() : SharedReplays.NONE);
        long unverified = config.getValue().unverifiedWebhooks().maxSize().asLongValue();
        long server = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(VertxHttpConfig.class).limits()
                .maxBodySize().map(MemorySize::asLongValue).orElse(Long.MAX_VALUE);
        TreeSet<String> problems = new TreeSet<>();
        if (unverified < LEAST_UNVERIFIED || unverified > MOST_UNVERIFIED) {
            problems.add(MAX_UNVERIFIED + " must be from 64K to 1G");
        }
        resources.forEach((account, resource) -> {
            try {
                WebhookSettings settings = webhooks.of(account).settings();
                settings.problem().map(problem -> problem + " (@HumeWebhook at " + resource + ")").ifPresent(problem -> {
                    if (keysOptional) {
                        HumeLog.LOG.testWithoutWebhookKey(problem);
                    } else {
                        problems.add(problem);
                    }
                });
                String maxBodySize = settings.property("max-body-size");
                if (settings.maxBodySize() + PendingBody.REQUEST_BYTES > unverified) {
                    problems.add(MAX_UNVERIFIED + " must be at least 8K more than " + maxBodySize + ", so that a single webhook"
                            + " has room (@HumeWebhook at " + resource + ")");
                }
                if (settings.maxBodySize() > server) {
                    HumeLog.LOG.webhookLimitedByServer(maxBodySize, settings.maxBodySize(), server);
                }
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

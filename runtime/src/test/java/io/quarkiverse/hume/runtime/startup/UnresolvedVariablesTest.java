package io.quarkiverse.hume.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Optional settings of accounts that refer to variables. */
class UnresolvedVariablesTest {

    private static SmallRyeConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "test", 100)).build();
    }

    @Test
    void settingWithoutItsVariable_isReported() {
        SmallRyeConfig config = config(Map.of("hume.webhook.signing-key",
                "s3cr3t-too,${NEW_KEY},${OLD_KEY},${THIRD_KEY:s3cr3t-as-well}", "NEW_KEY", "s3cr3t",
                "hume.proxy-configuration-name", "${GATEWAY_PROXY}", "hume.tls-configuration-name", "gateway",
                "hume.rate-limit.requests-per-minute", "${LIMIT:}", "hume.accounts.\"cloud\".api-key-expires-at", "${EXPIRY}"));
        assertThat(UnresolvedVariables.violations(HumeAccount.DEFAULT, config)).containsExactly(
                "hume.webhook.signing-key would be ignored, because it refers to a variable that is not set"
                        + " (${NEW_KEY}, ${OLD_KEY}). Set the variable, or write ${VARIABLE:} if it is optional",
                "hume.proxy-configuration-name would be ignored, because it refers to a variable that is not set"
                        + " (${GATEWAY_PROXY}). Set the variable, or write ${VARIABLE:} if it is optional");
        assertThat(UnresolvedVariables.violations("cloud", config)).singleElement().asString()
                .startsWith("hume.accounts.\"cloud\".api-key-expires-at would be ignored");
    }

    @Test
    void settingWithItsVariable_isNotReported() {
        assertThat(UnresolvedVariables.violations(HumeAccount.DEFAULT, config(Map.of("hume.webhook.signing-key", "${KEY}",
                "KEY", "s3cr3t", "hume.secrets-directory", "/etc/hume")))).isEmpty();
    }
}

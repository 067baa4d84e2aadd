package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeTokenSource;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Startup;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** Keys of a bean may be real: they are not sent to an emulator. */
class KeysOfBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(VoiceClient.class, RealKeys.class))
            .overrideConfigKey("hume.strategy", "api-key")
            .overrideConfigKey("hume.accounts.cloud.api-key", "${CLOUD_KEY_THAT_IS_NOT_SET}")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.hume"))
            .assertLogRecords(records -> assertThat(records.stream()
                    .map(record -> String.format(record.getMessage(), record.getParameters()))
                    .filter(message -> message.startsWith("HUME0141")))
                    .containsExactlyInAnyOrder(message("the default Hume account"),
                            message("the Hume account \"cloud\"")));

    private static String message(String account) {
        return "HUME0141: No emulator replaces Hume for " + account + ", because its keys or tokens come from "
                + StartedTokens.class.getName() + " and " + RealKeys.class.getName()
                + ", and may be real. hume.devservices.enabled=true starts one nevertheless";
    }

    /** A bean without a scope of its own, which Quarkus adds because of the annotation. */
    @Startup
    public static class StartedTokens implements HumeTokenSource {
        @Override
        public Uni<AccessToken> requestToken(String account, HumeCredentials credentials) {
            return Uni.createFrom().nullItem();
        }
    }

    @Inject
    HumeAccounts accounts;

    @Test
    void emulator_isNotStarted() {
        assertThat(ConfigProvider.getConfig().getConfigValue("hume.emulator.url").getValue()).isNull();
        assertThat(accounts.all()).hasSize(2);
        AccountRegistry registry = Arc.container().select(AccountRegistry.class).get();
        assertThat(registry.get(HumeAccount.DEFAULT).baseUrl()).hasToString("https://api.hume.ai");
        assertThat(registry.get("cloud").baseUrl()).hasToString("https://api.hume.ai");
    }
}

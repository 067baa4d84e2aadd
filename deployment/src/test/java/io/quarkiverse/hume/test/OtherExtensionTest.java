package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeUsageBuildItem;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Another extension declares its use of an account with a build item, and reads the accounts, their strategies and the address
 * of the emulator.
 */
class OtherExtensionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setBeforeAllCustomizer(() -> Platforms.start("default"))
            .addBuildChainCustomizer(builder -> OtherExtension.addTo(builder))
            .withApplicationRoot(jar -> jar.addClasses(Platforms.class))
            .overrideConfigKey("hume.strategy", "api-key")
            .overrideConfigKey("hume.api-key", "key-of-default")
            .overrideConfigKey("hume.secret-key", "secret-of-default")
            .overrideConfigKey("hume.base-url", "${platform.default}")
            .overrideConfigKey("hume.accounts.\"partner\".strategy", "api-key");

    @Inject
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;

    /** The build steps of an extension that calls Hume itself. */
    public static final class OtherExtension {

        private OtherExtension() {
        }

        public static void addTo(BuildChainBuilder builder) {
            builder.addBuildStep(context -> context.produce(
                    new HumeUsageBuildItem(HumeAccount.DEFAULT, HumeStrategy.TOKEN, "the extension acme")))
                    .produces(HumeUsageBuildItem.class).build();
            builder.addBuildStep(context -> context.produce(
                    new HumeUsageBuildItem("acme-only", HumeStrategy.API_KEY, "the extension acme")))
                    .produces(HumeUsageBuildItem.class).build();
            builder.addBuildStep(context -> {
                HumeEmulatorBuildItem emulator = context.consume(HumeEmulatorBuildItem.class);
                System.setProperty("acme.accounts", context.consume(HumeAccountNamesBuildItem.class).names().toString());
                System.setProperty("acme.strategies", context.consume(HumePlanBuildItem.class).decisions().toString());
                System.setProperty("acme.emulated", new TreeSet<>(emulator.accounts()).toString());
                System.setProperty("acme.emulator", emulator.address().toString());
            }).consumes(HumeAccountNamesBuildItem.class).consumes(HumePlanBuildItem.class)
                    .consumes(HumeEmulatorBuildItem.class).produces(FeatureBuildItem.class).build();
        }
    }

    /** Nothing in the application itself uses tokens, and its strategy is the API key. */
    @Test
    void usage_bringsWhatItNeeds() {
        assertThat(tokens.await().value()).isEqualTo("token-of-default");
    }

    @Test
    void accountsAndStrategies_areSeen() {
        assertThat(System.getProperty("acme.accounts")).isEqualTo("[partner]");
        assertThat(System.getProperty("acme.strategies")).contains(
                "<default>=StrategyDecision[strategy=API_KEY, reason=hume.strategy=api-key]",
                "partner=StrategyDecision[strategy=API_KEY, reason=hume.accounts.\"partner\".strategy=api-key]");
    }

    /** No annotation and no property of the application names the account. */
    @Test
    void accountOfAnotherExtension_isCreatedUnderItsName() {
        assertThat(accounts.all()).extracting(HumeAccountStatus::account).contains("acme-only");
        assertThat(ConfigProvider.getConfig().getValue("hume.accounts.\"acme-only\".api-key", String.class))
                .startsWith("emulator-api-key");
    }

    @Test
    void emulator_isSeen() {
        assertThat(System.getProperty("acme.emulated")).isEqualTo("[acme-only, partner]");
        assertThat(System.getProperty("acme.emulator"))
                .isEqualTo(ConfigProvider.getConfig().getValue("hume.emulator.url", String.class));
    }
}

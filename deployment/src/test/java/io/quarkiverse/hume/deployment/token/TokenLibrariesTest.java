package io.quarkiverse.hume.deployment.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;
import io.quarkus.runtime.configuration.ConfigurationException;

class TokenLibrariesTest {

    private static final HumePlanBuildItem TOKENS = new HumePlanBuildItem(Map.of(
            "<default>", new StrategyDecision(HumeStrategy.AUTO, "the build sees no keys, so the startup decides"),
            "cloud", new StrategyDecision(HumeStrategy.API_KEY, "hume.accounts.\"cloud\".strategy=api-key")), true);

    @Test
    void tokensWithTheScheduler_areFine() {
        assertThatCode(() -> TokenLibraries.require(TOKENS, type -> true)).doesNotThrowAnyException();
    }

    @Test
    void apiKeysWithoutTheScheduler_areAccepted() {
        assertThatCode(() -> TokenLibraries.require(new HumePlanBuildItem(Map.of(), false), type -> false))
                .doesNotThrowAnyException();
    }

    @TestFactory
    Stream<DynamicTest> everyLibrary_isMissedByItself() {
        return TokenLibraries.ARTIFACTS.entrySet().stream().map(library -> DynamicTest.dynamicTest(library.getValue(), () -> {
            assertThatThrownBy(() -> TokenLibraries.require(TOKENS, type -> !type.equals(library.getKey())))
                    .hasMessageContaining("but " + library.getValue() + " is excluded");
            String artifact = library.getValue().substring(library.getValue().indexOf(':') + 1);
            assertThat(Class.forName(library.getKey()).getProtectionDomain().getCodeSource().getLocation().getPath())
                    .matches(".*/" + artifact + "(-api)?-[0-9.]+\\.jar");
        }));
    }

    @Test
    void tokensWithoutTheScheduler_areRejectedWithTheRemedy() {
        assertThatThrownBy(() -> TokenLibraries.require(TOKENS, type -> !type.contains("scheduler")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "This application may need Hume access tokens (hume.strategy: the build sees no keys, so the startup"
                                + " decides), but io.quarkus:quarkus-scheduler is excluded from its dependencies."
                                + " Set hume.strategy=api-key, or remove the exclusions");
    }

    @Test
    void tokensOfOneClientWithoutAnything_areRejectedWithTheRemedy() {
        HumePlanBuildItem plan = new HumePlanBuildItem(Map.of("<default>",
                new StrategyDecision(HumeStrategy.API_KEY, "hume.strategy=api-key")), true);
        assertThatThrownBy(() -> TokenLibraries.require(plan, type -> false)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "io.quarkus:quarkus-scheduler, io.smallrye:smallrye-fault-tolerance-mutiny,"
                                + " io.smallrye:smallrye-fault-tolerance-standalone are excluded")
                .hasMessageContaining("Set strategy = API_KEY on its @HumeAuthenticated clients");
    }
}

package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.QuarkusUnitTest;

/**
 * With the emulator, each account has the strategy that it has in production. It is decided from the keys that the active
 * profile, the production profile in the same file, or a production file mentions.
 */
class EmulatedStrategyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar
                    .addAsResource(new StringAsset("hume.accounts.filed.api-key=${FILED_KEY}\n"),
                            "application-prod.properties"))
            .overrideConfigKey("hume.api-key", "${HUME_KEY_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.base-url", "https://api.cloud.hume.ai")
            .overrideConfigKey("%prod.hume.accounts.staged.api-key", "${STAGED_KEY}")
            .overrideConfigKey("hume.accounts.grown.api-key", "${GROWN_KEY}")
            .overrideConfigKey("%prod.hume.accounts.grown.secret-key", "${GROWN_SECRET}")
            .overrideConfigKey("hume.accounts.decided.api-key", "${DECIDED_KEY}")
            .overrideConfigKey("hume.accounts.decided.secret-key", "${DECIDED_SECRET}")
            .overrideConfigKey("%prod.hume.accounts.decided.strategy", "api-key")
            .overrideConfigKey("hume.accounts.cloud.api-key", "${CLOUD_KEY}")
            .overrideConfigKey("hume.accounts.cloud.base-url", "https://api.cloud.hume.ai")
            .overrideConfigKey("hume.accounts.cloud-only.base-url", "https://api.cloud.hume.ai/")
            .overrideConfigKey("hume.accounts.\"blank\".api-key", "${BLANK_KEY:}")
            .overrideConfigKey("hume.accounts.\"blank-pair\".api-key", "${BLANK_KEY:}")
            .overrideConfigKey("hume.accounts.\"blank-pair\".secret-key", "${BLANK_SECRET:}")
            .overrideConfigKey("%test.hume.accounts.tested.api-key", "${TESTED_KEY}")
            .overrideConfigKey("%prod.hume.accounts.coded.api-key", "${CODED_KEY}")
            .overrideConfigKey("%prod.quarkus.config.profile.parent", "common")
            .overrideConfigKey("%common.hume.accounts.parented.api-key", "${PARENTED_KEY}")
            .overrideConfigKey("%prod.hume.accounts.stored.credentials-provider", "hume")
            .overrideConfigKey("hume.relay.account", "relayed")
            .overrideConfigKey("hume.my-own.old-api-key", "mine")
            .overrideConfigKey("hume.accounts.mounted.secrets-directory", "/hume/secrets/that/are/mounted/elsewhere");

    @Path("/v0/decisions/run")
    @RegisterRestClient
    @HumeAuthenticated
    public interface Decisions {
        @GET
        String runs();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "staged")
    public interface Staged {
        @GET
        String chats();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "filed")
    public interface Filed {
        @GET
        String chats();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "grown")
    public interface Grown {
        @GET
        String chats();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "decided")
    public interface Decided {
        @GET
        String chats();

        @GET
        @HumeAuthenticated(account = "decided", strategy = HumeStrategy.TOKEN)
        String withToken();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "unmentioned")
    public interface Unmentioned {
        @GET
        String chats();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "mounted")
    public interface Mounted {
        @GET
        String chats();
    }

    @Path("/v0/decisions/run")
    @RegisterRestClient
    @HumeAuthenticated(account = "cloud")
    public interface Cloud {
        @GET
        String runs();
    }

    @Path("/v0/decisions/run")
    @RegisterRestClient
    @HumeAuthenticated(account = "cloud-only")
    public interface CloudOnly {
        @GET
        String runs();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "blank")
    public interface Blank {
        @GET
        String chats();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "blank-pair")
    public interface BlankPair {
        @GET
        String chats();
    }

    @Path("/v0/evi/chats")
    @RegisterRestClient
    @HumeAuthenticated(account = "tested")
    public interface Tested {
        @GET
        String chats();
    }

    @Path("/v0/evi/chats")
    public interface Coded {
        @GET
        String chats();
    }

    @RestClient
    Decisions decisions;
    @RestClient
    Cloud cloud;
    @RestClient
    CloudOnly cloudOnly;
    @RestClient
    Blank blank;
    @RestClient
    BlankPair blankPair;
    @RestClient
    Tested tested;
    @Inject
    @HumeAccount("qualified")
    HumeTokens tokens;
    @RestClient
    Staged staged;
    @RestClient
    Filed filed;
    @RestClient
    Grown grown;
    @RestClient
    Decided decided;
    @RestClient
    Unmentioned unmentioned;
    @RestClient
    Mounted mounted;
    @Inject
    HumeAccounts accounts;

    @BeforeEach
    void forget() {
        HumeEmulator.connect().forgetRequests();
    }

    @Test
    void firstApplication_carriesTheApiKey() {
        assertThat(decisions.runs()).isNotNull();
        assertThat(cloud.runs()).isNotNull();
        // Nothing but the base URL: the key is in the environment of production.
        assertThat(cloudOnly.runs()).isNotNull();
        HumeEmulator.connect().requests("/v0/decisions/run")
                .haveCredentials(CredentialKind.API_KEY, CredentialKind.API_KEY, CredentialKind.API_KEY)
                .haveStatuses(200, 200, 200);
    }

    @Test
    void accountThatOnlyAQualifierNames_hasTokensOfTheEmulator() {
        assertThat(accounts.get("qualified").strategy()).isEqualTo(HumeStrategy.TOKEN);
        assertThat(tokens.await().value()).startsWith("emulator-token-");
    }

    @TestFactory
    Stream<DynamicTest> call_carriesWhatItCarriesInProduction() {
        Map<String, Supplier<String>> calls = new HashMap<>(
                Map.of("staged api-key", staged::chats, "filed api-key", filed::chats,
                        "grown token", grown::chats, "decided api-key", decided::chats, "decided token", decided::withToken,
                        "unmentioned token", unmentioned::chats, "mounted token", mounted::chats, "blank api-key", blank::chats,
                        "blank-pair token", blankPair::chats));
        calls.putAll(Map.of("tested api-key", tested::chats, "coded api-key", () -> coded("coded"), "relayed token",
                () -> coded("relayed"), "parented api-key", () -> coded("parented")));
        return calls.entrySet().stream().map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
            forget();
            assertThat(call.getValue().get()).isNotNull();
            RecordedRequest request = HumeEmulator.connect().requests("/v0/evi/chats").single();
            assertThat(request.account().orElse("none") + " "
                    + (request.credential() == CredentialKind.API_KEY ? "api-key" : "token")).isEqualTo(call.getKey());
            assertThat(request.credential()).isIn(CredentialKind.API_KEY, CredentialKind.TOKEN);
        }));
    }

    /** An account that code names, and otherwise only the configuration of production or of the relay. */
    private static String coded(String account) {
        return QuarkusRestClientBuilder.newBuilder().baseUri(URI.create("https://api.hume.ai"))
                .register(new HumeRequestFilter(account)).build(Coded.class).chats();
    }

    /** Integration tests pass the properties of the Dev Service to the packaged application, which has the store. */
    @Test
    void credentialStoreOfProduction_isReplacedInAPackagedApplication() {
        List<String> values = new ArrayList<>();
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            values.add(source.getValue("hume.accounts.\"stored\".credentials-provider"));
        }
        assertThat(values).contains("").doesNotContain("hume");
    }

    @Test
    void otherPropertiesOfTheApplication_areNotTouched() {
        assertThat(ConfigProvider.getConfig().getConfigValue("hume.my-own.old-api-key").getValue()).isEqualTo("mine");
    }

    @Test
    void accounts_reportTheReason() {
        assertThat(accounts.get("<default>").reason()).isEqualTo("only hume.api-key is configured");
        assertThat(accounts.get("unmentioned").reason()).isEqualTo("the emulator has both keys");
    }
}

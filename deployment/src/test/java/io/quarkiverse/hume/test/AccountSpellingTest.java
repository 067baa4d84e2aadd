package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkus.test.QuarkusUnitTest;

/**
 * All spellings of an account name are one account; and accounts that only annotations, qualifiers or the environment name.
 */
class AccountSpellingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(KeyEcho.class, VariablesOfATest.class)
                    .addAsServiceProvider(ConfigSource.class, VariablesOfATest.class))
            .setBeforeAllCustomizer(() -> System.setProperty("server", new KeyEcho().address()))
            .overrideConfigKey("hume.accounts.cloud.base-url", "${server}/cloud")
            .overrideConfigKey("hume.accounts.unquoted.api-key", "key-of-unquoted")
            .overrideConfigKey("hume.accounts.\"unquoted\".base-url", "${server}/unquoted")
            .overrideConfigKey("hume.accounts.EU-west.api-key", "key-of-eu-west")
            .overrideConfigKey("hume.accounts.\"EU-west\".base-url", "${server}/west")
            .overrideConfigKey("hume.accounts.emulated.api-key", "${HUME_KEY_THAT_IS_NOT_SET}")
            .overrideConfigKey("hume.accounts.emulated.token.timeout", "30S")
            .overrideConfigKey("hume.accounts.emulated.base-url", "https://api.cloud.hume.ai")
            .overrideConfigKey("hume.accounts.generated.rest-clients", "generated");

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "cloud")
    public interface Cloud {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "unquoted")
    public interface Unquoted {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "customer-care")
    public interface CustomerCare {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "EU")
    public interface Europe {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "west")
    public interface West {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "emulated")
    public interface Emulated {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient(configKey = "generated")
    public interface Generated {
        @GET
        String get();
    }

    @Path("/v0/evi/configs")
    @RegisterRestClient
    @HumeAuthenticated(account = "By-Annotation")
    public interface OnlyAnnotated {
        @GET
        String get();
    }

    @RestClient
    Cloud cloud;
    @RestClient
    Unquoted unquoted;
    @RestClient
    CustomerCare customerCare;
    @RestClient
    Europe europe;
    @RestClient
    West west;
    @RestClient
    Emulated emulated;
    @RestClient
    Generated generated;
    @RestClient
    OnlyAnnotated onlyAnnotated;
    @Inject
    @HumeAccount("by-qualifier")
    HumeTokens tokens;
    @Inject
    HumeAccounts accounts;

    @Test
    void accounts_areEachThereOnce() {
        assertThat(accounts.all()).extracting(HumeAccountStatus::account).containsExactly("<default>", "By-Annotation", "EU",
                "EU-west", "by-qualifier", "cloud", "customer-care", "emulated", "generated", "unquoted");
    }

    @Test
    void calls_carryTheAccountsKeyToItsBaseUrl() {
        assertThat(cloud.get()).isEqualTo("/cloud/v0/evi/configs key-of-cloud");
        assertThat(unquoted.get()).isEqualTo("/unquoted/v0/evi/configs key-of-unquoted");
        assertThat(customerCare.get()).isEqualTo("/care/v0/evi/configs key-of-customer-care");
        assertThat(europe.get()).isEqualTo("/eu/v0/evi/configs key-of-eu");
        assertThat(west.get()).isEqualTo("/west/v0/evi/configs key-of-eu-west");
    }

    @Test
    void baseUrl_equalsTheStatus() {
        String server = ConfigProvider.getConfig().getValue("server", String.class);
        for (String account : List.of("cloud", "unquoted")) {
            assertThat(accounts.get(account).baseUrl()).hasToString(server + "/" + account);
        }
        assertThat(accounts.get("customer-care").baseUrl()).hasToString(server + "/care");
        assertThat(accounts.get("EU").baseUrl()).hasToString(server + "/eu");
    }

    @Test
    void accountsWithoutKey_areEmulatedForEveryKindOfReference() {
        assertThat(accounts.get("emulated").strategy()).as("its API key alone is mentioned").isEqualTo(HumeStrategy.API_KEY);
        assertThat(accounts.get("By-Annotation").strategy()).as("neither key is mentioned").isEqualTo(HumeStrategy.TOKEN);
        assertThat(emulated.get()).contains("configs_page");
        assertThat(generated.get()).contains("configs_page");
        assertThat(onlyAnnotated.get()).contains("configs_page");
        assertThat(tokens.await()).isNotNull();
    }

    @Test
    void strategy_ofTheEnvironment_isSeenByTheBuild() {
        assertThat(accounts.get("customer-care").reason()).isEqualTo("hume.accounts.\"customer-care\".strategy=api-key");
    }

    @Test
    void everySpelling_readsTheSame() {
        for (String name : List.of("hume.accounts.cloud.token.timeout", "hume.accounts.\"cloud\".token.timeout")) {
            assertThat(ConfigProvider.getConfig().getValue(name, String.class)).isEqualTo("7S");
        }
        assertThat(ConfigProvider.getConfig().getValue("hume.accounts.customer-care.api-key", String.class))
                .isEqualTo("key-of-customer-care");
    }
}

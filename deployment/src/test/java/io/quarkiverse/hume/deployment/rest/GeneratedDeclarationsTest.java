package io.quarkiverse.hume.deployment.rest;

import static io.quarkiverse.hume.test.shapes.OpenApiCode.api;
import static io.quarkiverse.hume.test.shapes.OpenApiCode.apiKey;
import static io.quarkiverse.hume.test.shapes.OpenApiCode.basic;
import static io.quarkiverse.hume.test.shapes.OpenApiCode.bearer;
import static io.quarkiverse.hume.test.shapes.OpenApiCode.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.Test;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.deployment.config.ConfiguredKeys;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.test.shapes.OpenApiCode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Which generated clients are authenticated with which account, and which ones are left to the generator. */
class GeneratedDeclarationsTest {

    private static final String HUME = "https://api.hume.ai";
    private static final String KEY = "X-Hume-Api-Key";

    private static String account(OpenApiCode code, Map<String, String> properties, String... accounts) throws IOException {
        Declaration declaration = declarations(code, properties, accounts).with(Map.of())
                .get(DotName.createSimple(api("voice")));
        return declaration == null ? null : declaration.authentication().account();
    }

    private static String obstacle(OpenApiCode code, Map<String, String> properties, String... accounts) throws IOException {
        assertThat(account(code, properties, accounts)).isNull();
        return declarations(code, properties, accounts).obstacle(clients(code).all().iterator().next());
    }

    private static GeneratedDeclarations declarations(OpenApiCode code, Map<String, String> properties, String... accounts)
            throws IOException {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250)).build();
        return new GeneratedDeclarations(clients(code), Set.of(accounts), new ConfiguredKeys(config), config);
    }

    private static GeneratedClients clients(OpenApiCode code) throws IOException {
        Indexer indexer = new Indexer();
        for (byte[] bytes : code.compile().values()) {
            indexer.index(new ByteArrayInputStream(bytes));
        }
        return new GeneratedClients(new ClientIndex(indexer.complete()));
    }

    private static OpenApiCode voice(String server, String... markers) {
        return new OpenApiCode().client("voice", server, markers);
    }

    @Test
    void headerOfHume_isEnough() throws IOException {
        for (String server : new String[] { HUME, "", "https://voice.example.com", "/v0", "https://{region}.hume.ai" }) {
            assertThat(account(voice(server, apiKey("voice", "header", KEY)), Map.of())).as(server)
                    .isEqualTo(HumeAccount.DEFAULT);
        }
        assertThat(account(voice(HUME, apiKey("voice", "header", "x-hume-api-key")), Map.of())).isNotNull();
        assertThat(account(voice("", bearer("voice"), apiKey("voice", "header", KEY)), Map.of())).isNotNull();
    }

    @Test
    void otherHeaders_areEnoughOnAHostOfHume() throws IOException {
        assertThat(account(voice(HUME, bearer("voice")), Map.of())).isNotNull();
        assertThat(account(voice(HUME, basic("voice")), Map.of())).isNotNull();
        assertThat(account(voice("https://API.Hume.ai", apiKey("voice", "header", "Authorization")), Map.of())).isNotNull();
        assertThat(account(voice("", bearer("voice")), Map.of())).isNull();
        assertThat(account(voice("https://hume.ai.example.com", bearer("voice")), Map.of())).isNull();
    }

    @Test
    void otherPlaces_areNot() throws IOException {
        assertThat(account(voice(HUME, apiKey("voice", "header", "X-Api-Key")), Map.of())).isNull();
        assertThat(account(voice(HUME, apiKey("voice", "query", KEY)), Map.of())).isNull();
        assertThat(account(voice(HUME, apiKey("voice", "cookie", "session")), Map.of())).isNull();
        assertThat(account(voice(HUME), Map.of())).isNull();
        assertThat(account(voice(HUME, (String[]) null), Map.of())).isNull();
    }

    @Test
    void account_isTheOneWithTheHost() throws IOException {
        OpenApiCode cloud = voice("https://api.cloud.hume.ai", apiKey("voice", "header", KEY));
        Map<String, String> baseUrl = Map.of("hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai");
        assertThat(account(cloud, baseUrl, "cloud", "other")).isEqualTo("cloud");
        assertThat(account(cloud, Map.of(), "cloud")).isEqualTo(HumeAccount.DEFAULT);
        assertThat(account(voice(HUME, apiKey("voice", "header", KEY)), baseUrl, "cloud", "other"))
                .isEqualTo(HumeAccount.DEFAULT);
        assertThat(obstacle(cloud, Map.of("hume.accounts.\"cloud\".base-url", "https://api.cloud.hume.ai",
                "hume.accounts.\"other\".base-url", "https://api.cloud.hume.ai/"), "cloud", "other"))
                .isEqualTo("could use any of the Hume accounts [cloud, other], whose base URL it has");
    }

    @Test
    void credentialOfTheGenerator_isLeftToIt() throws IOException {
        OpenApiCode key = voice(HUME, apiKey("voice", "header", KEY));
        String property = "quarkus.openapi-generator.voice.auth.api_key.api-key";
        assertThat(obstacle(key, Map.of(property, "${KEY}"))).isEqualTo("is authenticated by the generator with " + property);
        assertThat(account(key, Map.of(property, " "))).isNotNull();
        OpenApiCode token = voice(HUME, bearer("voice"));
        assertThat(obstacle(token, Map.of("quarkus.openapi-generator.voice.auth.token.bearer-token", "x")))
                .contains("bearer-token");
        assertThat(obstacle(token, Map.of("quarkus.openapi-generator.voice.auth.token.token-propagation", "true")))
                .contains("token-propagation");
        assertThat(account(token, Map.of("quarkus.openapi-generator.voice.auth.token.token-propagation", "false")))
                .isNotNull();
        assertThat(obstacle(voice(HUME, apiKey("voice", "header", KEY), oauth2("voice")), Map.of())).contains("oauth");
        assertThat(obstacle(voice(HUME, bearer("voice")).credentialsProvider(), Map.of()))
                .isEqualTo("is authenticated by the generator with the credentials of org.acme.OwnCredentials");
    }
}

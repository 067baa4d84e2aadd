package io.quarkiverse.hume.test;

import static io.quarkiverse.hume.test.shapes.OpenApiCode.api;
import static io.quarkiverse.hume.test.shapes.OpenApiCode.apiKey;
import static io.quarkiverse.hume.test.shapes.OpenApiCode.basic;
import static io.quarkiverse.hume.test.shapes.OpenApiCode.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.hume.test.shapes.OpenApiCode;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/**
 * An application with many clients of quarkus-openapi-generator: the messages of the build for each client, and the clients
 * without a message.
 */
class OpenApiGeneratorMessagesTest {

    private static final String AUTH = "quarkus.openapi-generator.";
    private static final String HUME = "https://api.hume.ai";
    private static final String KEY = "X-Hume-Api-Key";

    @RegisterExtension
    static final QuarkusProdModeTest BUILD = new QuarkusProdModeTest()
            .withApplicationRoot(OpenApiGeneratorMessagesTest::add)
            .setApplicationName("openapi-generator")
            .setForcedDependencies(List.of(Dependency.of("io.quarkiverse.openapi.generator", "quarkus-openapi-generator",
                    "2.14.0-lts")))
            .overrideConfigKey("hume.api-key", "${HUME_API_KEY}")
            .overrideConfigKey("hume.rest-clients", "named,propagating,query")
            .overrideConfigKey(AUTH + "named.auth.api_key.api-key", "s3cr3t")
            .overrideConfigKey(AUTH + "propagating.auth.token.token-propagation", "true")
            .overrideConfigKey(AUTH + "propagating.auth.basic.password", "s3cr3t")
            .overrideConfigKey(AUTH + "own.auth.api_key.api-key", "s3cr3t")
            .overrideConfigKey(AUTH + "stranger.auth.token.bearer-token", "s3cr3t")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.hume"));

    private static void add(JavaArchive jar) {
        new OpenApiCode().client("plain", HUME, apiKey("plain", "header", KEY))
                .client("gateway", "https://voice.example.com", apiKey("gateway", "header", KEY))
                .client("named", HUME, apiKey("named", "header", KEY))
                .client("propagating", HUME, bearer("propagating"), basic("propagating"))
                .client("query", HUME, apiKey("query", "query", "access_token"))
                .client("own", HUME, apiKey("own", "header", KEY))
                .client("other", HUME, apiKey("other", "header", "X-Other"))
                .client("unknown", HUME)
                .client("open", HUME, (String[]) null)
                .client("stranger", "https://api.example.com", bearer("stranger"))
                .client("silent", "", bearer("silent"))
                .compile().forEach((name, bytes) -> jar.add(new ByteArrayAsset(bytes), name.replace('.', '/') + ".class"));
    }

    @ProdBuildResults
    ProdModeTestResults build;

    @Test
    void messages_nameWhatToDo() {
        List<String> messages = build.getRetainedBuildLogRecords().stream()
                .map(record -> String.format(record.getMessage(), record.getParameters()))
                .filter(message -> !message.startsWith("HUME0100")).toList();
        assertThat(messages).containsExactlyInAnyOrder(
                authenticated("plain", KEY), authenticated("gateway", KEY),
                ignored("named.auth.api_key.api-key", "named"),
                ignored("propagating.auth.token.token-propagation", "propagating"),
                ignored("propagating.auth.basic.password", "propagating"),
                other("query", "sends a second credential, access_token in a query or a cookie, as its security scheme api-key"
                        + " declares"),
                other("own", "is authenticated by the generator with " + AUTH + "own.auth.api_key.api-key"),
                other("other", "calls api.hume.ai without the credential of a Hume account, because its OpenAPI document"
                        + " declares no header for one"),
                other("unknown", "calls api.hume.ai without the credential of a Hume account, because it is not known what"
                        + " org.openapi.quarkus.unknown.api.auth.CompositeAuthenticationProvider does"),
                other("open", "calls api.hume.ai without the credential of a Hume account, because its OpenAPI document"
                        + " declares no security scheme"));
    }

    private static String authenticated(String document, String header) {
        return "HUME0150: The generated REST client " + api(document) + " is authenticated with the default Hume account,"
                + " because the security scheme api-key of its OpenAPI document sets " + header + ". To use another account,"
                + " name the client in hume.accounts.\"name\".rest-clients";
    }

    private static String ignored(String property, String document) {
        return "HUME0151: " + AUTH + property + " has no effect on requests of the generated REST client " + api(document)
                + ": they carry the credential of the default Hume account. Remove the property";
    }

    private static String other(String document, String what) {
        return "HUME0152: The generated REST client " + api(document) + " " + what + ". For requests with the credential of a"
                + " Hume account and no other one, set hume.rest-clients=" + document
                + " and quarkus.openapi-generator.codegen.spec." + document + ".enable-security-generation=false";
    }
}

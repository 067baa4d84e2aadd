package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.hume.HumeAccountStatus;
import io.quarkiverse.hume.HumeAccounts;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

/** One application, built without keys and started with different environments. */
class AccountsInProductionTest {

    /** Names with and without quotes, in one piece and nested, lists, and accounts that other sources have properties of. */
    private static final String YAML = """
            hume:
              accounts:
                music:
                  base-url: ${server}/music
                  trusted-hosts:
                    - music.example.com
                    - 127.0.0.1
                "listed-clients":
                  rest-clients:
                    - listed
                    - io.quarkiverse.hume.test.AccountsInProductionTest$Far
                  strategy: api-key
                cloud:
                  token:
                    timeout: 7S
                speech:
                  token: { timeout: 8S }
            "%prod":
              hume:
                accounts:
                  listed-clients:
                    base-url: ${server}/listed
            """;

    @RegisterExtension
    static final QuarkusProdModeTest BUILD = new QuarkusProdModeTest()
            .setForcedDependencies(ForcedExtensions.of(ForcedExtensions.YAML))
            .withApplicationRoot(jar -> jar.addClasses(Main.class, Care.class, Europe.class, Cloud.class, Speech.class,
                    Music.class, Listed.class, Far.class).addAsResource(new StringAsset(YAML), "application.yaml"))
            .setApplicationName("accounts")
            .overrideConfigKey("hume.accounts.cloud.base-url", "${server}/cloud")
            .overrideConfigKey("hume.accounts.speech.rest-clients", "speech")
            .overrideConfigKey("hume.accounts.idle.strategy", "token");

    @RegisterRestClient
    @HumeAuthenticated(account = "customer-care")
    public interface Care {
        @GET
        String get();
    }

    @RegisterRestClient
    @HumeAuthenticated(account = "EU")
    public interface Europe {
        @GET
        String get();
    }

    @RegisterRestClient
    @HumeAuthenticated(account = "cloud")
    public interface Cloud {
        @GET
        String get();
    }

    @RegisterRestClient(configKey = "speech")
    public interface Speech {
        @GET
        String get();
    }

    @RegisterRestClient
    @HumeAuthenticated(account = "music")
    public interface Music {
        @GET
        String get();
    }

    @RegisterRestClient(configKey = "listed")
    public interface Listed {
        @GET
        String get();
    }

    @RegisterRestClient
    public interface Far {
        @GET
        String get();
    }

    @QuarkusMain
    public static class Main implements QuarkusApplication {
        @RestClient
        Care care;
        @RestClient
        Europe europe;
        @RestClient
        Cloud cloud;
        @RestClient
        Speech speech;
        @RestClient
        Music music;
        @RestClient
        Listed listed;
        @RestClient
        Far far;
        @Inject
        HumeAccounts accounts;

        @Override
        public int run(String... args) {
            for (String answer : List.of(care.get(), europe.get(), cloud.get(), speech.get(), music.get(), listed.get(),
                    far.get())) {
                System.out.println("answer: " + answer);
            }
            for (HumeAccountStatus account : accounts.all()) {
                System.out.println("account: " + account.account());
            }
            for (String account : List.of("cloud", "speech")) {
                System.out.println("timeout of " + account + ": " + ConfigProvider.getConfig()
                        .getValue("hume.accounts.\"" + account + "\".token.timeout", String.class));
            }
            return 0;
        }
    }

    @ProdBuildResults
    ProdModeTestResults build;

    @TempDir
    Path directory;

    private final KeyEcho server = new KeyEcho();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();

    @Test
    void accounts_haveTheirKeysFromTheEnvironment() throws Exception {
        everyKey();
        options.addAll(List.of("-Dhume.strategy=api-key", "-Dhume.accounts.cloud.strategy=token",
                "-Dhume.accounts.\"idle\".strategy=TOKEN", "-Dhume.health.startup.enabled=true"));
        environment.put("HUME_ACCOUNTS__SPEECH__BASE_URL", server.address() + "/speech");
        environment.put("HUME_ACCOUNTS_SPEECH_BASE_URL", server.address() + "/not-quoted");
        String output = start(0);
        assertThat(output.lines().filter(line -> line.startsWith("answer: "))).containsExactly(
                "answer: /care key-of-care", "answer: /eu Bearer token-of-eu", "answer: /cloud key-of-cloud",
                "answer: /speech key-of-speech", "answer: /music key-of-music", "answer: /listed key-of-listed",
                "answer: /listed key-of-listed");
        assertThat(output.lines().filter(line -> line.startsWith("account: "))).containsExactly("account: <default>",
                "account: EU", "account: cloud", "account: customer-care", "account: idle", "account: listed-clients",
                "account: music", "account: speech");
        assertThat(output).contains("timeout of cloud: 7S", "timeout of speech: 8S");
        assertThat(server.received()).contains("/eu/oauth2-cc/token Basic "
                + Base64.getEncoder().encodeToString("key-of-eu:secret-of-eu".getBytes()))
                .allMatch(line -> line.matches("/(care|eu|cloud|speech|music|listed)[ /].*")).hasSize(8);
        for (String account : List.of("customer-care", "EU", "cloud", "speech", "music", "listed-clients")) {
            String path = account.equals("customer-care") ? "care"
                    : account.equals("listed-clients") ? "listed" : account.toLowerCase(Locale.ROOT);
            assertThat(output.lines()).anyMatch(line -> line.contains("HUME0001")
                    && line.contains("the Hume account \"" + account + "\" uses the strategy")
                    && line.endsWith("base URL " + server.address() + "/" + path));
        }
        assertThat(output).doesNotContain("customer.care", "\"eu\"", "HUME0003", "HUME0093")
                .contains("HUME0060", "The Hume account \"idle\" has no key")
                .contains(
                        "hume.strategy has the value \"api-key\" in the system property hume.strategy, but it is fixed when the"
                                + " application is built, and had the value \"auto\" then. Build the application with the new value, or"
                                + " remove the property")
                .contains("HUME_ACCOUNTS__SPEECH__BASE_URL and HUME_ACCOUNTS_SPEECH_BASE_URL are both in the environment, with"
                        + " different values. Only HUME_ACCOUNTS__SPEECH__BASE_URL is used; remove the other one")
                .contains("hume.accounts.\"cloud\".strategy has the value \"token\" in",
                        "hume.health.startup.enabled has the value \"true\" in");
        assertThat(output.split("HUME0061", -1)).hasSize(4);
    }

    @Test
    void keysWithTheMistakesOfAConfiguration_areAllNamed() throws Exception {
        everyKey();
        environment.put("HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY", "\"key-of-care\"");
        environment.put("HUME_ACCOUNTS_EU_API_KEY", "'key-of-eu'");
        environment.put("HUME_ACCOUNTS_EU_SECRET_KEY", "secret-of-eu ");
        environment.put("HUME_ACCOUNTS__CLOUD__API_KEY", "Bearer key-of-cloud");
        environment.put("HUME_ACCOUNTS_SPEECH_API_KEY", "key-of-speech\n");
        environment.put("HUME_API_KEY", "$(KEY_OF_DEFAULT)");
        String output = start(1);
        assertThat(output).contains(
                " - hume.api-key cannot be used: The API key contains a placeholder",
                " - hume.accounts.\"customer-care\".api-key cannot be used: The API key begins and ends with a quotation mark."
                        + " Remove the quotation marks",
                " - hume.accounts.\"EU\".api-key cannot be used: The API key begins and ends with a quotation mark",
                " - hume.accounts.\"EU\".secret-key cannot be used: The secret key has a character that must not stand in a"
                        + " header: U+0020 at position 13 of 13 (a blank)",
                " - hume.accounts.\"cloud\".api-key cannot be used: The API key begins with \"Bearer\"",
                " - hume.accounts.\"speech\".api-key cannot be used: The API key has a character that must not stand in a"
                        + " header: U+000A at position 14 of 14 (a line break)")
                .doesNotContain("key-of-", "secret-of-", "KEY_OF_DEFAULT");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void accountWithoutKeys_isNamedWithItsVariable() throws Exception {
        everyKey();
        environment.remove("HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY");
        assertThat(start(1)).contains("hume.accounts.\"customer-care\".api-key is not set",
                "Set it, or the environment variable HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY");
    }

    @Test
    void mountedDevice_doesNotHangTheStart() throws Exception {
        everyKey();
        Path device = Files.createSymbolicLink(directory.resolve("api-key"), Path.of("/dev/zero"));
        environment.put("HUME_ACCOUNTS__CUSTOMER_CARE__SECRETS_DIRECTORY", directory.toString());
        environment.remove("HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY");
        assertThat(start(1)).contains("The file " + device + ", from which hume.accounts.\"customer-care\".api-key is read,"
                + " cannot be read: it is not a regular file");
    }

    @Test
    void settingsWithWhichServersAreNotChecked_areNamed() throws Exception {
        everyKey();
        options.addAll(List.of("-Dquarkus.tls.trust-all=true", "-Dquarkus.tls.open.trust-all=true",
                "-Dquarkus.tls.nameless.hostname-verification-algorithm=NONE",
                "-Dhume.accounts.\"music\".tls-configuration-name=nameless",
                "-Dquarkus.rest-client.listed.tls-configuration-name=open", "-Dquarkus.rest-client.verify-host=false"));
        String here = AccountsInProductionTest.class.getName();
        assertThat(start(0))
                .containsOnlyOnce("HUME0093: Connections of the Hume account \"music\" do not check the host name in the"
                        + " server's certificate, because the TLS configuration \"nameless\" has hostname-verification-algorithm=NONE")
                .containsOnlyOnce("HUME0093: Calls of the REST clients [" + here + "$Listed] do not check the server's"
                        + " certificate, because the TLS configuration \"open\" has trust-all=true")
                .containsOnlyOnce("HUME0093: Calls of the REST clients [" + String.join(", ", here + "$Care", here + "$Cloud",
                        here + "$Europe", here + "$Far", here + "$Speech") + "] do not check the server's certificate, because"
                        + " quarkus.tls.trust-all=true")
                .satisfies(output -> assertThat(output.split("HUME0093", -1)).hasSize(4));
    }

    @Test
    void settingsOfAllRestClients_areNamedForTokenRequests() throws Exception {
        everyKey();
        options.addAll(List.of("-Dquarkus.tls.open.trust-all=true", "-Dquarkus.rest-client.tls-configuration-name=open",
                "-Dquarkus.tls.closed.trust-all=false", "-Dhume.accounts.\"music\".tls-configuration-name=closed"));
        assertThat(start(0))
                .containsOnlyOnce("HUME0093: Requests to https://api.hume.ai/oauth2-cc/token do not check the server's"
                        + " certificate, because the TLS configuration \"open\" has trust-all=true")
                .contains("HUME0093: Calls of the REST clients [")
                .satisfies(output -> assertThat(output.lines().filter(line -> line.contains("HUME0093")))
                        .hasSize(2).noneMatch(line -> line.contains("Music") || line.contains("music")));
    }

    @Test
    void hostNamesThatRestClientsDoNotCheck_areNamed() throws Exception {
        everyKey();
        options.add("-Dquarkus.rest-client.speech.verify-host=false");
        String speech = AccountsInProductionTest.class.getName() + "$Speech";
        assertThat(start(0))
                .containsOnlyOnce("HUME0093: Calls of the REST clients [" + speech + "] do not check the host name in"
                        + " the server's certificate, because quarkus.rest-client.\"" + speech + "\".verify-host=false")
                .satisfies(output -> assertThat(output.split("HUME0093", -1)).hasSize(2));
    }

    private void everyKey() {
        environment.put("HUME_ACCOUNTS__CUSTOMER_CARE__API_KEY", "key-of-care");
        environment.put("HUME_ACCOUNTS_CUSTOMER_CARE_BASE_URL", server.address() + "/care");
        environment.put("HUME_ACCOUNTS_EU_API_KEY", "key-of-eu");
        environment.put("HUME_ACCOUNTS_EU_SECRET_KEY", "secret-of-eu");
        environment.put("HUME_ACCOUNTS__EU__BASE_URL", server.address() + "/eu");
        environment.put("HUME_ACCOUNTS__CLOUD__API_KEY", "key-of-cloud");
        environment.put("HUME_ACCOUNTS_SPEECH_API_KEY", "key-of-speech");
        environment.put("HUME_ACCOUNTS_SPEECH_BASE_URL", server.address() + "/speech");
        environment.put("HUME_ACCOUNTS__MUSIC__API_KEY", "key-of-music");
        environment.put("HUME_ACCOUNTS_LISTED_CLIENTS_API_KEY", "key-of-listed");
    }

    /** @return what the application wrote */
    private String start(int expectedExit) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-Dserver=" + server.address()));
        command.addAll(options);
        command.addAll(List.of("-jar", build.getBuiltArtifactPath().toString()));
        Path output = directory.resolve("output");
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        process.environment().putAll(environment);
        Process started = process.start();
        try {
            assertThat(started.waitFor(2, TimeUnit.MINUTES)).as("end of the application").isTrue();
        } finally {
            started.destroyForcibly();
        }
        String written = Files.readString(output);
        assertThat(started.exitValue()).as(written).isEqualTo(expectedExit);
        return written;
    }
}

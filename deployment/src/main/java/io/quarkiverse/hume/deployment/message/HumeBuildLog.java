package io.quarkiverse.hume.deployment.message;

import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.util.Set;

import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/**
 * All messages of the extension during the build. Codes are stable, unique and between 100 and 199. No message has a key as a
 * parameter.
 */
@MessageLogger(projectCode = "HUME", length = 4)
public interface HumeBuildLog extends BasicLogger {

    HumeBuildLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), HumeBuildLog.class, "io.quarkiverse.hume.deployment");

    @LogMessage(level = INFO)
    @Message(id = 100, value = "Strategy of %s: %s (%s)")
    void strategy(String account, String strategy, String reason);

    @LogMessage(level = INFO)
    @Message(id = 101, value = "No API key for %s, so an emulator replaces Hume at %s (endpoints and control API:"
            + " GET %2$s/emulator). hume.devservices.enabled=false turns it off")
    void emulator(Set<String> accounts, URI address);

    @LogMessage(level = WARN)
    @Message(id = 102, value = "hume.browser-token.public-access=true: %s will give access tokens to EVERYONE who can reach"
            + " it. Every user of a token spends your quota")
    void browserTokensForEveryone(String path);

    @LogMessage(level = WARN)
    @Message(id = 110, value = "%s uses the account \"%s\", of which this build sees no configuration. It sees %s.%s"
            + " Unless %s is set where the application runs, correct the name")
    void unknownAccount(String user, String account, Set<String> known, String suggestion, String property);

    @LogMessage(level = WARN)
    @Message(id = 111, value = "%s uses access tokens of %s, but this build sees only an API key. Unless %s is set where the"
            + " application runs, it will not start")
    void tokensWithoutSecretKey(String user, String account, String property);

    @LogMessage(level = WARN)
    @Message(id = 112, value = "%s has %s, so its calls carry that and not the Hume credential that the interface requires."
            + " Remove it, or move the method to an interface without @HumeAuthenticated")
    void ownCredential(String method, String annotation);

    @LogMessage(level = WARN)
    @Message(id = 113, value = "%s has @RegisterClientHeaders, and %s contains %s. What the application's own callers send"
            + " there is not passed on to Hume: calls carry the Hume credential. Remove one of the two")
    void callersCredential(String client, String property, String header);

    @LogMessage(level = WARN)
    @Message(id = 114, value = "%s is set, so calls of %s carry that header and no Hume credential, unless a call"
            + " sets a credential itself. Remove the property, or the authentication with Hume")
    void configuredHeader(String property, String client);

    @LogMessage(level = WARN)
    @Message(id = 115, value = "%s is not https, so that %s. Credentials are sent over https only, except to loopback"
            + " addresses")
    void unencrypted(String property, String consequence);

    @LogMessage(level = WARN)
    @Message(id = 116, value = "The value of %s is in %s and is built into the application: everyone who has the"
            + " application has the key. Set the environment variable %s where the application runs, or write %1$s=${%3$s}")
    void literalKey(String property, String source, String variable);

    @LogMessage(level = WARN)
    @Message(id = 117, value = "%s sets %s on requests of %4$s (registered by %3$s). On authenticated clients its value is not sent:"
            + " their calls carry the Hume credential. Exclude these clients from the class, or remove their authentication with Hume."
            + " To choose the credential call by call, use a parameter with @HeaderParam")
    void filterSetsCredential(String filter, String header, String registration, String clients);

    @LogMessage(level = WARN)
    @Message(id = 118, value = "%s has @RegisterClientHeaders(%s.class), which copies headers that the application's own callers send."
            + " Authorization and X-Hume-Api-Key of theirs are not sent to Hume, but others are, such as cookies. Copy single"
            + " headers by their names")
    void factoryCopiesHeaders(String client, String factory);

    @LogMessage(level = WARN)
    @Message(id = 119, value = "%s has @RegisterClientHeaders(%s.class), which sets %s. Its value is not sent: calls carry the Hume"
            + " credential. Remove it there, or the authentication of the client with Hume")
    void factorySetsCredential(String client, String factory, String header);

    @LogMessage(level = WARN)
    @Message(id = 120, value = "quarkus.rest-client.\"%1$s\".enable-local-proxy has no effect, because this build does not know the"
            + " value of %2$s, which is the URL of the REST client. Set quarkus.rest-client.\"%1$s\".url to an address without"
            + " expressions in the profile that uses the proxy")
    void localProxyWithoutUrl(String client, String url);

    @LogMessage(level = WARN)
    @Message(id = 123, value = "%s is blank, so it sets no header: calls of %s carry the Hume credential. Remove the property")
    void blankHeader(String property, String clients);

    @LogMessage(level = INFO)
    @Message(id = 141, value = "No emulator replaces Hume for %s, because its keys or tokens come from %s, and may be real."
            + " hume.devservices.enabled=true starts one nevertheless")
    void notEmulated(String account, String origin);

    @LogMessage(level = WARN)
    @Message(id = 142, value = "The emulator of Hume is at %s, because it cannot use port %s (hume.devservices.port): %s. Another"
            + " emulator may use it, such as that of dev mode or of another test profile. hume.emulator.url is set to the address")
    void emulatorOnAnotherPort(URI address, int port, String reason);

    @LogMessage(level = WARN)
    @Message(id = 140, value = "%s and %s are both in %s, with different values. Only %s is used; remove the other one")
    void twoSpellings(String property, String other, String source, String effective);

    @LogMessage(level = INFO)
    @Message(id = 150, value = "The generated REST client %s is authenticated with %s, because the security scheme %s of its OpenAPI"
            + " document sets %s. To use another account, name the client in hume.accounts.\"name\".rest-clients")
    void generatedClient(String client, String account, String scheme, String header);

    @LogMessage(level = WARN)
    @Message(id = 151, value = "%s has no effect on requests of the generated REST client %s: they carry the credential of %s."
            + " Remove the property")
    void generatorsCredential(String property, String client, String account);

    @LogMessage(level = WARN)
    @Message(id = 152, value = "The generated REST client %s %s. For requests with the credential of a Hume account and no other one,"
            + " set %s=%s and quarkus.openapi-generator.codegen.spec.%s.enable-security-generation=false")
    void otherGeneratedClient(String client, String what, String property, String configKey, String document);

    @LogMessage(level = INFO)
    @Message(id = 125, value = "%s has @HumeAuthenticated and is in a dependency without a Jandex index (%s). REST clients that"
            + " extend or return it are authenticated; for everything else that searches the index, %s, or build an index into"
            + " the dependency with the jandex-maven-plugin")
    void withoutIndex(String type, String dependency, String remedy);

    @LogMessage(level = WARN)
    @Message(id = 124, value = "%s")
    void missingCall(String sentence);

    @LogMessage(level = WARN)
    @Message(id = 127, value = "The REST client %s: %s. The REST client of Quarkus sends the object's toString(), not its elements,"
            + " unless a ParamConverter converts this type. Use a String, or remove the parameter so that the Hume credential is"
            + " sent")
    void headerSentAsObject(String client, String parameters);

    @LogMessage(level = WARN)
    @Message(id = 126, value = "%s assigns the REST client %s to an account, but %s declares another authentication (%s). The %s takes precedence. Remove one of"
            + " the two")
    void contradictoryAccounts(String property, String client, String annotation, String authentication, String winner);

    @LogMessage(level = WARN)
    @Message(id = 160, value = "hume.relay.public-access=true: %s will relay requests with your credential for EVERYONE who can"
            + " reach it. Every user of the relay spends your quota")
    void relayForEveryone(String path);

    @LogMessage(level = WARN)
    @Message(id = 161, value = "hume.relay.allow is set, but nothing is relayed, because hume.relay.enabled is not true. Set"
            + " hume.relay.enabled=true, or remove hume.relay.allow")
    void relaySwitchedOff();

    @LogMessage(level = WARN)
    @Message(id = 166, value = "hume.shared-state=redis has no effect, because this application has neither webhooks, nor a relay, nor"
            + " an endpoint for browser tokens. Tokens are not shared. Remove hume.shared-state")
    void nothingToShare();

    @LogMessage(level = WARN)
    @Message(id = 167, value = "%s is set and has no effect, because hume.shared-state is not redis. Set hume.shared-state=redis,"
            + " or remove %1$s")
    void sharedStateSwitchedOff(String property);

    @LogMessage(level = WARN)
    @Message(id = 168, value = "The readiness of this application depends on Redis, because quarkus-smallrye-health checks the"
            + " Redis client that hume.shared-state uses. When Redis fails, no instance is ready, although each could decide alone."
            + " Set quarkus.redis.health.enabled=false, unless the application cannot work without Redis")
    void readinessDependsOnRedis();
}

package io.quarkiverse.hume.runtime.log;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/**
 * All log messages at run time; {@code messages.adoc} has a row for each. Codes are stable, unique and between 1 and 99. Codes
 * from 100 on belong to the messages of the build. No message has a parameter for a key, a token or a header value.
 */
@MessageLogger(projectCode = "HUME", length = 4)
public interface HumeLog {

    HumeLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), HumeLog.class, "io.quarkiverse.hume");

    @LogMessage(level = INFO)
    @Message(id = 1, value = "%s uses the strategy %s (%s), base URL %s")
    void strategy(String account, String strategy, String reason, String baseUrl);

    @LogMessage(level = WARN)
    @Message(id = 2, value = "%1$s is set, but calls of %3$s carry the API key, because the application was built %4$s."
            + " To use access tokens, set %2$s=token or make %1$s available when the application is built")
    void secretKeyUnused(String property, String strategyProperty, String account, String built);

    @LogMessage(level = WARN)
    @Message(id = 90, value = "the environment variable %s has no effect: %s is read from %s")
    void variableUnused(String variable, String property, String expected);

    @LogMessage(level = WARN)
    @Message(id = 89, value = "%1$s uses the API key strategy, because %2$s is auto, and %3$s did not return the"
            + " keys (%4$s). Set %2$s to api-key or token, so that the start does not need the keys")
    void strategyWithoutKeys(String account, String property, String provider, String failure);

    @LogMessage(level = WARN)
    @Message(id = 3, value = "no new access token for %s: %s. Failed %s time(s) in a row, next attempt %s; %s")
    void tokenFailing(String account, String cause, int failures, String retryAt, String consequence);

    @LogMessage(level = INFO)
    @Message(id = 4, value = "access tokens for %s are available again after %s failed request(s)")
    void tokenRecovered(String account, int failures);

    @LogMessage(level = ERROR)
    @Message(id = 5, value = "a listener for token events, or the cancellation of a token request, failed")
    void listenerFailed(@Cause Throwable cause);

    @LogMessage(level = DEBUG)
    @Message(id = 6, value = "no new access token for %s: %s. Failed %s times in a row, next attempt at %s")
    void tokenStillFailing(String account, String cause, int failures, Instant retryAt);

    @LogMessage(level = DEBUG)
    @Message(id = 7, value = "new access token for %s after %s ms, expires at %s, will be renewed at %s")
    void tokenRefreshed(String account, long milliseconds, Instant expiresAt, Instant refreshAt);

    @LogMessage(level = DEBUG)
    @Message(id = 8, value = "the API answered 401 to the access token of %s; another one is used or requested")
    void tokenRejected(String account);

    @LogMessage(level = WARN)
    @Message(id = 9, value = "Calls of %s are repeatedly answered with 401, also with new access tokens. Other calls can use the current"
            + " token. Until %s, a 401 causes no further token request. Check whether the API that answers 401 accepts access"
            + " tokens. If it accepts API keys only, use @HumeAuthenticated(strategy = API_KEY)")
    void rejectionsPersist(String account, Instant nextRenewal);

    @LogMessage(level = WARN)
    @Message(id = 10, value = "An access token for %s was valid for %s ms when it arrived. Tokens are requested at most once a second,"
            + " so calls may wait up to a second for the next token. Check the expires_in that the token endpoint states, in"
            + " seconds (%s), or the lifetime that the HumeTokenSource of the application gives (logged once)")
    void tokenShortLived(String account, long milliseconds, String properties);

    @LogMessage(level = DEBUG)
    @Message(id = 20, value = "the API answered 401 to a call of the account %s, and there is no other credential")
    void noOtherCredential(String account);

    @LogMessage(level = INFO)
    @Message(id = 21, value = "Access tokens are renewed by a timer of the extension, not by the application's scheduler, because %s")
    void tokensRenewedByTimer(String reason);

    @LogMessage(level = INFO)
    @Message(id = 22, value = "Access tokens are renewed by the application's scheduler again")
    void tokensRenewedByJob();

    @LogMessage(level = WARN)
    @Message(id = 26, value = "A request filter, a headers factory, a user name in the client's URL or other code that processes every"
            + " request sets %s on calls of the REST client %s. Its value is not sent: these calls carry %s. To send a credential"
            + " of your own, give it to the call, as a parameter with @HeaderParam; otherwise exclude this client from that code")
    void foreignCredential(String header, String client, String carried);

    @LogMessage(level = WARN)
    @Message(id = 27, value = "The extension cannot read the headers of WebSocket connectors, because this version of WebSockets"
            + " Next stores them elsewhere. A connection whose connector has an Authorization or X-Hume-Api-Key header carries a second credential."
            + " Set the header with customizeOptions, and report this with the version of Quarkus")
    void headersOfConnectorsNotSeen(@Cause Throwable cause);

    @LogMessage(level = WARN)
    @Message(id = 28, value = "Calls of the REST client %1$s carry the %2$s of the configuration and no Hume credential,"
            + " unless a call sets a credential itself. Remove %2$s from quarkus.rest-client.\"%1$s\".headers and quarkus.rest-client.headers, or the authentication of the"
            + " client with Hume")
    void configuredCredential(String client, String header);

    @LogMessage(level = WARN)
    @Message(id = 30, value = "%s gives access tokens of %s to EVERYONE who can reach it, because this application was"
            + " built with hume.browser-token.public-access=true. Every user of a token spends your quota")
    void browserTokensForEveryone(String path, String account);

    @LogMessage(level = DEBUG)
    @Message(id = 31, value = "no access token for a browser: %s")
    void noBrowserToken(String cause);

    @LogMessage(level = WARN)
    @Message(id = 32, value = "The REST client %s is set to log the bytes of its connections (logging scope \"all\" or"
            + " logActivity). The bytes contain credentials and are therefore not logged. Requests and responses are logged, with"
            + " masked headers. Set the logging scope of the client to request-response")
    void bytesOfRequestsNotLogged(String client);

    @LogMessage(level = WARN)
    @Message(id = 33, value = "A WebSocket connector is set to log the bytes of its connections (logActivity). The bytes"
            + " contain credentials and are therefore not logged. Remove logActivity; to see messages, set"
            + " quarkus.websockets-next.client.traffic-logging.enabled=true")
    void bytesOfHandshakesNotLogged();

    @LogMessage(level = INFO)
    @Message(id = 34, value = "Connections to %s do not use the configured proxy, because it could read the credential in plain"
            + " http. To use a proxy there, use https")
    void proxyBypassed(String origin);

    @LogMessage(level = WARN)
    @Message(id = 35, value = "The destination of requests of the REST client %s is not checked again directly before sending,"
            + " because this version of the REST client works in another way. A filter that runs after the one of this"
            + " extension can send the credential to another host. Report this with the version of Quarkus")
    void destinationNotCheckedAgain(String client);

    @LogMessage(level = WARN)
    @Message(id = 40, value = "a webhook for %s was rejected at %s: the signature or the timestamp header is missing")
    void webhookUnsigned(String account, String resource);

    @LogMessage(level = WARN)
    @Message(id = 41, value = "a webhook for %s was rejected at %s: the signature or the timestamp header is malformed (64 lower-case"
            + " hexadecimal digits, and seconds) or present twice")
    void webhookMalformed(String account, String resource);

    @LogMessage(level = WARN)
    @Message(id = 42, value = "a webhook for %s was rejected at %s: the signature does not match the body and the timestamp with any"
            + " of the account's keys")
    void webhookForged(String account, String resource);

    @LogMessage(level = WARN)
    @Message(id = 43, value = "a webhook for %s was rejected at %s: the timestamp %s is older than the tolerance of %s")
    void webhookStale(String account, String resource, String timestamp, Duration tolerance);

    @LogMessage(level = WARN)
    @Message(id = 44, value = "a webhook for %s was rejected at %s: the timestamp %s is more than %s ahead of this machine's clock")
    void webhookFromTheFuture(String account, String resource, String timestamp, Duration clockSkew);

    @LogMessage(level = WARN)
    @Message(id = 45, value = "a webhook for %s was rejected at %s: the same one was already accepted")
    void webhookReplayed(String account, String resource);

    @LogMessage(level = WARN)
    @Message(id = 46, value = "a webhook for %s was rejected at %s: the timestamp %s is not later than that of evicted webhooks, so it"
            + " may have been accepted already. Raise webhook.replay-limit of the account")
    void webhookForgotten(String account, String resource, String timestamp);

    @LogMessage(level = WARN)
    @Message(id = 47, value = "a webhook for %s was rejected at %s: its body is larger than %s bytes. If it was"
            + " genuine, raise webhook.max-body-size of the account, or quarkus.http.limits.max-body-size if that is less")
    void webhookTooLarge(String account, String resource, long limit);

    @LogMessage(level = ERROR)
    @Message(id = 48, value = "a webhook for %s could not be verified at %s: %s")
    void webhookUnverifiable(String account, String resource, String reason);

    @LogMessage(level = WARN)
    @Message(id = 49, value = "more than %s webhooks for %s within the tolerance, so the oldest are evicted, and webhooks that are"
            + " as old or older will be rejected. Raise webhook.replay-limit of the account (logged once)")
    void webhookMemoryFull(int limit, String account);

    @LogMessage(level = WARN)
    @Message(id = 50, value = "%s more webhooks for %s were rejected within a minute with the code %s, the last one at %s."
            + " The first one has a message of its own, and hume.webhook.verifications counts all of them")
    void webhooksRejected(int count, String account, String code, String resource);

    @LogMessage(level = DEBUG)
    @Message(id = 51, value = "a webhook for %s was rejected at %s with the code %s")
    void webhookRejectedAgain(String account, String resource, String code);

    @LogMessage(level = WARN)
    @Message(id = 52, value = "a webhook for %s was rejected at %s: its body was not complete after %s. If it was genuine, raise"
            + " webhook.body-timeout of the account")
    void webhookTimedOut(String account, String resource, Duration timeout);

    @LogMessage(level = WARN)
    @Message(id = 53, value = "a webhook for %s was rejected at %s: unverified webhooks use all of the %s bytes of"
            + " hume.unverified-webhooks.max-size, and this one had been incomplete for the longest time")
    void webhookWithoutRoom(String account, String resource, long limit);

    @LogMessage(level = WARN)
    @Message(id = 54, value = "%1$s allows %2$s bytes, but the server rejects bodies of more than %3$s. Raise"
            + " quarkus.http.limits.max-body-size as well, or lower %1$s")
    void webhookLimitedByServer(String property, long limit, long serverLimit);

    @LogMessage(level = WARN)
    @Message(id = 55, value = "webhooks for %s are verified with the last known API key, since the credentials provider"
            + " does not answer: %s. A key that was replaced in the meantime is still accepted. Set webhook.signing-key of"
            + " the account to verify without the provider")
    void webhookKeysUnconfirmed(String account, String reason);

    @LogMessage(level = WARN)
    @Message(id = 56, value = "quarkus.http.cors.origins=%s lets pages of any origin read what %s answers to a user who is signed"
            + " in, so every page that such a user opens can get an access token. List the origins of your own pages, or set"
            + " quarkus.http.cors.access-control-allow-credentials=false")
    void browserTokensForEveryPage(List<String> origins, String path);

    @LogMessage(level = WARN)
    @Message(id = 96, value = "quarkus.http.cors.origins=%s lets pages of any origin read what %s answers, and nobody has to be"
            + " signed in, so every page that somebody opens who can reach the endpoint can get an access token. List the"
            + " origins of your own pages")
    void publicBrowserTokensForEveryPage(List<String> origins, String path);

    @LogMessage(level = WARN)
    @Message(id = 57, value = "the body of a webhook at %s was read by a body handler, which this application or one of"
            + " its extensions installs, before the webhook could be verified. Anyone can therefore send up to"
            + " quarkus.http.limits.max-body-size, and webhook.body-timeout does not apply. Set"
            + " quarkus.http.limits.max-body-size to what the application needs (logged once)")
    void webhookReadBefore(String resource);

    @LogMessage(level = INFO)
    @Message(id = 60, value = "The Hume account \"%s\" has no key, and the build saw nothing that uses it. Calls with it fail"
            + " until %s is set")
    void accountWithoutKeys(String account, String property);

    @LogMessage(level = WARN)
    @Message(id = 62, value = "%s and %s are both in %s, with different values. Only %s is used; remove the other one")
    void twoSpellings(String property, String other, String source, String effective);

    @LogMessage(level = INFO)
    @Message(id = 63, value = "Requests of the REST client %s to %s go to the emulator at %s, because it replaces Hume for %s. To"
            + " call Hume, set %s")
    void callsOfEmulator(String client, String origin, URI emulator, String account, String property);

    @LogMessage(level = INFO)
    @Message(id = 64, value = "WebSocket connections to %s go to the emulator at %s, because it replaces Hume for %s. To call Hume,"
            + " set %s")
    void connectionsToEmulator(String origin, URI emulator, String account, String property);

    @LogMessage(level = WARN)
    @Message(id = 65, value = "%s. %s. In test mode, the application starts without this key, but calls that need it fail unless they are"
            + " mocked. Outside of test mode, the application would not start")
    void testWithoutKeys(String problem, String remedy);

    @LogMessage(level = WARN)
    @Message(id = 67, value = "%s. In test mode, the application starts without this key, but webhooks are rejected. Outside of test mode,"
            + " the application would not start")
    void testWithoutWebhookKey(String problem);

    @LogMessage(level = INFO)
    @Message(id = 66, value = "%s uses the API key that was set for this run, although the configuration mentions a secret key,"
            + " because %s. In production, an application with only this key would not start")
    void apiKeyInPlaceOfTokens(String account, String problem);

    @LogMessage(level = INFO)
    @Message(id = 68, value = "%s is not used, because the emulator at %s replaces Hume in this test, and the keys and tokens of"
            + " the bean may be real. To use it all the same, set hume.devservices.enabled=true")
    void emulatorInPlaceOfBean(String bean, URI emulator);

    @LogMessage(level = WARN)
    @Message(id = 61, value = "the property %s has the value \"%s\" in %s, but it is fixed when the application is built, and"
            + " had the value %s then. Build the application with the new value, or remove the property")
    void fixedWhenBuilt(String property, String value, String source, String built);

    @LogMessage(level = WARN)
    @Message(id = 70, value = "%s relays requests with the credential of %s for EVERYONE who can reach it, because this"
            + " application was built with hume.relay.public-access=true. Every user of the relay spends your quota")
    void relayForEveryone(String path, String account);

    @LogMessage(level = WARN)
    @Message(id = 71, value = "quarkus.http.cors.origins=%s lets pages of any origin use %s as a user who is signed in, so every"
            + " page that such a user opens can spend your quota. List the origins of your own pages, or set"
            + " quarkus.http.cors.access-control-allow-credentials=false")
    void relayForEveryPage(List<String> origins, String path);

    @LogMessage(level = WARN)
    @Message(id = 72, value = "Hume answered %2$s to a relayed request with the credential of the account \"%1$s\", and there is"
            + " no other one: %3$s. Browsers get 502 (logged once a minute)")
    void relayRejected(String account, int status, String advice);

    @LogMessage(level = DEBUG)
    @Message(id = 73, value = "a request was not relayed (%s): %s")
    void notRelayed(String operation, String cause);

    @LogMessage(level = ERROR)
    @Message(id = 74, value = "the body of a request could not be relayed (%s), because a body handler that this application or"
            + " one of its extensions installs has read it before. Exclude the path of the relay from that body handler. If an"
            + " extension requires a body handler for all requests, move the relay to an application without that extension")
    void relayedBodyGone(String operation);

    @LogMessage(level = WARN)
    @Message(id = 75, value = "a page sent its credential to the relay in a WebSocket sub-protocol (quarkus-http-upgrade), where"
            + " this application does not read it. Add quarkus-websockets-next, set"
            + " quarkus.websockets-next.server.propagate-subprotocol-headers=true, and build the application again (logged once"
            + " a minute)")
    void relaySubProtocolHeaderUnread();

    @LogMessage(level = WARN)
    @Message(id = 76, value = "a page offered sub-protocols to the relay, and this application supports none of them, so its"
            + " browser closes the WebSocket. Add one of them, without a credential, to"
            + " quarkus.websockets-next.server.supported-subprotocols (logged once a minute)")
    void relaySubProtocolUnsupported();

    @LogMessage(level = WARN)
    @Message(id = 97, value = "%1$s is %2$s and not shorter than quarkus.http.idle-timeout (%3$s). The HTTP server may therefore"
            + " close the connection first: a WebSocket then ends without a code, and a request without a response. Set a"
            + " shorter %1$s or a longer quarkus.http.idle-timeout")
    void relayTimeoutTooLong(String property, Duration timeout, Duration idleTimeout);

    @LogMessage(level = WARN)
    @Message(id = 98, value = "a body handler that this application or one of its extensions installs reads the bodies of"
            + " relayed requests before the relay. They are kept in memory and are not streamed, the limit of the body handler"
            + " applies as well, and multipart bodies cannot be relayed (logged once a minute)")
    void relayedBodyReadBefore();

    @LogMessage(level = WARN)
    @Message(id = 85, value = "The API key of %s expires at %s, in %s days. Create another one in the Hume portal and replace it"
            + " where the key comes from (%s), with the new date in %s")
    void keyExpires(String account, Instant expiresAt, long days, String property, String expiryProperty);

    @LogMessage(level = WARN)
    @Message(id = 86, value = "The API key of %s has expired at %s. Create another one in the Hume portal and replace it where the"
            + " key comes from (%s). If it was replaced already, correct %s")
    void keyExpired(String account, Instant expiresAt, String property, String expiryProperty);

    @LogMessage(level = WARN)
    @Message(id = 87, value = "%s cannot be read, so the previous date still applies: %s")
    void keyExpiryUnknown(String property, String reason);

    @LogMessage(level = WARN)
    @Message(id = 88, value = "%s uses access tokens, but Hume documents no way to obtain a token for %s. Use an API key: build the"
            + " application with %s=api-key, or remove %s, which may be an environment variable for another platform")
    void tokensNotObtainable(String account, URI baseUrl, String strategyProperty, String secretKeyProperty);

    @LogMessage(level = WARN)
    @Message(id = 91, value = "%s has %s from %s, and not from %s. Remove the source that is not needed, so that it is clear"
            + " which keys are used")
    void keySourceUnused(String account, String keys, String used, String unused);

    @LogMessage(level = WARN)
    @Message(id = 92, value = "%1$s is %2$s, which %3$s, and %4$s has %5$s. Correct the path or mount the secret there, or remove"
            + " %1$s")
    void secretsDirectoryUseless(String property, String directory, String fault, String account, String keys);

    @LogMessage(level = WARN)
    @Message(id = 93, value = "%s do not check %s, because %s. Another server can therefore get the credential. Remove this"
            + " setting. To accept a certificate of your own, name a TLS configuration with a trust store")
    void serversNotChecked(String connections, String unchecked, String setting);

    @LogMessage(level = WARN)
    @Message(id = 80, value = "Redis (%s) does not work for the state that instances share: %s. Until it does, each instance"
            + " decides alone about replayed webhooks and limits. Check quarkus.redis and the Redis server; if it is only slow,"
            + " raise hume.shared-state.timeout")
    void sharedStateLost(String client, String reason);

    @LogMessage(level = INFO)
    @Message(id = 81, value = "Redis (%s) works again for the state that instances share")
    void sharedStateBack(String client);
}

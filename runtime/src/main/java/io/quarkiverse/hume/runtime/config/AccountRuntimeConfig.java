package io.quarkiverse.hume.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** One account: its keys, the hosts they may be sent to, and its tokens. */
@ConfigGroup
public interface AccountRuntimeConfig {

    /**
     * The API key, from the Hume portal. Visible ASCII characters only. Keep it out of files that are built into the
     * application: set the environment variable, or mount the key as a file (`secrets-directory`).
     */
    Optional<String> apiKey();

    /**
     * The secret key that belongs to the API key. With it, requests carry short-lived access tokens (`Authorization: Bearer`)
     * instead
     * of the key.
     */
    Optional<String> secretKey();

    /**
     * When the API key expires, as the Hume portal shows it: a date such as `2027-01-31`, which means the start of that day in
     * UTC, or an instant such as `2027-01-31T12:00:00Z`. Starting `key-expiry-warning` before the expiry, a warning is logged
     * once a day. Calls are not affected.
     */
    @WithConverter(KeyExpiryConverter.class)
    @ConfigDocDefault("what the provider of the key says, if it says anything")
    Optional<Instant> apiKeyExpiresAt();

    /**
     * How long before the expiry of the API key the warnings start, from zero to a year.
     */
    @WithDefault("14D")
    Duration keyExpiryWarning();

    /**
     * A directory with the files `api-key` and, for tokens, `secret-key`, as a platform mounts a secret, for example
     * `/run/secrets/hume`. The files are read again when Hume rejects a key, so replaced keys are used without a restart. They
     * take precedence over keys in `application.properties`. A file `api-key-expires-at` in this directory has the same meaning
     * as the property of this name, and is read again every ten minutes.
     */
    Optional<Path> secretsDirectory();

    /**
     * The name of the account's keys in a credential store, instead of keys in the configuration. It is passed to the
     * `CredentialsProvider` of an extension such as Vault, or of the application. The provider returns `api-key` and, for
     * tokens, `secret-key`; or `user` and `password`; or `password` alone for the API key.
     */
    Optional<String> credentialsProvider();

    /**
     * The name of the `CredentialsProvider` bean (`@Named`), if there are several.
     */
    @ConfigDocDefault("the only one")
    Optional<String> credentialsProviderName();

    /**
     * The base URL of the account's platform: `https://api.hume.ai` for voice, `https://api.cloud.hume.ai` for cloud. REST
     * clients without a URL of their own use it, and tokens are requested from it.
     */
    @WithDefault("https://api.hume.ai")
    @WithConverter(AddressConverter.class)
    URI baseUrl();

    /**
     * Access tokens
     */
    TokenRuntimeConfig token();

    /**
     * WebSocket connections
     */
    @WithName("websocket")
    WebSocketRuntimeConfig webSocket();

    /**
     * Webhooks
     */
    WebhookRuntimeConfig webhook();

    /**
     * Whether a call that Hume answers with 401 is retried once with a new token, or with a new API key if the credentials
     * provider has one. Only a request whose body can be sent again is retried.
     */
    @WithDefault("true")
    boolean retryOnUnauthorized();

    /**
     * Limit of requests
     */
    RateLimitRuntimeConfig rateLimit();

    /**
     * The hosts that are trusted with the account's credential, in addition to the host of its base URL: host names, or `*.`
     * and a domain for all hosts below it, such as `*.hume.ai,voice-gateway.acme.org`. Calls to other hosts fail before
     * anything is sent.
     */
    @WithDefault("*.hume.ai")
    List<String> trustedHosts();

    /**
     * The name of the TLS configuration (`quarkus.tls."name".*`) for all connections of the account: requests to the token
     * endpoint, calls of REST clients that name none of their own, and WebSockets.
     */
    @ConfigDocDefault("for token requests and REST clients, that of REST clients; for WebSockets, that of WebSocket clients;"
            + " otherwise, the certificates of the JDK")
    Optional<String> tlsConfigurationName();

    /**
     * The name of the proxy configuration (`quarkus.proxy."name".*`) for all connections of the account: requests to the
     * token endpoint, calls of REST clients that name none of their own, and WebSockets. `none` for no proxy.
     */
    @ConfigDocDefault("for token requests and REST clients, that of REST clients; otherwise, the default proxy configuration, if"
            + " there is one")
    Optional<String> proxyConfigurationName();
}

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
     * The API key, from the Hume portal. Do not write it into files that are built into the application. Set the environment
     * variable, or mount the key as a file (`secrets-directory`).
     */
    Optional<String> apiKey();

    /**
     * The secret key that belongs to the API key. It is needed for access tokens (`Authorization: Bearer`).
     */
    Optional<String> secretKey();

    /**
     * When the API key expires. The value is a date such as `2027-01-31`, which means the start of that day in UTC, or an
     * instant such as `2027-01-31T12:00:00Z`. Before the expiry, a warning is logged once a day (`key-expiry-warning`). Calls
     * are not affected.
     */
    @WithConverter(KeyExpiryConverter.class)
    @ConfigDocDefault("the expiry that the source of the key states, if any")
    Optional<Instant> apiKeyExpiresAt();

    /**
     * How long before the expiry of the API key the warnings start, from zero to a year.
     */
    @WithDefault("14D")
    Duration keyExpiryWarning();

    /**
     * A directory with the files `api-key` and, for tokens, `secret-key`, for example `/run/secrets/hume`. The files are read
     * again when Hume rejects a key, so replaced keys are used without a restart. Keys in these files take precedence over keys
     * in `application.properties`. Keys in environment variables and system properties take precedence over these files. The
     * file `api-key-expires-at` in this directory has the same meaning as the property of this name, and is read again every
     * ten minutes.
     */
    Optional<Path> secretsDirectory();

    /**
     * The name of the account's keys in a credential store. It is passed to the `CredentialsProvider` bean of an extension such
     * as Vault, or of the application. If the configuration also has keys for this account, the application does not start.
     */
    Optional<String> credentialsProvider();

    /**
     * The name of the `CredentialsProvider` bean (`@Named`), if there are several.
     */
    @ConfigDocDefault("the only one")
    Optional<String> credentialsProviderName();

    /**
     * The base URL of the account's platform: `https://api.hume.ai` for voice, `https://api.cloud.hume.ai` for cloud. Tokens
     * are requested from this URL. REST clients without their own URL use it as well.
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
     * Whether a call of a REST client that Hume answers with 401 is retried once with another credential. Only a request whose
     * body can be sent again is retried. If `false`, the caller gets the 401 at once, and later calls carry another credential
     * as soon as there is one. The property has no effect on WebSocket connections and the relay.
     */
    @WithDefault("true")
    boolean retryOnUnauthorized();

    /**
     * Limit of requests
     */
    RateLimitRuntimeConfig rateLimit();

    /**
     * The hosts that are trusted with the account's credential, in addition to the host of its base URL. An entry is a host, or
     * `*.` and a domain for all hosts below it. Calls to other hosts fail before anything is sent.
     */
    @WithDefault("*.hume.ai")
    List<String> trustedHosts();

    /**
     * The name of the TLS configuration (`quarkus.tls."name".*`) for token requests, REST clients and WebSockets of the
     * account. The name in the configuration of a REST client takes precedence.
     */
    @ConfigDocDefault("the TLS configuration of REST clients or WebSocket clients")
    Optional<String> tlsConfigurationName();

    /**
     * The name of the proxy configuration (`quarkus.proxy."name".*`) for token requests, REST clients and WebSockets of the
     * account; `none` for no proxy. The name in the configuration of a REST client takes precedence.
     */
    @ConfigDocDefault("the proxy of REST clients; for WebSockets, the default proxy configuration")
    Optional<String> proxyConfigurationName();
}

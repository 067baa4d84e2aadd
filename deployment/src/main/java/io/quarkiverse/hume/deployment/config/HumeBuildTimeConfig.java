package io.quarkiverse.hume.deployment.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigDocSection;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/**
 * Hume
 */
@ConfigMapping(prefix = "hume")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface HumeBuildTimeConfig {

    /**
     * The default account
     */
    @WithParentName
    AccountBuildTimeConfig defaultAccount();

    /**
     * Named accounts
     */
    @ConfigDocSection
    @ConfigDocMapKey("account-name")
    Map<String, AccountBuildTimeConfig> accounts();

    /**
     * Browser tokens
     */
    @ConfigDocSection
    BrowserTokenBuildTimeConfig browserToken();

    /**
     * Relay
     */
    @ConfigDocSection
    RelayBuildTimeConfig relay();

    /**
     * Shared state of several instances
     */
    @ConfigDocSection
    SharedStateBuildTimeConfig sharedState();

    /**
     * Health
     */
    @ConfigDocSection
    HealthBuildTimeConfig health();

    /**
     * Metrics
     */
    @ConfigDocSection
    MetricsBuildTimeConfig metrics();

    /**
     * Tracing
     */
    @ConfigDocSection
    TracingBuildTimeConfig tracing();

    /**
     * Dev Services
     */
    @ConfigDocSection
    DevServicesBuildTimeConfig devservices();

    /** The settings of an account that are fixed when the application is built. */
    @ConfigGroup
    interface AccountBuildTimeConfig {

        /**
         * How requests are authenticated. With `auto`, the build uses access tokens if it sees a secret key in the
         * configuration, and the API key if it sees only an API key. If it sees neither, the same rule is applied when the
         * application starts.
         */
        @WithDefault("auto")
        HumeStrategy strategy();

        /**
         * REST clients to authenticate without an annotation: their config keys or the names of their interfaces, such as
         * `tts,org.acme.generated.ChatApi`.
         */
        Optional<Set<String>> restClients();
    }

    /** The endpoint that gives access tokens to browsers. */
    @ConfigGroup
    interface BrowserTokenBuildTimeConfig {

        /**
         * Whether the application has an endpoint that gives an access token to signed-in users. It needs an HTTP server
         * (`quarkus-vertx-http`) and, unless `public-access` is `true`, a security extension.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * The path of the endpoint below `quarkus.http.root-path`. It starts with a slash.
         */
        @WithDefault("/hume/token")
        String path();

        /**
         * The account whose tokens the endpoint returns, such as `voice` for `hume.accounts."voice".*`.
         */
        @ConfigDocDefault("the default account")
        Optional<String> account();

        /**
         * The roles of the users who get a token, such as `agent,supervisor`. A user needs one of them.
         */
        @ConfigDocDefault("every signed-in user")
        Optional<Set<String>> rolesAllowed();

        /**
         * The name of the HTTP security policy that authorizes users: the name of an `HttpSecurityPolicy` bean, or `name` in
         * `quarkus.http.auth.policy."name"`. It cannot be combined with `roles-allowed`.
         */
        @ConfigDocDefault("authenticated")
        Optional<String> policy();

        /**
         * Whether everyone who can reach the endpoint gets a token without signing in. Every user of a token spends your quota.
         */
        @WithDefault("false")
        boolean publicAccess();
    }

    /** The relay for browsers. */
    @ConfigGroup
    interface RelayBuildTimeConfig {

        /**
         * Whether the application relays requests and WebSockets of browsers to Hume and adds the credential. The relay needs
         * an HTTP server (`quarkus-vertx-http`) and, unless `public-access` is `true`, a security extension.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * The path of the relay below `quarkus.http.root-path`. It starts with a slash. In the path of a request, it is
         * followed by the path at Hume.
         */
        @WithDefault("/hume/relay")
        String path();

        /**
         * The account whose credential the requests carry, such as `cloud` for `hume.accounts."cloud".*`.
         */
        @ConfigDocDefault("the default account")
        Optional<String> account();

        /**
         * The methods and paths at Hume that are relayed, such as `POST /v0/decisions/file,WS /v1/expression/audio/realtime`,
         * where `WS` means a WebSocket. The path segment `*` matches exactly one segment. At the end of a path, `**` matches
         * one or more segments. Required if the relay is enabled.
         */
        Optional<List<String>> allow();

        /**
         * The roles of the users of the relay, such as `agent,supervisor`. A user needs one of them.
         */
        @ConfigDocDefault("every signed-in user")
        Optional<Set<String>> rolesAllowed();

        /**
         * The name of the HTTP security policy that authorizes users: the name of an `HttpSecurityPolicy` bean, or `name` in
         * `quarkus.http.auth.policy."name"`. It cannot be combined with `roles-allowed`.
         */
        @ConfigDocDefault("authenticated")
        Optional<String> policy();

        /**
         * Whether everyone who can reach the relay may use it without signing in. Every user of the relay spends your quota.
         */
        @WithDefault("false")
        boolean publicAccess();
    }

    /** The state that several instances of the application share. */
    @ConfigGroup
    interface SharedStateBuildTimeConfig {

        /**
         * Where accepted webhooks and the counts for the limits of browser tokens and of the relay are stored. With `none`,
         * each instance stores its own. With `redis`, all instances share them in Redis, which needs the extension
         * `quarkus-redis-client`.
         */
        @WithParentName
        @WithDefault("none")
        SharedStateStore store();

        /**
         * The name of the Redis client, such as `shared` for `quarkus.redis."shared".*`.
         */
        @ConfigDocDefault("the default Redis client")
        Optional<String> clientName();
    }

    /** Where the shared state is stored. */
    enum SharedStateStore {
        NONE,
        REDIS
    }

    /** Health checks, in applications with SmallRye Health. */
    @ConfigGroup
    interface HealthBuildTimeConfig {

        /**
         * Whether there is a readiness check, which is down while an account has no valid access token because the last token
         * request failed, or because Hume rejected two new tokens in a row. It requires `quarkus-smallrye-health`.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The startup check
         */
        StartupCheckBuildTimeConfig startup();
    }

    /** The startup check. */
    @ConfigGroup
    interface StartupCheckBuildTimeConfig {

        /**
         * Whether there is a startup check. It is up as soon as every account that requests a token at startup has received a
         * token. It requires `hume.health.enabled`.
         */
        @WithDefault("false")
        boolean enabled();
    }

    /** Metrics, in applications with Micrometer. */
    @ConfigGroup
    interface MetricsBuildTimeConfig {

        /**
         * Whether the extension publishes metrics. They require `quarkus-micrometer`.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** Spans, in applications with OpenTelemetry. */
    @ConfigGroup
    interface TracingBuildTimeConfig {

        /**
         * Whether there are spans of token requests and of relayed requests. They require `quarkus-opentelemetry`.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * Whether credentials in the URL attributes of every span are replaced by `REDACTED` when the span starts. These are
         * the query parameters `access_token`, `accessToken`, `api_key` and `apiKey`.
         */
        @WithDefault("true")
        boolean redactCredentials();
    }

    /** The emulator of Hume. */
    @ConfigGroup
    interface DevServicesBuildTimeConfig {

        /**
         * Whether dev and test mode start an emulator of Hume for accounts without an API key. If it is not set, accounts whose
         * keys come from a `HumeCredentialsProvider`, a `HumeTokenSource` or a credential store are not emulated. With `true`,
         * they are emulated as well.
         */
        @ConfigDocDefault("true, except for keys from beans and credential stores")
        Optional<Boolean> enabled();

        /**
         * The port of the emulator; 0 for any free port. If the port is in use, the emulator uses a free port and logs its
         * address.
         */
        @WithDefault("0")
        int port();
    }
}

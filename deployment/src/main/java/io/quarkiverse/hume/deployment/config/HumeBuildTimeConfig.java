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
         * How requests are authenticated. `auto` uses access tokens if the build sees a secret key in the configuration, and
         * the API key if it sees only an API key. If it sees neither, the same rule is applied when the application starts.
         */
        @WithDefault("auto")
        HumeStrategy strategy();

        /**
         * REST clients to authenticate without an annotation, such as generated ones: their config keys or the names of
         * their interfaces, such as `tts,org.acme.generated.ChatApi`.
         */
        Optional<Set<String>> restClients();
    }

    /** The endpoint that gives access tokens to browsers. */
    @ConfigGroup
    interface BrowserTokenBuildTimeConfig {

        /**
         * Whether the application has an endpoint that gives a signed-in user a short-lived access token. It needs an HTTP
         * server (`quarkus-vertx-http`, which `quarkus-rest` includes) and a security extension.
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
         * The roles, such as `agent,supervisor`. A user needs at least one of them.
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
         * Whether everyone who can reach the endpoint gets a token without signing in. Every user of a token spends your
         * quota.
         */
        @WithDefault("false")
        boolean publicAccess();
    }

    /** The relay for browsers. */
    @ConfigGroup
    interface RelayBuildTimeConfig {

        /**
         * Whether the application relays requests and sockets of browsers to Hume and adds the credential. It needs an HTTP
         * server (`quarkus-vertx-http`, which `quarkus-rest` includes) and a security extension.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * The path of the relay below `quarkus.http.root-path`. It starts with a slash. The rest of a request's path is the
         * path at Hume.
         */
        @WithDefault("/hume/relay")
        String path();

        /**
         * The account whose credential the requests carry, such as `cloud` for `hume.accounts."cloud".*`.
         */
        @ConfigDocDefault("the default account")
        Optional<String> account();

        /**
         * The methods and paths at Hume that are relayed, with `WS` for a WebSocket, such as
         * `POST /v0/decisions/file,WS /v1/expression/audio/realtime`. The path segment `*` matches exactly one segment; `**` as
         * the last segment matches one or more. Nothing else is relayed. Required if the relay is enabled.
         */
        Optional<List<String>> allow();

        /**
         * The roles, such as `agent,supervisor`. A user needs at least one of them.
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
         * Where accepted webhooks and the counts for the limits of browser tokens and of the relay are stored: `none` stores
         * them in each instance, `redis` in Redis for all instances together. Redis needs the extension
         * `quarkus-redis-client`.
         */
        @WithParentName
        @WithDefault("none")
        SharedStateStore store();

        /**
         * The name of the Redis client: `shared` for the one configured as `quarkus.redis."shared".*`.
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
         * Whether there is a readiness check that is down while an account has no usable access token and cannot get one.
         * It requires `quarkus-smallrye-health`.
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
         * Whether there is also a startup check, which is up as soon as every account that requests a token at startup has
         * received one. It requires `hume.health.enabled`.
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
         * Whether the values of the query parameters `access_token`, `accessToken`, `api_key` and `apiKey` are replaced by
         * `REDACTED` in the URL attributes of every span when it starts.
         */
        @WithDefault("true")
        boolean redactCredentials();
    }

    /** The emulator of Hume. */
    @ConfigGroup
    interface DevServicesBuildTimeConfig {

        /**
         * Whether dev and test mode start an emulator of Hume for accounts without an API key. If it is not set, accounts
         * whose keys come from a `HumeCredentialsProvider`, a `HumeTokenSource` or a credential store are not emulated; with
         * `true`, they are.
         */
        @ConfigDocDefault("true, except for keys from beans and credential stores")
        Optional<Boolean> enabled();

        /**
         * The port of the emulator; 0 for any free port. If the port is in use, the emulator uses another one and logs its
         * address.
         */
        @WithDefault("0")
        int port();
    }
}

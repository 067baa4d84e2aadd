package io.quarkiverse.hume.runtime.relay;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeRelayUsage;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.runtime.access.CrossOriginAccess;
import io.quarkiverse.hume.runtime.access.EndpointAccess;
import io.quarkiverse.hume.runtime.access.EndpointGuard;
import io.quarkiverse.hume.runtime.access.Limits;
import io.quarkiverse.hume.runtime.account.Account;
import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.config.HumeRuntimeConfig;
import io.quarkiverse.hume.runtime.config.RelayConfigValidator;
import io.quarkiverse.hume.runtime.config.RelayRuntimeConfig;
import io.quarkiverse.hume.runtime.event.AccountListener.RelayOutcome;
import io.quarkiverse.hume.runtime.event.RelayTracer;
import io.quarkiverse.hume.runtime.handshake.Handshakes;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.notification.ApplicationEvents;
import io.quarkiverse.hume.runtime.transport.ClientRoute;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Creates the relay when the application starts. */
@Recorder
public class RelayRecorder {

    private static final String PREFIX = "hume.relay.";
    private static final String IDLE_TIMEOUT = "quarkus.http.idle-timeout";
    /** The default of Quarkus. */
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(30);

    private final RuntimeValue<HumeRuntimeConfig> config;

    public RelayRecorder(RuntimeValue<HumeRuntimeConfig> config) {
        this.config = config;
    }

    /**
     * @throws ConfigurationException if the configured policy does not exist, or if the limit of requests of the account lets
     *         calls wait longer than the relay does
     */
    public Handler<RoutingContext> route(RelayPlan plan, ShutdownContext shutdown) {
        RelayRuntimeConfig settings = config.getValue().relay();
        AccountRuntimeConfig account = plan.account().equals(HumeAccount.DEFAULT) ? config.getValue().defaultAccount()
                : config.getValue().accounts().get(plan.account());
        boolean sockets = plan.allow().stream().anyMatch(RelayRecorder::isSocket);
        boolean requests = !plan.allow().stream().allMatch(RelayRecorder::isSocket);
        if (account != null && requests) {
            RelayConfigValidator.waitViolation(settings, AccountName.property(plan.account(), ""), account.rateLimit())
                    .ifPresent(violation -> {
                        throw new ConfigurationException("Requests of browsers cannot be relayed to Hume: " + violation);
                    });
        }
        if (sockets) {
            compareWithServer("socket-idle-timeout", settings.socketIdleTimeout());
        }
        if (requests) {
            compareWithServer("timeout", settings.timeout());
        }
        if (plan.access().publicAccess()) {
            HumeLog.LOG.relayForEveryone(plan.path(), AccountName.describe(plan.account()));
        }
        CrossOriginAccess pages = CrossOriginAccess.configured();
        if (pages.isOpenToEveryPage()) {
            HumeLog.LOG.relayForEveryPage(pages.origins().orElse(List.of()), plan.path());
        }
        RelayInstance relay = Arc.container().instance(RelayInstance.class).get();
        Warnings warnings = new Warnings();
        relay.makeWith(() -> relay(plan, settings, warnings));
        shutdown.addShutdownTask(relay::close);
        EndpointGuard guard = new EndpointGuard(EndpointAccess.of(plan.access(), PREFIX),
                Limits.requestsPerMinute("relay", settings.requestsPerMinute()));
        return new RelayRoute(guard, pages, rootPath() + plan.path(), new AllowedRequests(plan.allow()), relay,
                listener(plan), warnings);
    }

    private static boolean isSocket(String allowed) {
        return allowed.strip().startsWith(AllowedRequests.SOCKET + " ");
    }

    /** Returns the handler that runs before Quarkus reads the headers that pages send in sub-protocols. */
    public Handler<RoutingContext> subProtocolCheck(RelayPlan plan) {
        return new SubProtocolCheck(listener(plan));
    }

    /**
     * Returns the listener of the account. The account is looked up for each event, because the accounts may not exist before
     * the first request.
     */
    private static Consumer<RelayOutcome> listener(RelayPlan plan) {
        return outcome -> account(plan).listener().relayed(outcome);
    }

    /** Warns if the HTTP server closes connections before the relay does. */
    private static void compareWithServer(String key, Duration timeout) {
        Duration idleTimeout = ConfigProvider.getConfig().getOptionalValue(IDLE_TIMEOUT, Duration.class)
                .orElse(DEFAULT_IDLE_TIMEOUT);
        // Zero means that the server closes no idle connections.
        if (!idleTimeout.isZero() && timeout.compareTo(idleTimeout) >= 0) {
            HumeLog.LOG.relayTimeoutTooLong(PREFIX + key, timeout, idleTimeout);
        }
    }

    private static String rootPath() {
        return ConfigProvider.getConfig().getOptionalValue("quarkus.http.root-path", String.class).orElse("/")
                .replaceFirst("^/*", "/").replaceFirst("/+$", "");
    }

    private static Account account(RelayPlan plan) {
        return Arc.container().instance(AccountRegistry.class).get().get(plan.account());
    }

    private static Relay relay(RelayPlan plan, RelayRuntimeConfig config, Warnings warnings) {
        ArcContainer beans = Arc.container();
        Account account = account(plan);
        RelaySettings settings = RelaySettings.of(config);
        ClientRoute way = new ClientRoute(beans.instance(TlsConfigurationRegistry.class).get(),
                beans.instance(ProxyConfigurationRegistry.class).get());
        URI base = account.baseUrl();
        HumeConnections connections = new HumeConnections(beans.instance(Vertx.class).get(), base, settings,
                way.httpClient(account.transport(), base), way.webSocketClient(account.transport(), base));
        InstanceHandle<RelayTracer> tracer = beans.instance(RelayTracer.class);
        return new Relay(account, Handshakes.of(plan.account(), HumeStrategy.AUTO), connections, settings,
                Limits.sockets("relay", config.socketsPerUser()),
                new RelayUsage(plan.account(), account.listener(),
                        usage -> ApplicationEvents.fire(HumeRelayUsage.class, usage)),
                tracer.isAvailable() ? tracer.get() : RelayTracer.NONE, warnings);
    }
}

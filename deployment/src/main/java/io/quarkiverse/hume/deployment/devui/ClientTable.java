package io.quarkiverse.hume.deployment.devui;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient;
import io.quarkiverse.hume.deployment.rest.AuthenticatedClient.Call;
import io.quarkiverse.hume.deployment.rest.Declaration;
import io.quarkiverse.hume.deployment.rest.HumeRestClientsBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.spi.StrategyDecision;
import io.quarkiverse.hume.deployment.websocket.HumeWebSocketClientsBuildItem;
import io.quarkiverse.hume.runtime.name.StrategyName;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.quarkus.arc.processor.InjectionPointInfo;

/** The table of the Dev UI: the authenticated clients of the application, with the declaration that applies to each. */
final class ClientTable {

    private static final Map<DotName, String> BEANS = Map.of(
            DotName.createSimple(HumeTokens.class), "HumeTokens",
            DotName.createSimple(HumeWebSockets.class), "HumeWebSockets");

    private final Map<String, StrategyDecision> decisions;
    private final Set<String> emulated;
    private final List<Client> found = new ArrayList<>();

    /** @param emulated the accounts for which the emulator provides both keys because nothing specifies their strategies */
    ClientTable(HumePlanBuildItem plan, Set<String> emulated) {
        this.decisions = plan.decisions();
        this.emulated = plan.tokens() ? emulated : Set.of();
    }

    /**
     * @param kind "REST", "WebSocket" or "Bean"
     * @param strategy "token", "api-key", or "auto" if it is decided at startup
     * @param how "annotation", "configuration" or "programmatic"
     * @param detail the annotation, property or type that determines the authentication
     * @param methods the calls of a REST client that are authenticated in another way than the client, or not at all
     */
    public record Client(String name, String kind, String account, String strategy, String how, String detail,
            List<Method> methods) {
    }

    /**
     * A call whose authentication differs from that of its client.
     *
     * @param name the name of the method, preceded by the calls that return its sub-resource: {@code configs} or {@code
     *        evi().configs}
     * @param account {@code null} if the call carries no credential
     * @param strategy "none" if the call carries no credential
     */
    public record Method(String name, String account, String strategy) {
    }

    void addRestClients(HumeRestClientsBuildItem clients) {
        for (AuthenticatedClient client : clients.clients()) {
            if (client.accounts().isEmpty()) {
                continue;
            }
            ClientAuthentication main = main(client);
            List<Method> methods = client.calls().stream().filter(call -> !main.equals(call.authentication()))
                    .map(this::method).distinct().sorted(Comparator.comparing(Method::name)).toList();
            found.add(new Client(client.name(), "REST", main.account(), strategy(main.account(), main.strategy()),
                    how(client.onType()), detail(client), methods));
        }
    }

    /** The declaration for the whole client, or otherwise the first one for one of its calls. */
    private static ClientAuthentication main(AuthenticatedClient client) {
        return client.onType() != null ? client.onType().authentication()
                : client.calls().stream().map(Call::authentication).filter(Objects::nonNull)
                        .filter(authentication -> authentication.account().equals(client.account())).findFirst()
                        .orElseThrow();
    }

    private Method method(Call call) {
        ClientAuthentication authentication = call.authentication();
        return authentication == null ? new Method(call.name(), null, "none")
                : new Method(call.name(), authentication.account(),
                        strategy(authentication.account(), authentication.strategy()));
    }

    private static String how(Declaration declaration) {
        if (declaration != null && declaration.source().equals(Declaration.FILTER)) {
            return "programmatic";
        }
        return declaration == null || declaration.source().startsWith("@") ? "annotation" : "configuration";
    }

    private static String detail(AuthenticatedClient client) {
        Declaration declaration = client.onType();
        if (declaration == null) {
            return client.calls().stream().map(Call::declaration).filter(Objects::nonNull).anyMatch(Declaration::onMethod)
                    ? Declaration.ANNOTATION + " on methods"
                    : Declaration.ANNOTATION + " on sub-resources";
        }
        return declaration.source()
                + (declaration.type().name().equals(client.type().name()) ? "" : ", inherited");
    }

    void addWebSocketClients(HumeWebSocketClientsBuildItem clients) {
        new TreeMap<>(clients.clients()).forEach((name, client) -> found.add(new Client(name, "WebSocket", client.account(),
                strategy(client.account(), client.strategy()), "annotation", "@HumeAuthenticated", List.of())));
    }

    /** Adds the injection points at which the application obtains tokens or handshakes itself. */
    void addInjections(Collection<InjectionPointInfo> injections) {
        List<Client> beans = new ArrayList<>();
        for (InjectionPointInfo injection : injections) {
            String bean = BEANS.get(injection.getRequiredType().name());
            if (bean != null) {
                String account = HumeAnnotations.account(injection);
                beans.add(new Client(injection.getTargetInfo(), "Bean", account, bean.equals("HumeTokens") ? "token"
                        : strategy(account, HumeStrategy.AUTO), "programmatic", "@Inject " + bean, List.of()));
            }
        }
        beans.sort(Comparator.comparing(Client::name));
        found.addAll(beans);
    }

    List<Client> found() {
        return List.copyOf(found);
    }

    private String strategy(String account, HumeStrategy requested) {
        StrategyDecision decision = decisions.get(account);
        HumeStrategy strategy = requested != HumeStrategy.AUTO || decision == null ? requested : decision.strategy();
        return StrategyName.of(strategy == HumeStrategy.AUTO && emulated.contains(account) ? HumeStrategy.TOKEN : strategy);
    }
}

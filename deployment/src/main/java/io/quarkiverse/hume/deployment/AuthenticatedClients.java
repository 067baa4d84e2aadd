package io.quarkiverse.hume.deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.HumeAuthenticated;
import io.quarkiverse.hume.HumeStrategy;
import io.quarkiverse.hume.HumeTokens;
import io.quarkiverse.hume.HumeWebSockets;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.quarkiverse.hume.runtime.rest.ClientAuthentications;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;

/** What authenticates with Hume in this application, and how it was told to. */
final class AuthenticatedClients {

    private static final DotName AUTHENTICATED = DotName.createSimple(HumeAuthenticated.class);
    private static final DotName ACCOUNT = DotName.createSimple(HumeAccount.class);
    private static final Map<DotName, String> BEANS = Map.of(
            DotName.createSimple(HumeTokens.class), "HumeTokens",
            DotName.createSimple(HumeWebSockets.class), "HumeWebSockets");

    private final IndexView index;
    private final Map<String, StrategyDecision> decisions;
    private final List<Client> found = new ArrayList<>();

    AuthenticatedClients(ApplicationArchivesBuildItem archives, HumePlanBuildItem plan) {
        List<IndexView> indexes = new ArrayList<>();
        archives.getAllApplicationArchives().forEach(archive -> indexes.add(archive.getIndex()));
        this.index = CompositeIndex.create(indexes);
        this.decisions = plan.decisions();
    }

    /**
     * @param kind "REST", "WebSocket" or "Bean"
     * @param strategy "token", "api-key", or "auto" for what the account decides at startup
     * @param how "annotation", "configuration" or "programmatic"
     * @param detail the annotation, property or type that says so
     * @param methods methods of a REST client with an account or strategy of their own
     */
    public record Client(String name, String kind, String account, String strategy, String how, String detail,
            List<Method> methods) {
    }

    /** A method with an annotation of its own. */
    public record Method(String name, String account, String strategy) {
    }

    void addRestClients(HumeRestClientsBuildItem clients) {
        ClientAuthentications authentications = clients.authentications();
        for (String name : new TreeSet<>(authentications.clients())) {
            ClassInfo client = index.getClassByName(DotName.createSimple(name));
            ClientAuthentication onInterface = onInterface(client, authentications);
            String account = clients.accountOf(client);
            found.add(new Client(name, "REST", account,
                    strategy(account, onInterface == null ? HumeStrategy.AUTO : onInterface.strategy()),
                    isConfigured(client, authentications) ? "configuration" : "annotation",
                    detail(client, authentications), methods(client, authentications)));
        }
        for (String name : new TreeSet<>(authentications.masked())) {
            if (!authentications.clients().contains(name)) {
                found.add(new Client(name, "REST", HumeAccount.DEFAULT, strategy(HumeAccount.DEFAULT, HumeStrategy.AUTO),
                        "programmatic", "@RegisterProvider(HumeRequestFilter.class)", List.of()));
            }
        }
    }

    void addWebSocketClients(HumeWebSocketClientsBuildItem clients) {
        new TreeMap<>(clients.clients()).forEach((name, client) -> found.add(new Client(name, "WebSocket", client.account(),
                strategy(client.account(), client.strategy()), "annotation", "@HumeAuthenticated", List.of())));
    }

    /** Where the application asks for tokens or handshakes itself. */
    void addInjections(Collection<InjectionPointInfo> injections) {
        List<Client> beans = new ArrayList<>();
        for (InjectionPointInfo injection : injections) {
            String bean = BEANS.get(injection.getType().name());
            if (bean != null) {
                AnnotationInstance qualifier = injection.getRequiredQualifier(ACCOUNT);
                String account = qualifier == null || qualifier.value() == null ? HumeAccount.DEFAULT
                        : qualifier.value().asString();
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

    /** Of the client itself, else of an interface that it extends. */
    private static ClientAuthentication onInterface(ClassInfo client, ClientAuthentications authentications) {
        ClientAuthentication own = authentications.interfaces().get(client.name().toString());
        return own != null ? own
                : client.interfaceNames().stream().map(parent -> authentications.interfaces().get(parent.toString()))
                        .filter(inherited -> inherited != null).findFirst().orElse(null);
    }

    private static boolean isConfigured(ClassInfo client, ClientAuthentications authentications) {
        return authentications.interfaces().containsKey(client.name().toString())
                && !client.hasDeclaredAnnotation(AUTHENTICATED);
    }

    private String detail(ClassInfo client, ClientAuthentications authentications) {
        if (client.hasDeclaredAnnotation(AUTHENTICATED)) {
            return "@HumeAuthenticated";
        }
        ClientAuthentication onInterface = onInterface(client, authentications);
        if (isConfigured(client, authentications)) {
            return ConfiguredKeys.property(onInterface.account(), "rest-clients");
        }
        return onInterface != null ? "@HumeAuthenticated, inherited" : "@HumeAuthenticated on methods";
    }

    private List<Method> methods(ClassInfo client, ClientAuthentications authentications) {
        Set<String> declaring = new TreeSet<>(Set.of(client.name().toString()));
        client.interfaceNames().forEach(parent -> declaring.add(parent.toString()));
        List<Method> methods = new ArrayList<>();
        new TreeMap<>(authentications.methods()).forEach((key, authentication) -> {
            int hash = key.indexOf('#');
            if (declaring.contains(key.substring(0, hash))) {
                methods.add(new Method(key.substring(hash + 1, key.indexOf('(')), authentication.account(),
                        strategy(authentication.account(), authentication.strategy())));
            }
        });
        return methods;
    }

    private String strategy(String account, HumeStrategy requested) {
        StrategyDecision decision = decisions.get(account);
        HumeStrategy strategy = requested != HumeStrategy.AUTO || decision == null ? requested : decision.strategy();
        return switch (strategy) {
            case TOKEN -> "token";
            case API_KEY -> "api-key";
            case AUTO -> "auto";
        };
    }
}

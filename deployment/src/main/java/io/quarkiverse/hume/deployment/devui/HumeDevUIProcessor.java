package io.quarkiverse.hume.deployment.devui;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import org.jboss.jandex.DotName;

import io.quarkiverse.hume.deployment.devservices.RunningEmulatorBuildItem;
import io.quarkiverse.hume.deployment.rest.HumeRestClientsBuildItem;
import io.quarkiverse.hume.deployment.spi.HumeEmulatorBuildItem;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkiverse.hume.deployment.websocket.HumeWebSocketClientsBuildItem;
import io.quarkiverse.hume.runtime.devui.HumeJsonRpcService;
import io.quarkiverse.hume.runtime.devui.TestCallClient;
import io.quarkiverse.hume.runtime.devui.keys.AccountKeys;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.buildtime.BuildTimeActionBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** Adds the card and the page to the Dev UI. Outside of dev mode, applications contain neither. */
@BuildSteps(onlyIf = IsLocalDevelopment.class)
class HumeDevUIProcessor {

    private static final DotName SINGLETON = DotName.createSimple(Singleton.class);

    @BuildStep
    CardPageBuildItem card() {
        CardPageBuildItem card = new CardPageBuildItem();
        card.addPage(Page.webComponentPageBuilder()
                .title("Accounts")
                .icon("font-awesome-solid:key")
                .componentLink("qwc-hume-accounts.js")
                .dynamicLabelJsonRPCMethodName("strategies"));
        return card;
    }

    @BuildStep
    JsonRPCProvidersBuildItem service(BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<AdditionalIndexedClassesBuildItem> indexed) {
        beans.produce(AdditionalBeanBuildItem.builder().addBeanClass(AccountKeys.class).setDefaultScope(SINGLETON)
                .setUnremovable().build());
        indexed.produce(new AdditionalIndexedClassesBuildItem(TestCallClient.class.getName()));
        return new JsonRPCProvidersBuildItem(HumeJsonRpcService.class);
    }

    /**
     * Returns the clients to the page. The page requests them, because a live reload would not update data in the page itself.
     */
    @BuildStep
    BuildTimeActionBuildItem clients(HumePlanBuildItem plan, HumeRestClientsBuildItem restClients,
            HumeWebSocketClientsBuildItem webSocketClients, BeanDiscoveryFinishedBuildItem beans,
            Optional<HumeEmulatorBuildItem> emulator) {
        ClientTable clients = new ClientTable(plan, emulator.map(HumeEmulatorBuildItem::accounts).orElse(Set.of()));
        clients.addRestClients(restClients);
        clients.addWebSocketClients(webSocketClients);
        clients.addInjections(beans.getInjectionPoints());
        List<ClientTable.Client> found = clients.found();
        return new BuildTimeActionBuildItem().actionBuilder()
                .methodName("clients")
                .description("The clients of this application that authenticate with Hume: REST clients, WebSocket clients"
                        + " and injected beans, with account, strategy and the declaration of both")
                .enableMcpFuctionByDefault()
                .function(parameters -> found)
                .build();
    }

    @BuildStep
    BuildTimeActionBuildItem emulator(Optional<RunningEmulatorBuildItem> running) {
        return new EmulatorActions(running.map(RunningEmulatorBuildItem::emulator).orElse(null)).all();
    }
}
